import ArgumentParser
import Documents
import Engine
import EventLog
import Glibc
import Wording

struct UpdateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "update", abstract: "Compose an update, record it, and send it.",
    discussion: """
      Without text, the procedure's template is filled in from the incident. What is not known stays \
      in [brackets]; the update is refused until these are filled in, or --yes sends it as it is.

      The text goes to standard output, the receipt to standard error. It is recorded first and then \
      handed to every command of your config.yaml that serves the audience, each without a shell, with \
      the text on its standard input and MUSTER_INCIDENT, MUSTER_AUDIENCE, MUSTER_CHANNEL, MUSTER_STATUS \
      and MUSTER_SEVERITY in its environment:

        delivery:
          mail: [mail, -s, Incident, everybody@example.org]
          statuspage:
            command: [/home/mira/bin/statuspage, --post]
            audiences: [customers]
            timeout: 20s

      At a terminal, you see the text and its destinations and are asked to confirm; a script is not. Failed \
      deliveries are retried by your console, agent or 'muster deliver --wait': after 5 s, 10 s, 20 s … at most \
      10 min apart, \(Dispatch.mostAttempts) times, for two hours at most; until then, NOT DELIVERED is shown. A command that \
      is killed together with Muster may run once more. An update about the past (--at) goes \
      only where --via sends it, and a drill delivers nothing.

      Example: muster update We are rolling back. --audience customers --next 30m
      Example: muster update --template initial --fill 'impact=payments fail' --fill started=01:30
      Example: muster update --audience customers --preview
      """)

  @OptionGroup var recording: RecordingOptions
  @Argument(help: ArgumentHelp("The text; default: that of the template.", valueName: "text"))
  var words: [Typed] = []
  @Option(help: "The audience, such as customers.", completion: ShellCompletions.audiences)
  var audience: Typed?
  @Option(help: "Name of the channel where it is published.") var channel: Typed?
  @Option(
    help: "A template of the procedure: its id or words of its title.",
    completion: ShellCompletions.templates)
  var template: Typed?
  @Option(help: ArgumentHelp("Promise the next update within this time: 30m.", valueName: "span"))
  var next: Typed?
  @Option(help: ArgumentHelp("Fill in a [place]; may be repeated.", valueName: "place=text"))
  var fill: [Typed] = []
  @OptionGroup var destinations: DestinationOptions
  @Flag(help: "Show what would be sent and where, and record nothing.") var preview = false

  func run() throws {
    var session = try RecordingSession(recording)
    let incident = try session.refresh()
    let audience = try audience(in: incident)
    let places = try Destinations(
      destinations, for: incident, audience: audience, isPast: session.occurred != nil,
      in: session.store)
    var (update, open, hints) = try compose(for: incident, to: audience, in: session)
    (update.via, update.from) = (places.ways, ProgramDeliveries.login)
    update = incident.worded(update)
    let summary = UpdatePreview(
      update: update, places: places, open: open, hints: hints,
      moment: otherMoment(of: update, in: incident), isDrill: incident.isDrill,
      clock: session.clock)
    if preview { return try summary.print(asJSON: recording.json) }
    let isAsked = !recording.yes && isatty(STDIN_FILENO) == 1
    if !isAsked, let moment = summary.moment {
      throw Failure(
        .usage, "not recorded: \(moment); record the status first, or send words of your own")
    }
    if isAsked { try summary.ask() }
    try send(update, to: places, in: &session, isShown: isAsked && isatty(STDOUT_FILENO) == 1)
  }

  // MARK: - Sending

  private func send(
    _ update: Command.OutgoingUpdate, to places: Destinations,
    in session: inout RecordingSession, isShown: Bool
  ) throws {
    let sending = try UpdateSending(places, in: session)
    let receipt: Receipt
    do throws(Failure) {
      receipt = try session.record(occurred: session.occurred) {
        (_, _) throws(Failure) in .sendUpdate(update)
      }
    } catch {
      sending.withdraw()
      throw error
    }
    if !recording.json {
      if !isShown { try Output.text(receipt.event.data.string("text") ?? update.text) }
      Output.remark(receipt.line)
    }
    if receipt.keptSince != nil {
      // What others have not got is sent when they have.
      sending.withdraw()
      return try receipt.print(asJSON: recording.json)
    }
    let missing = try sending.deliver(receipt.event, in: &session, tells: !recording.json)
    if recording.json {
      let dispatches = try session.refresh().dispatches(at: WallClock.now)
      let own = dispatches.filter { $0.update == receipt.event.sequence }.map(\.json)
      try Output.jsonLine(
        .object((receipt.json.members ?? []) + [.init("deliveries", .array(own))]))
    }
    guard missing.isEmpty else { throw ExitCode(Failure.Status.worldFailed.rawValue) }
  }

  // MARK: - Composing

  /// Who is told: as typed, else those whom the named template is for.
  private func audience(in incident: Incident) throws(Failure) -> String? {
    if let audience { return audience.text }
    return try named(in: incident.procedure).flatMap { incident.audience(for: $0) }
  }

  /// The update with the log's newest line below it, and the places that are still open.
  private func compose(
    for incident: Incident, to audience: String?, in session: RecordingSession
  ) throws(Failure) -> (
    Command.OutgoingUpdate, open: [String], hints: [(place: String, example: String)]
  ) {
    var update = Command.OutgoingUpdate(
      text: "", audience: audience, channel: channel?.text,
      status: incident.status.change.status, head: session.head)
    let from = session.occurred ?? session.clock.now
    let promised = try next.map { next throws(Failure) in
      from + (try session.clock.span(next.text))
    }
    var open: [String] = []
    var hints: [(place: String, example: String)] = []
    var text = ""
    if words.isEmpty {
      let draft = try session.draft(
        to: update.audience, template: try named(in: incident.procedure), next: promised,
        given: try answers())
      try requirePlaces(in: draft)
      guard draft.open.isEmpty || recording.yes || preview else { throw Self.incomplete(draft) }
      (text, open, update.template) = (draft.text, draft.open, draft.template.id)
      hints = draft.hints
      update.next = promised ?? (draft.filled.promisesNext ? draft.next : nil)
    } else {
      guard fill.isEmpty else {
        throw Failure(.usage, "--fill needs a template; leave it out with a text of your own")
      }
      text = try session.context.text(words)
      open = UpdateDraft.openPlaces(in: text, of: [])
      update.next = promised
    }
    update.text =
      text.contains { !$0.isWhitespace } ? UpdateDraft.signed(text, head: update.head) : ""
    return (update, open, hints)
  }

  /// That the template was written for another moment than the present one.
  private func otherMoment(
    of update: Command.OutgoingUpdate, in incident: Incident
  ) -> String? {
    let template = incident.procedure.templates.first { $0.id == update.template }
    let moments = template.map { incident.otherMoments(of: $0).map(\.rawValue) } ?? []
    guard !moments.isEmpty else { return nil }
    return "this text is for \(Choices.list(moments, on: Shell.surface)); "
      + "the status is \(incident.statusName)"
  }

  /// Answers to what nobody asks would be lost unnoticed.
  private func requirePlaces(in draft: UpdateDraft) throws(Failure) {
    let stray = try answers().keys.sorted().first { !draft.filled.asks(for: $0) }
    guard let stray else { return }
    let places = draft.filled.places.map(\.name).reduce(into: [String]()) {
      if !$0.contains($1) { $0.append($1) }
    }
    throw Failure.unknown("place", stray, known: places)
  }

  private static func incomplete(_ draft: UpdateDraft) -> Failure {
    let list = draft.filled.holes.map(\.name).reduce(into: [String]()) {
      if !$0.contains($1) { $0.append($1) }
    }
    return Failure(
      .usage,
      "not recorded: not filled in: \(Choices.list(list, on: Shell.surface)); fill in with --fill '\(list[0])=…', "
        + "preview with --preview, or send it as it is with --yes")
  }

  /// The template that was named; nil: the one that fits.
  private func named(in procedure: Procedure) throws(Failure) -> Template? {
    guard let template else { return nil }
    guard let match = TemplateChoice.template(named: template.text, in: procedure) else {
      let known = procedure.templates + TemplateChoice.builtIn
      let names = known.reduce(into: [String]()) { if !$0.contains($1.id) { $0.append($1.id) } }
      throw Failure.unknown("template", template.text, known: names)
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
