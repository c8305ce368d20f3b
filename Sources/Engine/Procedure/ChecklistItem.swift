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
  package var line: Int

  package init(
    id: String, text: String, phase: String? = nil, depth: Int = 0, kind: Kind = .task,
    severities: [String] = [], line: Int
  ) {
    self.id = id
    self.text = text
    self.phase = phase
    self.depth = depth
    self.kind = kind
    self.severities = severities
    self.line = line
  }

  package enum Kind: String, CaseIterable, Sendable {
    case task, field, command
  }
}
