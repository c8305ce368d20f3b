import Engine

/// Events that this program exported, by their kind and what they hold.
enum EventWords {
  typealias Kind = TimelineImport.Row.Kind

  static func kind(_ name: String) -> Kind? {
    switch name {
    case "incident.acknowledged": .acknowledged
    case "finding.added": .finding
    case "hypothesis.added": .hypothesis
    case "decision.made": .decision
    case "alert.fired": .alert
    case "update.sent": .update
    case "status.changed": .status
    default: Kind(rawValue: name)
    }
  }

  /// The words of a cloud event; withdrawn ones have none.
  static func said(_ event: JSON) -> (Kind, String?) {
    let type = event["type"]?.string ?? ""
    let name = type.split(separator: ".").dropFirst().prefix(2).joined(separator: ".")
    guard let data = event["data"] else { return (.note, nil) }
    let kind = kind(name) ?? .note
    switch kind {
    case .acknowledged: return (kind, kind.rawValue)
    case .status:
      let reason = data["text"]?.string.map { ": \($0)" } ?? ""
      return (kind, data["status"]?.string.map { "Status: \($0)\(reason)" })
    case .update:
      let to = data["audience"]?.string.map { "Update to \($0): " } ?? "Update: "
      return (kind, data["text"]?.string.map { to + UpdateDraft.unsigned($0) })
    case .decision:
      let choice = data["choice"]?.string.map { " → \($0)" } ?? ""
      return (kind, data["question"]?.string.map { $0 + choice })
    case .note where name != "note.added": return (kind, described(name, data))
    default: return (kind, data["text"]?.string ?? data["title"]?.string)
    }
  }

  /// `role.assigned: role Scribe, name mira`.
  private static func described(_ name: String, _ data: JSON) -> String {
    let facts = (data.members ?? []).compactMap { member -> String? in
      guard !["procedure", "document", "exercise", "format"].contains(member.key) else {
        return nil
      }
      if let text = member.value.string { return "\(member.key) \(text)" }
      return member.value.integer.map { "\(member.key) \($0)" }
    }
    return facts.isEmpty ? name : "\(name): \(facts.joined(separator: ", "))"
  }
}
