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
    }
  }
}
