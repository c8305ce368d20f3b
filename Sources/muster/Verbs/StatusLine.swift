import Documents
import Engine
import EventLog
import Wording

/// The open incidents in one line.
struct StatusLine {
  /// The store as typed.
  var home: String?
  /// The incident as typed.
  var incident: String?
  var json = false

  func print() throws {
    let store = try StoreAccess(home: home)
    let clock = store.clock
    let context = store.context(clock)
    let named = try named(in: store)
    if let named, named.store.place.isDrills {
      let line = try drill(named)
      return try tell(line.map { [$0] } ?? [], line.map { [$0] } ?? [])
    }
    // All of them are weighed, and no more is kept than is told: there may be thousands.
    var all: [(urgency: IncidentUrgency, line: String)] = []
    var first: (urgency: IncidentUrgency, incident: Incident)?
    var count = 0
    var undelivered: Set<String> = []
    var unread: [String] = []
    try store.survey(.open) { found in
      guard named.map({ $0.id == found.id }) ?? true else { return }
      if let log = found.unread { return unread.append("\(log.mark): \(found.id)") }
      guard let incident = found.incident else { return }
      count += 1
      let urgency = incident.urgency(at: clock.now, in: context)
      if first.map({ urgency.leads($0.urgency, at: clock.now) }) ?? true {
        first = (urgency, incident)
      }
      if incident.dispatches(at: clock.now).contains(where: \.isMissing) {
        undelivered.insert(found.id)
      }
      guard json else { return }
      let report = SituationReport(of: incident, at: clock.now, in: context)
      all.append((urgency, report.statusLine))
    }
    all.sort { $0.urgency < $1.urgency }
    if json { return try tell([], unread + all.map(\.line)) }
    // What nobody can tell about comes before what is known.
    if unread.count > 1 { unread = ["\(unread[0]) and \(unread.count - 1) more"] }
    if store.absence != nil { unread.append(store.absenceMark) }
    let marks =
      unread + store.trouble.marks { InstantText.second($0, in: clock.zone, near: clock.now) }
    guard let first else { return try tell(marks, []) }
    undelivered.remove(first.incident.id)
    let elsewhere =
      undelivered.isEmpty ? "" : " (\(undelivered.count) of them NOT DELIVERED)"
    let more = count > 1 ? " +\(count - 1)\(elsewhere)" : ""
    let report = SituationReport(of: first.incident, at: clock.now, in: context)
    let document = report.procedure.notRead == nil ? [] : ["PROCEDURE NOT READ"]
    // What is wrong comes first: a narrow line cuts the end.
    try tell(marks + document + [report.statusLine + more], [])
  }

  /// Prints the parts as one line, or all lines as JSON; no line where there are none.
  private func tell(_ parts: [String], _ all: [String]) throws(Failure) {
    if json { return try Output.jsonLine(.array(all.map(JSON.string))) }
    guard !parts.isEmpty else { return }
    // tmux takes a single hash for one of its own sequences.
    let line = parts.joined(separator: " · ").split(
      separator: "#", omittingEmptySubsequences: false)
    try Output.line(line.joined(separator: "##"))
  }

  /// The incident that `-i` or the environment names. A name from the environment that fits nothing is ignored
  /// without a message, because this prints a prompt line.
  private func named(in store: StoreAccess) throws(Failure) -> IncidentChoice.Choice? {
    let choice = IncidentChoice(store: store, typed: incident)
    if incident != nil { return try choice.named() }
    do throws(Failure) {
      return try choice.named()
    } catch { return nil }
  }

  private func drill(_ found: IncidentChoice.Choice) throws(Failure) -> String? {
    let incident = try ReadingSession(found.store, found.id).incident
    guard incident.isOpen else { return nil }
    let clock = found.store.clock.of(incident)
    return SituationReport(of: incident, at: clock.now, in: found.store.context(clock)).statusLine
  }
}
