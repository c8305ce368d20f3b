package import Engine

/// What lies over the panes and takes the keys.
package enum Overlay: Hashable, Sendable {
  case help
  case messages
  case contacts
  case runbooks
  case decisions
  case incidents
  /// One entry in full.
  case entry(Int)
  case report(Report)
  case confirm(Confirmation)
}

/// A question about something outward or final. `y` says yes; Enter alone never does.
package struct Confirmation: Hashable, Sendable {
  package var question: String
  package var consequences: [String]
  package var action: Action
  /// Exactly what goes out, where something does.
  package var text: String?
  /// What must not be overlooked.
  package var warnings: [String] = []
  /// The update whose words a no leads back to.
  package var back: UpdatePlan?

  package init(
    question: String, consequences: [String], action: Action, text: String? = nil,
    warnings: [String] = []
  ) {
    self.question = question
    self.consequences = consequences
    self.action = action
    self.text = text
    self.warnings = warnings
  }

  package enum Action: Hashable, Sendable {
    case record(Command, occurred: Timestamp?)
    case quit
    case show(Report)
  }
}

/// The parts of the console that can have the focus, by their number.
package enum Pane: Int, CaseIterable, Sendable {
  case incident = 1
  case escalation, checklist, timeline

  package var title: String {
    switch self {
    case .incident: "Incident"
    case .escalation: "Escalation"
    case .checklist: "Checklist"
    case .timeline: "Timeline"
    }
  }
}
