import ArgumentParser
import Documents
import Engine
import EventLog
import Procedures
import Wording

struct RunbookCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "runbook", abstract: "Print a runbook, or list all.",
    discussion:
      "Commands are only printed, never run.\n\nExample: muster runbook\nExample: muster runbook replica lag"
  )

  @OptionGroup var target: IncidentOptions
  @Argument(help: ArgumentHelp("Words of its title; without any, list all.", valueName: "name"))
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
      throw Failure.unknown("runbook", name.joined, known: procedure.runbooks.map(\.title))
    }
    guard matches.count == 1 else {
      throw Failure(
        .usage,
        Choices.ambiguous(
          "runbooks", name.joined, matches: matches.map(\.title), on: Shell.surface))
    }
    try show(runbook, of: procedure)
  }

  private func list(_ runbooks: [Runbook]) throws(Failure) {
    if json {
      return try Output.json(
        .array(runbooks.map { .object(["id": .string($0.id), "title": .string($0.title)]) }))
    }
    guard !runbooks.isEmpty else { return Output.remark("the procedure has no runbooks") }
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
    commandName: "oncall", abstract: "Show who is on call now, and all contacts.",
    discussion: "Example: muster oncall")

  @OptionGroup var target: IncidentOptions
  @Flag(name: .long, help: "Print JSON.") var json = false

  func run() throws {
    let store = try StoreAccess(home: target.store.home)
    let procedure = try store.currentProcedure(target)
    let directory = store.directory(procedure)
    let clock = store.clock
    let onCall = directory.onCall(at: clock.now)
    let day = directory.rota.day(at: clock.now)
    if json {
      return try Output.json(
        .object([
          "now": .string(clock.now.rfc3339), "day": .string(day.rawValue),
          "primary": Self.json(onCall?.primary), "secondary": Self.json(onCall?.secondary),
          "unread": .array(procedure.unreadTurns.map { .string($0.text) }),
          "contacts": .array(
            directory.contacts.map {
              .object([
                "role": .orNull($0.role), "name": .orNull($0.name), "contact": .orNull($0.contact),
              ])
            }),
        ]))
    }
    var lines = ["On call (\(day.rawValue))"]
    lines.append("  primary    \(Self.words(onCall?.primary))")
    lines.append("  secondary  \(Self.words(onCall?.secondary))")
    lines += procedure.unreadTurns.map { "! :\($0.line) \($0.text)" }
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
      lines.append("! \(blank) contacts are blank in the procedure; fill them in in store.yaml")
    }
    try Output.lines(lines)
  }

  private static func words(_ person: Directory.Person?) -> String {
    guard let person else { return "nobody" }
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
    abstract: "Print one line for tmux or a prompt; empty when no incident is open.",
    discussion: "Example, in tmux.conf: set -g status-right '#(muster status-line)'")

  @OptionGroup var target: IncidentOptions
  @Flag(name: .long, help: "Print JSON.") var json = false

  func run() throws {
    try StatusLine(home: target.store.home, incident: target.incident, json: json).print()
  }
}

extension StoreAccess {
  /// The procedure of the open incident, else the store's.
  func currentProcedure(_ options: IncidentOptions) throws(Failure) -> Procedure {
    if options.incident != nil || environment("MUSTER_INCIDENT") != nil {
      let choice = IncidentChoice(store: self, typed: options.incident)
      let log = try choice.forReading().unread()
      try log.refresh(at: WallClock.now)
      return log.incident.procedure
    }
    var open: [Incident?] = []
    try survey(.open) { open.append($0.incident) }
    if open.count == 1, let incident = open[0], incident.declaration != nil {
      return incident.procedure
    }
    return try ProcedureChoice(store: self).forReading(nil)
  }
}
