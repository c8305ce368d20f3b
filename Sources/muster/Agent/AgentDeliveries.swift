import Engine
import EventLog
import Integrations
import Procedures
import Runtime
import Synchronization

/// Updates that go by the channels of an agent, recorded in the logs of its store.
final class AgentDeliveries: DeliveryGround {
  private let programs: ProgramDeliveries
  private let channels: Mutex<AgentChannels>

  init(home: String, _ channels: AgentChannels) {
    programs = ProgramDeliveries(home: home, source: DeliveryWay.agent)
    self.channels = Mutex(channels)
  }

  /// Goes on by other channels.
  func use(_ channels: AgentChannels) { self.channels.withLock { $0 = channels } }

  func claim(
    _ target: String, of incident: String, patience: Duration
  ) throws(DeliveryBusy) -> (any DeliveryClaim)? {
    try programs.claim(target, of: incident, patience: patience)
  }

  func commands(for id: String) throws(LogError) -> CommandRecorder {
    try programs.commands(for: id)
  }

  func kept() -> [SpoolEntry] { programs.kept() }

  func run(_ order: DeliveryOrder, isInterrupted: () -> Bool) -> DeliveryEnd {
    let channels = channels.withLock { $0 }
    let name = String(order.target.dropFirst(DeliveryWay.agentPrefix.count))
    guard let channel = channels.channels[name] else {
      return DeliveryEnd(error: "the agent has no channel '\(name)'")
    }
    let words = order.harmlessText
    let title = words.split(separator: "\n").first.map(String.init) ?? "Update"
    var message = ChannelMessage(
      id: "msg_\(Digest.hex("\(order.incident)/\(order.update)/\(name)".utf8).prefix(32).text)",
      time: WallClock.now, title: title, text: words, incident: order.incident, kind: "update")
    (message.severity, message.status, message.isUrgent) = (order.severity, order.status, false)
    if channels.settings[name]?.kind == .telegram {
      message.address = channels.settings[name]?.lists["chats"]?.first
    }
    if channels.settings[name]?.kind == .slack, let room = order.room {
      message.address = SlackChannel.place(of: room)
    } else {
      message.thread = order.thread
    }
    switch channel.send(message, note: { _ in }) {
    case .delivered(let reference):
      return DeliveryEnd(error: nil, DeliveryAnswer(reference: reference))
    case .failed(let failure):
      return DeliveryEnd(
        error: failure.text,
        DeliveryAnswer(
          isFinal: failure.isFinal, notBefore: failure.retryAfter.map { WallClock.now + $0 }))
    }
  }

  func shielded<Result>(_ attempt: (_ isInterrupted: () -> Bool) -> Result) -> Result {
    programs.shielded(attempt)
  }
}

extension ArraySlice<UInt8> {
  /// Digits as text.
  fileprivate var text: String { String(decoding: self, as: UTF8.self) }
}
