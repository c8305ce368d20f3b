package import Display

extension ReviewScreen {
  /// The text takes a little more than half.
  var leftWidth: Int { max(20, size.width * 11 / 20) }
  /// Columns for the document, numbers of lines included.
  package var textWidth: Int { leftWidth - 1 }

  /// The screen as it is to be seen.
  package var frame: Frame {
    var frame = Frame(size, glyphs: glyphs)
    guard size.width >= 44, size.height >= 8 else {
      frame.write("have \(size.width)x\(size.height)", at: .zero)
      frame.write("need 44x8", at: Point(x: 0, y: 1))
      return frame
    }
    let (head, rest) = Rect(size).split(top: 2)
    let (body, foot) = rest.split(bottom: typing == nil ? 1 : 2 + typedRows)
    drawHead(in: &frame, head)
    drawBody(in: &frame, body)
    drawFoot(in: &frame, foot)
    if showsForms { drawForms(in: &frame) }
    return frame
  }

  private func drawHead(in frame: inout Frame, _ area: Rect) {
    frame.fill(area.row(0), role: .header)
    frame.write(
      " \(page.name)  \(summary)", at: area.row(0).origin, width: area.width, role: .header)
    frame.rule(area.row(1))
    let open = items.count(where: \.isOpen)
    frame.write(" Document ", at: Point(x: 1, y: 1), role: .title)
    frame.write(
      " What was read: \(open) open ", at: Point(x: leftWidth + 1, y: 1), role: .title)
  }

  // MARK: - The two columns

  /// One row of both columns.
  private struct Row {
    var stop: Int
    /// Place among the rows of the document; nil: only the right column has something.
    var text: Int?
    var item: Int?
    var words: String
    var role: StyleRole
  }

  private func drawBody(in frame: inout Frame, _ area: Rect) {
    let rows = rows(rightWidth: area.width - leftWidth - 2)
    let first = rows.firstIndex { $0.stop == cursor } ?? 0
    let last = rows.lastIndex { $0.stop == cursor } ?? first
    // What is decided about stands in the upper half, with what follows it in sight.
    var offset = max(0, min(first - area.height / 3, rows.count - area.height))
    offset = max(offset, min(first, last - area.height + 1))
    let marked = Set(items.map(\.line))
    for y in 0..<area.height {
      let line = area.row(y)
      frame.write(
        String(Character(glyphs.single.vertical)), at: Point(x: leftWidth, y: line.y),
        role: .border)
      guard rows.indices.contains(offset + y) else { continue }
      draw(rows[offset + y], in: &frame, line, marking: marked)
    }
  }

  private func draw(
    _ row: Row, in frame: inout Frame, _ line: Rect, marking marked: Set<Int>
  ) {
    let left = Rect(x: line.x, y: line.y, width: leftWidth, height: 1)
    if let text = row.text {
      frame.clipped(to: left) {
        page.draw(
          text, in: &$0, left, isMarked: marked.contains(page.rows[text].line),
          isPicked: page.rows[text].line == pickedLine)
      }
    }
    let right = Rect(
      x: leftWidth + 2, y: line.y, width: line.width - leftWidth - 2, height: 1)
    frame.write(row.words, at: right.origin, width: right.width, role: row.role)
    if row.stop == cursor, row.item != nil { frame.restyle(right, role: .selection) }
  }

  private func rows(rightWidth: Int) -> [Row] {
    var rows: [Row] = []
    var text = 0
    var stop = 0
    while stop < stops.count {
      let line = stops[stop].line
      var right: [Row] = []
      let first = stop
      while stop < stops.count, stops[stop].line == line {
        if let item = stops[stop].item {
          let role = role(of: items[item])
          right += words(of: items[item], stop == cursor, rightWidth).map {
            Row(stop: stop, text: nil, item: item, words: $0, role: role)
          }
        }
        stop += 1
      }
      var left: [Int] = []
      while text < page.rows.count, page.rows[text].line <= line {
        left.append(text)
        text += 1
      }
      for place in 0..<max(left.count, right.count) {
        var row =
          right.indices.contains(place)
          ? right[place] : Row(stop: first, text: nil, item: nil, words: "", role: .text)
        if place >= right.count, !right.isEmpty { row.stop = -1 }
        if left.indices.contains(place) { row.text = left[place] }
        rows.append(row)
      }
    }
    return rows
  }

  private func role(of item: ReviewItem) -> StyleRole {
    switch item.verdict {
    case .open: item.kind == .rule ? .textStrong : .countdownSoon
    case .struck: .textDim
    case .confirmed, .corrected, .added: .checkDone
    }
  }

  /// An item in as many rows as it takes: a mark, then what it says.
  private func words(of item: ReviewItem, _ isPicked: Bool, _ width: Int) -> [String] {
    let mark =
      switch item.verdict {
      case .open: "[ ]"
      case .confirmed: "[y]"
      case .struck: "[x]"
      case .corrected: "[e]"
      case .added: "[a]"
      }
    let text =
      switch (item.kind, item.verdict) {
      case (.rule, .struck): "not a rule: \(item.text)"
      case (.rule, .corrected):
        item.rules.joined(separator: "; ") + (item.text.isEmpty ? "" : " (read: \(item.text))")
      case (.rule, .added): item.rules.joined(separator: "; ")
      case (.rule, _): item.text
      case (.remark(let kind), _): "\(kind): \(item.text)"
      case (.lost, _): "line has changed, not in force: \(item.text)"
      }
    let lines = TextWidth.wrap(text, to: max(8, width - 6))
    return lines.enumerated().map { index, line in
      index == 0 ? "\(isPicked ? ">" : " ")\(mark) \(line)" : "     \(line)"
    }
  }

  // MARK: - Below

  private func drawFoot(in frame: inout Frame, _ area: Rect) {
    guard let typing else {
      let row = area.row(0)
      if let notice {
        frame.fill(row, role: notice.role)
        frame.write(" \(notice.text)", at: row.origin, width: row.width, role: notice.role)
      } else {
        drawHints(in: &frame, row)
      }
      return
    }
    frame.rule(area.row(0), style: .double, role: .dialog)
    let title =
      switch typing.purpose {
      case .correct: "What the line says"
      case .add(let line): "Add the rule of line \(line)"
      }
    frame.write(" \(title) ", at: Point(x: 1, y: area.y), role: .titleFocused)
    let rows = editorRows(typing)
    let first = max(0, min(rows.cursor.y - typedRows + 1, rows.lines.count - typedRows))
    for place in 0..<typedRows where first + place < rows.lines.count {
      let row = area.row(1 + place)
      frame.fill(row, role: .input)
      frame.write(
        rows.lines[first + place], at: Point(x: 1, y: row.y), width: row.width - 2, role: .input)
    }
    frame.cursor = Point(
      x: min(area.maxX - 1, 1 + rows.cursor.x), y: area.y + 1 + rows.cursor.y - first)
    let help = "SEV-1: call CTO after 30m unless acknowledged · ; separates rules · Esc leaves"
    frame.write(
      " " + (notice?.text ?? help), at: area.row(1 + typedRows).origin, width: area.width,
      role: notice?.role ?? .textDim)
  }

  private func editorRows(_ typing: Typing) -> EditorRows {
    EditorRows(typing.editor, width: max(1, size.width - 3))
  }

  /// Rows for what is being typed.
  private var typedRows: Int { min(3, typing.map { editorRows($0).lines.count } ?? 1) }

  private func drawHints(in frame: inout Frame, _ row: Rect) {
    frame.fill(row, role: .hint)
    func columns(_ hint: (String, String)) -> Int { TextWidth.columns(hint.0 + hint.1) + 3 }
    // The way out and to everything else stays, whatever else has to go.
    let tail = [("q", "leave"), ("?", "help")]
    let room = row.width - 1 - tail.reduce(0) { $0 + columns($1) }
    var used = 0
    let shown = hints.prefix {
      used += columns($0)
      return used <= room
    }
    var x = row.x + 1
    for (key, words) in shown + tail {
      x += frame.write([(key, .hintKey), (" \(words)", .hint)], at: Point(x: x, y: row.y)) + 2
    }
  }

  private var hints: [(String, String)] {
    guard let item = picked.map({ items[$0] }) else {
      return [("a", "add a rule"), ("j", "next"), ("Tab", "next open")]
    }
    let own: [(String, String)] =
      switch item.kind {
      case .rule: [("y", "confirm"), ("x", "not a rule"), ("e", "correct")]
      case .remark: [("y", "settled"), ("e", "write the rule")]
      case .lost: [("x", "drop")]
      }
    let undo = item.isOpen ? [] : [("u", "undo")]
    let line = items.count { $0.line == item.line && $0.isOpen } > 1 ? [("Y", "whole line")] : []
    return own + line + undo + [("j", "next"), ("Tab", "next open"), ("a", "add")]
  }

  private func drawForms(in frame: inout Frame) {
    var popup = Popup(title: "Keys, and how rules are written", trailing: "any key closes")
    for (key, words) in [
      ("y Enter", "confirm; a remark: settled, no rule is missing"),
      ("Y", "everything on the line"),
      ("x", "not a rule"), ("e", "correct the rule"), ("a", "add a rule from this line"),
      ("u", "undo the decision"), ("j k", "next and previous item"),
      ("Tab n N", "next and previous open item"), ("arrows PgUp PgDn", "line by line"),
      ("q", "leave; all decisions are saved"),
    ] {
      popup.add([
        (TextWidth.fit(key, to: 17, .right) + "  ", .hintKey), (words, .dialog),
      ])
    }
    popup.add("")
    for line in forms { popup.add(line) }
    popup.draw(in: &frame, Rect(size))
  }
}
