import Engine
import EventLog

/// Whom an agent would tell now, and when that changes.
struct AgentPreview {
  let store: StoreAccess
  let settings: AgentSettings

  func print() throws(Failure) {
    let (clock, context) = (store.clock, settings.context)
    var lines: [String] = []
    try store.survey(.open) { found in
      guard let incident = found.incident, incident.declaration != nil else { return }
      let duties = incident.duties(at: clock.now, in: context)
      lines.append("\(incident.id): \(incident.title)")
      for duty in duties.notifications {
        lines.append(
          "  \(duty.deadline?.label ?? duty.subject.text): \(duty.receiver ?? "person in charge")")
      }
      if let next = duties.changes {
        lines.append("  changes at \(InstantText.second(next, in: clock.zone, near: clock.now))")
      }
    }
    try Output.lines(lines.isEmpty ? ["no open incident: nobody would be notified"] : lines)
  }
}
