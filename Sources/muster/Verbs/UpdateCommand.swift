import ArgumentParser
import Documents
import Engine
import Glibc

struct UpdateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "update", abstract: "Compose an update, record it, and print it to be sent.",
    discussion: """
      Without text the procedure's template is filled in from the incident. What nobody knows stays \
      in [brackets], and the update is not recorded until it is filled in, or --yes says to send it so. \
      The text goes to standard output, the receipt to standard error.

      Example: muster update We are rolling back. --audience customers --next 30m
      Example: muster update --template initial --fill 'what we know=the deploy of 01:30'
      """)

  @OptionGroup var recording: RecordingOptions
  @Argument(help: ArgumentHelp("The text; without one the template's.", valueName: "text"))
  var words: [Typed] = []
  @Option(help: "Who is told.") var audience: Typed?
  @Option(help: "By what way.") var channel: Typed?
  @Option(
    help: "A template of the procedure: its id or words of its title.",
    completion: .custom { _, _, _ in Completions.templates() })
  var template: Typed?
  @Option(help: ArgumentHelp("When the next one is promised: 30m.", valueName: "span"))
  var next: Typed?
  @Option(help: ArgumentHelp("Fills a [place] of the template.", valueName: "place=text"))
  var fill: [Typed] = []
  @Flag(help: "Print the text and record nothing.") var preview = false
  @Flag(help: "Send it also with places left open.") var yes = false

  func run() throws {
    var session = try RecordingSession(recording)
    let incident = try session.refresh()
    let update = try compose(for: incident, in: session)
    if preview { return try Output.text(update.text) }
    let receipt = try session.record(occurred: session.occurred) {
      (_, _) throws(Failure) in .sendUpdate(update)
    }
    if recording.json { return try receipt.print(asJSON: true) }
    try Output.text(update.text)
    Output.remark(receipt.line)
  }

  private func compose(
    for incident: Incident, in session: RecordingSession
  ) throws(Failure) -> Command.OutgoingUpdate {
    let promised = try nextPromise(for: incident, in: session)
    var text = ""
    var used: Template?
    var isPromised = next != nil
    if words.isEmpty {
      let template = try pick(from: incident)
      let filled = FilledTemplate(
        template.body, procedure: incident.procedure,
        from: try session.templateFacts(next: promised, audience: audience?.text),
        given: try answers())
      guard filled.isComplete || yes || preview else { throw Self.incomplete(filled) }
      text = filled.text
      used = template
      isPromised = isPromised || filled.promisesNext
    } else {
      text = try session.text(words)
    }
    let head = session.head
    if let head { text += "\n\n-- \nlog \(head)\n" }
    return Command.OutgoingUpdate(
      text: text, audience: audience?.text, channel: channel?.text, template: used?.id,
      status: incident.status.change.status, next: isPromised ? promised : nil, head: head)
  }

  /// When the next one is due: as typed, else as the procedure's cadence for this audience says.
  private func nextPromise(
    for incident: Incident, in session: RecordingSession
  ) throws(Failure) -> Timestamp? {
    let from = session.occurred ?? session.clock.now
    if let next { return from + (try session.clock.span(next.text)) }
    let severity = incident.rulingSeverity?.id
    let rules = incident.procedure.cadence.filter { $0.severity == nil || $0.severity == severity }
    let own = rules.filter { $0.audience?.lowercased() == audience?.text.lowercased() }
    let every = (own.isEmpty ? rules : own).map(\.every).min()
    return incident.isResolved ? nil : every.map { from + .seconds($0) }
  }

  private static func incomplete(_ filled: FilledTemplate) -> Failure {
    let names = filled.holes.map(\.name)
    let list = names.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    return Failure(
      .usage,
      "not recorded: still open: \(Rejection.list(list)); fill in with --fill '\(list[0])=…', "
        + "see it with --preview, or --yes sends it so")
  }

  private func pick(from incident: Incident) throws(Failure) -> Template {
    let procedure = incident.procedure
    guard let template else {
      let current = incident.status.change
      return TemplateChoice.template(
        in: procedure, audience: audience?.text,
        status: Status(id: current.status, name: incident.statusName, role: current.role, line: 0),
        isFirst: incident.updates.isEmpty, severity: incident.severityID)
    }
    guard let match = TemplateChoice.template(named: template.text, in: procedure) else {
      let known = procedure.templates + TemplateChoice.builtIn
      throw Wording.unknown("template", template.text, known: known.map(\.id))
    }
    return match
  }

  private func answers() throws(Failure) -> [String: String] {
    var answers: [String: String] = [:]
    for pair in fill {
      guard let equals = pair.text.firstIndex(of: "=") else {
        throw Failure(.usage, "--fill takes 'place=text', not '\(pair.text)'")
      }
      answers[String(pair.text[..<equals])] = String(pair.text[pair.text.index(after: equals)...])
    }
    return answers
  }
}
