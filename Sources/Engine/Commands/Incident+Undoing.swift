extension Incident {
  /// For how long after it was recorded something done at once can be undone.
  package static let undoSpan: Duration = .seconds(10)

  /// Why an entry cannot be undone now; nil where it can.
  ///
  /// What is done often and without a question can be undone while it is still the last word on its subject: an
  /// acknowledgement, a triage, a status, a severity, a phase, a tick, a skip, a filled field. Undoing is an event of its
  /// own that takes the entry back.
  package func obstacle(toUndoing entry: Int, at now: Timestamp) -> Rejection? {
    guard timeline.row(sequence: entry) != nil else {
      return .unknown(.entry, "\(entry)", known: ["1…\(sequence)"])
    }
    guard retractions[entry] == nil else { return .alreadyRetracted(entry: entry) }
    guard let recorded = lastWords.first(where: { $0.sequence == entry })?.recorded else {
      return .cannotBeUndone(entry)
    }
    return now - recorded <= Self.undoSpan ? nil : .tooLateToUndo(entry)
  }

  /// The newest entry of a person's that can be undone now.
  package func undoable(by actor: String, at now: Timestamp) -> Int? {
    let own = lastWords.filter {
      $0.actor == actor && retractions[$0.sequence] == nil && now - $0.recorded <= Self.undoSpan
    }
    return own.map(\.sequence).max()
  }

  /// The entries that nothing later has overtaken, of the kinds that can be undone.
  private var lastWords: [(sequence: Int, recorded: Timestamp, actor: String)] {
    func place<Value>(
      _ entry: History<Value>.Entry?
    ) -> (sequence: Int, recorded: Timestamp, actor: String)? {
      entry.map { ($0.stamp.sequence, $0.recorded, $0.actor) }
    }
    // The declaration states a severity, and stays.
    let severity = severities.last.flatMap {
      $0.stamp.sequence == declaration?.stamp.sequence ? nil : $0
    }
    let single = [
      place(acknowledgement), place(triages.last), place(statuses.last), place(severity),
      place(phaseEntries.last),
    ]
    let items = items.values.map { place($0.last) } + fields.values.map { place($0.last) }
    return (single + items).compactMap { $0 }
  }
}
