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
    let ids = all ? try store.ids() : try store.openIDs()
    var rows: [JSON] = []
    var lines: [String] = []
    for id in ids {
      var log = FoldedLog(path: try store.path(of: id))
      do throws(Failure) { try log.refresh(at: WallClock.now) } catch {
        Output.complain(error.message)
        continue
      }
      let clock = store.clock.of(log.incident)
      let report = SituationReport(of: log.incident, at: clock.now, in: store.context(clock))
      if json { rows.append(report.summary(id: id)) } else { lines.append(report.row(id: id)) }
    }
    if json { return try Output.json(.array(rows)) }
    guard !lines.isEmpty else {
      if drills {
        let which = all ? "there is no drill in \(store.home)" : "no drill is running"
        return Output.remark("\(which); 'muster drill' shows what there is to train")
      }
      let hint = all ? "there is no incident in \(store.home)" : "no incident is open"
      return Output.remark("\(hint); 'muster declare TITLE' opens one")
    }
    try Output.lines(lines)
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
