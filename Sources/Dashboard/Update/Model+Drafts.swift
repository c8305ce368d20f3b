import Engine
import Wording

/// What is being written survives the console, and says what has changed since it was begun.
extension Model {
  /// The update that is being written about the incident that is shown.
  var draft: Draft? { incident.flatMap { drafts[$0.id] } }

  /// Takes in what was kept of an earlier run; what is being written here already is newer.
  mutating func restore(_ kept: [String: Draft]) {
    keptDrafts = kept
    drafts.merge(kept) { own, _ in own }
    tellOfDraft()
  }

  /// Says that an update was left unsent.
  mutating func tellOfDraft() {
    guard screen == .console, playback == nil, let draft, prompt == nil else { return }
    let key = keymap.keys(of: .update).first.map { " (\(Keymap.shown($0)))" } ?? ""
    tell("an update to \(name(of: draft.plan.audience)) was started but not sent\(key)")
  }

  func name(of audience: String?) -> String { audience ?? "the team" }

  /// Notes what is being written; words that are as the template has them are none of the person's.
  mutating func noteDraft() {
    guard let prompt, case .updateText(let plan) = prompt.purpose, let incident else { return }
    let text = prompt.line.text
    if !text.contains(where: { !$0.isWhitespace }) {
      drafts[incident.id] = nil
    } else if text != plan.text, drafts[incident.id]?.text != text {
      drafts[incident.id] = Draft(plan: plan, text: text, at: present)
    }
  }

  /// Has drafts kept outside where they have changed.
  package mutating func keepDrafts() -> [Effect] {
    guard drafts != keptDrafts, screen == .console else { return [] }
    let changed = Set(drafts.keys).union(keptDrafts.keys).filter { drafts[$0] != keptDrafts[$0] }
    keptDrafts = drafts
    return changed.sorted().map { .keepDraft(drafts[$0], of: $0) }
  }

  /// The composer with the words as they were left.
  mutating func resumeDraft() {
    guard let draft else { return }
    prompt = Prompt(.updateText(draft.plan), text: draft.text)
  }

  mutating func discardDraft() {
    guard let incident else { return }
    drafts[incident.id] = nil
    tell("draft discarded")
  }

  /// The choices that a draft adds in front of the composer's own, and behind them.
  var draftChoices: (first: [Prompt.Choice], last: [Prompt.Choice]) {
    guard let draft else { return ([], []) }
    let line = draft.text.split(separator: "\n").first.map(String.init) ?? ""
    let audience = name(of: draft.plan.audience)
    return (
      [
        Prompt.Choice(
          Self.resumes, "continue: to \(audience)",
          detail: "draft, not sent · \(clock.minute(draft.at, today: now)) · \(line)")
      ], [Prompt.Choice(Self.discards, "discard the draft", detail: "to \(audience)")]
    )
  }

  static let resumes = "\u{1F}resume"
  static let discards = "\u{1F}discard"

  // MARK: - What has changed since

  /// What was said of the incident since the words of an update were begun, in a few words each.
  func changes(since plan: UpdatePlan) -> [String] {
    guard let incident, plan.basis > 0 else { return [] }
    func isNew<Value>(_ entry: History<Value>.Entry) -> Bool {
      entry.stamp.sequence > plan.basis
    }
    var changes: [String] = []
    if incident.statuses.entries.contains(where: isNew) {
      changes.append("the status is \(incident.statusName)")
    }
    if incident.severities.entries.contains(where: isNew) {
      changes.append("the severity is \(incident.severityLabel)")
    }
    if incident.reopenings.entries.contains(where: isNew) { changes.append("it was reopened") }
    if let closing = incident.closing, isNew(closing) {
      changes.append("it was closed: \(closing.value.outcome.words)")
    }
    if incident.impacts.entries.contains(where: isNew) {
      changes.append("the impact was updated")
    }
    if let update = incident.updates.entries.last(where: isNew) {
      changes.append(
        "\(update.actor) sent an update to \(name(of: update.value.audience)) at "
          + clock.minute(update.stamp.effective, today: now))
    }
    return changes
  }

  /// The same in one line; nil where nothing has changed.
  func staleness(of plan: UpdatePlan) -> String? {
    let changes = changes(since: plan)
    return changes.isEmpty
      ? nil : "CHANGED SINCE YOU BEGAN: \(changes.joined(separator: "; "))"
  }
}
