/// Something to do, to find out or to fill in.
package struct ChecklistItem: Hashable, Sendable {
  package var id: String
  package var text: String
  /// The id of the phase it belongs to.
  package var phase: String?
  /// 0 for an item of its own, 1 and more for parts of the one before with a smaller depth.
  package var depth: Int
  package var kind: Kind
  /// The severities it is meant for; empty: all.
  package var severities: [String] = []
  /// Commands and words below it that are no items of their own.
  package var details: [Detail] = []
  package var line: Int

  package init(
    id: String, text: String, phase: String? = nil, depth: Int = 0, kind: Kind = .task,
    severities: [String] = [], details: [Detail] = [], line: Int
  ) {
    self.id = id
    self.text = text
    self.phase = phase
    self.depth = depth
    self.kind = kind
    self.severities = severities
    self.details = details
    self.line = line
  }

  package enum Kind: String, CaseIterable, Sendable {
    case task, field, command
  }
}

extension ChecklistItem: FactOfSeverities {
  package init?(json: JSON) {
    guard let id = json["id"]?.string else { return nil }
    self.init(
      id: id, text: json["text"]?.string ?? id, phase: json["phase"]?.string,
      depth: json.int("depth") ?? 0, kind: json.word("kind") ?? .task,
      severities: json.texts("severities"), details: json.facts("details"),
      line: json.int("line") ?? 0)
  }

  package var json: JSON {
    .object([
      "id": .string(id), "text": .string(text), "phase": .maybe(phase), "depth": .whole(depth),
      "kind": .string(kind.rawValue), "severities": .strings(severities),
      "details": details.isEmpty ? nil : .facts(details), "line": .whole(line),
    ])
  }
}
