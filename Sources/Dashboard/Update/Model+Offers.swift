import Engine

extension Model {
  /// A field that names a milestone, a severity or the commander offers to set it as well.
  mutating func offer(after item: String, value: String) {
    guard let incident, let item = incident.checklist.first(where: { $0.item.id == item }) else {
      return
    }
    let words = item.item.text.lowercased()
    let offer: (command: Command, what: String)?
    if words.containsText("commander") {
      offer = (
        .assign(role: Incident.commanderRole, name: value), "make \(value) Incident Commander"
      )
    } else if words.containsText("severity"),
      let severity = incident.procedure.severities.first(where: {
        $0.id.lowercased() == value.lowercased() || $0.name.lowercased() == value.lowercased()
      })
    {
      offer = (.setSeverity(severity.id), "set the severity to \(severity.id)")
    } else if let milestone = Self.milestone(in: words),
      let time = SpokenTime.time(value, at: now, in: clock.shown)
    {
      offer = (
        .setMilestone(milestone, time),
        "set “\(milestone.rawValue)” to \(clock.minute(time, today: now))"
      )
    } else {
      offer = nil
    }
    guard let offer else { return }
    do throws(Rejection) { _ = try incident.decide(offer.command, at: now) } catch { return }
    overlay = .confirm(
      Confirmation(
        question: "Also \(offer.what)?",
        consequences: ["“\(item.item.text)” was filled in with “\(value)”."],
        action: .record(offer.command, occurred: nil)))
  }

  /// At the end of a drill, what is to be learnt from it.
  mutating func offerDebrief() {
    guard screen == .console, playback == nil, overlay == nil, prompt == nil,
      let incident, incident.isDrill, !incident.isOpen
    else { return }
    overlay = .confirm(
      Confirmation(
        question: "The drill is over. Read its debrief?",
        consequences: ["Later: :debrief here, or muster drill debrief -i \(incident.id)"],
        action: .show(.debrief)))
  }

  private static func milestone(in words: String) -> Incident.Milestone? {
    let names: [(String, Incident.Milestone)] = [
      ("detected", .detected), ("noticed first", .detected), ("mitigated", .mitigated),
      ("resolved", .resolved), ("began", .started), ("begin", .started), ("start", .started),
    ]
    return names.first { words.containsText($0.0) }?.1
  }
}
