import ArgumentParser
import Engine

struct AckCommand: OneEventVerb {
  static let configuration = CommandConfiguration(
    commandName: "ack", abstract: "Acknowledge the incident; stops 'not acknowledged' escalation.",
    discussion: "Example: muster ack\nExample: muster ack --as mira --at 01:41")

  @OptionGroup var recording: RecordingOptions

  func command(for incident: Incident, in context: VerbContext) -> Command { .acknowledge }
}

struct TriagedCommand: OneEventVerb {
  static let configuration = CommandConfiguration(
    commandName: "triaged", abstract: "Mark as triaged: scope and severity are known.",
    discussion: "Example: muster triaged")

  @OptionGroup var recording: RecordingOptions

  func command(for incident: Incident, in context: VerbContext) -> Command { .triage }
}

struct StatusCommand: OneEventVerb {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Set the status, one of the procedure's.",
    discussion: """
      Without an argument, it lists the statuses.

      Example: muster status identified bad deploy of api
      """)

  @OptionGroup var recording: RecordingOptions
  @Argument(
    help: ArgumentHelp("A status, or the start of its name.", valueName: "status"),
    completion: ShellCompletions.statuses)
  var status: Typed?
  @Argument(help: ArgumentHelp("A comment.", valueName: "text")) var words: [Typed] = []

  func command(for incident: Incident, in context: VerbContext) throws(Failure) -> Command {
    let text = words.isEmpty ? nil : try context.text(words)
    return .setStatus(status?.text ?? "", text: text)
  }

  func choices(in incident: Incident, at now: Timestamp) -> [String]? {
    status == nil ? ChoiceList.statuses(of: incident) : nil
  }
}

struct SeverityCommand: OneEventVerb {
  static let configuration = CommandConfiguration(
    commandName: "severity", abstract: "Set the severity; targets and escalation follow it.",
    discussion: """
      SEV-1, sev1 or 1, as the procedure names them. Without an argument, it lists the severities.

      Example: muster severity SEV-1 --reason 'payments fail too'
      """)

  @OptionGroup var recording: RecordingOptions
  @Argument(
    help: ArgumentHelp("A severity of the procedure.", valueName: "severity"),
    completion: ShellCompletions.severities)
  var severity: [Typed] = []
  @Option(help: "Why.") var reason: Typed?

  func validate() throws {
    if severity.isEmpty, reason != nil {
      throw ValidationError("Missing expected argument '<severity>'")
    }
  }

  func command(for incident: Incident, in context: VerbContext) -> Command {
    .setSeverity(severity.joined, reason: reason?.text)
  }

  func choices(in incident: Incident, at now: Timestamp) -> [String]? {
    severity.isEmpty ? ChoiceList.severities(of: incident) : nil
  }
}

struct PhaseCommand: OneEventVerb {
  static let configuration = CommandConfiguration(
    commandName: "phase", abstract: "Enter a phase: its name, a part of it, or its number.",
    discussion: """
      'next' enters the phase after the current one. Without an argument, it lists the phases.

      Example: muster phase mitigate
      Example: muster phase next
      """)

  @OptionGroup var recording: RecordingOptions
  @Argument(
    help: ArgumentHelp("The phase.", valueName: "phase"),
    completion: ShellCompletions.phases)
  var name: [Typed] = []

  func command(for incident: Incident, in context: VerbContext) -> Command {
    .enterPhase(name.joined)
  }

  func choices(in incident: Incident, at now: Timestamp) -> [String]? {
    name.isEmpty ? ChoiceList.phases(of: incident) : nil
  }
}

struct ImpactCommand: OneEventVerb {
  static let configuration = CommandConfiguration(
    commandName: "impact", abstract: "Record the impact: what is broken, and for whom.",
    discussion: """
      A leading time back-dates it.

      Example: muster impact all checkouts fail --users '~500' --services checkout,api
      Example: muster impact -15m nobody can pay
      """)

  @OptionGroup var recording: RecordingOptions
  @Argument(help: ArgumentHelp("What customers notice.", valueName: "text"))
  var words: [Typed] = []
  @Option(help: "Services that are affected.") var services: Typed?
  @Option(help: "How many people are affected.") var users: Typed?
  @Option(help: "Money that is lost or at risk.") var revenue: Typed?

  func command(for incident: Incident, in context: VerbContext) throws(Failure) -> Command {
    .updateImpact(
      Incident.Impact(
        summary: words.isEmpty ? nil : try context.timed(words).text, services: services?.text,
        users: users?.text,
        revenue: revenue?.text))
  }

  func occurred(in context: VerbContext) throws(Failure) -> Timestamp? {
    words.isEmpty ? context.occurred : try context.timed(words).occurred
  }
}

struct MitigateCommand: OneEventVerb {
  static let configuration = CommandConfiguration(
    commandName: "mitigate", abstract: "Mark as mitigated: customers are safe; the watch begins.",
    discussion: "Example: muster mitigate --at -3m")

  @OptionGroup var recording: RecordingOptions

  func command(for incident: Incident, in context: VerbContext) -> Command { .mitigate }
}

struct ResolveCommand: OneEventVerb {
  static let configuration = CommandConfiguration(
    commandName: "resolve", abstract: "Mark as resolved; the incident stays open until closed.",
    discussion: "Example: muster resolve")

  @OptionGroup var recording: RecordingOptions

  func command(for incident: Incident, in context: VerbContext) -> Command { .resolve }
}

struct ReopenCommand: OneEventVerb {
  static let configuration = CommandConfiguration(
    commandName: "reopen", abstract: "Reopen the incident: a new episode begins.",
    discussion: "Example: muster reopen -i 2026-11-21-checkout-502 --reason 'errors are back'")

  @OptionGroup var recording: RecordingOptions
  @Option(help: "Why.") var reason: Typed?

  func command(for incident: Incident, in context: VerbContext) -> Command {
    .reopen(reason: reason?.text)
  }
}

struct CloseCommand: OneEventVerb {
  static let configuration = CommandConfiguration(
    commandName: "close", abstract: "Close the incident when nothing is left to do.",
    discussion:
      "Example: muster close\nExample: muster close --outcome false_alarm --reason 'probe was wrong'"
  )

  @OptionGroup var recording: RecordingOptions
  @Option(
    help: "resolved, false_alarm, merged or cancelled.",
    completion: .list(Incident.Outcome.allCases.map(\.rawValue)))
  var outcome: Typed?
  @Option(help: "Why.") var reason: Typed?

  func command(for incident: Incident, in context: VerbContext) throws(Failure) -> Command {
    guard let outcome else { return .close(.resolved, reason: reason?.text) }
    let word = String(outcome.text.lowercased().map { $0 == "-" || $0 == " " ? "_" : $0 })
    guard let value = Incident.Outcome(rawValue: word) else {
      throw Failure.unknown(
        "outcome", outcome.text, known: Incident.Outcome.allCases.map(\.rawValue))
    }
    return .close(value, reason: reason?.text)
  }
}

struct WhenCommand: OneEventVerb {
  static let configuration = CommandConfiguration(
    commandName: "when", abstract: "Set when a milestone was reached, for countdowns and metrics.",
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

  func command(for incident: Incident, in context: VerbContext) throws(Failure) -> Command {
    guard let milestone = Incident.Milestone(rawValue: milestone.text.lowercased()),
      milestone != .declared
    else {
      throw Failure.unknown(
        "milestone", self.milestone.text, known: Self.milestones.map(\.rawValue))
    }
    return .setMilestone(milestone, try context.clock.instant(time.joined))
  }
}
