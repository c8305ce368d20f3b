import ArgumentParser
import Engine

struct EscalateCommand: OneEventVerb {
  static let configuration = CommandConfiguration(
    commandName: "escalate", abstract: "Call the next step of the escalation path now.",
    discussion:
      "It records that the step is due; calling is yours, 'muster reached' says who answered.\n\nExample: muster escalate --to 2 --reason 'data may be lost'"
  )

  @OptionGroup var recording: RecordingOptions
  @Option(
    help: ArgumentHelp("A level or a receiver, instead of the next one.", valueName: "level"),
    completion: .custom { _, _, _ in ShellCompletions.steps() })
  var to: Typed?
  @Option(help: "Why.") var reason: Typed?

  func command(for incident: Incident, in context: VerbContext) -> Command {
    .escalate(to: to?.text, reason: reason?.text)
  }
}

struct ReachedCommand: OneEventVerb {
  static let configuration = CommandConfiguration(
    commandName: "reached", abstract: "Say that somebody was reached for an escalation step.",
    discussion: """
      A name alone is enough where it is that of whoever is to be called.

      Example: muster reached 'Engineering Lead' kai
      Example: muster reached 2
      Example: muster reached ada
      """)

  @OptionGroup var recording: RecordingOptions
  @Argument(
    help: ArgumentHelp("The step: its level or receiver.", valueName: "step"),
    completion: .custom { _, _, _ in ShellCompletions.steps() })
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
    commandName: "snooze", abstract: "Move one step or countdown to later, with a reason.",
    discussion: "Example: muster snooze 'Engineering Lead' 10m --reason 'kai is joining in five'")

  @OptionGroup var recording: RecordingOptions
  @Argument(
    help: ArgumentHelp("The step or deadline: level, receiver or id.", valueName: "step"),
    completion: .custom { _, _, _ in ShellCompletions.steps() })
  var step: Typed
  @Argument(help: ArgumentHelp("By how much: 10m.", valueName: "span")) var span: Typed
  @Option(help: "Why.") var reason: Typed

  func command(for incident: Incident, in context: VerbContext) throws(Failure) -> Command {
    .snooze(deadline: step.text, try context.clock.span(span.text), reason: reason.text)
  }
}
