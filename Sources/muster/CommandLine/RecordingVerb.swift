import ArgumentParser
import Engine
import EventLog
import Glibc
import Wording

/// A verb that becomes events.
protocol RecordingVerb: ConsoleVerb {
  var recording: RecordingOptions { get }

  /// What is to be recorded, from what was typed and from the incident as it stands: one event each.
  func commands(for incident: Incident, in context: VerbContext) throws(Failure) -> [Command]

  /// When it happened, where the words themselves say so.
  func occurred(in context: VerbContext) throws(Failure) -> Timestamp?

  /// What there is to choose from, where the verb was typed alone; nil where it records.
  func choices(in incident: Incident, at now: Timestamp) -> [String]?
}

extension RecordingVerb {
  func occurred(in context: VerbContext) throws(Failure) -> Timestamp? { context.occurred }

  func choices(in incident: Incident, at now: Timestamp) -> [String]? { nil }

  func run() throws {
    var session = try RecordingSession(recording)
    do throws(LogError) { try session.log.readOn(at: WallClock.now) } catch {
      let failure = Failure(error)
      guard error.isOfReading || failure.status == .worldFailed else { throw failure }
      return try recordUnread(in: &session)
    }
    let incident = session.incident
    if let choices = choices(in: incident, at: session.clock.now) {
      return try Output.lines(choices)
    }
    let occurred = try occurred(in: session.context)
    let commands = try commands(for: incident, in: session.context)
    try requireYes(to: commands, occurred, session)
    var failure: Failure?
    for command in commands {
      do throws(Failure) {
        let receipt = try session.record(occurred: occurred) { incident, session throws(Failure) in
          // Decide again if the log has grown since the first decision.
          commands.count > 1
            ? command : try self.commands(for: incident, in: session.context).first ?? command
        }
        try receipt.print(asJSON: recording.json)
      } catch {
        // Continue with the remaining commands; every reason is told once, the last one as the
        // outcome of the verb.
        if commands.count == 1 || error.status == .worldFailed { throw error }
        if let failure { Output.complain(failure.message) }
        failure = error
      }
    }
    if let failure { throw failure }
  }

  /// Asks at a terminal before a command that sends or ends something or lowers a severity, and lists its effects. A
  /// script is never asked.
  private func requireYes(
    to commands: [Command], _ occurred: Timestamp?, _ session: RecordingSession
  ) throws(Failure) {
    guard !recording.yes, isatty(STDIN_FILENO) == 1 else { return }
    for command in commands where command.asksBeforehand {
      guard let consequences = try session.consequences(of: command, occurred) else { continue }
      guard consequences.asksFirst, !isAskedAlready(command) else { continue }
      let clock = Clock(zone: session.clock.zone)
      let callee = consequences.calls.first?.label ?? "the next one"
      for line in consequences.lines(clock: clock) { Output.remark("  \(line)") }
      if case .escalate = command {
        let person = session.context.directory.receiver(callee, at: session.clock.now)
        let number = person?.contact ?? "no number is known"
        Output.remark("  \(person?.name ?? callee): \(number)")
      }
      let question = consequences.question(
        title: session.incident.shownTitle, callee: callee, clock: clock)
      guard TerminalQuestion.ask(question) else { throw Failure(.notNow, "nothing was recorded") }
    }
  }

  /// A new role is asked about when its words are read.
  private func isAskedAlready(_ command: Command) -> Bool {
    if case .assign(_, _, isNew: true) = command { true } else { false }
  }

  /// Puts the text into the spool while the log cannot be read.
  private func recordUnread(in session: inout RecordingSession) throws(Failure) {
    let occurred = try occurred(in: session.context)
    let receipt = try session.record(occurred: occurred) { incident, session throws(Failure) in
      guard let command = try self.commands(for: incident, in: session.context).first else {
        throw Failure(.usage, "nothing to record")
      }
      return command
    }
    try receipt.print(asJSON: recording.json)
  }
}

/// A verb that becomes one event.
protocol OneEventVerb: RecordingVerb {
  func command(for incident: Incident, in context: VerbContext) throws(Failure) -> Command
}

extension OneEventVerb {
  func commands(for incident: Incident, in context: VerbContext) throws(Failure) -> [Command] {
    [try command(for: incident, in: context)]
  }
}
