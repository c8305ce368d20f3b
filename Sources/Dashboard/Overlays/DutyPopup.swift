import Display
import Engine
import Wording

/// One row of pane 2 in full, with the keys that act on it.
extension Model {
  func dutyPopup(_ id: String, width: Int) -> Popup {
    guard let deadline = deadlines.first(where: { $0.id == id }) else {
      var popup = Popup(title: "Due", trailing: "Esc closes")
      popup.add("No longer due.")
      return popup
    }
    let words = text(of: deadline)
    var popup = Popup(title: words.label, trailing: "Esc closes")
    popup.add(words.clock, deadline.isLoud ? .countdownBreached : .textStrong)
    if let due = deadline.due { popup.add("due       \(stamp(due))") }
    if let began = deadline.began { popup.add("runs from \(stamp(began))") }
    if let latest = deadline.latest { popup.add("or until  \(stamp(latest))") }
    if let call = callee(of: deadline) {
      popup.add("")
      popup.add("\(call.what)  \(call.number ?? Self.noNumber)", .textStrong)
    }
    popup.add("")
    for part in words.reason.split(separator: "\n") where !part.isEmpty {
      popup.add(wrapped: String(part), to: max(8, width))
    }
    if let rule = deadline.rule, rule.line > 0 {
      popup.add(
        "\(incident?.procedure.source.path ?? ""), line \(rule.line)", .textDim)
      addPassage(around: rule.line, to: &popup, width)
    }
    let history = dutyHistory(of: deadline)
    if !history.isEmpty { popup.add("") }
    for line in history { popup.add(wrapped: line, to: max(8, width)) }
    popup.footer = [
      dutyActions(deadline).flatMap { action in
        [(action.key, .hintKey), (" \(action.what)    ", .dialog)]
      }
    ]
    return popup
  }

  func stamp(_ instant: Timestamp) -> String {
    "\(clock.time(instant)) \(clock.abbreviation(instant)) \(clock.day(instant))"
  }

  // MARK: - The passage of the document

  /// Asks for the document where a duty has a rule in it and it is not at hand yet.
  mutating func askForPassage(of deadline: Deadline) -> [Effect] {
    guard passages == nil, (deadline.rule?.line ?? 0) > 0 else { return [] }
    return [.document(width: documentArea.width)]
  }

  /// What stands around a line of the document, the line itself marked.
  private func addPassage(around line: Int, to popup: inout Popup, _ width: Int) {
    guard let lines = passages?.lines, lines.indices.contains(line - 1) else { return }
    for number in max(1, line - 2)...min(lines.count, line + 2) {
      let isRule = number == line
      let gutter = TextWidth.fit("\(isRule ? ">" : " ")\(number)", to: 6) + " "
      let text = TextWidth.wrap(lines[number - 1], to: max(8, width - 7)).prefix(isRule ? 6 : 2)
      for (place, part) in text.enumerated() {
        let margin = place == 0 ? gutter : String(repeating: " ", count: 7)
        popup.add([(margin, .textDim), (part, isRule ? .textStrong : .textDim)])
      }
    }
  }

  // MARK: - What was recorded

  /// What became of a duty so far, the oldest first: when it fell due, snoozes, what was sent, who met it.
  private func dutyHistory(of deadline: Deadline) -> [String] {
    guard let incident else { return [] }
    var history: [(at: Timestamp, words: String)] = []
    let end = deadline.state.isRunning ? now : deadline.settled ?? now
    if let due = deadline.due, due <= now, due < end, deadline.state != .cancelled {
      history.append((due, deadline.step == nil ? "fell due" : "fell due: to be called"))
    }
    history += incident.snoozes.entries.filter { $0.value.deadline == deadline.id }.map {
      (
        $0.stamp.effective,
        "\($0.actor) snoozed it for \(InstantText.span($0.value.span)): \($0.value.reason)"
      )
    }
    if let audience = deadline.audience {
      history += incident.updates.entries.filter { $0.value.audience == audience }.suffix(5).map {
        ($0.stamp.effective, "\($0.actor) sent an update")
      }
    }
    if let settled = deadline.settled, !deadline.state.isRunning {
      let by = deadline.by.map { " by \($0)" } ?? ""
      history.append((settled, "\(deadline.word(at: now))\(by)"))
    }
    return history.sorted { $0.at < $1.at }.map {
      "\(clock.minute($0.at, today: now))  \($0.words)"
    }
  }

  // MARK: - Keys

  func dutyActions(_ deadline: Deadline) -> [(key: String, what: String)] {
    func key(_ request: Request) -> String {
      keymap.keys(of: request).first.map(Keymap.shown) ?? ":\(request.rawValue)"
    }
    let rule = place(behind: .duty(deadline.id)) == nil ? [] : [(key(.document), "the rule")]
    guard !isReadOnly, deadline.state.isRunning else { return rule }
    var actions: [(key: String, what: String)] = []
    for request in requests(meeting: deadline) where unavailable(request) == nil {
      // What has no key of its own is done by the one that ticks.
      guard !keymap.keys(of: request).isEmpty else { continue }
      actions.append((key(request), request == .update ? "send the update" : wording(request)))
    }
    if let done = doneWord(deadline) { actions.append((key(.tick), done)) }
    if deadline.kind == .postmortem { actions.append((":\(deadline.verb)", "when it is done")) }
    if deadline.canBeSnoozed { actions.append((key(.snooze), "snooze")) }
    return actions + rule
  }

  private func wording(_ request: Request) -> String { request.entry.hint ?? request.rawValue }

  mutating func pressInDuty(_ id: String, _ key: Key, _ request: Request?) -> [Effect]? {
    let own = keymap.request(for: key, in: [.checklist]) ?? request
    guard let deadline = deadlines.first(where: { $0.id == id }), !isReadOnly,
      deadline.state.isRunning
    else { return nil }
    switch own {
    case .reached where deadline.step != nil:
      closeOverlay()
      prompt = Prompt(.reached(step: id))
    case .snooze where deadline.canBeSnoozed:
      closeOverlay()
      prompt = Prompt(.snooze(deadline: id))
    case .tick: return finish(deadline)
    case .some(let own) where requests(meeting: deadline).contains(own) && own != .reached:
      closeOverlay()
      return perform(own)
    default: return nil
    }
    return []
  }

  // MARK: - Finishing

  /// The row under the cursor of pane 2: the one that was moved to, else the first.
  var pickedDeadline: Deadline? {
    deadlines.first { $0.id == selectedDeadline } ?? deadlines.first
  }

  /// The entry under the cursor of pane 4, where that has the focus.
  var entryAtCursor: Int? {
    (focus == .timeline ? pickedEntry : timeline.selected)?.sequence
  }

  /// Why a key that acts on the row under the cursor of pane 2 cannot do so there; nil where it can, or is about no row.
  func obstacleOnRow(to request: Request) -> String? {
    guard focus == .escalation, let row = pickedDeadline else { return nil }
    switch request {
    case .reached where row.kind != .escalation:
      return "“\(row.title)” is not a call: move to a call, or type :reached and who"
    case .reached where row.step != nil && !row.state.isRunning:
      return "\(row.label) is not to be called: \(text(of: row).clock)"
    case .snooze where !row.canBeSnoozed:
      return "no clock runs for “\(row.title)”: move to a row with a time"
    default: return nil
    }
  }

  /// What finishing a duty by hand does to it; nil where it is met in another way.
  func doneWord(_ deadline: Deadline) -> String? {
    guard deadline.state.isRunning else { return nil }
    switch deadline.kind {
    case .task, .action: return "done"
    case .triage: return unavailable(.triaged) == nil ? "triaged" : nil
    case .timer where deadline.id != "silence":
      return deadline.state == .fired ? "done" : "cancel it"
    default: return nil
    }
  }

  /// Why the row under the cursor of pane 2 cannot be finished by hand; nil where it can.
  var obstacleToFinishing: String? {
    guard let picked = pickedDeadline else { return "nothing is due" }
    guard doneWord(picked) == nil else { return nil }
    let others = dutyActions(picked).map { "\($0.key) \($0.what)" }.joined(separator: ", ")
    return "\(picked.title) cannot be ticked off" + (others.isEmpty ? "" : ": \(others)")
  }

  /// Finishes a task or an action item, ends a timer, or marks as triaged.
  mutating func finish(_ deadline: Deadline) -> [Effect] {
    guard let done = doneWord(deadline) else { return [] }
    let number = deadline.id.split(separator: ":").last.map(String.init) ?? ""
    closeOverlay()
    switch deadline.kind {
    case .task: return record(.finishTask(number), done: "done")
    case .action: return record(.finishAction(number), done: "done")
    case .triage: return record(.triage, done: done)
    default: return record(.cancelTimer(number), done: done == "done" ? done : "cancelled")
    }
  }
}
