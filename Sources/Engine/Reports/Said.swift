/// What somebody wrote, as it stands now: corrected where it was corrected, absent where it was retracted.
package struct Said: Hashable, Sendable {
  package var sequence: Int
  package var kind: EventKind
  package var effective: Timestamp
  package var actor: String
  package var text: String

  /// Notes, findings and hypotheses in the order in which they happened.
  package static func all(in events: [RecordedEvent], of incident: Incident) -> [Said] {
    let kinds: Set<EventKind> = [.noteAdded, .findingAdded, .hypothesisAdded]
    let said = events.filter { kinds.contains($0.kind) && incident.retractions[$0.sequence] == nil }
    let stamped = said.map { event in
      (incident.stamp(of: event), event)
    }
    return stamped.sorted { $0.0 < $1.0 }.map { stamp, event in
      Said(
        sequence: event.sequence, kind: event.kind, effective: stamp.effective,
        actor: event.actor,
        text: incident.correctedWords(of: event.sequence) ?? event.data.string("text") ?? "")
    }
  }
}

extension Incident {
  /// The correction that holds for an entry; nil where none was made or all were retracted.
  package func correction(of sequence: Int) -> History<String>.Entry? {
    corrections[sequence]?.entries.last { retractions[$0.stamp.sequence] == nil }
  }

  /// The words that stand in place of an entry's own; nil where it was not corrected.
  package func correctedWords(of sequence: Int) -> String? { correction(of: sequence)?.value }
}
