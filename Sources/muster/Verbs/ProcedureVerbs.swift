import ArgumentParser
import Documents
import Engine
import EventLog
import Glibc
import Procedures
import TeamStore

struct ProcedureCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "procedure", abstract: "Check, review and use the team's procedure document.",
    discussion:
      "Example: muster procedure check INCIDENTS.md\nExample: muster procedure use INCIDENTS.md",
    subcommands: [
      ProcedureListCommand.self, ProcedureShowCommand.self, ProcedureCheckCommand.self,
      ProcedureReviewCommand.self, ProcedureTextCommand.self, ProcedureExportCommand.self,
      ProcedureUseCommand.self,
    ])
}

struct ProcedureListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the built-in procedures, and the store's own.",
    discussion: "Example: muster procedure list")

  @OptionGroup var store: StoreOptions
  @Flag(name: .long, help: "Print JSON.") var json = false

  func run() throws {
    let used = try StoreAccess(home: store.home).settings.procedure
    if json {
      return try Output.json(
        .object([
          "used": .string(used ?? "standard"),
          "built_in": .array(
            BuiltInProcedures.all.map {
              .object(["name": .string($0.name), "suits": .string($0.suits)])
            }),
        ]))
    }
    var lines = BuiltInProcedures.all.map { entry in
      let mark = entry.name == (used ?? "standard") ? "*" : " "
      let gap = String(repeating: " ", count: max(1, 14 - entry.name.count))
      return "\(mark) \(entry.name)\(gap)\(entry.suits)"
    }
    if let used, BuiltInProcedures.named(used) == nil { lines.insert("* \(used)", at: 0) }
    try Output.lines(lines)
  }
}

struct ProcedureShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Print all that was read from a procedure, with line numbers.",
    discussion: "Example: muster procedure show INCIDENTS.md --json")

  @OptionGroup var store: StoreOptions
  @Argument(
    help: ArgumentHelp("A file or a built-in name; else the store's.", valueName: "procedure"),
    completion: .file())
  var name: String?
  @Flag(name: .long, help: "Print JSON: every fact with the line it was read from.")
  var json = false

  func run() throws {
    let choice = ProcedureChoice(store: try StoreAccess(home: store.home))
    let procedure = try choice.forReading(name)
    if json { return try Output.json(procedure.json) }
    try Output.lines(ProcedurePage(procedure).lines)
  }
}

struct ProcedureExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Print a procedure as YAML, or its original document.",
    discussion: """
      With --document and no procedure named, the document comes from the incident's log, byte for byte, \
      even if the file is gone.

      Example: muster procedure export standard > incidents.yaml
      Example: muster procedure export --document -i checkout > OUTAGE.md
      """)

  @OptionGroup var target: IncidentOptions
  @Argument(
    help: ArgumentHelp("A file or a built-in name; else the store's.", valueName: "procedure"),
    completion: .file())
  var name: String?
  @Flag(name: .long, help: "Print YAML, which is the default.") var yaml = false
  @Flag(name: .long, help: "Print the original document, byte for byte.")
  var document = false

  func run() throws {
    guard !(yaml && document) else {
      throw Failure(.usage, "--yaml and --document contradict each other; use one of them")
    }
    let store = try StoreAccess(home: target.store.home)
    if document {
      let kept = try store.keptDocument(name, target)
      return try Output.write(kept.document.bytes, to: STDOUT_FILENO)
    }
    let choice = ProcedureChoice(store: store)
    // A built-in one is handed out as it is written, with its comments.
    if let name, let entry = BuiltInProcedures.named(name) { return try Output.text(entry.text) }
    try Output.text(ProcedureSchema.write(try choice.forReading(name)))
  }
}

struct ProcedureUseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "use",
    abstract: "Use a procedure for new incidents of this store.",
    discussion: """
      Open incidents keep their own. Where a team shares its settings, it is for all machines, after a question.

      Example: muster procedure use INCIDENTS.md
      """)

  @OptionGroup var store: StoreOptions
  @Flag(name: .long, help: "Answer yes.") var yes = false
  @Argument(
    help: ArgumentHelp("A file or a built-in name.", valueName: "procedure"), completion: .file())
  var name: String

  func run() throws {
    let store = try StoreAccess(home: store.home)
    let choice = ProcedureChoice(store: store)
    guard name != BoundedFile.standardInput else {
      throw Failure(
        .usage, "standard input cannot be used here: save the procedure as a file first"
      )
    }
    let loaded = try choice.loadedForReading(name)
    if let other = loaded.whyNoProcedure { throw Failure(.no, other.description) }
    let isBuiltIn = BuiltInProcedures.named(name) != nil && access(name, F_OK) != 0
    let stored = isBuiltIn ? name : ProcedureChoice.absolute(name)
    let path: String
    if TeamFolder.hasSettings(store.home) {
      try share(stored, store)
      path = "the team's settings"
    } else {
      path = Settings.storePath(in: store.home)
      try set(stored, in: path, store)
    }
    if !isBuiltIn { choice.keep(loaded, as: stored) }
    let unreviewed = loaded.review.flatMap { ReviewWords($0, of: name).unreviewed }
    try Output.lines(
      [
        "\(path): new incidents use \(stored)", ProcedurePage(loaded.procedure).summary,
      ] + (unreviewed.map { [$0] } ?? []))
  }

  /// Has all machines of the team use it.
  private func share(_ procedure: String, _ store: StoreAccess) throws(Failure) {
    let push = try SettingsPush(store)
    guard let there = push.there else {
      throw Failure(.notNow, "the team has no settings any more; 'muster store doctor' says more")
    }
    let new = try SettingsToShare(there.settings, using: procedure)
    guard push.differ(new) else { return }
    push.tell(new)
    guard yes || isatty(STDIN_FILENO) == 1 && TerminalQuestion.ask("Change them on all machines?")
    else {
      throw Failure(
        .notNow,
        "nothing was changed: the team's settings win over store.yaml here; add '--yes' "
          + "to change them on all machines")
    }
    _ = try push.put(new)
  }

  /// Has this machine's store use it.
  private func set(
    _ stored: String, in path: String, _ store: StoreAccess
  ) throws(Failure) {
    let old: [UInt8]
    do throws(FileProblem) { old = try BoundedFile.read(path, limit: 128 << 10) } catch .notThere {
      old = []
    } catch {
      // What the team has set there must not be lost.
      throw Failure(.worldFailed, "\(path): \(error.what); \(error.remedy)")
    }
    let new = StoreConfiguration.setting(
      procedure: stored, in: String(decoding: old, as: UTF8.self))
    do throws(LogError) {
      try store.store.replace("store.yaml", with: Array(new.utf8))
    } catch {
      throw Failure(error)
    }
    store.store.board?.noteSettings(areRead: true)
  }
}
