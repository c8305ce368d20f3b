package import Engine

extension DeliverySubject {
  /// What it is, as the subject of a sentence: `Update 17`, `Call of Engineering Lead`.
  package func words(in incident: Incident) -> String {
    switch self {
    case .update(let number): return "Update \(number)"
    case .step(let key, _, _):
      let firing = incident.firings.entries.last { $0.value.step == key }
      return "Call of \(firing?.value.to ?? key)"
    case .exhausted: return "That nobody is left to call"
    case .handover: return "Offer of the command"
    case .task(let number):
      let task = incident.tasks.entries.first { $0.stamp.sequence == number }
      return task.map { "Task “\($0.value.text)”" } ?? "Task"
    case .countdown(let id, _):
      let kind = id.split(separator: ":").first.map(String.init) ?? id
      return "What is due (\(kind))"
    case .damage: return "That the log is damaged"
    case .unshared: return "That entries are not shared"
    case .settled(.acknowledged, _): return "That the call was answered"
    case .settled(.resolved, _): return "That the incident is over"
    case .room: return "The incident's own channel"
    case .guest(let person): return "Invitation of \(person)"
    }
  }
}
