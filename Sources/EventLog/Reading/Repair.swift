internal import Engine

/// What `log.repaired` says: which bytes directly before it a stopped writer left.
struct Repair {
  /// A stretch without its line feed.
  struct Place: Hashable {
    var offset: Int
    var count: Int
    /// 64 lower-case hexadecimal characters.
    var sha256: String
  }

  /// Lines that earlier, themselves interrupted repairs had ended, in the order of the file.
  var earlier: [Place]
  var last: Place

  /// Most earlier lines that one repair names; a log with more of them stays damaged.
  static let mostEarlier = 500

  init(earlier: [Place], last: Place) {
    self.earlier = earlier
    self.last = last
  }

  /// Reads what an event names; nil where it is not all there.
  init?(_ data: EventData) {
    let value = data.json
    guard let last = Place(value) else { return nil }
    let listed = value["earlier"]?.array ?? []
    let earlier = listed.compactMap { Place($0) }
    guard earlier.count == listed.count else { return nil }
    self.init(earlier: earlier, last: last)
  }

  /// All of them, the newest first.
  var newestFirst: [Place] { [last] + earlier.reversed() }

  var data: EventData {
    EventData([
      "offset": .integer(Int64(last.offset)), "length": .integer(Int64(last.count)),
      "sha256": .string(last.sha256),
      "earlier": earlier.isEmpty ? nil : .array(earlier.map(\.json)),
    ])
  }
}

extension Repair.Place {
  init?(_ json: JSON) {
    guard let offset = json["offset"]?.integer, let count = json["length"]?.integer,
      let sha256 = json["sha256"]?.string
    else { return nil }
    self.init(offset: Int(offset), count: Int(count), sha256: sha256)
  }

  init(_ damage: Damage) {
    self.init(offset: damage.offset, count: damage.count, sha256: damage.sha256)
  }

  var json: JSON {
    .object([
      "offset": .integer(Int64(offset)), "length": .integer(Int64(count)),
      "sha256": .string(sha256),
    ])
  }
}

/// How much a line looks like what a stopped writer leaves: it has no seal and is no event.
enum Remainder: Hashable, Sendable {
  /// Any such bytes: only the very end of a log can be this by accident.
  case bytes
  /// The beginning of the line that had to stand there.
  case beginning

  /// Judges a line, or what stands behind the last line feed.
  ///
  /// - Parameters:
  ///   - start: Its bytes; of one too long for any line the first ones.
  ///   - isSealed: Whether it ends in a seal, right or wrong.
  ///   - isEvent: Whether an event can be read from it.
  ///   - number: The number that the line at that place had to have.
  init?(
    startingWith start: some Collection<UInt8>, isSealed: Bool, isEvent: Bool, expecting number: Int
  ) {
    guard !isSealed, !isEvent else { return nil }
    self = UnfinishedLine.isBeginning(start, of: number) ? .beginning : .bytes
  }
}
