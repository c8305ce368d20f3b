/// A summary of all incidents that goes to an audience at a time of every day, or of one day of the week.
package struct DigestSchedule: Hashable, Sendable {
  /// By what the log remembers it.
  package var name: String
  /// Nil: every day.
  package var day: Weekday?
  /// After midnight.
  package var minutes: Int
  package var audience: String
  /// The 1-based line of the settings.
  package var line: Int

  package init(name: String, day: Weekday? = nil, minutes: Int, audience: String, line: Int = 0) {
    (self.name, self.day, self.minutes) = (name, day, minutes)
    (self.audience, self.line) = (audience, line)
  }

  /// The newest instant up to now at which it was due.
  package func due(at now: Timestamp, in zone: TimeZoneRules) -> Timestamp? {
    let today = zone.localTime(at: now).date
    return (-8...0).reversed().lazy.compactMap { instant(on: today.adding(days: $0), in: zone) }
      .first { $0 <= now }
  }

  /// When it is due next.
  package func next(after now: Timestamp, in zone: TimeZoneRules) -> Timestamp? {
    let today = zone.localTime(at: now).date
    return (0...8).lazy.compactMap { instant(on: today.adding(days: $0), in: zone) }
      .first { $0 > now }
  }

  private func instant(on date: CivilDate, in zone: TimeZoneRules) -> Timestamp? {
    guard day == nil || date.weekday == day else { return nil }
    return zone.instant(of: date, secondsOfDay: minutes * 60)
  }
}

/// Leave to send one digest by one channel, once.
package struct DigestOrder: Hashable, Sendable {
  package var digest: DigestSchedule
  package var channel: String
  /// What it tells of: from the time before to this one.
  package var from: Timestamp
  package var due: Timestamp
  /// 1 for the first.
  package var attempt: Int

  /// What delivery events name.
  package var subject: String { "digest:\(due.milliseconds)/\(digest.name)" }
  package var target: String { DeliveryWay.agentPrefix + channel }
}

/// What the store's own log tells of digests: the fold of its events.
package struct DigestBook: Sendable {
  private var tries: [String: Tries] = [:]

  private struct Tries {
    var attempt = 0
    var isUnderWay = false
    var isDelivered = false
    var isFinal = false
    var failures = 0
    var notBefore: Timestamp?
    var last = Timestamp.distantPast
  }

  package init() {}

  package mutating func apply(_ event: RecordedEvent) {
    let isStart = event.kind == .deliveryStarted
    guard isStart || event.kind == .deliverySucceeded || event.kind == .deliveryFailed,
      let subject = event.data.string("subject"), subject.hasPrefix("digest:"),
      let target = event.data.string("target")
    else { return }
    var one = tries["\(subject)\n\(target)"] ?? Tries()
    one.attempt = max(one.attempt, Int(clamping: event.data.integer("attempt") ?? 1))
    (one.isUnderWay, one.last) = (isStart, event.effective)
    if event.kind == .deliverySucceeded { one.isDelivered = true }
    if event.kind == .deliveryFailed {
      one.failures += 1
      one.isFinal = event.data.bool("final") ?? false
      one.notBefore = event.data.timestamp("not_before")
    }
    tries["\(subject)\n\(target)"] = one
  }

  /// The digests to send now, and when that changes; `channels` are those of an audience.
  ///
  /// What is older than updates may be is not sent any more: the next one tells of it.
  package func plan(
    _ digests: [DigestSchedule], at now: Timestamp, in zone: TimeZoneRules,
    channels: (String) -> [String]
  ) -> (due: [DigestOrder], changes: Timestamp?) {
    var orders: [DigestOrder] = []
    var changes = digests.compactMap { $0.next(after: now, in: zone) }
    for digest in digests {
      guard let due = digest.due(at: now, in: zone), now - due <= Dispatch.longestWait else {
        continue
      }
      let from = digest.due(at: due - .milliseconds(1), in: zone) ?? due - .hours(24)
      for channel in channels(digest.audience) {
        var order = DigestOrder(digest: digest, channel: channel, from: from, due: due, attempt: 1)
        let one = tries["\(order.subject)\n\(order.target)"] ?? Tries()
        guard !one.isDelivered, !one.isFinal, one.failures < Dispatch.mostAttempts else { continue }
        order.attempt = one.attempt + 1
        // Whoever began it was stopped: it is sent again at once.
        let wait =
          one.failures == 0 || one.isUnderWay
          ? now : max(one.last + Dispatch.wait(afterFailure: one.failures), one.notBefore ?? now)
        if wait <= now { orders.append(order) } else { changes.append(wait) }
      }
    }
    return (orders, changes.min())
  }
}
