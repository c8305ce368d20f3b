package import Engine

/// One rule of a procedure: what runs a clock, or tells somebody something.
package enum ReviewRule: Hashable, Sendable {
  /// With the id of its severity.
  case target(String, Severity.Target)
  case step(EscalationStep)
  case cadence(Cadence)
  case notice(Notice)
  case watch(Watch)
  case duty(PostmortemDuty)
  /// One that has a window.
  case phase(Phase)
  /// An item of the checklist that the team has added; those that were read are no rules.
  case item(ChecklistItem)
  /// Added by the team like an item.
  case role(Role)
  case contact(Contact)
  case template(Template)
  /// That what was read of a kind on a line is none.
  case absent(Kind, line: Int)

  /// What is no rule and can be struck out all the same.
  package enum Kind: String, CaseIterable, Sendable {
    case item, role, contact, template
  }

  /// 1-based line of the document; 0 where it was assumed.
  package var line: Int {
    switch self {
    case .target(_, let target): target.line
    case .step(let step): step.line
    case .cadence(let cadence): cadence.line
    case .notice(let notice): notice.line
    case .watch(let watch): watch.line
    case .duty(let duty): duty.line
    case .phase(let phase): phase.line
    case .item(let item): item.line
    case .role(let role): role.line
    case .contact(let contact): contact.line
    case .template(let template): template.line
    case .absent(_, let line): line
    }
  }

  /// The one severity that it is about; nil: every one.
  var severity: String? {
    switch self {
    case .target(let severity, _): severity
    case .step(let step): step.severity
    case .cadence(let cadence): cadence.severity
    case .notice(let notice): notice.severity
    case .duty(let duty): duty.severity
    case .item(let item): item.severities.count == 1 ? item.severities[0] : nil
    case .watch, .phase, .role, .contact, .template, .absent: nil
    }
  }

  /// Every rule of a procedure, by line.
  package static func all(in procedure: Procedure) -> [ReviewRule] {
    var rules = procedure.severities.flatMap { severity in
      severity.targets.map { ReviewRule.target(severity.id, $0) }
    }
    rules += procedure.escalation.map(ReviewRule.step)
    rules += procedure.cadence.map(ReviewRule.cadence) + procedure.notices.map(ReviewRule.notice)
    rules += procedure.watch.map(ReviewRule.watch) + procedure.postmortem.map(ReviewRule.duty)
    rules += procedure.phases.filter { $0.window != nil }.map(ReviewRule.phase)
    return rules.enumerated().sorted {
      ($0.element.line, $0.offset) < ($1.element.line, $1.offset)
    }.map(\.element)
  }
}

extension Procedure {
  /// Takes a rule out; one that is not there changes nothing.
  mutating func remove(_ rule: ReviewRule) {
    switch rule {
    case .target(let id, let target):
      guard let place = severities.firstIndex(where: { $0.id == id }) else { return }
      severities[place].targets.removeFirst(target)
    case .step(let step): escalation.removeFirst(step)
    case .cadence(let rule): cadence.removeFirst(rule)
    case .notice(let notice): notices.removeFirst(notice)
    case .watch(let period): watch.removeFirst(period)
    case .duty(let duty): postmortem.removeFirst(duty)
    case .phase(let phase):
      guard let place = phases.firstIndex(of: phase) else { return }
      phases[place].window = nil
    case .item(let item): checklist.removeFirst(item)
    case .role(let role): roles.removeFirst(role)
    case .contact(let contact): contacts.removeFirst(contact)
    case .template(let template): templates.removeFirst(template)
    case .absent: break
    }
  }

  /// Puts a rule in, a step of the path at its place by time.
  mutating func add(_ rule: ReviewRule) {
    switch rule {
    case .target(let id, let target):
      guard let place = severities.firstIndex(where: { isSameName($0.id, id) }) else { return }
      severities[place].targets.append(target)
    case .step(let step): add(step)
    case .cadence(let rule): cadence.append(rule)
    case .notice(let notice): notices.append(notice)
    case .watch(let period): watch.append(period)
    case .duty(let duty): postmortem.append(duty)
    case .phase(let phase):
      guard let place = phases.firstIndex(where: { $0.id == phase.id }) else { return }
      phases[place].window = phase.window
    case .item(let item): add(item)
    case .role(let role): roles.append(role)
    case .contact(let contact): contacts.append(contact)
    case .template(let template): add(template)
    case .absent(let kind, let line): strike(kind, line: line)
    }
  }

  /// Puts rules in the place of one.
  mutating func replace(_ rule: ReviewRule, with rules: [ReviewRule]) {
    guard case .step(let old) = rule, let place = escalation.firstIndex(of: old),
      case .step(let new)? = rules.first
    else {
      remove(rule)
      for rule in rules { add(rule) }
      return
    }
    // A step keeps its place in the path, which others may be counted from.
    escalation[place] = new
    for rule in rules.dropFirst() { add(rule) }
  }

  /// Puts an item in by its line, into the phase in which it stands.
  private mutating func add(_ new: ChecklistItem) {
    var item = new
    let place = checklist.firstIndex { $0.line > new.line } ?? checklist.count
    let before = place > 0 ? checklist[place - 1] : nil
    let phase = phases.last { $0.line > 0 && $0.line <= new.line }
    // A phase that begins after the item before is the nearer one.
    item.phase =
      if let before, (phase?.line ?? 0) <= before.line { before.phase } else { phase?.id }
    var ids = TakenIDs()
    for other in checklist { _ = ids.take(other.id, line: other.line) }
    item.id = ids.make(new.text, line: new.line)
    checklist.insert(item, at: place)
  }

  private mutating func add(_ new: Template) {
    var template = new
    var ids = TakenIDs()
    for other in templates { _ = ids.take(other.id, line: other.line) }
    template.id = ids.make(new.title, line: new.line)
    templates.append(template)
  }

  /// Whether something of a kind was read from a line.
  func has(_ kind: ReviewRule.Kind, line: Int) -> Bool {
    switch kind {
    case .item: checklist.contains { $0.line == line }
    case .role: roles.contains { $0.line == line }
    case .contact: contacts.contains { $0.line == line }
    case .template: templates.contains { $0.line == line }
    }
  }

  private mutating func strike(_ kind: ReviewRule.Kind, line: Int) {
    switch kind {
    case .item: checklist.removeAll { $0.line == line }
    case .role: roles.removeAll { $0.line == line }
    case .contact: contacts.removeAll { $0.line == line }
    case .template: templates.removeAll { $0.line == line }
    }
  }

  private mutating func add(_ step: EscalationStep) {
    var step = step
    let earlier = escalation.indices.filter {
      let other = escalation[$0]
      return (other.severity == step.severity || other.severity == nil)
        && (other.after ?? .max) <= (step.after ?? .max)
    }
    step.level = (earlier.map { escalation[$0].level }.max() ?? 0) + 1
    escalation.insert(step, at: earlier.last.map { $0 + 1 } ?? 0)
  }
}

extension Array where Element: Equatable {
  fileprivate mutating func removeFirst(_ element: Element) {
    if let place = firstIndex(of: element) { remove(at: place) }
  }
}
