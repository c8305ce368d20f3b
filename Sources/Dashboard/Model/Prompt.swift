package import Engine
package import Wording

/// What is being typed, and for what.
package struct Prompt: Hashable, Sendable {
  package var purpose: Purpose
  package var line: LineEditor
  /// A time in front is taken as words.
  package var timeIsText = false
  /// Why it was not accepted, until the next key.
  package var problem: String?
  /// What can be picked; the text narrows it.
  package var choices: [Choice] = []
  /// Place of the picked one among the choices that the text leaves.
  package var picked = 0
  /// How far back in the history of commands.
  package var historyIndex: Int?
  /// The line that is being completed, with the place of the word that Tab put there last.
  package var completing: Completing?
  /// When what is asked for happened, where an earlier question said so.
  package var occurred: Timestamp?

  /// A prompt with its choices, of which the one with the value `picked` is marked first.
  package init(
    _ purpose: Purpose, text: String = "", choices: [Choice] = [], picked value: String? = nil
  ) {
    self.purpose = purpose
    line = LineEditor(text)
    self.choices = choices
    picked = value.flatMap { value in choices.firstIndex { $0.value == value } } ?? 0
  }

  /// A prompt in which a value is offered: typing takes its place.
  package init(_ purpose: Purpose, offering value: String) {
    self.init(purpose)
    line = LineEditor(offering: value)
  }

  package enum Purpose: Hashable, Sendable {
    case note, finding, hypothesis
    case decision
    case choice(question: String)
    case status, severity, phase, role
    case assign(role: String)
    case impact
    case skip(item: String)
    case fill(item: String)
    case addItem
    case task, timer
    case handover
    case updateKind
    case updateNext(UpdatePlan)
    case updateChannel(UpdatePlan)
    case updateText(UpdatePlan)
    case escalate, reachedStep
    case reached(step: String)
    case snoozeStep
    case snooze(deadline: String)
    case snoozeReason(deadline: String, seconds: Int64)
    case close
    case correct(entry: Int)
    case retract(entry: Int)
    case search, searchDocument, filter, palette, declare, theme, jump

    /// The duty that it is about, by its id.
    var deadline: String? {
      switch self {
      case .reached(let id), .snooze(let id), .snoozeReason(let id, _): id
      default: nil
      }
    }

    /// Whether what is typed is for the log of the incident that is shown.
    var records: Bool {
      switch self {
      case .search, .searchDocument, .filter, .palette, .declare, .theme, .jump: false
      default: true
      }
    }
  }

  package struct Completing: Hashable, Sendable {
    package var completions: Completions
    package var place: Int
  }

  package struct Choice: Hashable, Sendable {
    package var value: String
    package var text: String
    package var detail: String
    /// What else it is called.
    package var otherNames: [String] = []

    package init(
      _ value: String, _ text: String, detail: String = "", otherNames: [String] = []
    ) {
      self.value = value
      self.text = text
      self.detail = detail
      self.otherNames = otherNames
    }
  }

  /// The choices that the typed text leaves: first those that it names, then the others in which it stands.
  package var shownChoices: [Choice] {
    let wanted = line.text.lowercased()
    guard !wanted.isEmpty else { return choices }
    let named = NameMatch(wanted, among: choices.map { [$0.text, $0.value] + $0.otherNames })
    let others = choices.indices.filter { place in
      !named.places.contains(place)
        && (choices[place].text.lowercased().containsText(wanted)
          || choices[place].value.lowercased().containsText(wanted))
    }
    return (named.places + others).map { choices[$0] }
  }

  /// Whether a time in front of the words counts as when it happened.
  package var takesTime: Bool {
    switch purpose {
    case .note, .finding, .hypothesis, .decision, .impact, .fill, .skip, .reached: true
    default: false
    }
  }

  /// What stands in front of the words, unless it is to be words.
  package func leadingTime(at now: Timestamp, clock: Clock) -> TimeExpression.Leading {
    guard takesTime, !timeIsText else { return .none }
    return TimeExpression.leading(line.text, now: now, zone: clock.shown)
  }

  package var title: String {
    switch purpose {
    case .note: "Note"
    case .finding: "Finding"
    case .hypothesis: "Hypothesis"
    case .decision: "Decision"
    case .choice: "What was chosen"
    case .status: "Status"
    case .severity: "Severity"
    case .phase: "Phase"
    case .role: "Assign which role"
    case .assign(let role): "\(role) is"
    case .impact: "Impact"
    case .skip: "Skip, because"
    case .fill: "Value"
    case .addItem: "New checklist item"
    case .task: "Task"
    case .timer: "Timer"
    case .handover: "Hand the command over to"
    case .updateKind: "Update for whom"
    case .updateNext(let plan): "Update to \(plan.audience ?? "the team"): next update within"
    case .updateChannel: "Published in the channel"
    case .updateText(let plan): "Update to \(plan.audience ?? "the team")"
    case .escalate: "Escalate to"
    case .reachedStep: "Which step was reached"
    case .reached: "Who was reached"
    case .snoozeStep: "Snooze what"
    case .snooze: "Snooze for how long"
    case .snoozeReason: "Snooze, because"
    case .close: "Close as"
    case .correct(let entry): "Correct entry \(entry)"
    case .retract(let entry): "Retract entry \(entry), because"
    case .search: "Find"
    case .searchDocument: "Find in the document"
    case .filter: "Filter"
    case .palette: "Command"
    case .declare: "Declare an incident"
    case .theme: "Theme"
    case .jump: "Jump to"
    }
  }

  /// Whether it is a text of many lines, which gets more room.
  var isLong: Bool { if case .updateText = purpose { true } else { false } }

  /// What to type, in a few words.
  package var help: String {
    switch purpose {
    case .note, .finding, .hypothesis:
      "Enter records · -12m or 14:05 in front back-dates · Esc leaves"
    case .updateText: "Enter continues · Tab next open place · ^J new line · ^O your editor · Esc"
    case .updateChannel: "Enter continues · empty: no channel · Esc leaves"
    case .decision: "question -> choice, or Enter: asks for the choice · Esc leaves"
    case .choice: "Enter records · empty: no choice yet · Esc leaves"
    case .task: "who: what 10m · Enter records · Esc leaves"
    case .timer: "10m what for, or what for 10m · Enter records · Esc leaves"
    case .snooze: "10m, 1h · Enter continues · Esc leaves"
    case .updateNext: "30m, 1h · empty: no promise · Enter continues · Esc leaves"
    case .reached:
      "a name or nothing · -12m or 14:05 in front back-dates · Enter records · Esc leaves"
    case .filter: "N D E … for kinds, by:mira, or words · empty: everything · Esc"
    case .search, .searchDocument: "Enter keeps it · Esc goes back"
    case .jump: "14:05, +10m, T+42m, #17 for an entry, start, end · Esc leaves"
    case .palette: "Tab completes · Up recalls · Esc leaves"
    case .handover: "a name · takes effect when that person accepts · Esc leaves"
    case .declare: "a title · targets count from now · Enter records · Esc leaves"
    case .status, .severity, .phase, .role, .updateKind, .escalate, .reachedStep, .snoozeStep,
      .close,
      .theme:
      "Enter picks the marked entry · type to narrow · Esc leaves"
    default: "Enter records · Esc leaves"
    }
  }
}
