import ArgumentParser
import Documents
import Engine
import Procedures

struct RunbookCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "runbook", abstract: "What to try when a known thing is broken.",
    discussion:
      "Commands are shown to be copied, never run.\n\nExample: muster runbook\nExample: muster runbook replica lag"
  )

  @OptionGroup var target: IncidentOptions
  @Argument(help: ArgumentHelp("Words of its title; else all are listed.", valueName: "name"))
  var name: [Typed] = []
  @Flag(name: .long, help: "Print JSON.") var json = false

  func run() throws {
    let store = try StoreAccess(home: target.store.home)
    let procedure = try store.currentProcedure(target)
    guard !name.isEmpty else { return try list(procedure.runbooks) }
    let wanted = name.joined.lowercased()
    let exact = procedure.runbooks.filter { $0.id == wanted || $0.title.lowercased() == wanted }
    let matches =
      exact.isEmpty
      ? procedure.runbooks.filter { $0.title.lowercased().containsText(wanted) } : exact
    guard let runbook = matches.first else {
      throw Wording.unknown("runbook", name.joined, known: procedure.runbooks.map(\.title))
    }
    guard matches.count == 1 else {
      throw Failure(
        .usage, "'\(name.joined)' fits several runbooks: \(Rejection.list(matches.map(\.title)))")
    }
    try show(runbook, of: procedure)
  }

  private func list(_ runbooks: [Runbook]) throws(Failure) {
    if json {
      return try Output.json(
        .array(runbooks.map { .object(["id": .string($0.id), "title": .string($0.title)]) }))
    }
    guard !runbooks.isEmpty else { return Output.remark("the procedure has no runbook") }
    try Output.lines(runbooks.map { "\($0.title)  (\($0.steps.count) steps)" })
  }

  private func show(_ runbook: Runbook, of procedure: Procedure) throws(Failure) {
    if json {
      return try Output.json(
        .object([
          "id": .string(runbook.id), "title": .string(runbook.title),
          "line": .whole(runbook.line),
          "steps": .array(
            runbook.steps.map {
              .object([
                "text": .string($0.text), "command": .orNull($0.command), "line": .whole($0.line),
              ])
            }),
        ]))
    }
    var lines = [runbook.title]
    for (index, step) in runbook.steps.enumerated() {
      lines.append("\(index + 1). \(step.text)")
      let commands = step.command?.split(separator: "\n").map(String.init) ?? []
      lines += commands.map { "     \($0)" }
    }
    try Output.lines(lines)
  }
}

struct OncallCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "oncall", abstract: "Who is on call now, and everybody's numbers.",
    discussion: "Example: muster oncall")

  @OptionGroup var target: IncidentOptions
  @Flag(name: .long, help: "Print JSON.") var json = false

  func run() throws {
    let store = try StoreAccess(home: target.store.home)
    let procedure = try store.currentProcedure(target)
    let directory = store.directory(procedure)
    let clock = store.clock
    let settings = store.settings
    let zone = store.context(clock).zone
    // The rota's day begins when shifts change, not at midnight.
    let shift = clock.now - .minutes(Int64(settings.handover))
    let day = zone.localTime(at: shift).date.weekday
    let turn = directory.onCall(on: day)
    if json {
      return try Output.json(
        .object([
          "now": .string(clock.now.rfc3339), "day": .string(day.rawValue),
          "primary": Self.json(turn.primary), "secondary": Self.json(turn.secondary),
          "contacts": .array(
            directory.contacts.map {
              .object([
                "role": .orNull($0.role), "name": .orNull($0.name), "contact": .orNull($0.contact),
              ])
            }),
        ]))
    }
    var lines = ["On call (\(day.rawValue))"]
    lines.append("  primary    \(Self.words(turn.primary))")
    lines.append("  secondary  \(Self.words(turn.secondary))")
    let known = directory.contacts.filter {
      !Directory.isPlaceholder($0.name) || !Directory.isPlaceholder($0.contact)
    }
    if !known.isEmpty { lines.append("Contacts") }
    lines += known.map { contact in
      "  "
        + [contact.role, contact.name, contact.contact].compactMap { $0 }.joined(separator: " · ")
    }
    let blank = directory.contacts.count - known.count
    if blank > 0 {
      lines.append("! \(blank) contacts are blank in the procedure; fill in store.yaml")
    }
    try Output.lines(lines)
  }

  private static func words(_ person: Directory.Person?) -> String {
    guard let person else { return "nobody is known" }
    let number = person.contact ?? "no number is known"
    return "\(person.name ?? "") \(number)"
  }

  private static func json(_ person: Directory.Person?) -> JSON {
    guard let person else { return .null }
    return .object(["name": .orNull(person.name), "contact": .orNull(person.contact)])
  }
}

struct StatusLineCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status-line",
    abstract: "One line for tmux or a prompt; empty when nothing is open.",
    discussion: "Example, in tmux.conf: set -g status-right '#(muster status-line)'")

  @OptionGroup var target: IncidentOptions
  @Flag(name: .long, help: "Print JSON.") var json = false

  func run() throws {
    let store = try StoreAccess(home: target.store.home)
    let clock = store.clock
    var reports: [SituationReport] = []
    for (_, log) in try store.open() where log.incident.declaration != nil {
      reports.append(SituationReport(of: log.incident, at: clock.now, in: store.context(clock)))
    }
    if let drill = try drill(of: store) {
      reports = [drill]
    } else if let id = target.incident {
      reports.removeAll { $0.id != id }
    }
    if json { return try Output.jsonLine(.array(reports.map(\.statusLine).map(JSON.string))) }
    guard let first = reports.first else { return }
    let more = reports.count > 1 ? " +\(reports.count - 1)" : ""
    // tmux takes a single hash for one of its own sequences.
    let line = (first.statusLine + more).split(separator: "#", omittingEmptySubsequences: false)
    try Output.line(line.joined(separator: "##"))
  }

  /// The drill that is named, where one is; a line for a prompt complains of nothing.
  private func drill(of store: StoreAccess) throws(Failure) -> SituationReport? {
    guard target.incident != nil || environment("MUSTER_INCIDENT") != nil else { return nil }
    let found: IncidentChoice.Choice
    do throws(Failure) {
      let named = try IncidentChoice(store: store, typed: target.incident).named()
      guard let named, named.store.place.isDrills else { return nil }
      found = named
    } catch { return nil }
    let incident = try ReadingSession(found.store, found.id).incident
    guard incident.isOpen else { return nil }
    let clock = store.clock.of(incident)
    return SituationReport(of: incident, at: clock.now, in: store.context(clock))
  }
}

extension StoreAccess {
  /// The procedure of the open incident, else the store's.
  func currentProcedure(_ options: IncidentOptions) throws(Failure) -> Procedure {
    if options.incident != nil || environment("MUSTER_INCIDENT") != nil {
      let choice = IncidentChoice(store: self, typed: options.incident)
      var log = try choice.forReading().unread()
      try log.refresh(at: WallClock.now)
      return log.incident.procedure
    }
    let open = try open()
    if open.count == 1, open[0].log.incident.declaration != nil {
      return open[0].log.incident.procedure
    }
    return try ProcedureChoice(store: self).forReading(nil)
  }
}
