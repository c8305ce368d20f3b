import ArgumentParser
import Documents
import Engine
import Wording

struct DeclareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "declare", abstract: "Open an incident. It never waits for a document.",
    discussion: """
      Without --severity, the targets of the worst severity count until one is set. The procedure is --procedure, else \
      the store's ('muster procedure use FILE'), else the built-in 'standard'.

      Example: muster declare checkout returns 502 for all carts --severity SEV-1 --started -10m
      """)

  @OptionGroup var store: StoreOptions
  @Argument(help: ArgumentHelp("What is wrong, in a few words.", valueName: "title"))
  var title: [Typed]
  @Option(
    name: .shortAndLong, help: "The severity, such as SEV-1.",
    completion: ShellCompletions.severities)
  var severity: Typed?
  @Option(
    name: .shortAndLong, help: ArgumentHelp("A file or a built-in name.", valueName: "procedure"),
    completion: .file())
  var procedure: String?
  @Option(help: ArgumentHelp("When it was detected; targets count from then.", valueName: "time"))
  var detected: Typed?
  @Option(help: ArgumentHelp("When the impact began.", valueName: "time")) var started: Typed?
  @Option(name: .customLong("as"), help: ArgumentHelp("Who declares.", valueName: "name"))
  var actor: Typed?
  @Option(help: ArgumentHelp("When it was declared, if not now.", valueName: "time"))
  var at: Typed?
  @Flag(name: .long, help: "Print the receipt as JSON.") var json = false

  func run() throws {
    let store = try StoreAccess(home: self.store.home)
    let clock = store.clock
    let author = try store.author(actor: actor?.text)
    let (title, whole) = Declaration.fitting(title.asTyped)
    let occurred = try instant(at, clock)
    store.offerSpool()
    let chosen = try ProcedureChoice(store: store).forDeclaring(procedure)
    let severity = StoreAccess.declaredSeverity(self.severity?.text, in: chosen.procedure)
    var declaration = Declaration(
      id: "", title: title, severity: severity.id, detected: try instant(detected, clock),
      started: try instant(started, clock), procedure: chosen.procedure,
      procedureNotRead: chosen.notRead)
    declaration.document = chosen.document
    let receipt = try store.declare(declaration, occurred: occurred, author: author)
    if let remark = severity.remark { Output.complain(remark) }
    var lost: Failure?
    do throws(Failure) { try keep(whole, in: receipt.incident.id, store) } catch { lost = error }
    try tell(receipt, chosen, store)
    if let lost { throw lost }
  }

  /// A title that had to be cut stands whole in notes.
  private func keep(
    _ whole: [String], in id: String, _ store: StoreAccess
  ) throws(Failure) {
    guard !whole.isEmpty else { return }
    Output.complain(
      "TITLE CUT: it has more than \(Declaration.titleLimit) bytes; the whole of it is recorded as a note"
    )
    let choice = IncidentChoice.Choice(store: store, id: id)
    var session = try RecordingSession(
      store: store, log: try choice.unread(), actor: actor?.text, at: nil)
    for text in whole {
      _ = try session.record(occurred: nil) { _, _ throws(Failure) in .note(text) }
    }
  }

  private func instant(_ typed: Typed?, _ clock: LocalClock) throws(Failure) -> Timestamp? {
    guard let typed else { return nil }
    return try clock.instant(typed.text)
  }

  // MARK: - What is told

  private func tell(
    _ receipt: Receipt, _ chosen: ProcedureChoice.Chosen, _ store: StoreAccess
  ) throws(Failure) {
    if let notRead = chosen.notRead { Output.complain("PROCEDURE NOT READ: \(notRead)") }
    var receipt = receipt
    if !json { receipt.more = try guidance(for: receipt.incident, store) }
    try receipt.print(asJSON: json)
  }

  private func guidance(for incident: Incident, _ store: StoreAccess) throws(Failure) -> [String] {
    let clock = store.clock
    var lines: [String] = []
    if let severity = incident.rulingSeverity {
      let unknown = incident.severityID == nil ? "severity unknown, so the targets of " : ""
      let name = severity.name == severity.id ? "" : " \(severity.name)"
      lines.append(
        "  \(unknown)\(severity.id)\(name) · procedure \(incident.procedure.name)")
      lines += severity.rules.map { "  \($0.label): \($0.text)" }
    }
    let deadlines = incident.deadlines(at: clock.now, in: store.context(clock))
    let running = deadlines.filter { $0.state.isRunning && $0.due != nil }.inOrderOfUrgency()
    for deadline in running.prefix(4) {
      lines.append("  \(deadline.clockColumn(at: clock.now))  \(deadline.title)")
    }
    let open = try store.openIDs()
    let next = Shell.surface(of: open.count > 1 ? incident.id : nil)
    let verbs = ["ack", "assign ic NAME", "note TEXT", "show"].map(next.command)
    lines.append("Next: \(verbs.joined(separator: " · "))")
    if incident.severityID == nil {
      let known = incident.procedure.severities.map(\.id).joined(separator: ", ")
      lines.append("Set the severity: \(next.command("severity S")) (\(known))")
      lines += incident.procedure.severities.flatMap(SeverityGuide.lines).map { "  \($0)" }
    }
    if open.count > 1 {
      lines.append(
        "\(open.count) incidents are open: use -i, or export MUSTER_INCIDENT=\(incident.id)")
    }
    return lines
  }
}
