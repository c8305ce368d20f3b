package import Engine

/// One entry of the timeline in words, with what is to be known about it.
///
/// The words are as written and untrusted; whoever prints them makes them harmless.
package struct Entry: Sendable {
  package var sequence: Int
  package var effective: Timestamp
  package var recorded: Timestamp
  package var actor: String
  package var source: String
  package var kind: EventKind
  package var kindName: String
  package var text: String
  package var isLate: Bool
  /// When and by whom it was last corrected; nil if it was not corrected.
  package var correction: Correction?
  package var isRetracted = false
  /// Retracted, and its words are shown nowhere.
  package var isSecret = false
  /// Of a training incident.
  package var isDrill = false

  package struct Correction: Hashable, Sendable {
    package var at: Timestamp
    package var by: String
  }

  /// What stands in place of words that were withdrawn.
  package static let withheld = Incident.withheld

  /// Its place in the log; nil where the log that is shared has not got it yet.
  package var number: Int? {
    RecordedEvent.unsharedPlaces.contains(sequence) ? nil : sequence
  }

  package var isCorrected: Bool { correction != nil }

  /// An event as it stands in its incident: corrected, retracted or as it was written.
  ///
  /// `zone` is the one that its sentences tell times in; it is read only where they do.
  package init(
    _ event: RecordedEvent, in incident: Incident,
    zone: @autoclosure @escaping () -> TimeZoneRules
  ) {
    sequence = event.sequence
    effective = incident.effective(of: event)
    recorded = event.recorded
    actor = event.actor
    source = event.source
    kind = event.kind
    kindName = event.kindName
    isLate = incident.isLate(event)
    isDrill = incident.isDrill
    isRetracted = incident.retractions[event.sequence] != nil
    isSecret = Self.isSecret(event, in: incident)
    guard !isSecret else {
      text = Self.withheld
      return
    }
    let corrected = incident.correction(of: event.sequence)
    correction = corrected.map { Correction(at: $0.stamp.effective, by: $0.actor) }
    text =
      EventWords(event: event, incident: incident, corrected: corrected?.value, zone: zone).text
  }

  /// The original text of an event, ignoring later corrections and retractions.
  package static func firstText(
    of event: RecordedEvent, in incident: Incident,
    zone: @autoclosure @escaping () -> TimeZoneRules
  ) -> String {
    EventWords(event: event, incident: incident, zone: zone).text
  }

  /// Whether the words are to be shown nowhere: the entry's own, or those of a correction of a withdrawn entry.
  private static func isSecret(_ event: RecordedEvent, in incident: Incident) -> Bool {
    if incident.isSecretlyRetracted(event.sequence) { return true }
    guard event.kind == .entryCorrected, let entry = incident.target(of: event) else {
      return false
    }
    return incident.isSecretlyRetracted(entry)
  }
}
