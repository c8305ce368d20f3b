import Engine
import Wording

extension Model {
  /// A field that names a milestone, a severity or the commander offers to set it as well.
  mutating func offer(after item: String, value: String) {
    guard let incident, let item = incident.checklist.first(where: { $0.item.id == item }),
      let command = incident.offer(
        afterFilling: item.item.id, with: value, at: now, in: clock.shown)
    else { return }
    let what: String
    switch command {
    case .assign(let role, let name, _): what = "make \(name) \(role)"
    case .setSeverity(let severity, _): what = "set the severity to \(severity)"
    case .setMilestone(let milestone, let time):
      what = "set “\(milestone.rawValue)” to \(clock.minute(time, today: now))"
    default: return
    }
    overlay = .confirm(
      Confirmation(
        question: "Also \(what)?",
        consequences: ["The field “\(item.item.text)” says “\(value)”."]
          + consequenceLines(of: command),
        action: .record(.init([command]))))
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
}
