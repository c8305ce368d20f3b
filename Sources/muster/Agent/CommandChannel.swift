import Display
import Engine
import Integrations
import Synchronization

/// A program of the agent's own settings that takes a message on its standard input.
struct CommandChannel: Channel {
  let command: [String]
  let timeout: Duration

  var isIdempotent: Bool { false }

  func send(_ message: ChannelMessage, note: (String) -> Void) -> ChannelOutcome {
    let program = DeliveryProgram(
      command: command, timeout: timeout,
      isInterrupted: { ProgramDeliveries.isEnding.load(ordering: .relaxed) })
    note("runs \(command.joined(separator: " "))")
    let error = program.run(
      "\(message.title)\n\n\(message.text)",
      [
        ("MUSTER_INCIDENT", message.incident), ("MUSTER_TO", message.address ?? ""),
        ("MUSTER_TITLE", message.title), ("MUSTER_STATUS", message.status ?? ""),
        ("MUSTER_SEVERITY", message.severity ?? ""), ("MUSTER_MESSAGE_ID", message.id),
      ])
    if let error { return .failed(ChannelFailure(error, isFinal: false)) }
    note("ended well")
    return .delivered(reference: nil)
  }
}
