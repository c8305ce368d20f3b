/// Events that refer to others: corrections, retractions, tasks done, timers cancelled, follow-ups done.
///
/// The identity of the other event stands in `ref` and decides; its number stands beside it for people, and decides only
/// in logs that were written before there were identities.
extension Incident {
  /// Sequence of the event that this event refers to; nil without a reference, or if that event is unknown.
  package func target(of event: borrowing RecordedEvent) -> Int? {
    let data = event.data
    if let reference = data.eventID("ref") { return seen.sequence(of: reference) }
    let number: Int64? =
      switch event.kind {
      case .entryCorrected, .entryRetracted: data.integer("entry")
      case .taskFinished: data.integer("task")
      case .timerCancelled: data.integer("timer")
      case .actionDone: data.integer("action")
      default: nil
      }
    return number.map { Int(clamping: $0) }
  }

  /// Whether an event of that identity has been folded.
  package func knows(_ id: EventID) -> Bool { seen.sequence(of: id) != nil }

  /// What an event says of another that it refers to: its identity, and under `name` its number.
  func reference(to sequence: Int, as name: String) -> [JSON.Member] {
    let id = seen.id(at: sequence).map { JSON.Member("ref", .string($0.description)) }
    return [id, JSON.Member(name, .integer(Int64(sequence)))].compactMap { $0 }
  }
}

extension EventData {
  /// The payload of an event that refers to another.
  init(_ reference: [JSON.Member], _ members: KeyValuePairs<String, JSON?>) {
    let rest = members.compactMap { key, value in value.map { JSON.Member(key, $0) } }
    self.init(bytes: JSON.object(reference + rest).bytes[...])
  }
}
