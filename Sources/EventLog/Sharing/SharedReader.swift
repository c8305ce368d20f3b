internal import Engine

/// Reads a log that several machines share, and behind it what this one recorded while it could not reach the others.
///
/// Where those entries get their places, or others come before them, the log counts as replaced: it is folded anew.
final class SharedReader: LogReading, SettledReading {
  private var log: LogReader
  private let outbox: Outbox
  private let id: String
  /// Those handed over that have no place yet, in their order.
  private var given: [EventID] = []

  init(_ log: LogReader, of id: String, _ outbox: Outbox) {
    (self.log, self.id, self.outbox) = (log, id, outbox)
  }

  var place: String { log.place }
  var format: Int { log.format }
  var head: Head { log.head }
  var lineCount: Int { log.lineCount }
  var byteCount: Int { log.byteCount }
  var eventCount: Int { log.eventCount }
  var expectedByteCount: Int { log.expectedByteCount }
  var damage: [Damage] { log.damage }
  var damageCount: Int { log.damageCount }
  var acceptedDamage: [Damage] { log.acceptedDamage }
  var acceptedSinceHead: [Damage] { log.acceptedSinceHead }
  var tornTail: TornTail? { log.tornTail }
  var alarm: LogAlarm? { log.alarm }
  var settledPlace: LogPlace? { given.isEmpty ? log.settledPlace : nil }

  func read(
    at now: Timestamp, _ body: (RecordedEvent) -> Void
  ) throws(LogError) -> LogProgress {
    if given.isEmpty {
      let progress = try log.read(at: now, body)
      guard case .read(let count) = progress else { return progress }
      return .read(count + give(try outbox.unshared(in: id), body))
    }
    let unshared = try outbox.unshared(in: id)
    var hasMore = false
    let progress = try log.read(at: now) { _ in hasMore = true }
    guard progress != .replaced, !hasMore, unshared.map(\.id).starts(with: given) else {
      let head = log.head
      log = LogReader(path: log.path, since: head.sequence > 0 ? head : nil)
      given = []
      return .replaced
    }
    return .read(give(Array(unshared[given.count...]), body))
  }

  private func give(_ events: [RecordedEvent], _ body: (RecordedEvent) -> Void) -> Int {
    for event in events { body(event) }
    given += events.map(\.id)
    return events.count
  }
}

/// Tells where the reading of a log stands, so that it can go on there.
protocol SettledReading {
  /// Nil where something is wrong with the log, or not all that was handed over has its place in it.
  var settledPlace: LogPlace? { get }
}

extension LogReader: SettledReading {}

/// Tells when a shared log has changed, or what waits to be shared in it.
final class SharedFollower: LogFollowing {
  private let log: LogFollower
  private let outbox: LogFollower

  init(_ log: LogFollower, _ outbox: LogFollower) { (self.log, self.outbox) = (log, outbox) }

  var descriptor: Int32? { log.descriptor }

  func changed() -> Bool {
    let hasLog = log.changed()
    return outbox.changed() || hasLog
  }
}
