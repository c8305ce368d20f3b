/// A place in the timeline: enough to order, filter and count; the words stay in the log.
///
/// 16 bytes, because a log may hold a million of them.
package struct TimelineRow: Hashable, Sendable {
  package var effective: Timestamp
  private var place: UInt32
  package var kind: EventKind
  package var marks: Marks

  package init(effective: Timestamp, sequence: Int, kind: EventKind, marks: Marks) {
    self.effective = effective
    place = UInt32(clamping: sequence)
    self.kind = kind
    self.marks = marks
  }

  package var sequence: Int { Int(place) }
  package var stamp: Stamp { Stamp(effective: effective, sequence: sequence) }

  package struct Marks: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) {
      self.rawValue = rawValue
    }

    /// Written a minute or more after it happened.
    package static let late = Self(rawValue: 1)
    package static let corrected = Self(rawValue: 2)
    package static let retracted = Self(rawValue: 4)
    /// Retracted, and its words are to be shown nowhere.
    package static let secret = Self(rawValue: 8)
    /// Written by no person: a step that fell due, a repair, a delivery.
    package static let automatic = Self(rawValue: 16)
  }
}

/// Every entry of an incident in the order in which it happened.
package struct Timeline: Sendable {
  package private(set) var rows: [TimelineRow] = []
  package private(set) var lateCount = 0

  mutating func insert(_ row: TimelineRow) {
    if row.marks.contains(.late) { lateCount += 1 }
    if let last = rows.last, row.stamp < last.stamp {
      rows.insert(row, at: rows.partitioningIndex { $0.stamp > row.stamp })
    } else {
      rows.append(row)
    }
  }

  mutating func mark(sequence: Int, _ marks: TimelineRow.Marks) {
    guard let index = rows.firstIndex(where: { $0.sequence == sequence }) else { return }
    rows[index].marks.formUnion(marks)
  }

  package func row(sequence: Int) -> TimelineRow? {
    rows.first { $0.sequence == sequence }
  }
}
