package import Engine

/// Reads one log and follows it as it grows; needs no permission to write. Not for several threads at once.
package protocol LogReading: AnyObject {
  /// What messages call the log: the path of a file, else a name of it.
  var place: String { get }
  /// Version of the log's format as its first event says.
  var format: Int { get }
  /// The newest event read so far.
  var head: Head { get }
  /// Number of lines read so far, damaged ones included.
  var lineCount: Int { get }
  /// Bytes of whole lines read so far.
  var byteCount: Int { get }
  /// Events that were handed over.
  var eventCount: Int { get }
  /// How many bytes there are to read in all, as far as known; 0 where that is not known.
  var expectedByteCount: Int { get }
  /// Damage that nothing accounts for and nobody accepted; the first places of it.
  var damage: [Damage] { get }
  /// How many places are damaged, also beyond the ones listed.
  var damageCount: Int { get }
  /// Damage that somebody accepted.
  var acceptedDamage: [Damage] { get }
  /// Damage before the head that was known from elsewhere, accepted only after it.
  var acceptedSinceHead: [Damage] { get }
  var tornTail: TornTail? { get }
  var alarm: LogAlarm? { get }

  /// Hands over the events that are new, in the order of the log.
  func read(
    at now: Timestamp, _ body: (RecordedEvent) -> Void
  ) throws(LogError) -> LogProgress
}

extension LogReading {
  package var acceptedSinceHead: [Damage] { [] }

  /// Damage that is no line in the making at an instant.
  package func settledDamage(at now: Timestamp) -> [Damage] {
    damage.filter { $0.isSettled(at: now) }
  }
}

/// What came of reading on.
package enum LogProgress: Hashable, Sendable {
  /// New events were handed over, this many.
  case read(Int)
  /// The log is another one now, or became shorter: whoever folded its events begins anew, and reads again.
  case replaced
}

/// What a reader that runs for long has noticed about the log as a whole.
package enum LogAlarm: Hashable, Sendable {
  /// The log is gone; what was read before is kept.
  case missing
  /// The log has less than, or other than, what was read from it before.
  case rolledBack(highest: Head, now: Head)
}
