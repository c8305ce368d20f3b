import Display
import Engine
import Wording

/// One entry of the timeline as a screen shows it.
struct ShownEntry: Hashable, Sendable {
  var letter: Character
  var role: StyleRole
  var actor: String
  var text: String
}

extension EventKind {
  /// How entries of a kind stand out.
  var role: StyleRole {
    switch letter {
    case "N", "F", "H", "C", "R", "T": .timelineNote
    case "D": .timelineDecision
    case "S": .timelineStatus
    case "E": .timelineEscalation
    case "A": .timelineAlert
    case "U": .timelineUpdate
    default: .timelineSystem
    }
  }
}

extension Model {
  /// An entry as it holds now: corrected, struck out, counted.
  func shownEntry(_ row: TimelineRow, _ event: RecordedEvent) -> ShownEntry {
    guard let incident else {
      return ShownEntry(letter: row.kind.letter, role: row.kind.role, actor: event.actor, text: "")
    }
    let entry = Entry(event, in: incident, zone: clock.shown)
    var text = entry.text
    if entry.isCorrected { text += " (corrected)" }
    if entry.isRetracted {
      let reason = incident.retractions[row.sequence]?.reason.map { ": \($0)" } ?? ""
      text = "RETRACTED\(entry.isSecret ? "" : reason) · \(text)"
    }
    if row.kind == .alertFired || row.kind == .alertResolved,
      let alert = incident.alerts.values.first(where: { $0.lastSequence == row.sequence }),
      alert.count > 1
    {
      text += "  (×\(alert.count) since \(clock.minute(alert.first, today: now)))"
    }
    return ShownEntry(
      letter: entry.kind.letter,
      role: entry.isRetracted || entry.isSecret ? .timelineRetracted : entry.kind.role,
      actor: entry.actor, text: text)
  }

  /// What an entry said when it was recorded.
  func firstText(of event: RecordedEvent) -> String {
    incident.map { Entry.firstText(of: event, in: $0, zone: clock.shown) } ?? ""
  }
}

extension Model {
  /// The incident and its timeline as plain lines, the newest last.
  package var plainText: String {
    guard let incident else { return nothingShown }
    var lines = [
      (incident.isDrill ? "DRILL " : "")
        + "\(incident.severityLabel) \(incident.shownTitle) (\(incident.id))",
      "\(incident.statusName) · T+\(elapsedText)", "",
    ]
    for row in timeline.rows {
      guard let event = words[row.sequence] else { continue }
      let entry = shownEntry(row, event)
      lines.append(
        "\(clock.day(row.effective)) \(clock.time(row.effective))  \(entry.actor)  \(entry.text)")
    }
    return lines.map { Sanitizer.clean($0) }.joined(separator: "\n")
  }
}
