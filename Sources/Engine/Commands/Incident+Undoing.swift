extension Incident {
  /// For how long after it was recorded something done at once can be undone.
  package static let undoSpan: Duration = .seconds(10)

  /// Why an entry cannot be undone now; nil where it can.
  ///
  /// Whatever is recorded without a question can be undone: a value while nothing later has set it,
  /// an addition while nothing refers to it. Undoing is an event of its own that retracts the entry.
  package func obstacle(toUndoing entry: Int, at now: Timestamp) -> Rejection? {
    guard timeline.row(sequence: entry) != nil else {
      return .unknown(.entry, "\(entry)", known: ["1…\(sequence)"])
    }
    guard retractions[entry] == nil else { return .alreadyRetracted(entry: entry) }
    guard let recorded = undoable.first(where: { $0.sequence == entry })?.recorded else {
      return .cannotBeUndone(entry)
    }
    return now - recorded <= Self.undoSpan ? nil : .tooLateToUndo(entry)
  }

  /// The newest entry of a person's that can be undone now.
  package func undoable(by actor: String, at now: Timestamp) -> Int? {
    let own = undoable.filter {
      $0.actor == actor && retractions[$0.sequence] == nil && now - $0.recorded <= Self.undoSpan
    }
    return own.map(\.sequence).max()
  }

  /// An entry by a person, with when it was written.
  package struct Written: Hashable, Sendable {
    package var sequence: Int
    package var recorded: Timestamp
    package var actor: String
  }

  private var undoable: [Written] { lastWords + additions.filter { !isFollowedUp($0.sequence) } }

  /// The entries that nothing later has overtaken, of those that set a value.
  private var lastWords: [Written] {
    func last<Value>(_ history: History<Value>) -> Written? {
      history.last.map {
        Written(sequence: $0.stamp.sequence, recorded: $0.recorded, actor: $0.actor)
      }
    }
    // The declaration states a severity, and stays.
    let severity = last(severities).flatMap {
      $0.sequence == declaration?.stamp.sequence ? nil : $0
    }
    let first = acknowledgement.map {
      Written(sequence: $0.stamp.sequence, recorded: $0.recorded, actor: $0.actor)
    }
    let single = [
      first, last(triages), last(statuses), severity, last(phaseEntries), last(impacts),
      last(milestones), last(handovers),
    ]
    let items = items.values.map { last($0) } + fields.values.map { last($0) }
    return (single + items + roles.values.map { last($0) }).compactMap { $0 }
  }

  /// Whether a later entry refers to one that added something.
  private func isFollowedUp(_ entry: Int) -> Bool {
    finishedTasks[entry] != nil || cancelledTimers[entry] != nil || finishedActions[entry] != nil
  }

  /// So many of the newest additions are known by when they were written.
  private static let mostAdditions = 8

  /// Notes an entry that adds something beside what is there.
  mutating func noteAddition(_ event: borrowing RecordedEvent) {
    guard event.kind.isAddition else { return }
    if additions.count == Self.mostAdditions { additions.removeFirst() }
    additions.append(
      Written(sequence: event.sequence, recorded: event.recorded, actor: event.actor))
  }
}

extension EventKind {
  /// Whether a person adds something by it without a question, beside what is there already.
  fileprivate var isAddition: Bool {
    switch self {
    case .noteAdded, .findingAdded, .hypothesisAdded, .decisionMade, .taskAssigned, .taskFinished,
      .timerStarted, .timerCancelled, .itemAdded, .actionAdded, .actionDone, .entryCorrected,
      .escalationAcknowledged, .escalationSnoozed:
      true
    default: false
    }
  }
}
