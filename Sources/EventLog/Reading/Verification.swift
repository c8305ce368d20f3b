package import Engine

/// What a whole reading of a log says about it.
package struct Verification: Hashable, Sendable {
  package var path: String
  /// Events that could be read.
  package var events: Int
  package var lines: Int
  package var bytes: Int
  package var format: Int
  package var head: Head
  package var damage: [Damage]
  /// How many places are damaged, also beyond the ones listed.
  package var damageCount: Int
  package var acceptedDamage: [Damage]
  package var tornTail: TornTail?
  /// Whether the event that was known from elsewhere stands in the log; nil where none was given.
  package var holdsSince: Bool?
  /// Damage before the known event that was accepted only after it: the log then was not what it is now.
  package var acceptedSince: [Damage]

  /// Whether there is no line at all: the log was emptied, or its declaration was interrupted.
  package var isEmpty: Bool { lines == 0 }

  /// Whether every line is as it was written, or was accepted as it is, and nothing known is missing.
  package var isSound: Bool {
    damageCount == 0 && !isEmpty && holdsSince != false && acceptedSince.isEmpty
  }

  /// Reads a log from beginning to end.
  package init(path: String, since: Head? = nil, at now: Timestamp) throws(LogError) {
    let reader = LogReader(path: path, since: since)
    _ = try reader.read(at: now) { _ in }
    self.init(of: reader, since: since)
  }

  /// What a reader says that has read the whole log.
  package init(of reader: any LogReading, since: Head?) {
    path = reader.place
    events = reader.eventCount
    lines = reader.lineCount
    bytes = reader.byteCount
    format = reader.format
    head = reader.head
    damage = reader.damage
    damageCount = reader.damageCount
    acceptedDamage = reader.acceptedDamage
    tornTail = reader.tornTail
    holdsSince = since.map { _ in reader.alarm == nil }
    acceptedSince = since == nil ? [] : reader.acceptedSinceHead
  }
}
