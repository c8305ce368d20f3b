import ArgumentParser
import Engine

struct EscalateCommand: OneEventVerb {
  static let configuration = CommandConfiguration(
    commandName: "escalate", abstract: "Mark the next escalation step as due now.",
    discussion:
      "Records the step as due; you make the call. Record who answered with 'muster reached'.\n\nExample: muster escalate --to 2 --reason 'data may be lost'"
  )

  @OptionGroup var recording: RecordingOptions
  @Option(
    help: ArgumentHelp("A level or a receiver, instead of the next step.", valueName: "level"),
    completion: ShellCompletions.steps)
  var to: Typed?
  @Option(help: "Why.") var reason: Typed?

  func command(for incident: Incident, in context: VerbContext) -> Command {
    .escalate(to: to?.text, reason: reason?.text)
  }
}

struct ReachedCommand: OneEventVerb {
  static let configuration = CommandConfiguration(
    commandName: "reached", abstract: "Record who was reached for an escalation step.",
    discussion: """
      A name alone is enough if it is the person to call.

      Example: muster reached 'Engineering Lead' kai
      Example: muster reached 2
      Example: muster reached ada
      """)

  @OptionGroup var recording: RecordingOptions
  @Argument(
    help: ArgumentHelp("The step: its level or receiver.", valueName: "step"),
    completion: ShellCompletions.steps)
  var step: Typed
  @Argument(help: ArgumentHelp("Who answered.", valueName: "person")) var name: [Typed] = []

  func command(for incident: Incident, in context: VerbContext) -> Command {
    guard name.isEmpty else { return .reached(step: step.text, name: name.joined) }
    let isStep = incident.isStep(step.text, at: context.clock.now)
    if !isStep,
      let call = incident.step(
        reachedAs: step.text, at: context.clock.now, in: context.directory)
    {
      return .reached(step: call.stepKey, name: step.text)
    }
    return .reached(step: step.text, name: nil)
  }
}

struct SnoozeCommand: OneEventVerb {
  static let configuration = CommandConfiguration(
    commandName: "snooze", abstract: "Snooze one escalation step or countdown, with a reason.",
    discussion: "Example: muster snooze 'Engineering Lead' 10m --reason 'kai is joining in five'")

  @OptionGroup var recording: RecordingOptions
  @Argument(
    help: ArgumentHelp("The step or countdown: level, receiver or id.", valueName: "step"),
    completion: ShellCompletions.steps)
  var step: Typed
  @Argument(help: ArgumentHelp("By how much: 10m.", valueName: "span")) var span: Typed
  @Option(help: "Why.") var reason: Typed

  func command(for incident: Incident, in context: VerbContext) throws(Failure) -> Command {
    .snooze(deadline: step.text, try context.clock.span(span.text), reason: reason.text)
  }
}
