/// What one process has begun of the notices that it found: what is for one person by one way goes out one message after
/// the other, and what falls together becomes one.
package struct NotificationBook: Sendable {
  private var sending: [String: NotificationOrder] = [:]
  /// When the last message in a lane went out.
  private var lastSent: [String: Timestamp] = [:]
  /// Attempts that were made and that no log knows of: made again, they could wake people twice.
  private var unrecorded: Set<Notification.Key> = []

  /// What is to be told to one person within this after a message waits, and becomes one.
  package static let pause: Duration = .seconds(20)

  package init() {}

  /// The attempts that are being made.
  package var underWay: Set<Notification.Key> {
    Set(sending.values.flatMap { $0.notices.map(\.key) })
  }

  /// The messages to send now, of everything that is due in all incidents; and when there is more of it to be sent.
  package mutating func take(
    _ due: [Notification], at now: Timestamp
  ) -> (orders: [NotificationOrder], next: Timestamp?) {
    var orders: [NotificationOrder] = []
    var next: Timestamp?
    var lanes: [String] = []
    var groups: [String: [Notification]] = [:]
    for notice in due where !unrecorded.contains(notice.key) {
      if groups[notice.lane] == nil { lanes.append(notice.lane) }
      groups[notice.lane, default: []].append(notice)
    }
    lastSent = lastSent.filter { now >= $0.value && now - $0.value < Self.pause }
    for lane in lanes where sending[lane] == nil {
      if let last = lastSent[lane] {
        next = min(next ?? .distantFuture, last + Self.pause)
      } else if let order = NotificationOrder(groups[lane] ?? []) {
        orders.append(order)
        sending[lane] = order
        lastSent[lane] = now
      }
    }
    return (orders, next)
  }

  /// A message is on its way or lost; what came of it, the log tells, but of what it did not take.
  package mutating func end(_ order: NotificationOrder, unrecorded keys: [Notification.Key]) {
    sending[order.lane] = nil
    unrecorded.formUnion(keys)
  }
}
