package import Engine
import Wording

/// One entry of any open incident, for the list of what happened where.
package struct ActivityEntry: Hashable, Sendable {
  package var incident: String
  package var title: String
  package var severity: String?
  package var rank: Int?
  package var at: Timestamp
  package var actor: String
  package var letter: Character
  package var text: String
  package var sequence: Int

  /// The newest entries of an incident, in the words that hold now.
  package static func newest(
    of incident: Incident, _ events: some Sequence<RecordedEvent>, in zone: TimeZoneRules
  ) -> [ActivityEntry] {
    events.map { event in
      let entry = Entry(event, in: incident, zone: zone)
      return ActivityEntry(
        incident: incident.id, title: incident.shownTitle, severity: incident.severityID,
        rank: incident.shownRank, at: incident.effective(of: event), actor: entry.actor,
        letter: entry.kind.letter,
        text: (entry.isRetracted ? "RETRACTED \u{b7} " : "") + entry.text, sequence: event.sequence)
    }
  }
}
