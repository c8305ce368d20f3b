import Display
import Engine

extension Model {
  mutating func pressInPrompt(_ key: Key) -> [Effect] {
    guard let current = prompt else { return [] }
    prompt?.problem = nil
    switch key {
    case .escape: return escape(current)
    case .ctrl("c"):
      return leavePrompt()
    case .enter: return submit(current)
    case .up where isMultiLine(current): return edit { $0.moveLine(by: -1) }
    case .down where isMultiLine(current): return edit { $0.moveLine(by: 1) }
    case .up: recall(-1)
    case .down: recall(1)
    case .ctrl("p"): recall(-1)
    case .ctrl("n"): recall(1)
    case .tab: complete()
    case .ctrl("l"): return [.repaint]
    case .left: return edit { $0.move(by: -1) }
    case .right: return edit { $0.move(by: 1) }
    case .home, .ctrl("a"): return edit { $0.moveToStart() }
    case .end, .ctrl("e"): return edit { $0.moveToEnd() }
    case .backspace, .ctrl("h"):
      if current.line.isEmpty, current.purpose == .palette { return leavePrompt() }
      return edit { $0.deleteBackward() }
    case .delete: return edit { $0.deleteForward() }
    case .ctrl("w"): return edit { $0.deleteWord() }
    case .ctrl("u"): return edit { $0.deleteToStart() }
    case .ctrl("j") where current.choices.isEmpty && current.purpose != .palette:
      return edit { $0.insert("\n") }
    case .ctrl("j"): return submit(current)
    case .ctrl("o") where current.choices.isEmpty: return [.edit(current.line.text)]
    case .ctrl("k"): return edit { $0.deleteToEnd() }
    case .character(let character): return edit { $0.insert(String(character)) }
    default: break
    }
    return []
  }

  mutating func edit(_ change: (inout LineEditor) -> Void) -> [Effect] {
    guard var current = prompt else { return [] }
    let before = current.line.text
    change(&current.line)
    if current.line.text != before { current.picked = 0 }
    // Words that no longer begin with the time that was put aside may begin with another one.
    if current.timeIsText, SpokenTime.leading(current.line.text, at: now, in: clock.shown) == nil {
      current.timeIsText = false
    }
    prompt = current
    return current.purpose == .search ? search(current.line.text) : []
  }

  /// The first Escape takes a time for words; otherwise the prompt is left.
  private mutating func escape(_ current: Prompt) -> [Effect] {
    if current.time(at: now, clock: clock) != nil {
      prompt?.timeIsText = true
      return []
    }
    return leavePrompt()
  }

  private mutating func leavePrompt() -> [Effect] {
    if prompt?.purpose == .search { endSearch(restoring: true) }
    if let text = prompt?.line.text, text.count > 12, prompt?.choices.isEmpty == true {
      tell("left without recording: “\(text)”")
    }
    prompt = nil
    return []
  }

  /// Up and down: the choices, or earlier commands.
  private mutating func recall(_ distance: Int) {
    guard var current = prompt else { return }
    if current.purpose == .palette {
      guard !history.isEmpty else { return }
      let index = (current.historyIndex ?? history.count) + distance
      guard index < history.count else {
        current.historyIndex = nil
        current.line = LineEditor()
        prompt = current
        return
      }
      current.historyIndex = max(0, index)
      current.line = LineEditor(history[max(0, index)])
    } else if !current.choices.isEmpty {
      let count = current.shownChoices.count
      guard count > 0 else { return }
      current.picked = (current.picked + distance + count) % count
    }
    prompt = current
  }

  /// Whether the text of a prompt has lines to go up and down in.
  private func isMultiLine(_ current: Prompt) -> Bool {
    current.purpose != .palette && current.choices.isEmpty
  }

  private mutating func complete() {
    guard var current = prompt else { return }
    if case .updateText(let plan) = current.purpose { return goToOpenPlace(of: plan) }
    if current.purpose == .palette {
      let found = Palette.completions(
        of: current.line.text, incident: incident, deadlines: deadlines, themes: themes)
      guard let first = found.first else { return }
      var text = current.line.text
      if let space = text.firstIndex(of: " ") {
        text = String(text[...space]) + first.value
      } else {
        text = Self.commonStart(found.map(\.value), longerThan: text) ?? first.value
        if found.count == 1 { text += " " }
      }
      current.line = LineEditor(text)
    } else if !current.choices.isEmpty {
      let count = current.shownChoices.count
      if count > 0 { current.picked = (current.picked + 1) % count }
    }
    prompt = current
  }

  /// What all the words begin with, if that is more than is there.
  private static func commonStart(_ words: [String], longerThan typed: String) -> String? {
    guard var common = words.first, words.count > 1 else { return nil }
    for word in words {
      while !word.hasPrefix(common) { common.removeLast() }
    }
    return common.count > typed.count ? common : nil
  }
}
