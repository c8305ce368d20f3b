import Display
import Engine
import EventLog
import Integrations
import Runtime
import Synchronization
import Wording

/// Sends what people are to be told by the channels of the agent's settings.
final class AgentSender: NotificationGround {
  private let home: String
  private let book: AnswerBook
  private let ground: Mutex<Ground>

  private struct Ground: Sendable {
    var channels: AgentChannels
    var zone: TimeZoneRules
  }

  init(home: String, _ channels: AgentChannels, _ book: AnswerBook, zone: TimeZoneRules) {
    (self.home, self.book) = (home, book)
    ground = Mutex(Ground(channels: channels, zone: zone))
  }

  /// Goes on by other channels.
  func use(_ channels: AgentChannels, zone: TimeZoneRules) {
    ground.withLock { $0 = Ground(channels: channels, zone: zone) }
  }

  func commands(for id: String) throws(LogError) -> CommandRecorder {
    try ProgramDeliveries(home: home, source: "agent").commands(for: id)
  }

  func send(_ order: NotificationOrder) -> NotificationResult {
    let (channels, zone) = ground.withLock { ($0.channels, $0.zone) }
    let name = order.way.channel
    guard let channel = channels.channels[name], let settings = channels.settings[name] else {
      return .failed("there is no channel '\(name)' any more", isFinal: true, retryAfter: nil)
    }
    let own = order.person.zone.flatMap { ZoneFiles.known($0) } ?? zone
    var message = Self.message(order, at: WallClock.now, in: own)
    message.address = settings.address(of: order.person, order.way)
    if settings.takesAnswers { message.buttons = book.buttons(for: order, at: message.time) }
    switch channel.send(message, note: { _ in }) {
    case .delivered(let reference): return .delivered(reference: reference)
    case .failed(let failure):
      return .failed(failure.text, isFinal: failure.isFinal, retryAfter: failure.retryAfter)
    }
  }

  /// What goes out: what could deceive is made visible, whoever wrote it.
  static func message(
    _ order: NotificationOrder, at now: Timestamp, in zone: TimeZoneRules
  ) -> ChannelMessage {
    let keys = order.notices.map(\.key.message).joined(separator: "\n")
    let first = order.notices[0]
    var message = ChannelMessage(
      id: "msg_" + Digest.hex(keys.utf8).prefix(32).map { Character(Unicode.Scalar($0)) },
      time: now, title: Sanitizer.clean(order.title(at: now)),
      text: Sanitizer.clean(order.text(at: now, in: zone), .multiLine),
      incident: first.incident, kind: "notice")
    (message.severity, message.status, message.thread) = (
      first.severity, first.status, first.thread
    )
    message.isUrgent = order.notices.contains { $0.subject.asksForAnswer }
    return message
  }
}
