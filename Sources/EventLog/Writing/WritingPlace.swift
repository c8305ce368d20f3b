internal import Engine

/// Where the next line of a log goes, and what has to stand before it.
struct WritingPlace {
  /// What the next line follows on.
  var chain: Chain
  /// Number of the newest event that a decision can have been made on.
  var visible: Int
  /// Bytes stand behind the last line feed, which have to be ended first.
  var isTorn = false
  /// The whole record that only lacks its line feed.
  var whole: RecordedEvent?
  /// What a stopped writer left, to be accounted for.
  var repair: Repair?

  init(_ end: LogEnd) {
    chain = end.chain
    visible = chain.sequence
    guard let tail = end.scan.tail else {
      // A repair that was stopped behind its line feed left lines that nothing accounts for yet.
      repair = Self.repair(endingIn: end.scan.damage, before: end.offset)
      return
    }
    isTorn = true
    chain = tail.chain
    if let event = tail.whole {
      whole = event
      visible = event.sequence
    } else if tail.remainder != nil {
      let earlier = Self.begun(end.scan.damage, before: end.offset)
      repair = Repair(earlier: earlier, last: tail.place)
    }
  }

  private static func repair(endingIn damage: [Damage], before offset: Int) -> Repair? {
    var places = begun(damage, before: offset)
    guard let last = places.popLast() else { return nil }
    return Repair(earlier: places, last: last)
  }

  /// The lines directly before an offset that look like the beginning of the line that had to stand there.
  private static func begun(_ damage: [Damage], before offset: Int) -> [Repair.Place] {
    var places: [Repair.Place] = []
    var end = offset
    for found in damage.reversed() {
      guard found.remainder == .beginning, found.offset + found.count + 1 == end,
        places.count < Repair.mostEarlier
      else { break }
      places.append(Repair.Place(found))
      end = found.offset
    }
    return places.reversed()
  }
}

/// What a writer mended before it wrote.
package enum Mended: Hashable, Sendable {
  /// Bytes of an unfinished line were ended and accounted for.
  case closedOff(bytes: Int)
  /// A whole entry got the line feed that it lacked.
  case finished(sequence: Int)
  /// The entry is shared, and could not be written here; the reason is a part of a sentence.
  case copyIsBehind(String)

  /// One sentence for a person.
  package var description: String {
    switch self {
    case .closedOff(let bytes):
      "an interrupted write had left \(bytes) bytes; they are marked as repaired"
    case .finished(let sequence):
      "entry \(sequence) lacked only its line end after an interrupted write; it is complete now"
    case .copyIsBehind(let reason):
      "recorded in the team's store; the copy here is behind (\(reason)), and the next command catches up"
    }
  }
}
