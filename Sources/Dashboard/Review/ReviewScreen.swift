package import Display

/// Goes through a document and what was read from it, side by side: everything is confirmed, corrected or struck out.
///
/// It changes nothing itself: what is decided is an effect, and the items come back as they are afterwards.
package struct ReviewScreen: Sendable {
  package private(set) var size: Size
  let glyphs: Glyphs
  private(set) var page: DocumentPage
  package private(set) var items: [ReviewItem]
  /// How much is decided, in a few words.
  private(set) var summary: String
  /// How rules are written.
  let forms: [String]

  /// Where the cursor can stand: every item, and every line that has none.
  private(set) var stops: [Stop] = []
  /// Place of the cursor among ``stops``.
  private(set) var cursor = 0
  private(set) var typing: Typing?
  private(set) var showsForms = false
  /// What is told until the next key.
  private(set) var notice: (text: String, role: StyleRole)?
  /// A rule that was let go of because its line had changed, to be added elsewhere.
  private var released: String?

  struct Stop: Hashable, Sendable {
    var line: Int
    var item: Int?
  }

  /// A rule that is being typed.
  struct Typing: Sendable {
    var purpose: Purpose
    var editor: LineEditor

    enum Purpose: Hashable, Sendable {
      case correct(item: Int)
      case add(line: Int)
    }
  }

  /// Work asked of whoever keeps the decisions.
  package enum Effect: Hashable, Sendable {
    case decide(items: [Int], ReviewItem.Verdict, rules: [String])
    case add([String], line: Int)
    /// Lay the document out anew.
    case layOut(width: Int)
    case repaint, suspend, quit
  }

  package init(
    _ page: DocumentPage, items: [ReviewItem], summary: String, forms: [String], size: Size,
    glyphs: Glyphs = .utf8
  ) {
    (self.page, self.items, self.summary) = (page, items, summary)
    (self.forms, self.size, self.glyphs) = (forms, size, glyphs)
    makeStops()
    cursor = stops.firstIndex { $0.item.map { items[$0].isOpen } == true } ?? 0
    if items.isEmpty {
      notice = ("No rule was read from this document. a adds a rule.", .toastWarn)
    }
  }

  // MARK: - What comes back

  /// Takes in how things are after a decision, and goes on to what is open next.
  package mutating func take(_ new: [ReviewItem], summary: String, page: DocumentPage? = nil) {
    if case .add? = typing?.purpose { released = nil }
    let (line, item) = (pickedLine, picked.map { items[$0] })
    let before = items.count(where: \.isOpen)
    (items, self.summary) = (new, summary)
    if let page { self.page = page }
    typing = nil
    makeStops()
    let same = item.flatMap { item in
      stops.firstIndex { $0.item.map { new[$0].isSame(as: item) } == true }
    }
    cursor = same ?? stops.firstIndex { $0.line >= line } ?? max(0, stops.count - 1)
    let open = new.count(where: \.isOpen)
    // A rule that was let go of is added from here.
    let isDone = picked.map { !new[$0].isOpen } ?? true
    if open < before, isDone, released == nil { go(to: .open, 1) }
    if open == 0, before > 0 { notice = ("Everything is decided. q leaves.", .toastInfo) }
  }

  /// Takes in the document in another width, or as it is by now.
  package mutating func take(_ page: DocumentPage) { self.page = page }

  /// Shows why a decision could not be saved or understood; the typed text stays.
  package mutating func refuse(_ why: String) { notice = (why, .toastError) }

  private mutating func makeStops() {
    stops = []
    var places: [Int: [Int]] = [:]
    for (index, item) in items.enumerated() {
      places[min(item.line, page.lines.count), default: []].append(index)
    }
    for line in 0...page.lines.count {
      let own = places[line] ?? []
      stops += own.map { Stop(line: line, item: $0) }
      if own.isEmpty, line > 0 { stops.append(Stop(line: line, item: nil)) }
    }
  }

  /// The item at the cursor; nil on a line that has none.
  package var picked: Int? { stops.indices.contains(cursor) ? stops[cursor].item : nil }
  package var pickedLine: Int { stops.indices.contains(cursor) ? stops[cursor].line : 0 }

  // MARK: - Keys

  package mutating func update(_ keys: [Key]) -> [Effect] { keys.flatMap { press($0) } }

  package mutating func resized(to new: Size) -> [Effect] {
    size = new
    return [.layOut(width: textWidth)]
  }

  private mutating func press(_ key: Key) -> [Effect] {
    if case .resize(let size) = key { return resized(to: size) }
    notice = nil
    if key == .ctrl("l") { return [.repaint] }
    if typing != nil { return type(key) }
    if showsForms {
      showsForms = false
      return []
    }
    switch key {
    case .character("q"), .ctrl("c"): return [.quit]
    case .ctrl("z"): return [.suspend]
    case .character("?"), .function(1): showsForms = true
    case .character("y"), .enter: return decide(.confirmed)
    case .character("Y"): return confirmLine()
    case .character("x"): return decide(.struck)
    case .character("u"): return decide(.open)
    case .character("e"): correct()
    case .character("a"): add()
    default: move(key)
    }
    return []
  }

  private mutating func move(_ key: Key) {
    switch key {
    case .character("j"): go(to: .item, 1)
    case .character("k"): go(to: .item, -1)
    case .tab, .character("n"): go(to: .open, 1)
    case .backtab, .character("N"): go(to: .open, -1)
    case .down: step(1)
    case .up: step(-1)
    case .pageDown, .ctrl("d"): step(max(1, size.height - 6))
    case .pageUp, .ctrl("u"): step(-max(1, size.height - 6))
    case .home, .character("g"): cursor = 0
    case .end, .character("G"): cursor = max(0, stops.count - 1)
    case .paste, .mouse, .focus, .unknown: break
    default: notice = ("\(key.name ?? "that") does nothing here · ? shows the keys", .toastWarn)
    }
  }

  private mutating func step(_ distance: Int) {
    cursor = max(0, min(cursor + distance, stops.count - 1))
  }

  private enum Aim { case item, open }

  /// Goes to the next item, or the next open one, which may also lie before the cursor.
  private mutating func go(to aim: Aim, _ direction: Int) {
    let fitting = stops.indices.filter { place in
      guard let item = stops[place].item else { return false }
      return aim == .item || items[item].isOpen
    }
    let next =
      direction > 0 ? fitting.first { $0 > cursor } : fitting.last { $0 < cursor }
    if let next {
      cursor = next
    } else if aim == .open, let first = direction > 0 ? fitting.first : fitting.last {
      cursor = first
    } else {
      notice = (aim == .open ? "nothing is open" : "no more items in this direction", .toastInfo)
    }
  }

  // MARK: - Deciding

  private mutating func decide(_ verdict: ReviewItem.Verdict) -> [Effect] {
    guard let index = picked else {
      notice = ("no rule was read from this line · a adds a rule, j next item", .toastWarn)
      return []
    }
    let item = items[index]
    var verdict = verdict
    switch (item.kind, verdict) {
    case (.lost, .confirmed), (.lost, .open):
      notice = (
        "this line has changed: x drops the decision, a adds the rule at its new line", .toastWarn
      )
      return []
    case (.lost, _): released = item.text
    // There is nothing in a remark to strike out.
    case (.remark, .struck): verdict = .confirmed
    // What the team added or corrected is confirmed by that.
    case (.rule, .confirmed) where item.verdict == .added || item.verdict == .corrected:
      go(to: .open, 1)
      return []
    case (.rule, .open) where item.verdict == .added: verdict = .struck
    default: break
    }
    return [.decide(items: [index], verdict, rules: [])]
  }

  /// Confirms everything on the line that is open.
  private mutating func confirmLine() -> [Effect] {
    let open = items.indices.filter {
      items[$0].line == pickedLine && items[$0].isOpen && items[$0].kind != .lost
    }
    guard !open.isEmpty else { return decide(.confirmed) }
    return [.decide(items: open, .confirmed, rules: [])]
  }

  private mutating func correct() {
    guard let index = picked, items[index].kind != .lost else { return add() }
    if case .remark = items[index].kind { return add() }
    typing = Typing(
      purpose: .correct(item: index), editor: LineEditor(items[index].correctable))
  }

  private mutating func add() {
    guard pickedLine > 0 else {
      notice = ("go to the line first that states the rule", .toastWarn)
      return
    }
    typing = Typing(purpose: .add(line: pickedLine), editor: LineEditor(released ?? ""))
  }

  private mutating func type(_ key: Key) -> [Effect] {
    guard var current = typing else { return [] }
    switch key {
    case .escape, .ctrl("c"):
      typing = nil
      return []
    case .enter, .ctrl("j"): return submit(current)
    case .left: current.editor.move(by: -1)
    case .right: current.editor.move(by: 1)
    case .home, .ctrl("a"): current.editor.moveToStart()
    case .end, .ctrl("e"): current.editor.moveToEnd()
    case .backspace, .ctrl("h"): current.editor.deleteBackward()
    case .delete: current.editor.deleteForward()
    case .ctrl("w"): current.editor.deleteWord()
    case .ctrl("u"): current.editor.deleteToStart()
    case .ctrl("k"): current.editor.deleteToEnd()
    case .character(let character): current.editor.insert(String(character))
    case .paste(let text):
      current.editor.insert(text.split(whereSeparator: \.isNewline).joined(separator: " "))
    default: break
    }
    typing = current
    return []
  }

  private mutating func submit(_ current: Typing) -> [Effect] {
    let rules = current.editor.text.split(separator: ";").map {
      $0.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }.filter { !$0.isEmpty }
    guard !rules.isEmpty else {
      notice = ("type a rule; Esc leaves without changing it", .toastWarn)
      return []
    }
    switch current.purpose {
    case .correct(let item):
      if items[item].verdict == .added { return [.decide(items: [item], .added, rules: rules)] }
      if rules == [items[item].text] { return [.decide(items: [item], .confirmed, rules: [])] }
      return [.decide(items: [item], .corrected, rules: rules)]
    case .add(let line):
      return [.add(rules, line: line)]
    }
  }
}
