import Engine

/// What lies over the panes and takes the keys.
package enum Overlay: Hashable, Sendable {
  case help
  case messages
  case contacts
  case runbooks
  case decisions
  case incidents
  /// What happened in all open incidents.
  case activity
  /// One deadline in full, by id.
  case duty(String)
  /// One item of the checklist in full, by id.
  case item(String)
  /// One entry in full.
  case entry(Int)
  case report(Report)
  /// The document that the incident is run by.
  case document
  case confirm(Confirmation)
  /// How a verb is used.
  case usage([String])

  /// Whether letters narrow what it lists.
  var isNarrowedByTyping: Bool { self == .help || self == .incidents || self == .activity }

  /// Whether single letters record something in it.
  var isCard: Bool {
    switch self {
    case .duty, .item, .entry, .runbooks, .decisions: true
    case .help, .messages, .contacts, .incidents, .activity, .report, .document, .confirm, .usage:
      false
    }
  }

  /// Whether it is about the incident that is shown, so that it cannot stay over another one.
  var belongsToIncident: Bool {
    switch self {
    case .help, .messages, .incidents, .activity, .report(.statistics), .usage: false
    case .confirm(let question): question.action != .quit
    case .contacts, .runbooks, .decisions, .duty, .item, .entry, .report, .document: true
    }
  }
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
  /// The update to return to when the answer is no.
  package var back: Draft?

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

  /// Whether it asks about taking an entry back, so that its key may have been meant for an update.
  var isUndo: Bool { if case .undo = action { true } else { false } }

  package enum Action: Hashable, Sendable {
    case record(TypedCommand.Recording)
    /// To take an entry back.
    case undo(Int)
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
    case .escalation: "Due"
    case .checklist: "Checklist"
    case .timeline: "Timeline"
    }
  }
}
