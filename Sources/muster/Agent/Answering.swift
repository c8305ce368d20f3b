import Engine
import EventLog
import Integrations
import Procedures
import Runtime
import Wording

/// Makes the same commands of what people answer as the verbs do, in the name of whoever answered.
struct Answering: Sendable {
  let home: String
  /// By what way it came: `telegram`.
  let way: String

  /// What is said to whoever answered, in a sentence.
  struct Reply: Hashable, Sendable {
    var text: String
    /// Whether something is in the log now, or was there already.
    var isDone: Bool
    /// Whether the log could not take it, so that it is to be said again.
    var isLost = false
  }

  /// Takes what a button stands for; `event` names it, so that the same press twice is one fact.
  func take(_ answer: AnswerBook.Answer, event: String) -> Reply {
    record(in: answer.incident, by: answer.person, event: event) { incident throws(Failure) in
      guard incident.episode == answer.episode else {
        throw Failure(.notNow, "that call is over: the incident has begun anew since")
      }
      switch (answer.subject, answer.accepts) {
      case (.step(let step, _, _), true): return .answer(step: step)
      case (.step, false), (.exhausted, false):
        return .escalate(to: nil, reason: "\(answer.person) cannot")
      case (.exhausted, true): return .acknowledge
      case (.handover, _): return .acceptHandover(by: answer.person)
      case (.update, _), (.task, _), (.countdown, _), (.damage, _), (.unshared, _),
        (.settled, _), (.room, _), (.guest, _):
        throw Failure(.notNow, "there is nothing to answer")
      }
    }
  }

  /// Takes that somebody answered in a system that Muster tells of calls, or that it hears alerts from: the call that went
  /// there is answered, else the incident is acknowledged.
  func take(_ answer: InboundAnswer, in id: String) -> Reply {
    let roster = Roster(people: Settings.readStore(in: home).configuration.people)
    let person = roster.person(known: [answer.person] + answer.others)?.name ?? answer.person
    let called = answer.called.map { roster.person(known: [$0])?.name ?? $0 } ?? person
    return record(in: id, by: person, event: answer.event, occurred: answer.time) {
      incident throws(Failure) in
      if let time = answer.time, let start = incident.time(of: .declared), time < start {
        throw Failure(.notNow, "that answer is older than the incident")
      }
      guard let step = incident.openCall(of: called) else { return .acknowledge }
      return .answer(step: step)
    }
  }

  /// Takes words such as `ack`, `reached STEP` and `note TEXT`.
  func take(_ words: String, by person: String, event: String) -> Reply {
    var parts = words.split(whereSeparator: \.isWhitespace).map(String.init)
    guard let first = parts.first else { return Reply(text: Self.help, isDone: false) }
    let verb = (first.hasPrefix("/") ? String(first.dropFirst()) : first).lowercased()
    parts.removeFirst()
    let command: (String) -> Command?
    switch verb {
    case "ack": command = { _ in .acknowledge }
    case "note": command = { $0.isEmpty ? nil : .note($0) }
    case "reached": command = { $0.isEmpty ? nil : .reached(step: $0, name: person) }
    default: return Reply(text: Self.help, isDone: false)
    }
    do throws(Failure) {
      let incident = try meant(&parts)
      guard let made = command(parts.joined(separator: " ")) else {
        return Reply(text: Self.help, isDone: false)
      }
      return record(in: incident, by: person, event: event) { _ throws(Failure) in made }
    } catch { return Reply(text: error.message, isDone: false) }
  }

  private static let help =
    "I understand: ack, reached STEP, note TEXT; with several open incidents the id comes behind "
    + "the first word. Nothing was recorded."

  /// The one open incident, or the one whose id stands in front.
  private func meant(_ words: inout [String]) throws(Failure) -> String {
    let open = try StoreAccess(StorePlace(home: home)).openIDs()
    if let first = words.first, open.contains(first) {
      words.removeFirst()
      return first
    }
    guard let only = open.first else { throw Failure(.notNow, "no incident is open") }
    guard open.count == 1 else {
      throw Failure(
        .notNow,
        "several incidents are open, and nothing was recorded. Say which behind the first "
          + "word: \(open.prefix(10).joined(separator: ", "))")
    }
    return only
  }

  // MARK: - Recording

  private func record(
    in id: String, by person: String, event: String, occurred: Timestamp? = nil,
    _ make: (Incident) throws(Failure) -> Command
  ) -> Reply {
    let store = StoreAccess(StorePlace(home: home))
    do throws(Failure) {
      let log = try store.log(of: id)
      try log.refresh(at: WallClock.now)
      let command = try make(log.incident)
      if command.needsTimeline { try log.refreshTimeline(at: WallClock.now) }
      let now = WallClock.now
      var draft: EventDraft
      let past = occurred.flatMap { $0 < now ? $0 : nil }
      do throws(Rejection) {
        draft = try log.incident.decide(command, occurred: past, at: now)
      } catch {
        throw Failure(error, in: store.clock.zone, at: now)
      }
      draft.identity = .named("\(id)/\(way)/\(event)")
      let recorder = CommandRecorder(
        log, by: Author(actor: person, source: way), recorder: store.recorder, time: SystemTime(),
        didRecord: { store.hint($0, after: $1.kind) })
      let outcome = recorder.record(draft)
      if let failure = outcome.failure(store.clock, at: id) { throw failure }
      guard case .recorded(let event, _) = outcome else {
        return Reply(text: "That was recorded before", isDone: true)
      }
      let words = Entry(event, in: log.incident, zone: store.clock.zone).text
      return Reply(text: "Recorded: \(words)", isDone: true)
    } catch {
      let isLost = error.status == .worldFailed || error.status == .unconfirmed
      return Reply(text: error.message, isDone: false, isLost: isLost)
    }
  }
}
