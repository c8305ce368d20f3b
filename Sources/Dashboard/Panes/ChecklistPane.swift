import Display
import Engine

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
    for item in items {
      if phase != .some(item.item.phase), Set(items.map(\.item.phase)).count > 1 {
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

  func drawChecklistTitle(in frame: inout Frame, at row: Rect, after used: Int) -> Int {
    guard let incident else { return 0 }
    let items = incident.checklist
    guard !items.isEmpty else { return 0 }
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
      (bar.fill, .progressFill), (bar.rest, .progressRest),
      (" all \(done)/\(items.count) ", .title),
    ]
    let width = pieces.reduce(0) { $0 + TextWidth.columns($1.text) }
    guard used + width < row.width else { return 0 }
    return frame.write(pieces, at: Point(x: row.x + used, y: row.y))
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
    // One row of what came before stays in sight.
    let lead = min(area.height / 3, 3)
    let first = max(0, min(index - lead, rows.count - area.height))
    for line in 0..<area.height where first + line < rows.count {
      let row = area.row(line)
      switch rows[first + line] {
      case .heading(let title):
        frame.write(title, at: row.origin, width: row.width, role: .textStrong)
      case .item(let item):
        draw(item, isActive: item.item.id == active?.item.id, in: &frame, row)
        if item.item.id == picked?.item.id { frame.restyle(row, role: .selection) }
      }
    }
  }

  private func draw(
    _ item: Incident.ItemState, isActive: Bool, in frame: inout Frame, _ row: Rect
  ) {
    let (box, role): (String, StyleRole) =
      switch item.state {
      case .done: (glyphs.checkDone, .checkDone)
      case .skipped: (glyphs.checkSkipped, .checkSkipped)
      case .open:
        isActive ? (glyphs.checkActive, .checkActive) : (glyphs.checkPending, .checkPending)
      }
    let indent = min(item.item.depth, 4) * 2
    var right = row.maxX
    if let by = item.by, let at = item.at, item.state != .open, row.width >= 40 {
      let mark = "\(clock.minute(at, today: now)) \(TextWidth.truncate(by, to: 12))"
      right = frame.write(mark, endingAt: right, y: row.y, role: .textDim) - 2
    }
    let x = row.x + indent
    frame.write(box, at: Point(x: x, y: row.y), width: max(0, right - x), role: role)
    var text = item.item.text
    if item.item.kind == .field { text += item.value == nil ? ": ____" : ": \(item.value ?? "")" }
    if let reason = item.reason { text += " · skipped: \(reason)" }
    let textRole: StyleRole =
      item.state == .open ? (isActive ? .checkActive : .text) : role
    frame.write(text, at: Point(x: x + 4, y: row.y), width: max(0, right - x - 4), role: textRole)
  }
}
