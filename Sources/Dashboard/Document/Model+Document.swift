import Display
import Engine

/// The team's document over the panes: opened at what matters now, searched, and copied from.
extension Model {
  /// Opens the document at a place, else at the one that matters now; with words, at the first place that has them.
  mutating func openDocument(
    at place: DocumentView.Place? = nil, find words: String = ""
  ) -> [Effect] {
    let place = place ?? placeAtHand
    show(.document)
    document = DocumentView(at: place, query: words)
    return [.document(width: documentArea.width)]
  }

  /// Takes in the document where it is still wanted.
  mutating func show(_ page: DocumentPage) {
    if page.obstacle == nil { passages = page }
    guard overlay == .document else { return }
    let height = documentArea.height
    document?.take(page, height: height)
    if let view = document, !view.query.isEmpty, view.matches.isEmpty, page.obstacle == nil {
      tell("“\(view.query)” does not occur in the document", .warning)
    }
  }

  /// Where the rows of the document lie.
  var documentArea: Rect {
    let area = overlayArea
    return hasDocumentFrame ? area.inset(horizontal: 2, vertical: 1) : area
  }

  /// Its rows in sight, above what a search is typed into.
  var documentHeight: Int {
    let area = documentArea
    guard prompt?.purpose == .searchDocument else { return area.height }
    return max(1, min(area.maxY, size.height - promptRows) - area.y)
  }

  var hasDocumentFrame: Bool { overlayArea.height >= 4 && overlayArea.width >= 16 }

  // MARK: - Where it opens

  /// What the row under the cursor of pane 2 or 3 rests on, else the rule that the header tells, else the phase that holds.
  var placeAtHand: DocumentView.Place {
    let picked: DocumentView.Place? =
      switch focus {
      case .escalation: pickedDeadline.flatMap { place(ofDuty: $0.id) }
      case .checklist: pickedItem.flatMap { place(ofItem: $0.item.id) }
      case .incident, .timeline: nil
      }
    return picked ?? next.flatMap { place(ofDuty: $0.id) } ?? placeOfPhase
      ?? DocumentView.Place(line: 1, what: "")
  }

  private func place(ofDuty id: String) -> DocumentView.Place? {
    guard let deadline = deadlines.first(where: { $0.id == id }), let rule = deadline.rule,
      rule.line > 0
    else { return nil }
    return DocumentView.Place(line: rule.line, what: text(of: deadline).label)
  }

  private func place(ofItem id: String) -> DocumentView.Place? {
    guard let item = incident?.checklist.first(where: { $0.item.id == id }), item.item.line > 0
    else { return nil }
    return DocumentView.Place(line: item.item.line, what: item.item.text)
  }

  private var placeOfPhase: DocumentView.Place? {
    let phase = incident?.procedure.phases.first { $0.id == incident?.phaseID }
    guard let phase, phase.line > 0 else { return nil }
    return DocumentView.Place(line: phase.line, what: phase.title)
  }

  /// The place of the document that is behind what lies open; nil: none in particular.
  func place(behind overlay: Overlay?) -> DocumentView.Place? {
    switch overlay {
    case .duty(let id): return place(ofDuty: id)
    case .item(let id): return place(ofItem: id)
    case .runbooks:
      guard runbookSteps.indices.contains(scroll) else { return nil }
      let step = runbookSteps[scroll]
      let line = step.step.line > 0 ? step.step.line : step.book.line
      return line > 0 ? DocumentView.Place(line: line, what: step.book.title) : nil
    case .decisions:
      let questions = incident?.procedure.decisions ?? []
      guard questions.indices.contains(scroll), questions[scroll].line > 0 else { return nil }
      return DocumentView.Place(line: questions[scroll].line, what: questions[scroll].question)
    default: return nil
    }
  }

  // MARK: - Keys

  /// Keys while the document lies open; nil: not one of its own.
  mutating func pressInDocument(_ key: Key) -> [Effect]? {
    let height = documentArea.height
    let page = max(1, height - 1)
    switch keymap.request(for: key, in: [.search, .global]) {
    case .up: document?.move(by: -1, height: height)
    case .down: document?.move(by: 1, height: height)
    case .pageUp: document?.turn(by: -page, height: height)
    case .pageDown: document?.turn(by: page, height: height)
    case .first: document?.move(by: -1_000_000_000, height: height)
    case .last: document?.move(by: 1_000_000_000, height: height)
    case .find:
      document?.beginSearch()
      prompt = Prompt(.searchDocument)
    case .nextMatch: stepInDocument(1)
    case .previousMatch: stepInDocument(-1)
    case .copy: return copyFromDocument()
    default: return nil
    }
    return []
  }

  private mutating func stepInDocument(_ distance: Int) {
    let height = documentArea.height
    guard document?.step(distance, height: height) != true else { return }
    let words = document?.query ?? ""
    tell(
      words.isEmpty ? "press / to find words in the document" : "nothing found for “\(words)”",
      .warning)
  }

  /// A command loses its final line break, and several lines are announced.
  private mutating func copyFromDocument() -> [Effect] {
    guard let copy = document?.copy() else {
      tell("there is nothing on this line to copy", .warning)
      return []
    }
    let lines = copy.text.split(separator: "\n").count
    if lines > 1 {
      tell("\(lines) lines are being copied", .warning)
    } else if copy.count > 1 {
      tell("\(copy.number) of \(copy.count) on this line: \(copy.text)")
    }
    return [.copy(copy.text)]
  }

  mutating func searchDocument(_ words: String) {
    let height = documentHeight
    document?.search(words, height: height)
  }

  mutating func endDocumentSearch(restoring: Bool) {
    let height = documentHeight
    document?.endSearch(restoring: restoring, height: height)
  }
}
