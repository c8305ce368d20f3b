import ArgumentParser
import Display
import Documents
import Engine
import EventLog
import Wording

struct ListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List open incidents, or all.",
    discussion:
      "Example: muster list\nExample: muster list --all --json\nExample: muster list --drills")

  @OptionGroup var store: StoreOptions
  @Flag(name: .shortAndLong, help: "Include closed incidents.") var all = false
  @Flag(name: .long, help: "List drills instead.") var drills = false
  @Flag(name: .long, help: "Print JSON.") var json = false

  func run() throws {
    let own = try StoreAccess(home: store.home)
    let store = drills ? own.drills : own
    // No more than a line is kept of each: there may be thousands.
    var rows: [(urgency: IncidentUrgency, line: String, json: JSON)] = []
    let (now, context) = (store.clock, store.context(store.clock))
    try store.survey(all ? .all : .open) { found in
      if let unread = UnreadRow(found) {
        if let why = found.whyUnread { Output.complain(why) }
        rows.append((unread.urgency, json ? "" : unread.line, json ? unread.json : .null))
        return
      }
      guard let incident = found.incident else { return }
      let row = IncidentRow(of: incident, id: found.id, at: now.of(incident).now, in: context)
      rows.append((row.urgency, json ? "" : row.line, json ? row.json : .null))
    }
    for kept in store.trouble.declarations {
      let row = UnreadRow(kept)
      rows.append((row.urgency, json ? "" : row.line, json ? row.json : .null))
    }
    rows.sort { $0.urgency < $1.urgency }
    store.complainOfTrouble()
    if json {
      if let absence = own.absence { Output.complain(absence) }
      return try Output.json(.array(rows.map(\.json)))
    }
    guard !rows.isEmpty else {
      if drills {
        let which = all ? "there is no drill in \(store.home)" : "no drill is running"
        return Output.remark("\(which); \(Shell.verb("drill")) lists what to train on")
      }
      let hint =
        own.absence ?? (all ? "there is no incident in \(store.home)" : "no incident is open")
      return Output.remark("\(hint); \(Shell.verb("declare TITLE")) opens one")
    }
    try Output.lines(rows.map(\.line))
  }
}

extension ListCommand {
  /// What `--json` prints of a store.
  static func json(of store: StoreAccess, _ scope: SurveyScope) throws(Failure) -> JSON {
    var rows: [(urgency: IncidentUrgency, json: JSON)] = []
    let (now, context) = (store.clock, store.context(store.clock))
    try store.survey(scope) { found in
      if let unread = UnreadRow(found) { return rows.append((unread.urgency, unread.json)) }
      guard let incident = found.incident else { return }
      let row = IncidentRow(of: incident, id: found.id, at: now.of(incident).now, in: context)
      rows.append((row.urgency, row.json))
    }
    for row in store.trouble.declarations.map(UnreadRow.init) {
      rows.append((row.urgency, row.json))
    }
    rows.sort { $0.urgency < $1.urgency }
    return .array(rows.map(\.json))
  }
}

/// An open incident without a log that can be read, as far as it is known.
private struct UnreadRow {
  let id: String
  /// Why, in capitals and for `--json`.
  let mark: String
  let log: String
  let title: String?
  let severity: String?
  var lastKnown: Incident?
  let urgency: IncidentUrgency

  init?(_ found: SurveyedIncident) {
    guard found.isOpen, let unread = found.unread else { return nil }
    (id, mark, log) = (found.id, unread.mark, unread.rawValue)
    lastKnown = found.lastKnown
    (title, severity) = (lastKnown?.shownTitle, lastKnown?.severityID)
    urgency = IncidentUrgency(unread: id, lastKnown: lastKnown)
  }

  init(_ kept: KeptDeclaration) {
    (id, mark, log) = (kept.id, "NOT RECORDED", "not_recorded")
    (title, severity) = (kept.title, kept.severity)
    urgency = IncidentUrgency(unread: id, lastKnown: nil)
  }

  var line: String {
    "\(TextWidth.fit(severity ?? "unknown", to: 8)) \(TextWidth.fit(mark, to: 27)) \(id)"
      + "  \(title ?? "")"
  }

  var json: JSON {
    .object([
      "id": .string(id), "title": .string(title ?? id),
      "severity": .string(severity ?? "unknown"),
      "status": .string("unknown"), "open": .bool(true),
      "drill": .bool(lastKnown?.isDrill ?? false), "outcome": .null,
      "episode": .whole(lastKnown?.episode ?? 1),
      "declared": .orNull(lastKnown?.time(of: .declared)?.rfc3339),
      "clock_start": .orNull(lastKnown?.clock?.start.rfc3339), "procedure_not_read": .null,
      "next": .null, "next_due": .null, "log": .string(log),
    ])
  }
}

extension IncidentRow {
  /// One line: severity, state, age, id, title, what is next.
  fileprivate var line: String {
    let state =
      declared == nil ? UnreadLog.undeclared.mark : isOpen ? statusName.uppercased() : "closed"
    let age = lasted ?? ""
    let unread =
      (procedureNotRead == nil ? "" : "  ·  PROCEDURE NOT READ")
      + (undelivered.isEmpty ? "" : "  ·  NOT DELIVERED \(undelivered.joined(separator: ","))")
    let what = isOpen ? next.map { "  ·  \($0.words(at: now))" } ?? "" : ""
    let mark = isDrill ? "DRILL " : ""
    return "\(TextWidth.fit(severity ?? "unknown", to: 8)) \(TextWidth.fit(state, to: 14)) "
      + "\(TextWidth.fit(age, to: 12)) \(id)  \(mark)\(title)\(unread)\(what)"
  }

  fileprivate var json: JSON {
    .object([
      "id": .string(id), "title": .string(title), "severity": .string(severity ?? "unknown"),
      "status": .string(statusID), "open": .bool(isOpen), "drill": .bool(isDrill),
      "outcome": .orNull(outcome?.rawValue), "episode": .whole(episode),
      "declared": .orNull(declared?.rfc3339),
      "clock_start": .orNull(clock?.start.rfc3339),
      "procedure_not_read": .orNull(procedureNotRead),
      "next": .orNull(next?.deadline?.id), "next_due": .orNull(next?.deadline?.due?.rfc3339),
      "log": .string("read"),
    ])
  }
}
