import Display
import Engine
import Wording

extension Model {
  /// Does what a key or the palette asked for.
  mutating func perform(_ request: Request) -> [Effect] {
    if let why = unavailable(request) {
      tell("\(request.rawValue): \(why)", .warning)
      // Words that were typed on for it are no commands.
      if request.takesWords { promptEnded = present }
      return []
    }
    switch request.entry.group {
    case .move: return move(request)
    case .write: return write(request)
    case .check: return check(request)
    case .run: return run(request)
    case .look: return look(request)
    case .screen: return handleScreen(request)
    case .replay: return replay(request)
    }
  }

  /// Why a request can do nothing now; nil where it can.
  package func unavailable(_ request: Request) -> String? {
    if request == .brief || request == .document, incident == nil {
      return "no incident is open"
    }
    if request == .debrief, incident?.isDrill != true { return "this is not a drill" }
    if request.entry.group == .replay, playback == nil {
      return "only in a replay: muster replay ID"
    }
    if playback != nil, [.declare, .incidents, .activity, .stats].contains(request) {
      return readOnlyReason
    }
    guard request.records, request != .declare else { return nil }
    guard let incident else { return "no incident is open · :declare TITLE opens one" }
    if isReadOnly { return readOnlyReason }
    if let openingReason { return openingReason }
    if request == .correct || request == .retract, entryAtCursor == nil {
      return "no entry is selected: move to one first"
    }
    if request == .undo, undoableEntry == nil {
      return "nothing from the last ten seconds can be undone"
    }
    if request == .correct, let entry = entryAtCursor,
      let why = incident.obstacle(toCorrecting: entry)
    {
      return words(of: why)
    }
    if request == .tick, focus == .escalation { return obstacleToFinishing }
    guard let kind = request.commandKind else { return nil }
    return incident.obstacle(to: kind, by: actor, at: now).map { words(of: $0) }
  }

  // MARK: - The incident

  private mutating func move(_ request: Request) -> [Effect] {
    guard let incident else { return [] }
    switch request {
    case .acknowledge: return record(.acknowledge, done: "acknowledged")
    case .triaged: return record(.triage, done: "triaged")
    case .mitigate: return recordOrAsk(.mitigate, done: "mitigated")
    case .status:
      let choices = incident.knownStatuses.map {
        Prompt.Choice($0.id, $0.name, detail: $0.id == incident.status.change.status ? "now" : "")
      }
      // Nobody asks for the status that holds: the one after it is marked.
      let place = choices.firstIndex { $0.value == incident.status.change.status } ?? -1
      let following = choices.indices.contains(place + 1) ? choices[place + 1] : choices.last
      prompt = Prompt(.status, choices: choices, picked: following?.value)
    case .severity:
      let choices = incident.procedure.severities.map { severity in
        let now = severity.id == incident.severityID ? "now" : ""
        let name = severity.name == severity.id ? "" : severity.name
        return Prompt.Choice(
          severity.id, severity.id,
          detail: [now, name, SeverityGuide.words(severity)].filter { !$0.isEmpty }
            .joined(separator: ": "))
      }
      prompt = Prompt(.severity, choices: choices, picked: incident.severityID)
    case .phase:
      let choices = incident.procedure.phases.map { phase in
        Prompt.Choice(phase.id, phase.title, detail: phase.id == incident.phaseID ? "now" : "")
      }
      prompt = Prompt(.phase, choices: choices, picked: incident.phaseID)
    case .impact: prompt = Prompt(.impact, offering: incident.impact.summary ?? "")
    case .resolve: return recordOrAsk(.resolve)
    case .reopen: return recordOrAsk(.reopen(reason: nil))
    case .close:
      prompt = Prompt(
        .close, choices: Incident.Outcome.allCases.map { .init($0.rawValue, $0.words) })
    default: break
    }
    return []
  }

  private mutating func write(_ request: Request) -> [Effect] {
    switch request {
    case .note: prompt = Prompt(.note)
    case .finding: prompt = Prompt(.finding)
    case .hypothesis: prompt = Prompt(.hypothesis)
    case .decide: prompt = Prompt(.decision)
    case .correct:
      guard let entry = entryAtCursor else { return [] }
      timeline.selected = pickedEntry
      prompt = Prompt(.correct(entry: entry), text: ownWords(ofEntry: entry))
    case .retract:
      guard let entry = entryAtCursor else { return [] }
      timeline.selected = pickedEntry
      prompt = Prompt(.retract(entry: entry))
    case .undo:
      guard let entry = undoableEntry else { return [] }
      askToUndo(entry)
    default: break
    }
    return []
  }

  // MARK: - The checklist

  /// The picked item, else the first that is open.
  var pickedItem: Incident.ItemState? {
    guard let items = incident?.checklist else { return nil }
    return items.first { $0.item.id == selectedItem } ?? items.first { $0.state == .open }
  }

  private mutating func check(_ request: Request) -> [Effect] {
    if request == .tick, focus == .escalation {
      return pickedDeadline.map { finish($0) } ?? []
    }
    if request == .addItem {
      prompt = Prompt(.addItem)
      return []
    }
    guard let item = pickedItem else {
      tell("every item is done")
      return []
    }
    let id = item.item.id
    selectedItem = id
    switch request {
    case .tick where item.item.kind == .field && item.state == .open: fallthrough
    case .fill: prompt = Prompt(.fill(item: id), offering: item.value ?? "")
    case .tick:
      return item.state == .open
        ? record(.check(id), done: "ticked") : record(.uncheck(id), done: "unticked")
    case .skip: prompt = Prompt(.skip(item: id))
    default: break
    }
    return []
  }

  // MARK: - The response

  private mutating func run(_ request: Request) -> [Effect] {
    guard let incident else { return [] }
    switch request {
    case .assign:
      let choices = incident.knownRoles.map {
        Prompt.Choice(
          $0, $0, detail: incident.holder(ofRole: $0)?.name ?? "nobody",
          otherNames: Incident.shortNames(ofRole: $0))
      }
      prompt = Prompt(.role, choices: choices)
    case .handover: prompt = Prompt(.handover)
    case .accept:
      return record(.acceptHandover(by: actor), done: "you are the commander")
    case .task: prompt = Prompt(.task)
    case .timer: prompt = Prompt(.timer)
    case .update:
      compose()
    case .escalate:
      let picked = focus == .escalation ? pickedDeadline?.id : nil
      prompt = Prompt(.escalate, choices: stepChoices { $0.isOpenStep }, picked: picked)
    case .reached:
      let calls = stepChoices { $0.state == .fired && $0.step != nil }
      if focus == .escalation, let row = pickedDeadline, row.step != nil, row.state.isRunning {
        prompt = Prompt(.reached(step: row.id))
      } else if calls.count == 1 {
        prompt = Prompt(.reached(step: calls[0].value))
      } else {
        prompt = Prompt(
          .reachedStep, choices: calls.isEmpty ? stepChoices { $0.step != nil } : calls)
      }
    case .snooze:
      if focus == .escalation, let row = pickedDeadline, row.canBeSnoozed {
        prompt = Prompt(.snooze(deadline: row.id))
      } else {
        prompt = Prompt(.snoozeStep, choices: stepChoices { $0.canBeSnoozed })
      }
    default: break
    }
    return []
  }

  /// Deadlines to pick from, in the order of pane 2.
  private func stepChoices(_ fits: (Deadline) -> Bool) -> [Prompt.Choice] {
    deadlines.filter(fits).map { deadline in
      let text = text(of: deadline)
      let line = deadline.rule.flatMap { $0.line > 0 ? "  :\($0.line)" : nil } ?? ""
      return Prompt.Choice(
        deadline.id, nameToldApart(deadline), detail: "\(text.clock)\(line)")
    }
  }

  // MARK: - The screen

  private mutating func handleScreen(_ request: Request) -> [Effect] {
    switch request {
    case .palette: prompt = Prompt(.palette)
    case .help: show(.help)
    case .theme:
      prompt = Prompt(.theme, choices: themes.map { .init($0, $0) })
    case .repaint: return [.repaint]
    case .copy:
      if focus == .timeline, let entry = entryAtCursor {
        return [.copy(fullText(ofEntry: entry))]
      }
      let duty = focus == .escalation ? pickedDeadline : next
      if let next = duty, let contact = text(of: next).contact { return [.copy(contact)] }
      tell("nothing is selected to copy", .warning)
    case .bare: return [.bare]
    case .suspend: return [.suspend]
    case .quit: return leave()
    default: break
    }
    return []
  }

  /// Leaves the console; asks once where any incident is open that is of the gravest kind or that nobody has acknowledged,
  /// and not resolved.
  private mutating func leave() -> [Effect] {
    guard playback == nil else { return [.quit] }
    var grave: [String] = []
    if let incident, incident.isOpen, !incident.isResolved,
      incident.shownRank ?? 1 == 1 || !isAcknowledged
    {
      grave.append(incident.severityID ?? "an incident")
    }
    grave += incidents.filter { other in
      other.id != incident?.id && other.isOpen && other.urgency.standing != .resolved
        && (other.rank ?? 1 == 1 || !other.isAcknowledged)
    }.map { "\($0.severity ?? "SEV ?") \($0.title)" }
    guard let first = grave.first else { return [.quit] }
    let more = grave.count > 1 ? " and \(grave.count - 1) more" : ""
    overlay = .confirm(
      Confirmation(
        question: "Leave the console while \(first)\(more) \(more.isEmpty ? "is" : "are") open?",
        consequences: [
          more.isEmpty
            ? "The incident continues, but this console will no longer alert you."
            : "They continue, but this console will no longer alert you."
        ],
        action: .quit))
    scroll = 0
    return []
  }

  mutating func show(_ new: Overlay) {
    overlay = new
    scroll = 0
    listFilter = ListFilter()
  }
}

extension Deadline {
  /// A step that has not been called yet.
  var isOpenStep: Bool {
    step != nil && (state == .pending || state == .soon || state == .snoozed)
  }

  var canBeSnoozed: Bool { state.isRunning && state != .exhausted && due != nil }
}
