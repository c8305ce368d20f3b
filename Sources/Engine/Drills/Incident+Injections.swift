extension Incident {
  /// From when what a drill tells is counted: the start of its clock as it was declared, whatever is said later.
  package var drillStart: Timestamp? {
    declaration.map { $0.detected ?? $0.stamp.effective }
  }

  /// At most so many are handed out at once, so that words of a person never wait long behind them.
  private static let batch = 200

  /// Script events that are due and not recorded yet, in order of time, to be recorded by the first process that notices.
  ///
  /// A drill that is closed tells nothing more; what fell due before is still written down, so that it makes no difference
  /// who looked when.
  func unrecordedInjections(at now: Timestamp) -> [EventDraft] {
    guard let drill, let start = drillStart else { return [] }
    let end = closing.map { min($0.stamp.effective, now) } ?? now
    var drafts: [EventDraft] = []
    for injection in drill.script {
      let due = start + .seconds(Int64(injection.after))
      guard due <= end, drafts.count < Self.batch else { break }
      let number = injection.number
      guard !injected.contains(number) else { continue }
      var draft = EventDraft(
        injection.event.kind, identity: .named("\(id)/inject/\(number)"), occurred: due,
        EventData(
          bytes: JSON.object(
            injection.event.members + [.init("inject", .integer(Int64(number)))]
          ).bytes[...]))
      draft.author = Author(actor: injection.actor, source: Drill.way)
      drafts.append(draft)
    }
    return drafts
  }

  /// When the drill tells something next that it has not told; nil where nothing is left.
  var nextInjection: Timestamp? {
    guard isOpen, let drill, let start = drillStart else { return nil }
    let next = drill.script.first { !injected.contains($0.number) }
    return next.map { start + .seconds(Int64($0.after)) }
  }

  /// Notes which part of the script an event of a drill is.
  mutating func applyInjection(_ event: borrowing RecordedEvent) {
    guard drill != nil, let number = event.data.integer("inject"), event.isTold else { return }
    injected.insert(Int(clamping: number))
  }

  /// Whether an event was written a minute or more after it happened.
  ///
  /// What a drill tells by itself is written when somebody looks, which says nothing of anybody; what fell due in it is
  /// late by true time.
  package func isLate(_ event: borrowing RecordedEvent) -> Bool {
    guard event.isLate else { return false }
    guard isDrill, let occurred = event.occurred else { return true }
    if event.isTold { return false }
    return !event.kind.isAutomatic || pace.real(event.recorded - occurred) >= .seconds(60)
  }
}

extension RecordedEvent {
  /// Whether the drill itself, or a trainer, wrote it; in a drill only.
  package var isTold: Bool {
    source == Drill.way || source.hasPrefix(Drill.way + "/")
  }
}
