import Display
import Engine

/// Keys while something lies over the panes: none of them reaches the incident behind it.
extension Model {
  mutating func pressInOverlay(_ key: Key) -> [Effect] {
    if isStray(key) { return [] }
    let request = keymap.request(for: key, in: [.global])
    if request == .repaint { return [.repaint] }
    if overlay == .help { return pressInHelp(key) }
    if overlay == .incidents { return pressInSwitcher(key) }
    if overlay == .activity { return pressInActivity(key) }
    if closes(key, request) {
      closeOverlay()
      return []
    }
    if overlay == .document, let effects = pressInDocument(key) { return effects }
    if request == .document, let place = place(behind: overlay) { return openDocument(at: place) }
    if overlay == .decisions || overlay == .runbooks, let effects = pressInProcedure(key, request) {
      return effects
    }
    if case .report = overlay, let effects = pressInReport(request) { return effects }
    if case .entry = overlay, let effects = pressInEntry(key, request) { return effects }
    if case .duty(let id) = overlay, let effects = pressInDuty(id, key, request) { return effects }
    if case .item(let id) = overlay, let effects = pressInItem(id, key, request) { return effects }
    if scroll(by: request, page: overlayArea.height - 3, last: lastOverlayLine) { return [] }
    if let name = key.name { tell("\(Keymap.shown(name)) does nothing here · Esc closes") }
    if case .character = key, overlay?.isCard == true { strayed = present }
    return []
  }

  /// Whether a letter follows closely one that did nothing here: whoever writes words does not mean the keys of a card.
  private mutating func isStray(_ key: Key) -> Bool {
    guard let last = strayed else { return false }
    guard case .character = key, present >= last, present - last < Self.pause else {
      strayed = nil
      return false
    }
    strayed = present
    tell("typed words do nothing here · Esc closes", .warning)
    return true
  }

  mutating func closeOverlay() {
    overlay = nil
    scroll = 0
    listFilter = ListFilter()
    (closedIncidents, preview, activity) = (nil, nil, nil)
  }

  /// Whether a key closes what lies open: Escape, `q`, and the key that opened it.
  private func closes(_ key: Key, _ request: Request?) -> Bool {
    if key == .escape || key == .ctrl("c") { return true }
    if key == .character("q") { return true }
    switch (overlay, request) {
    case (.messages, .messages), (.contacts, .contacts), (.runbooks, .runbooks),
      (.decisions, .decisions), (.report(.brief), .brief), (.report(.statistics), .stats),
      (.document, .document):
      return true
    default: return false
    }
  }

  /// What can be done with the entry that is shown in full.
  private mutating func pressInEntry(_ key: Key, _ request: Request?) -> [Effect]? {
    let own = keymap.request(for: key, in: [.timeline]) ?? request
    guard let own, own == .correct || own == .retract || own == .copy else { return nil }
    if let why = unavailable(own) {
      tell(why, .warning)
      return []
    }
    closeOverlay()
    return perform(own)
  }

  /// The keys of what can be done now, each with its word.
  private func possible(_ all: [(request: Request, words: String)]) -> [(
    key: String, words: String
  )] {
    all.filter { unavailable($0.request) == nil }.map { request, words in
      (keymap.keys(of: request).first.map(Keymap.shown) ?? ":\(request.rawValue)", words)
    }
  }

  /// What keys do in what lies open, for the hint line.
  package var overlayHints: [(key: String, words: String)] {
    switch overlay {
    case nil: []
    case .help: [("a-z", "search"), ("↑↓", "pick"), ("Enter", "run"), ("Esc", "close")]
    case .incidents:
      [
        ("a-z", "narrow"), ("↑↓", "pick"), ("Enter", "switch"),
        ("Tab", closedIncidents == nil ? "closed ones" : "open ones"), ("^E", "activity"),
        ("Esc", "close"),
      ]
    case .runbooks:
      (isReadOnly ? [] : [("Space", "note it done")])
        + [("Y", "copy"), ("W", "the text"), ("Esc", "close")]
    case .decisions:
      (isReadOnly ? [] : [("y", "record yes"), ("n", "record no")])
        + [("W", "the text"), ("↑↓", "pick"), ("Esc", "close")]
    case .activity:
      [("a-z", "narrow"), ("↑↓", "pick"), ("Enter", "go there"), ("Esc", "close")]
    case .entry:
      possible([(.correct, "correct"), (.retract, "retract"), (.copy, "copy")])
        + [("Esc", "close")]
    case .duty(let id):
      (deadlines.first { $0.id == id }.map(dutyActions) ?? []).map { ($0.key, $0.what) }
        + [("Esc", "close")]
    case .item:
      (isReadOnly ? [] : [("Space", "tick"), ("=", "fill in")]) + [("Y", "copy"), ("Esc", "close")]
    case .report: [("↑↓", "scroll"), ("Y", "copy"), ("Esc", "close")]
    case .document:
      [("↑↓", "scroll"), ("/", "find")]
        + (document?.query.isEmpty == false ? [("n", "next"), ("N", "previous")] : [])
        + [("Y", "copy the command"), ("Esc", "close")]
    case .messages, .contacts, .usage: [("↑↓", "scroll"), ("Esc", "close")]
    case .confirm(let question):
      [("y", "yes")] + (question.isUndo ? [("u", "update instead")] : [])
        + [("n", "no"), ("Esc", "no")]
    }
  }
}
