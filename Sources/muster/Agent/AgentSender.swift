import Display
import Documents
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
  private let journal: AgentJournal
  private let leadership: AgentLeadership?
  private let ground: Mutex<Ground>

  private struct Ground: Sendable {
    var channels: AgentChannels
    var zone: TimeZoneRules
  }

  init(
    home: String, _ channels: AgentChannels, _ book: AnswerBook, zone: TimeZoneRules,
    _ journal: AgentJournal, _ leadership: AgentLeadership? = nil
  ) {
    (self.home, self.book, self.journal) = (home, book, journal)
    self.leadership = leadership
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
      // One that is there and cannot be used may be mended while it is still to be told.
      let why = channels.unusable[name]
      return .failed(
        why ?? "there is no channel '\(name)' any more", isFinal: why == nil, retryAfter: nil)
    }
    let own = order.person.zone.flatMap { ZoneFiles.known($0) } ?? zone
    var message = Self.message(order, at: WallClock.now, in: own)
    if let since = leadership?.cutOffSince {
      message.text += "\n\n" + NotificationOrder.cutOff(InstantText.full(since, in: own))
    }
    message.address = settings.address(of: order.person, order.way)
    if settings.takesAnswers { message.buttons = book.buttons(for: order, at: message.time) }
    switch send(message, order, by: channel) {
    case .delivered(let reference): return .delivered(reference: reference)
    case .failed(let failure):
      return .failed(failure.text, isFinal: failure.isFinal, retryAfter: failure.retryAfter)
    }
  }

  private func send(
    _ message: ChannelMessage, _ order: NotificationOrder, by channel: any Channel
  ) -> ChannelOutcome {
    var message = message
    switch (order.notices[0].subject, channel) {
    case (.room, let slack as SlackChannel):
      message.title = Self.briefTitle(message.incident)
      do throws(Failure) { message.text = try brief(of: message.incident) } catch {
        return .failed(ChannelFailure(error.message, isFinal: false))
      }
      return slack.open(order.person.name, with: message, note: journal.line)
    case (.guest, let slack as SlackChannel):
      guard let address = message.address, let room = order.notices[0].room else {
        return .failed(ChannelFailure("the incident has no channel there", isFinal: false))
      }
      let failure = slack.invite([address], to: SlackChannel.place(of: room))
      return failure.map(ChannelOutcome.failed) ?? .delivered(reference: nil)
    case (.settled(let how, _), _):
      message.action = how == .resolved ? .resolve : .acknowledge
    default: break
    }
    return channel.send(message, note: { _ in })
  }

  /// Renews the brief in an incident's own channels, as far as there are any; the first failure where one is not renewed.
  func renewBrief(of id: String, in rooms: [String: String]) -> ChannelFailure? {
    let channels = ground.withLock { $0.channels }
    var first: ChannelFailure?
    for (name, reference) in rooms.sorted(by: { $0.key < $1.key }) {
      guard let slack = channels.channels[name] as? SlackChannel else { continue }
      do throws(Failure) {
        var message = ChannelMessage(
          id: "msg_brief", time: WallClock.now, title: "", text: try brief(of: id), incident: id,
          kind: "notice")
        message.title = Self.briefTitle(id)
        if let failure = slack.change(reference, to: message) { first = first ?? failure }
      } catch { first = first ?? ChannelFailure(error.message, isFinal: false) }
    }
    return first
  }

  private static func briefTitle(_ id: String) -> String { "Brief of \(id), as it stands" }

  /// Where an incident stands, for whoever comes into its channel.
  private func brief(of id: String) throws(Failure) -> String {
    let session = try ReadingSession(StoreAccess(StorePlace(home: home)), id)
    let brief = BriefReport(of: session.source, situation: try session.report())
    return brief.lines().joined(separator: "\n")
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
