import Display
import Engine
import Wording

extension Model {
  private enum ChecklistRow {
    case heading(String)
    case item(Incident.ItemState)
  }

  /// The items in the order of the procedure, under the names of their phases.
  private func rows(of items: [Incident.ItemState]) -> [ChecklistRow] {
    guard let incident else { return [] }
    let phases = incident.procedure.phases
    var rows: [ChecklistRow] = []
    var phase: String??
    let hasSeveral = items.contains { $0.item.phase != items[0].item.phase }
    for item in items {
      if phase != .some(item.item.phase), hasSeveral {
        let title = phases.first { $0.id == item.item.phase }?.title
        rows.append(.heading(title ?? item.item.phase ?? "Any time"))
      }
      phase = item.item.phase
      rows.append(.item(item))
    }
    return rows
  }

  /// The item to be worked on next: the first open one of the phase that holds, else the first open one.
  private func active(of items: [Incident.ItemState]) -> Incident.ItemState? {
    let open = items.filter { $0.state == .open }
    return open.first { $0.item.phase == incident?.phaseID } ?? open.first
  }

  private func further(_ row: ChecklistRow, width: Int) -> [String] {
    if case .item(let item) = row { furtherLines(of: item, width: width) } else { [] }
  }

  /// The rows that the list takes with nothing cut.
  func rowsOfChecklist(width: Int) -> Int {
    rows(of: incident?.checklist ?? []).reduce(0) { $0 + 1 + further($1, width: width).count }
  }

  func drawChecklistTitle(in frame: inout Frame, _ row: Rect, after used: Int) {
    guard let incident else { return }
    let items = incident.checklist
    guard !items.isEmpty else { return }
    let done = items.count { $0.state != .open }
    var pieces: [(text: String, role: StyleRole)] = []
    let inPhase = items.filter { $0.item.phase == incident.phaseID }
    if !inPhase.isEmpty, inPhase.count < items.count, let title = phaseTitle {
      let part = inPhase.count { $0.state != .open }
      let short = TextWidth.truncate(title, to: max(8, row.width / 3))
      pieces.append((" \(short) \(part)/\(inPhase.count) ", .title))
    }
    let bar = glyphs.progress(done, of: items.count, width: row.width >= 60 ? 13 : 6)
    pieces += [
      (" ", .title), (bar.fill, .progressFill), (bar.rest, .progressRest),
      (" all \(done)/\(items.count) ", .title),
    ]
    func width() -> Int { pieces.reduce(0) { $0 + TextWidth.columns($1.text) } }
    if used + width() >= row.width { pieces = [(" \(done)/\(items.count) ", .title)] }
    guard used + width() < row.width else { return }
    frame.write(pieces, at: Point(x: row.x + used, y: row.y))
  }

  func drawChecklist(in frame: inout Frame, _ area: Rect) {
    guard let incident, area.height > 0 else { return }
    let items = incident.checklist
    guard !items.isEmpty else {
      frame.write(
        "The procedure has no checklist. + adds an item.", at: area.origin, width: area.width,
        role: .textDim)
      return
    }
    let rows = rows(of: items)
    let active = active(of: items)
    let picked = focus == .checklist ? pickedItem : nil
    let shown = picked?.item.id ?? active?.item.id
    let index =
      rows.firstIndex { row in
        if case .item(let item) = row { item.item.id == shown } else { false }
      } ?? max(0, rows.count - 1)
    let told = SpareRows.places(rows.indices, spare: area.height - rows.count) {
      further(rows[$0], width: area.width).count
    }
    func lines(_ place: Int) -> [String] {
      guard picked != nil && place == index || isZoomed || told.contains(place) else { return [] }
      return further(rows[place], width: area.width)
    }
    func height(_ place: Int) -> Int { 1 + lines(place).count }
    let first = firstChecklistRow(keeping: index, of: rows.count, in: area.height, height)
    var y = area.y
    for place in first..<rows.count where y < area.maxY {
      let row = Rect(x: area.x, y: y, width: area.width, height: 1)
      let rest = rows[place...].count { if case .item = $0 { true } else { false } }
      if y == area.maxY - 1, place < rows.count - 1, place > index, area.height > 2, rest > 0 {
        frame.write("    + \(rest) more", at: row.origin, width: row.width, role: .textDim)
        return
      }
      switch rows[place] {
      case .heading(let title):
        frame.write(title, at: row.origin, width: row.width, role: .textStrong)
      case .item(let item):
        let isWhole = !lines(place).isEmpty
        draw(
          item, isActive: item.item.id == active?.item.id, isWhole: isWhole, in: &frame, row)
        if item.item.id == picked?.item.id { frame.restyle(row, role: .selection) }
      }
      y += 1
      for line in lines(place) where y < area.maxY {
        frame.write(line, at: Point(x: area.x, y: y), width: area.width, role: .text)
        y += 1
      }
    }
  }

  /// One row of what came before stays in sight, and one of what comes after; at the end nothing stays empty.
  private func firstChecklistRow(
    keeping index: Int, of count: Int, in rows: Int, _ height: (Int) -> Int
  ) -> Int {
    var first = firstRow(keeping: index, of: count, in: rows, height)
    first = max(first, index - min(rows / 3, 3), 0)
    while first > 0, (first - 1..<count).reduce(0, { $0 + height($1) }) <= rows { first -= 1 }
    return first
  }

  /// What an item says, with its value or why it was left out.
  private func words(of item: Incident.ItemState) -> String {
    var text = item.item.text
    if item.item.kind == .field { text += item.value == nil ? ": ____" : ": \(item.value ?? "")" }
    if let reason = item.reason { text += " \(glyphs.separator) skipped: \(reason)" }
    return text
  }

  private func mark(of item: Incident.ItemState, width: Int) -> String {
    guard let by = item.by, let at = item.at, item.state != .open, width >= 40 else { return "" }
    return "\(clock.minute(at, today: now)) \(TextWidth.truncate(by, to: 12))"
  }

  /// The columns in which the first row of an item writes its words.
  private func textColumns(of item: Incident.ItemState, width: Int) -> (x: Int, room: Int) {
    let x = min(item.item.depth, 4) * 2 + 4
    let mark = mark(of: item, width: width)
    // A value that was filled in is worth more than who filled it in.
    let isCramped = item.value != nil && width < 60
    let right = mark.isEmpty || isCramped ? width : width - TextWidth.columns(mark) - 2
    return (x, max(1, right - x))
  }

  /// The words that the first row of an item has no room for.
  private func furtherLines(of item: Incident.ItemState, width: Int) -> [String] {
    let columns = textColumns(of: item, width: width)
    let wrapped = TextWidth.wrap(words(of: item), to: columns.room)
    let room = max(1, width - columns.x)
    var rest =
      wrapped.count > 1
      ? TextWidth.wrap(wrapped.dropFirst().joined(separator: " "), to: room) : []
    for detail in item.item.details {
      for line in detail.lines {
        rest += TextWidth.wrap((detail.isCommand ? "$ " : "") + line.text, to: room)
      }
    }
    return rest.map { String(repeating: " ", count: columns.x) + $0 }
  }

  /// The first row of an item; `isWhole`: what it has no room for follows below.
  private func draw(
    _ item: Incident.ItemState, isActive: Bool, isWhole: Bool, in frame: inout Frame, _ row: Rect
  ) {
    let (box, role): (String, StyleRole) =
      switch item.state {
      case .done: (glyphs.checkDone, .checkDone)
      case .skipped: (glyphs.checkSkipped, .checkSkipped)
      case .open:
        isActive ? (glyphs.checkActive, .checkActive) : (glyphs.checkPending, .checkPending)
      }
    let columns = textColumns(of: item, width: row.width)
    let mark = mark(of: item, width: row.width)
    if !mark.isEmpty, columns.x + columns.room < row.width {
      frame.write(mark, endingAt: row.maxX, y: row.y, role: .textDim)
    }
    frame.write(
      box, at: Point(x: row.x + columns.x - 4, y: row.y), width: max(0, row.width - columns.x + 4),
      role: role)
    let textRole: StyleRole =
      item.state == .open ? (isActive ? .checkActive : .text) : role
    let words = words(of: item)
    let text = isWhole ? TextWidth.wrap(words, to: columns.room)[0] : words
    frame.write(
      text, at: Point(x: row.x + columns.x, y: row.y), width: columns.room, role: textRole)
  }
}
