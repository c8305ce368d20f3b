package import Engine

/// Place and seal of the newest line: with both, nobody can cut lines off unnoticed.
package struct Head: Hashable, Sendable {
  /// 0 before the first event.
  package var sequence: Int
  /// 64 lower-case hexadecimal characters.
  package var hash: String

  package init(sequence: Int, hash: String) {
    self.sequence = sequence
    self.hash = hash
  }

  /// Reads `42:9f3a…`.
  package init?(_ text: String) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, let sequence = Int(parts[0]), sequence > 0, parts[1].utf8.count == 64,
      parts[1].utf8.allSatisfy({ $0 >= 48 && $0 <= 57 || $0 >= 97 && $0 <= 102 })
    else { return nil }
    self.init(sequence: sequence, hash: String(parts[1]))
  }

  package var description: String { "\(sequence):\(hash)" }
}

/// A line of a log that is not as it was written.
package struct Damage: Hashable, Sendable {
  package enum What: Hashable, Sendable {
    /// The seal does not fit the line and its predecessor.
    case badSeal
    /// The line is an event but ends in no seal.
    case unsealed
    /// The line is no event.
    case unreadable
    /// The line is longer than any that is ever written.
    case oversized
    /// The line is whole, but its number does not follow.
    case sequenceGap(expected: Int, found: Int)
    /// The line is a repair, and the bytes that it names are not those directly before it.
    case wrongRepair
    /// The line declares an incident of another id than the file is named after.
    case otherIncident(String)

    package var name: String {
      switch self {
      case .badSeal: "bad_seal"
      case .unsealed: "unsealed"
      case .unreadable: "unreadable"
      case .oversized: "oversized"
      case .sequenceGap: "sequence_gap"
      case .wrongRepair: "wrong_repair"
      case .otherIncident: "other_incident"
      }
    }
  }

  package var what: What
  /// Number of the line in the file, from 1.
  package var line: Int
  /// Offset of the line's first byte in the file.
  package var offset: Int
  /// Bytes of the line without its line feed.
  package var count: Int
  /// Digest of those bytes.
  package var sha256: String
  /// When this reader came upon it.
  package var noticed: Timestamp
  /// Whether a stopped writer can have left it, so that a repair may account for it.
  var remainder: Remainder?
  /// Whether a valid event stands behind it, so that it is not a line in the making.
  package var isConfirmed = false

  /// Whether it is to be told at an instant: a writer may be about to account for it.
  package func isSettled(at now: Timestamp) -> Bool {
    isConfirmed || now - noticed >= LogReader.patience
  }

  /// One line: what is wrong and where.
  package func description(path: String) -> String {
    let words =
      switch what {
      case .badSeal: "the seal does not fit"
      case .unsealed: "the seal is missing"
      case .unreadable: "not an event"
      case .oversized: "\(count) bytes long, more than any event"
      case .sequenceGap(let expected, let found): "event \(found) where \(expected) is expected"
      case .wrongRepair: "a repair of bytes that are not directly before it"
      case .otherIncident(let id): "the log of another incident, \(id)"
      }
    return "\(path):\(line): byte \(offset): \(words)"
  }
}

extension EventDraft {
  /// The fact that somebody has looked at damage and lives with it.
  package static func damageAccepted(_ damage: [Damage], reason: String) -> EventDraft {
    let list = damage.map { damage in
      JSON.object([
        "line": .integer(Int64(damage.line)), "offset": .integer(Int64(damage.offset)),
        "length": .integer(Int64(damage.count)), "what": .string(damage.what.name),
        "sha256": .string(damage.sha256),
      ])
    }
    return EventDraft(
      .damageAccepted, EventData(["reason": .string(reason), "damage": .array(list)]))
  }
}

/// Bytes behind the last line feed of a log: no event.
package struct TornTail: Hashable, Sendable {
  package var offset: Int
  package var count: Int
  /// Since when it stands as it is, as far as this reader knows.
  package var since: Timestamp

  package init(offset: Int, count: Int, since: Timestamp) {
    self.offset = offset
    self.count = count
    self.since = since
  }
}
