import ArgumentParser
import Engine

struct AckCommand: RecordingVerb {
  static let configuration = CommandConfiguration(
    commandName: "ack", abstract: "Say that you have it: stops 'not acknowledged' escalation.",
    discussion: "Example: muster ack\nExample: muster ack --as mira --at 01:41")

  @OptionGroup var recording: RecordingOptions

  func command(for incident: Incident, in session: RecordingSession) -> Command { .acknowledge }
}

struct TriagedCommand: RecordingVerb {
  static let configuration = CommandConfiguration(
    commandName: "triaged", abstract: "Say that scope and severity are judged.",
    discussion: "Example: muster triaged")

  @OptionGroup var recording: RecordingOptions

  func command(for incident: Incident, in session: RecordingSession) -> Command { .triage }
}

struct StatusCommand: RecordingVerb {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Move the incident to a status of the procedure.",
    discussion: "Example: muster status identified bad deploy of api")

  @OptionGroup var recording: RecordingOptions
  @Argument(
    help: ArgumentHelp("A status, or its beginning.", valueName: "status"),
    completion: .custom { _, _, _ in Completions.statuses() })
  var status: Typed
  @Argument(help: ArgumentHelp("What to say about it.", valueName: "text")) var words: [Typed] = []

  func command(for incident: Incident, in session: RecordingSession) -> Command {
    .setStatus(status.text, text: words.isEmpty ? nil : words.joined)
  }
}

struct SeverityCommand: RecordingVerb {
  static let configuration = CommandConfiguration(
    commandName: "severity", abstract: "Set how bad it is; targets and escalation follow it.",
    discussion: "Example: muster severity SEV-1 --reason 'payments fail too'")

  @OptionGroup var recording: RecordingOptions
  @Argument(
    help: ArgumentHelp("A severity of the procedure.", valueName: "severity"),
    completion: .custom { _, _, _ in Completions.severities() })
  var severity: Typed
  @Option(help: "Why.") var reason: Typed?

  func command(for incident: Incident, in session: RecordingSession) -> Command {
    .setSeverity(severity.text, reason: reason?.text)
  }
}

struct PhaseCommand: RecordingVerb {
  static let configuration = CommandConfiguration(
    commandName: "phase", abstract: "Enter a phase: its name, a part of it, or its number.",
    discussion: "Example: muster phase mitigate")

  @OptionGroup var recording: RecordingOptions
  @Argument(help: ArgumentHelp("The phase.", valueName: "name")) var name: [Typed]

  func command(for incident: Incident, in session: RecordingSession) -> Command {
    .enterPhase(name.joined)
  }
}

struct ImpactCommand: RecordingVerb {
  static let configuration = CommandConfiguration(
    commandName: "impact", abstract: "Say what is broken for whom.",
    discussion: "Example: muster impact all checkouts fail --users '~500' --services checkout,api")

  @OptionGroup var recording: RecordingOptions
  @Argument(help: ArgumentHelp("What customers notice.", valueName: "text"))
  var words: [Typed] = []
  @Option(help: "Services that are affected.") var services: Typed?
  @Option(help: "How many people.") var users: Typed?
  @Option(help: "Money that is lost or at risk.") var revenue: Typed?

  func command(for incident: Incident, in session: RecordingSession) -> Command {
    .updateImpact(
      Incident.Impact(
        summary: words.isEmpty ? nil : words.joined, services: services?.text, users: users?.text,
        revenue: revenue?.text))
  }
}

struct MitigateCommand: RecordingVerb {
  static let configuration = CommandConfiguration(
    commandName: "mitigate", abstract: "Say that customers are safe; the watch period begins.",
    discussion: "Example: muster mitigate --at -3m")

  @OptionGroup var recording: RecordingOptions

  func command(for incident: Incident, in session: RecordingSession) -> Command { .mitigate }
}

struct ResolveCommand: RecordingVerb {
  static let configuration = CommandConfiguration(
    commandName: "resolve", abstract: "Say that it is over; the incident stays open until closed.",
    discussion: "Example: muster resolve")

  @OptionGroup var recording: RecordingOptions

  func command(for incident: Incident, in session: RecordingSession) -> Command { .resolve }
}

struct ReopenCommand: RecordingVerb {
  static let configuration = CommandConfiguration(
    commandName: "reopen", abstract: "Say that it was not over: a new episode begins.",
    discussion: "Example: muster reopen -i 2026-11-21-checkout-502 --reason 'errors are back'")

  @OptionGroup var recording: RecordingOptions
  @Option(help: "Why.") var reason: Typed?

  func command(for incident: Incident, in session: RecordingSession) -> Command {
    .reopen(reason: reason?.text)
  }
}

struct CloseCommand: RecordingVerb {
  static let configuration = CommandConfiguration(
    commandName: "close", abstract: "Close the incident: nothing is left to be done in it.",
    discussion:
      "Example: muster close\nExample: muster close --outcome false_alarm --reason 'probe was wrong'"
  )

  @OptionGroup var recording: RecordingOptions
  @Option(
    help: "resolved, false_alarm, merged or cancelled.",
    completion: .list(Incident.Outcome.allCases.map(\.rawValue)))
  var outcome: Typed?
  @Option(help: "Why.") var reason: Typed?

  func command(for incident: Incident, in session: RecordingSession) throws(Failure) -> Command {
    guard let outcome else { return .close(.resolved, reason: reason?.text) }
    let word = String(outcome.text.lowercased().map { $0 == "-" || $0 == " " ? "_" : $0 })
    guard let value = Incident.Outcome(rawValue: word) else {
      throw Wording.unknown(
        "outcome", outcome.text, known: Incident.Outcome.allCases.map(\.rawValue))
    }
    return .close(value, reason: reason?.text)
  }
}

struct WhenCommand: RecordingVerb {
  static let configuration = CommandConfiguration(
    commandName: "when", abstract: "Set when a milestone was reached, for clocks and metrics.",
    discussion: "Example: muster when started 01:35\nExample: muster when detected -12m")

  @OptionGroup var recording: RecordingOptions
  @Argument(
    help: ArgumentHelp(
      "started, detected, acknowledged, triaged, mitigated or resolved.", valueName: "milestone"),
    completion: .list(Self.milestones.map(\.rawValue)))
  var milestone: Typed
  @Argument(help: ArgumentHelp("14:05, -12m, 'yesterday 23:50', RFC 3339.", valueName: "time"))
  var time: [Typed]

  private static let milestones = Incident.Milestone.allCases.filter { $0 != .declared }

  func command(for incident: Incident, in session: RecordingSession) throws(Failure) -> Command {
    guard let milestone = Incident.Milestone(rawValue: milestone.text.lowercased()),
      milestone != .declared
    else {
      throw Wording.unknown(
        "milestone", self.milestone.text, known: Self.milestones.map(\.rawValue))
    }
    return .setMilestone(milestone, try session.clock.instant(time.joined))
  }
}
