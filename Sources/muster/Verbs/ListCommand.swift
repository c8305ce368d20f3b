import ArgumentParser
import Display
import Documents
import Engine
import EventLog

struct ListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Incidents of the store: the open ones, or all.",
    discussion:
      "Example: muster list\nExample: muster list --all --json\nExample: muster list --drills")

  @OptionGroup var store: StoreOptions
  @Flag(name: .shortAndLong, help: "Closed ones too.") var all = false
  @Flag(name: .long, help: "The drills instead.") var drills = false
  @Flag(name: .long, help: "Print JSON.") var json = false

  func run() throws {
    let own = try StoreAccess(home: store.home)
    let store = drills ? own.drills : own
    var reports: [(id: String, report: SituationReport)] = []
    let (now, context) = (store.clock, store.context(store.clock))
    try store.survey(all ? .all : .open) { found in
      guard let incident = found.incident else {
        return Output.complain(found.failure?.description ?? "\(found.id) cannot be read")
      }
      let report = SituationReport(of: incident, at: now.of(incident).now, in: context)
      reports.append((found.id, report))
    }
    reports.sort { $0.report.urgency < $1.report.urgency }
    if json { return try Output.json(.array(reports.map { $0.report.summary(id: $0.id) })) }
    guard !reports.isEmpty else {
      if drills {
        let which = all ? "there is no drill in \(store.home)" : "no drill is running"
        return Output.remark("\(which); 'muster drill' shows what there is to train")
      }
      let hint = all ? "there is no incident in \(store.home)" : "no incident is open"
      return Output.remark("\(hint); 'muster declare TITLE' opens one")
    }
    try Output.lines(reports.map { $0.report.row(id: $0.id) })
  }
}

extension SituationReport {
  /// One line: severity, state, age, id, title, what is next.
  fileprivate func row(id: String) -> String {
    let state =
      declared == nil ? "NO DECLARATION" : isOpen ? status.name.uppercased() : "closed"
    let age = clockStart.map { ClockText.span(now - $0) } ?? ""
    let what = isOpen ? next.map { "  ·  \($0.words(at: now))" } ?? "" : ""
    let mark = isDrill ? "DRILL " : ""
    return "\(TextWidth.fit(severity ?? "unknown", to: 8)) \(TextWidth.fit(state, to: 14)) "
      + "\(TextWidth.fit(age, to: 12)) \(id)  \(mark)\(title)\(what)"
  }

  /// When it was declared; nil where the log does not say: `muster verify` says what is wrong with it.
  private var declared: Timestamp? { times.first { $0.milestone == .declared }?.at }

  fileprivate func summary(id: String) -> JSON {
    .object([
      "id": .string(id), "title": .string(title), "severity": .string(severity ?? "unknown"),
      "status": .string(status.id), "open": .bool(isOpen), "drill": .bool(isDrill),
      "outcome": .orNull(outcome?.rawValue), "episode": .whole(episode),
      "declared": .orNull(declared?.rfc3339),
      "clock_start": .orNull(clockStart?.rfc3339),
      "next": .orNull(next?.deadline?.id), "next_due": .orNull(next?.deadline?.due?.rfc3339),
    ])
  }
}
