package import Engine

/// The one thing to do next, with what it rests on.
package struct NextStep: Hashable, Sendable {
  package var action: Action
  package var deadline: Deadline?

  package enum Action: Hashable, Sendable {
    /// A step of the path fell due: somebody is to be called, and nobody has been reached.
    case call(String)
    case exhausted
    case acknowledge
    case setSeverity
    /// Something whose time is up.
    case overdue
    /// Something whose time runs.
    case approaching
    case close
  }

  /// The most urgent of what is running: calls, then the acknowledgement, then what is over, then what comes next.
  package init?(
    in deadlines: [Deadline], isOpen: Bool, isAcknowledged: Bool, isResolved: Bool,
    isSeverityKnown: Bool, at now: Timestamp
  ) {
    let ordered = Self.byUrgency(deadlines)
    if let call = ordered.first, call.kind == .escalation, call.state == .fired {
      self.init(.call(call.label), call)
    } else if let end = ordered.first, end.state == .exhausted {
      self.init(.exhausted, end)
    } else if isOpen, !isAcknowledged, !isResolved {
      let target = ordered.first { $0.kind == .acknowledge || $0.kind == .respond }
      self.init(.acknowledge, target)
    } else if let over = ordered.first, over.state == .breached || over.state == .fired {
      self.init(.overdue, over)
    } else if isOpen, !isSeverityKnown, !isResolved {
      self.init(.setSeverity, nil)
    } else if let coming = ordered.first(where: { $0.due != nil }) {
      self.init(.approaching, coming)
    } else if isOpen, isResolved {
      self.init(.close, nil)
    } else {
      return nil
    }
  }

  private init(_ action: Action, _ deadline: Deadline?) {
    self.action = action
    self.deadline = deadline
  }

  /// What still asks for something, the most urgent first: calls to make, then what is over by how long, then what
  /// comes next; of calls the first of the path, the others behind it.
  package static func byUrgency(_ deadlines: [Deadline]) -> [Deadline] {
    let running = deadlines.enumerated().filter { $0.element.state.isRunning }
    return running.sorted { one, other in
      let ranks = (rank(one.element), rank(other.element))
      if ranks.0 != ranks.1 { return ranks.0 < ranks.1 }
      let dues = (one.element.due ?? .distantFuture, other.element.due ?? .distantFuture)
      return (dues.0, one.offset) < (dues.1, other.offset)
    }.map(\.element)
  }

  private static func rank(_ deadline: Deadline) -> Int {
    switch deadline.state {
    case .fired where deadline.kind == .escalation: 0
    case .exhausted: 1
    case .breached, .fired: 2
    case .soon, .pending, .snoozed: deadline.due == nil ? 4 : 3
    case .met, .metLate, .cancelled: 5
    }
  }
}
