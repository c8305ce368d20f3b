package import Engine
import Wording

/// The newest entries of an incident that is picked in a list, in the words that hold now.
package struct IncidentPreview: Hashable, Sendable {
  package struct Line: Hashable, Sendable {
    var at: Timestamp
    var actor: String
    var text: String
    var sequence: Int
  }

  package var id: String
  /// Oldest first.
  package var lines: [Line]

  /// From an incident and its newest events, in the order of its log.
  package init(
    of incident: Incident, _ events: some Sequence<RecordedEvent>, in zone: TimeZoneRules
  ) {
    id = incident.id
    lines = events.map { event in
      let entry = Entry(event, in: incident, zone: zone)
      let mark = entry.isRetracted ? "RETRACTED \u{b7} " : ""
      return Line(
        at: event.effective, actor: entry.actor, text: mark + entry.text, sequence: event.sequence)
    }
  }
}
