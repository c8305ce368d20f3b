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

  /// `before` is the instant of the row before.
  fileprivate mutating func code<Coder: FieldCoder>(_ coder: inout Coder, after before: inout Int64)
  {
    var distance = effective.milliseconds &- before
    coder.signed(&distance)
    effective.milliseconds = before &+ distance
    before = effective.milliseconds
    var number = UInt64(place)
    coder.number(&number)
    place = UInt32(truncatingIfNeeded: number)
    var index = Self.indices[kind] ?? 0
    coder.number(&index)
    if index < UInt64(Self.kinds.count) { kind = Self.kinds[Int(index)] } else { coder.fail() }
    var bits = UInt64(marks.rawValue)
    coder.number(&bits)
    marks = Marks(rawValue: UInt8(truncatingIfNeeded: bits))
  }

  private static let kinds = EventKind.allCases
  private static let indices = Dictionary(
    uniqueKeysWithValues: kinds.enumerated().map { ($0.element, UInt64($0.offset)) })

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
  /// Entries that are counted only, where an incident is known without its timeline.
  private var unlisted = 0

  /// How many entries there are.
  package var count: Int { rows.count + unlisted }

  mutating func insert(_ row: TimelineRow) {
    if row.marks.contains(.late) { lateCount += 1 }
    if let last = rows.last, row.stamp < last.stamp {
      rows.insert(row, at: rows.partitioningIndex { $0.stamp > row.stamp })
    } else {
      rows.append(row)
    }
  }

  mutating func mark(sequence: Int, _ marks: TimelineRow.Marks) {
    // Most are among the newest.
    guard let index = rows.lastIndex(where: { $0.sequence == sequence }) else { return }
    rows[index].marks.formUnion(marks)
  }

  /// Writes or reads all of it or, in an outline, how much there is.
  mutating func code<Coder: FieldCoder>(_ coder: inout Coder, _ extent: Incident.Extent) {
    coder.whole(&lateCount)
    guard extent == .whole else {
      var count = count
      coder.whole(&count)
      (rows, unlisted) = ([], count)
      return
    }
    coder.whole(&unlisted)
    let blank = TimelineRow(
      effective: Timestamp(milliseconds: 0), sequence: 0, kind: .unknown, marks: [])
    var before = blank.effective.milliseconds
    coder.array(&rows, blank: blank) { coder, row in row.code(&coder, after: &before) }
  }

  package func row(sequence: Int) -> TimelineRow? {
    rows.last { $0.sequence == sequence }
  }
}
