import Display
import Engine
import Wording

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
    if current.line.text != before { current.completing = nil }
    // Words that no longer begin with the time that was put aside may begin with another one.
    if current.timeIsText,
      TimeExpression.leading(current.line.text, now: now, zone: clock.shown) == .none
    {
      current.timeIsText = false
    }
    prompt = current
    noteDraft()
    switch current.purpose {
    case .search: return search(current.line.text)
    case .searchDocument: searchDocument(current.line.text)
    default: break
    }
    return []
  }

  /// The first Escape takes a time for words; otherwise the prompt is left.
  private mutating func escape(_ current: Prompt) -> [Effect] {
    if current.leadingTime(at: now, clock: clock) != .none {
      prompt?.timeIsText = true
      return []
    }
    return leavePrompt()
  }

  private mutating func leavePrompt() -> [Effect] {
    if prompt?.purpose == .search { endSearch(restoring: true) }
    if prompt?.purpose == .searchDocument { endDocumentSearch(restoring: true) }
    if case .updateText = prompt?.purpose, draft?.text == prompt?.line.text {
      let key = keymap.keys(of: .update).first.map { " (\(Keymap.shown($0)))" } ?? ""
      tell("not sent; the words are kept, and the composer offers them again\(key)")
    } else if let text = prompt?.line.text, text.count > 12, prompt?.choices.isEmpty == true {
      tell("not recorded: “\(text)”")
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
      // The ends hold: one key too many must not reach the opposite one.
      current.picked = max(0, min(current.picked + distance, count - 1))
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
      completeLine(&current)
    } else if !current.choices.isEmpty {
      let count = current.shownChoices.count
      if count > 0 { current.picked = (current.picked + 1) % count }
    }
    prompt = current
  }

  /// Completes as far as all words agree; pressed again, it puts one word after the other there.
  private func completeLine(_ current: inout Prompt) {
    if var completing = current.completing {
      let choices = completing.completions.choices
      completing.place = (completing.place + 1) % choices.count
      let value = choices[completing.place].value
      current.line = LineEditor(completing.completions.stem + value)
      current.completing = completing
      return
    }
    let found = reader.completions(of: current.line.text, in: situation)
    guard let first = found.choices.first else { return }
    let typed = current.line.text.dropFirst(found.stem.count)
    if found.choices.count == 1 {
      current.line = LineEditor(found.stem + first.value + " ")
    } else if found.commonStart.count > typed.count {
      current.line = LineEditor(found.stem + found.commonStart)
    } else {
      current.line = LineEditor(found.stem + first.value)
      current.completing = Prompt.Completing(completions: found, place: 0)
    }
  }
}
