import Engine

/// The course of an incident on one line: how much was written when, and what of it mattered.
struct TimelineStrip: Sendable {
  /// What stands out of a stretch of time, the weightier the later.
  enum Mark: Int, Comparable, Sendable {
    case none, update, course, call

    static func < (one: Self, other: Self) -> Bool { one.rawValue < other.rawValue }

    init(_ kind: EventKind) {
      switch kind {
      case .escalationFired, .escalationExhausted: self = .call
      case .statusChanged, .severityChanged, .incidentDeclared, .incidentAcknowledged,
        .incidentReopened, .incidentClosed:
        self = .course
      case .updateSent: self = .update
      default: self = .none
      }
    }
  }

  struct Stretch: Sendable {
    var count = 0
    var mark = Mark.none
  }

  private static let resolution = 1000
  private var stretches: [Stretch] = []

  init() {}

  init(of events: [RecordedEvent], moments: [Playback.Moment], from: Timestamp, to: Timestamp) {
    stretches = Array(repeating: Stretch(), count: Self.resolution)
    for moment in moments {
      let index = Self.column(of: moment.at, from: from, to: to, in: Self.resolution)
      stretches[index].count += 1
      stretches[index].mark = max(stretches[index].mark, Mark(events[moment.place].kind))
    }
  }

  /// The column of an instant on a line that is so many columns wide.
  static func column(
    of instant: Timestamp, from: Timestamp, to: Timestamp, in width: Int
  ) -> Int {
    let whole = Double(max(1, (to - from).wholeMilliseconds))
    let part = Double((instant - from).wholeMilliseconds) / whole
    return min(max(0, Int(part * Double(width))), width - 1)
  }

  /// The stretches put together to so many.
  func columns(_ width: Int) -> [Stretch] {
    guard width > 0, !stretches.isEmpty else { return [] }
    var columns = Array(repeating: Stretch(), count: width)
    for (index, stretch) in stretches.enumerated() {
      let column = index * width / stretches.count
      columns[column].count += stretch.count
      columns[column].mark = max(columns[column].mark, stretch.mark)
    }
    return columns
  }
}
