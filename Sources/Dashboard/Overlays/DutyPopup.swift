import Display
import Engine
import Wording

/// One row of pane 2 or 3 in full, with the keys that act on it.
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

  private func stamp(_ instant: Timestamp) -> String {
    "\(clock.time(instant)) \(clock.abbreviation(instant)) \(clock.day(instant))"
  }

  /// What was recorded about a duty: snoozes, and who was told when.
  private func dutyHistory(of deadline: Deadline) -> [String] {
    guard let incident else { return [] }
    let snoozes = incident.snoozes.entries.filter { $0.value.deadline == deadline.id }.map {
      "\(clock.minute($0.stamp.effective, today: now))  \($0.actor) snoozed it for "
        + "\(InstantText.span($0.value.span)): \($0.value.reason)"
    }
    guard let audience = deadline.audience else { return snoozes }
    let updates = incident.updates.entries.filter { $0.value.audience == audience }.suffix(5).map {
      "\(clock.minute($0.stamp.effective, today: now))  \($0.actor) sent an update"
    }
    return snoozes + updates
  }

  func dutyActions(_ deadline: Deadline) -> [(key: String, what: String)] {
    func key(_ request: Request) -> String {
      keymap.keys(of: request).first.map(Keymap.shown) ?? ":\(request.rawValue)"
    }
    let rule = place(behind: .duty(deadline.id)) == nil ? [] : [(key(.document), "the rule")]
    guard !isReadOnly, deadline.state.isRunning else { return rule }
    var actions: [(key: String, what: String)] = []
    if deadline.step != nil { actions.append((key(.reached), "reached")) }
    if let done = doneWord(deadline) { actions.append((key(.tick), done)) }
    if deadline.kind == .update || deadline.kind == .communicate {
      actions.append((key(.update), "send the update"))
    }
    if deadline.canBeSnoozed { actions.append((key(.snooze), "snooze")) }
    return actions + rule
  }

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
    case .update where deadline.kind == .update || deadline.kind == .communicate:
      closeOverlay()
      return perform(.update)
    case .tick: return finish(deadline)
    default: return nil
    }
    return []
  }

  // MARK: - Finishing

  /// The picked row of pane 2.
  var pickedDeadline: Deadline? { deadlines.first { $0.id == selectedDeadline } }

  /// What finishing a duty by hand does to it; nil where it is met in another way.
  func doneWord(_ deadline: Deadline) -> String? {
    guard deadline.state.isRunning else { return nil }
    switch deadline.kind {
    case .task, .action: return "done"
    case .timer where deadline.id != "silence":
      return deadline.state == .fired ? "done" : "cancel it"
    default: return nil
    }
  }

  /// Why the picked row of pane 2 cannot be finished by hand; nil where it can.
  var obstacleToFinishing: String? {
    guard let picked = pickedDeadline else { return "no row is selected: move to one first" }
    guard doneWord(picked) == nil else { return nil }
    let others = dutyActions(picked).map { "\($0.key) \($0.what)" }.joined(separator: ", ")
    return "\(picked.title) cannot be ticked off" + (others.isEmpty ? "" : ": \(others)")
  }

  /// Finishes a task or an action item, or ends a timer.
  mutating func finish(_ deadline: Deadline) -> [Effect] {
    guard let done = doneWord(deadline) else { return [] }
    let number = deadline.id.split(separator: ":").last.map(String.init) ?? ""
    closeOverlay()
    switch deadline.kind {
    case .task: return record(.finishTask(number), done: "done")
    case .action: return record(.finishAction(number), done: "done")
    default: return record(.cancelTimer(number), done: done == "done" ? done : "cancelled")
    }
  }

  // MARK: - An item of the checklist

  func itemPopup(_ id: String, width: Int) -> Popup {
    guard let item = incident?.checklist.first(where: { $0.item.id == id }) else {
      var popup = Popup(title: "Checklist", trailing: "Esc closes")
      popup.add("This item is not on the checklist of this severity.")
      return popup
    }
    var popup = Popup(title: "Item \(item.number)", trailing: "Esc closes")
    popup.add(wrapped: item.item.text, to: max(8, width), .textStrong)
    if let value = item.value { popup.add(wrapped: "filled in: \(value)", to: max(8, width)) }
    if let reason = item.reason { popup.add(wrapped: "skipped: \(reason)", to: max(8, width)) }
    if let by = item.by, let at = item.at, item.state != .open {
      popup.add("\(item.state.rawValue) by \(by), \(stamp(at))")
    }
    if item.item.line > 0 {
      popup.add("")
      popup.add("\(incident?.procedure.source.path ?? ""), line \(item.item.line)", .textDim)
    }
    var requests: [(Request, String)] = item.item.line > 0 ? [(.document, "the text")] : []
    if !isReadOnly {
      requests =
        [
          (.tick, item.state == .open ? "tick" : "untick"), (.fill, "fill in"), (.skip, "skip"),
          (.copy, "copy"),
        ] + requests
    }
    popup.footer = [
      requests.flatMap { request, what in
        [
          (keymap.keys(of: request).first.map(Keymap.shown) ?? ":", .hintKey),
          (" \(what)    ", .dialog),
        ]
      }
    ]
    return popup
  }

  mutating func pressInItem(_ id: String, _ key: Key, _ request: Request?) -> [Effect]? {
    switch keymap.request(for: key, in: [.checklist]) ?? request {
    case .copy: return [.copy(incident?.checklist.first { $0.item.id == id }?.item.text ?? "")]
    case .tick, .fill, .skip:
      let own = keymap.request(for: key, in: [.checklist]) ?? .back
      selectedItem = id
      closeOverlay()
      return perform(own)
    default: return nil
    }
  }
}
