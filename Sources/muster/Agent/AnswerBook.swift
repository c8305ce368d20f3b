import CLinux
import Engine
import EventLog
import Integrations
import Synchronization

/// What buttons stand for: each carries a random token that is bound to a person, an incident and an episode.
final class AnswerBook: Sendable {
  /// What somebody says by pressing a button.
  struct Answer: Hashable, Sendable {
    var person: String
    var incident: String
    var episode: Int
    var subject: DeliverySubject
    /// Whether they have it, or cannot.
    var accepts: Bool
    var made: Timestamp
  }

  private let claim: AgentClaim
  private let answers: Mutex<[String: Answer]>

  private static let file = "answers.json"

  /// A button is good for so long, and so many are remembered.
  private static let (longest, most) = (Duration.hours(24 * 7), 2000)

  init(_ claim: AgentClaim, in store: FileStore) {
    self.claim = claim
    var answers: [String: Answer] = [:]
    for member in store.agentNote(Self.file)?.members ?? [] {
      answers[member.key] = Answer(json: member.value)
    }
    self.answers = Mutex(answers)
  }

  /// The buttons of a message, remembered before it goes out; none where nothing can be answered.
  func buttons(for order: NotificationOrder, at now: Timestamp) -> [ChannelMessage.Button] {
    var buttons: [ChannelMessage.Button] = []
    let asking = order.notices.filter { $0.subject.asksForAnswer }
    for notice in asking {
      let which = asking.count > 1 ? ": \(notice.title)" : ""
      for accepts in [true, false] {
        if !accepts, case .handover = notice.subject { continue }
        guard let token = Self.token() else { return [] }
        let answer = Answer(
          person: order.person.name, incident: notice.incident, episode: notice.episode,
          subject: notice.subject, accepts: accepts, made: now)
        answers.withLock { $0[token] = answer }
        buttons.append(.init(label: (accepts ? "I have it" : "Cannot") + which, token: token))
      }
    }
    if !buttons.isEmpty { keep(at: now) }
    return buttons
  }

  /// What a token stands for; nil for one that nobody was given, or that is too old.
  func answer(_ token: String) -> Answer? { answers.withLock { $0[token] } }

  private func keep(at now: Timestamp) {
    let all = answers.withLock { answers -> [String: Answer] in
      answers = answers.filter { now - $0.value.made < Self.longest }
      for old in answers.sorted(by: { $0.value.made > $1.value.made }).dropFirst(Self.most) {
        answers[old.key] = nil
      }
      return answers
    }
    let members = all.sorted { $0.key < $1.key }.map { JSON.Member($0.key, $0.value.json) }
    do throws(LogError) { try claim.keep(Self.file, .object(members)) } catch {
      // They hold as long as this process does.
      return
    }
  }

  /// 128 random bits; nil where the system gives none.
  private static func token() -> String? {
    var bytes = [UInt8](repeating: 0, count: 16)
    guard muster_random(&bytes, bytes.count) == 0 else { return nil }
    return bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}

extension AnswerBook.Answer {
  fileprivate init?(json: JSON) {
    guard let person = json["person"]?.string, let incident = json["incident"]?.string,
      let episode = json["episode"]?.integer,
      let subject = json["subject"]?.string.flatMap(DeliverySubject.init),
      let accepts = json["accepts"]?.bool,
      let made = json["made"]?.string.flatMap({ Timestamp(rfc3339: $0) })
    else { return nil }
    (self.person, self.incident, self.episode) = (person, incident, Int(clamping: episode))
    (self.subject, self.accepts, self.made) = (subject, accepts, made)
  }

  fileprivate var json: JSON {
    .object([
      "person": .string(person), "incident": .string(incident),
      "episode": .integer(Int64(episode)), "subject": .string(subject.text),
      "accepts": .bool(accepts), "made": .string(made.rfc3339),
    ])
  }
}
