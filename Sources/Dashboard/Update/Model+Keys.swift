import Display
import Engine

extension Model {
  /// How many keys one read of the keyboard may give before it counts as a paste.
  private static let mostTypedAtOnce = 8

  /// Whether keys that came at once look like text from a clipboard rather than typing: many, or a
  /// few with the end of a line. A command typed ahead on a slow line begins with its colon.
  private static func looksPasted(_ keys: [Key]) -> Bool {
    let typed = keys.filter { key in
      if case .character = key { return true }
      return key == .enter || key == .ctrl("j")
    }
    if typed.count > mostTypedAtOnce { return true }
    let endsLine = typed.contains { $0 == .enter || $0 == .ctrl("j") }
    return endsLine && typed.count > 3 && typed.first != .character(":")
  }

  mutating func press(_ keys: [Key]) -> [Effect] {
    guard Self.looksPasted(keys) else { return keys.flatMap { press($0) } }
    if overlay?.isNarrowedByTyping == true {
      let typed = keys.prefix { $0 != .enter }.compactMap { key -> Character? in
        if case .character(let letter) = key { letter } else { nil }
      }
      return narrow(by: String(typed))
    }
    guard prompt != nil else {
      tell("\(keys.count) keys at once look like a paste: ignored", .warning)
      return []
    }
    var effects: [Effect] = []
    for (place, key) in keys.enumerated() {
      // A line end of the paste took the words; what follows is not for the screen behind them.
      if prompt == nil {
        tell("\(keys.count - place) more keys at once look like a paste: ignored", .warning)
        break
      }
      effects += press(key)
    }
    return effects
  }

  /// Narrows the list that lies open by a text that came at once.
  private mutating func narrow(by text: String) -> [Effect] {
    listFilter.insert(text)
    return previewPicked()
  }

  private mutating func press(_ key: Key) -> [Effect] {
    switch key {
    case .resize(let size): return resized(to: size)
    case .focus: return []
    case .mouse(let event): return click(event)
    case .paste(let text):
      if prompt == nil, overlay?.isNarrowedByTyping == true { return narrow(by: text) }
      guard prompt != nil else {
        tell("text was pasted, which is never taken as commands: ignored", .warning)
        return []
      }
      return edit { $0.insert(text) }
    default: break
    }
    if let effects = pressAfterPrompt(key) { return effects }
    return act(on: key)
  }

  /// What a key does where it is meant for what is on screen.
  mutating func act(on key: Key) -> [Effect] {
    if prompt == nil { dismissedToasts = toasts.count }
    if screen == .wall { return pressOnWall(key) }
    if case .confirm(let question) = overlay { return answer(question, key) }
    if prompt != nil { return pressInPrompt(key) + previewTheme() }
    if overlay != nil { return pressInOverlay(key) }
    guard let request = keymap.request(for: key, in: contexts) else {
      if let name = key.name { tell("\(Keymap.shown(name)) does nothing here · ? shows the keys") }
      return []
    }
    if unavailable(request) == nil, let why = obstacleOnRow(to: request) {
      tell("\(request.rawValue): \(why)", .warning)
      // Words that were typed on for it are no commands.
      promptEnded = present
      return []
    }
    return perform(request)
  }

  /// Where keys are looked up, the most particular place first.
  package var contexts: [Request.Context] {
    let pane: Request.Context =
      switch focus {
      case .incident: .incident
      case .escalation: .escalation
      case .checklist: .checklist
      case .timeline: .timeline
      }
    let isSearching = focus == .timeline && !timeline.query.isEmpty
    return (playback == nil ? [] : [.replay]) + (isSearching ? [.search] : [])
      + (undoableEntry == nil ? [] : [.undo]) + [pane, .global]
  }

  /// On the wall a key can only ask to leave.
  private mutating func pressOnWall(_ key: Key) -> [Effect] {
    if case .confirm = overlay {
      overlay = nil
      return key == .character("y") ? [.quit] : []
    }
    if key == .ctrl("l") { return [.repaint] }
    if key == .character("q") || key == .ctrl("c") {
      overlay = .confirm(
        Confirmation(
          question: "Leave the wall?",
          consequences: ["This screen will no longer show the incidents."], action: .quit)
      )
    }
    return []
  }

  private mutating func answer(_ question: Confirmation, _ key: Key) -> [Effect] {
    switch key {
    case .character("y"), .character("Y"):
      overlay = nil
      switch question.action {
      case .quit: return [.quit]
      case .show(let report): return ask(for: report)
      case .undo(let entry): return undo(entry)
      case .record(let recording):
        let words = question.back.map { Prompt(.updateText($0.plan), text: $0.text) }
        var effects: [Effect] = []
        for command in recording.commands {
          let problem = record(
            command, occurred: recording.occurred, by: recording.actor, from: words, &effects)
          if let problem { tell(problem, .warning) }
          guard problem == nil else { continue }
          pending[lastTicket]?.isConfirmed = true
          if words != nil { pending[lastTicket]?.isDraft = true }
        }
        return effects
      }
    case .character("n"), .character("N"), .escape, .character("q"), .ctrl("c"):
      overlay = nil
      tell("cancelled")
      if let words = question.back { prompt = Prompt(.updateText(words.plan), text: words.text) }
    case .character("c"):
      if let text = copyable(question) { return [.copy(text)] }
    case .character("u") where question.isUndo:
      overlay = nil
      return perform(.update)
    // A question with a long text can be read to its end.
    default:
      let request = keymap.request(for: key, in: [.global])
      scroll(by: request, page: size.height - 10, last: lastOverlayLine)
    }
    return []
  }

  /// The text that a question is about, for the clipboard; nothing of a drill goes outside.
  func copyable(_ question: Confirmation) -> String? {
    incident?.isDrill == true ? nil : question.text
  }

  private mutating func click(_ event: MouseEvent) -> [Effect] {
    switch event.action {
    case .wheelUp: return prompt == nil && overlay == nil ? perform(.up) : []
    case .wheelDown: return prompt == nil && overlay == nil ? perform(.down) : []
    case .release: return []
    case .press:
      guard prompt == nil, overlay == nil, screen == .console else { return [] }
      let panes = ConsoleLayout(self).panes
      if let hit = panes.last(where: { $0.rect.contains(event.point) }) { focus = hit.pane }
      return []
    }
  }
}
