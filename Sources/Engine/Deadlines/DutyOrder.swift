extension Deadline {
  /// Order of duties by urgency: the first one needs somebody first.
  package struct Urgency: Hashable, Comparable, Sendable {
    package var group: Group
    /// Milliseconds since 1970 UTC, negated where the newest comes first.
    private var time: Int64

    init(_ deadline: Deadline) {
      group = Group(deadline)
      time =
        group == .met
        ? -(deadline.settled?.milliseconds ?? 0) : deadline.due?.milliseconds ?? .max
    }

    package static func < (one: Self, other: Self) -> Bool {
      (one.group.rawValue, one.time) < (other.group.rawValue, other.time)
    }

    package enum Group: Int, Sendable {
      /// Somebody is to be called, and nobody has been reached.
      case call
      case exhausted
      /// Its time is up.
      case over
      /// Its time runs: the nearer first, however short its span is.
      case running
      /// A step that a person judges.
      case byHand
      /// The newest first.
      case met
      /// Owed, and its clock has not begun.
      case later
      case cancelled

      init(_ deadline: Deadline) {
        self =
          switch deadline.state {
          case .fired where deadline.kind == .escalation: .call
          case .exhausted: .exhausted
          case .fired, .breached: .over
          case .soon, .pending, .snoozed:
            deadline.due != nil ? .running : deadline.step != nil ? .byHand : .later
          case .met, .metLate: .met
          case .cancelled: .cancelled
          }
      }
    }
  }

  package var urgency: Urgency { Urgency(self) }

  /// Whether it is over and still asks for something.
  package var isLoud: Bool {
    switch urgency.group {
    case .call, .exhausted, .over: true
    case .running, .byHand, .met, .later, .cancelled: false
    }
  }
}

extension Sequence<Deadline> {
  /// Calls to make, then what is over, then what runs, by due time; of equal ones the earlier of the sequence first.
  package func inOrderOfUrgency() -> [Deadline] {
    let all = Array(self)
    // The deadlines themselves are large: their keys are sorted.
    let places = all.indices.map { (urgency: all[$0].urgency, offset: $0) }.sorted { one, other in
      one.urgency == other.urgency ? one.offset < other.offset : one.urgency < other.urgency
    }
    return places.map { all[$0.offset] }
  }
}
