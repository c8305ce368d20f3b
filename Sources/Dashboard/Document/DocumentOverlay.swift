import Display

extension Model {
  /// The document in all the room there is below the next duty.
  func drawDocument(in frame: inout Frame) {
    guard var view = document else { return }
    let area = overlayArea
    frame.fill(area, role: .dialog)
    view.keepInSight(documentHeight)
    if hasDocumentFrame {
      frame.box(
        area, style: .double, role: .dialog, title: documentTitle(view, width: area.width),
        titleRole: .dialog, trailing: documentCount(view))
    }
    frame.clipped(to: documentArea) { view.draw(in: &$0, documentArea) }
  }

  private func documentTitle(_ view: DocumentView, width: Int) -> String {
    let name = view.page?.name ?? "Document"
    guard !view.place.what.isEmpty, width >= 60 else { return name }
    // Where the cursor stands is worth more than what it was opened at.
    let room = width - TextWidth.columns(name + documentCount(view)) - 16
    guard room >= 8 else { return name }
    let what = TextWidth.truncate(view.place.what, to: min(room, max(8, width / 3)))
    return "\(name) :\(view.place.line) \(what)"
  }

  private func documentCount(_ view: DocumentView) -> String {
    guard let page = view.page, page.obstacle == nil else { return "Esc closes" }
    let found =
      view.query.isEmpty
      ? "" : "“\(TextWidth.truncate(view.query, to: 16))” \(view.matchCount) \(glyphs.separator) "
    return "\(found)line \(view.line) of \(page.lines.count)"
  }
}

extension DocumentView {
  func draw(in frame: inout Frame, _ area: Rect) {
    guard let page else {
      frame.write("Laying out the document …", at: area.origin, width: area.width, role: .textDim)
      return
    }
    if let obstacle = page.obstacle {
      for (row, line) in TextWidth.wrap(obstacle, to: max(8, area.width)).enumerated() {
        frame.write(line, at: area.row(row).origin, width: area.width, role: .dialog)
      }
      return
    }
    let found = Set(matches)
    for place in offset..<min(offset + area.height, page.rows.count) {
      let row = area.row(place - offset)
      page.draw(
        place, in: &frame, row, isMarked: page.rows[place].line == self.place.line,
        isPicked: place == cursor)
      if found.contains(place) {
        page.mark(query, in: place, &frame, row, isCurrent: place == cursor)
      }
    }
  }
}

extension DocumentPage {
  /// Draws one row: the number of its line where that begins, a mark, and the words.
  func draw(_ place: Int, in frame: inout Frame, _ area: Rect, isMarked: Bool, isPicked: Bool) {
    let row = rows[place]
    let begins = place == 0 || rows[place - 1].line != row.line
    let mark = isPicked ? ">" : " "
    let number = TextWidth.fit(begins ? String(row.line) : "", to: gutter - 3, .right)
    var pieces: [(text: String, role: StyleRole)] = [
      ("\(mark)\(number)\(isMarked ? "*" : " ") ", isMarked ? .textStrong : .textDim)
    ]
    pieces += row.pieces.map { ($0.text, Self.role(of: $0.look)) }
    frame.write(pieces, at: area.origin, width: area.width)
    if isPicked { frame.restyle(area, role: .selection) }
  }

  /// Marks what was looked for, where the row has it.
  func mark(
    _ words: String, in place: Int, _ frame: inout Frame, _ area: Rect, isCurrent: Bool
  ) {
    let isSmall = words == words.lowercased()
    let wanted = Array(words)
    let text = Array(rows[place].text)
    func isSame(_ one: Character, _ other: Character) -> Bool {
      isSmall ? one.lowercased() == other.lowercased() : one == other
    }
    var index = 0
    while index + wanted.count <= text.count {
      guard wanted.indices.allSatisfy({ isSame(text[index + $0], wanted[$0]) }) else {
        index += 1
        continue
      }
      let before = TextWidth.columns(String(text[..<index]))
      let width = TextWidth.columns(String(text[index..<(index + wanted.count)]))
      frame.restyle(
        Rect(x: area.x + gutter + before, y: area.y, width: width, height: 1),
        role: isCurrent ? .matchCurrent : .match)
      index += max(1, wanted.count)
    }
  }

  static func role(of look: Look) -> StyleRole {
    switch look {
    case .plain, .emphasis, .link: .dialog
    case .heading: .title
    case .strong, .code: .textStrong
    case .frame: .textDim
    }
  }
}
