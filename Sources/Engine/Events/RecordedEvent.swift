/// A fact that is in the log: one line of it, read as far as every reader needs.
///
/// It keeps the bytes of its line, so that nothing a newer version wrote is lost on the way. Whoever keeps many of them
/// for long keeps `compacted()` ones: a slice holds on to the whole buffer it was cut from.
package struct RecordedEvent: Sendable {
  /// Place in the log: 1, 2, 3 … without gaps.
  package var sequence: Int
  package var id: EventID
  /// When it was written, by the writer's clock.
  package var recorded: Timestamp
  /// When it happened, where that is not when it was written.
  package var occurred: Timestamp?
  /// Where it stands among the others, where its writer's clock was far behind theirs; set by the fold alone.
  var standing: Timestamp?
  package var kind: EventKind
  /// The bytes of the line without its line feed.
  package var line: ArraySlice<UInt8>
  /// Where values lie in the line, as offsets from its beginning; strings without their quotes.
  package var fields: Fields

  package struct Fields: Sendable {
    package var actor: Range<Int32>
    package var source: Range<Int32>
    package var kind: Range<Int32>
    package var data: Range<Int32>

    package init(
      actor: Range<Int32>, source: Range<Int32>, kind: Range<Int32>, data: Range<Int32>
    ) {
      self.actor = actor
      self.source = source
      self.kind = kind
      self.data = data
    }
  }

  package init(
    sequence: Int, id: EventID, recorded: Timestamp, occurred: Timestamp?, kind: EventKind,
    line: ArraySlice<UInt8>, fields: Fields
  ) {
    self.sequence = sequence
    self.id = id
    self.recorded = recorded
    self.occurred = occurred
    self.kind = kind
    self.line = line
    self.fields = fields
  }

  /// These stand for places in the log that their events have not got yet: a store that is shared has not taken them. They
  /// lie behind the places of any log that is ever written, and within what a row of a timeline can hold.
  package static let unsharedPlaces = 4_293_000_000..<Int(UInt32.max)

  /// Whether the log that is shared has it.
  package var isShared: Bool { !Self.unsharedPlaces.contains(sequence) }

  /// Its place in the log; nil where it has none yet.
  package var number: Int? { isShared ? sequence : nil }

  /// When it happened as far as anybody said: the time that rules, countdowns and order go by.
  package var effective: Timestamp { occurred ?? recorded }

  /// Whether it was written a minute or more after it happened.
  package var isLate: Bool {
    guard let occurred else { return false }
    return recorded - occurred >= .seconds(60)
  }

  package var stamp: Stamp {
    Stamp(effective: effective, sequence: sequence, standing: standing)
  }

  /// Who did it.
  package var actor: String { text(fields.actor) }
  /// The source that wrote it: `console`, `cli/mira@ops1`, `alertmanager`.
  package var source: String { text(fields.source) }
  /// The kind as written, also where this version does not know it.
  package var kindName: String { text(fields.kind) }
  package var data: EventData { EventData(bytes: slice(fields.data)) }

  /// The seal of the line, where it has one: 64 hexadecimal characters.
  package var hash: String? {
    guard line.count >= 75 else { return nil }
    return String(decoding: line.suffix(66).prefix(64), as: UTF8.self)
  }

  /// The same event on a buffer of its own.
  package func compacted() -> Self {
    var copy = self
    copy.line = Array(line)[...]
    return copy
  }

  private func slice(_ range: Range<Int32>) -> ArraySlice<UInt8> {
    line[line.startIndex + Int(range.lowerBound)..<line.startIndex + Int(range.upperBound)]
  }

  private func text(_ range: Range<Int32>) -> String {
    JSONString.decode(slice(range)) ?? String(decoding: slice(range), as: UTF8.self)
  }
}

/// The order of events on every screen and in every report, and the rule of which of two statements holds.
package struct Stamp: Hashable, Comparable, Sendable {
  package var effective: Timestamp
  package var sequence: Int
  /// The time that decides which of two holds: the effective one, or a later one where the writer's clock was so far
  /// behind earlier entries that nobody can say whose was wrong.
  package var standing: Timestamp

  package init(effective: Timestamp, sequence: Int, standing: Timestamp? = nil) {
    self.effective = effective
    self.sequence = sequence
    self.standing = standing ?? effective
  }

  package static func < (one: Self, other: Self) -> Bool {
    (one.standing, one.sequence) < (other.standing, other.sequence)
  }
}
