import Engine
import Integrations
import Runtime

/// Keeps the brief in an incident's own channel as the log has it.
///
/// A message that is changed wakes nobody, and the same words again do nothing: no log needs to know of it.
struct BriefRenewal {
  private let sender: AgentSender
  private let journal: AgentJournal
  private let ended: Mailbox<Ended>
  private var known: [String: Known] = [:]
  /// When one is to be renewed, should nothing come before; nil: none is.
  private(set) var next: Timestamp?

  private struct Ended: Sendable {
    var incident: String
    var failure: ChannelFailure?
  }

  private struct Known {
    /// The messages that hold the brief, by channel.
    var rooms: [String: String] = [:]
    /// The newest entry of the log, and the newest that the brief tells of.
    var newest = 0
    var told = 0
    var notBefore = Timestamp.distantPast
    var isUnderWay = false
    var hasFailed = false
  }

  init(_ sender: AgentSender, _ journal: AgentJournal) throws(SystemTrouble) {
    (self.sender, self.journal) = (sender, journal)
    ended = try Mailbox()
  }

  /// So long one brief is left as it is, and after a failure.
  private static let (pause, patience) = (Duration.seconds(5), Duration.minutes(1))
  /// Behind every entry: the incident was closed, and its brief is renewed a last time.
  private static let end = Int.max

  /// Readable when one was renewed.
  var descriptor: Int32 { ended.descriptor }

  /// Renews what has changed of the open incidents that have a channel to themselves.
  mutating func look(at incidents: [Incident], channels: Set<String>, _ now: Timestamp) {
    takeEnded(now)
    for incident in incidents where !channels.isEmpty {
      let rooms = channels.reduce(into: [:]) { $0[$1] = incident.room(of: $1) }
      guard !rooms.isEmpty else { continue }
      known[incident.id, default: Known()].rooms = rooms
      known[incident.id]?.newest = incident.sequence
    }
    let open = Set(incidents.map(\.id))
    next = nil
    for (id, one) in known {
      if !open.contains(id) { known[id]?.newest = Self.end }
      if one.isUnderWay { continue }
      if one.told >= known[id]?.newest ?? 0 {
        if one.told == Self.end { known[id] = nil }
      } else if now >= one.notBefore || one.notBefore - now > .hours(1) {
        begin(id, now)
      } else {
        next = min(next ?? .distantFuture, one.notBefore)
      }
    }
  }

  private mutating func begin(_ id: String, _ now: Timestamp) {
    guard var one = known[id] else { return }
    (one.told, one.notBefore) = (one.newest, now + Self.pause)
    let (sender, ended, rooms) = (sender, ended, one.rooms)
    do throws(SystemTrouble) {
      try Worker {
        ended.post(Ended(incident: id, failure: sender.renewBrief(of: id, in: rooms)))
      }.detach()
      one.isUnderWay = true
    } catch { one.told = 0 }
    known[id] = one
  }

  private mutating func takeEnded(_ now: Timestamp) {
    for end in ended.take() {
      guard var one = known[end.incident] else { continue }
      one.isUnderWay = false
      if let failure = end.failure {
        if !one.hasFailed {
          journal.line("\(end.incident): the brief is NOT RENEWED: \(failure.text)")
        }
        one.notBefore = now + max(failure.retryAfter ?? .zero, Self.patience)
        // What will be refused again is tried with the next entry.
        if !failure.isFinal { one.told = 0 }
      }
      one.hasFailed = end.failure != nil
      known[end.incident] = one
    }
  }
}
