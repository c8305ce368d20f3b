import Display
import Engine

extension Model {
  func role(of deadline: Deadline) -> StyleRole {
    switch deadline.state {
    case .fired, .breached, .exhausted: .countdownBreached
    case .soon: .countdownSoon
    case .pending: .countdownPending
    case .snoozed: .countdownSnoozed
    case .met: .countdownMet
    case .metLate: .countdownLate
    case .cancelled: .countdownDone
    }
  }

  private func mark(of deadline: Deadline) -> Character {
    switch deadline.state {
    case .fired, .breached, .exhausted: glyphs.breach
    case .soon: glyphs.up
    case .pending: glyphs.bullet
    case .snoozed: "z"
    case .met, .metLate: "x"
    case .cancelled: "-"
    }
  }

  func drawEscalationTitle(in frame: inout Frame, _ row: Rect, room: Int) {
    let over = deadlines.count(where: \.isLoud)
    guard over > 0 else { return }
    let text = " \(over) over "
    guard TextWidth.columns(text) < room else { return }
    frame.write(text, endingAt: row.maxX, y: row.y, role: .countdownBreached)
  }

  func drawEscalation(in frame: inout Frame, _ area: Rect) {
    guard let incident, area.height > 0 else { return }
    let all = deadlines
    var rows = area
    let turn = onCallText
    if let turn, area.height > 6 {
      let parts = area.split(bottom: 1)
      rows = parts.rest
      frame.write(turn.text, at: parts.bottom.origin, width: area.width, role: turn.role)
    }
    guard !all.isEmpty else {
      frame.write(
        incident.isOpen ? "Nothing is due." : "Closed: nothing runs any more.", at: area.origin,
        width: area.width, role: .textDim)
      return
    }
    drawDeadlines(all, in: &frame, rows)
  }

  /// What to do next in the first row, wherever the pick has gone; the others below it, moved so that the pick is seen.
  private func drawDeadlines(_ all: [Deadline], in frame: inout Frame, _ rows: Rect) {
    let selected = focus == .escalation ? selectedDeadline : nil
    let picked = all.firstIndex { $0.id == selected } ?? 0
    let columns = DeadlineColumns(all.prefix(64).map(text(of:)), width: rows.width)
    func draw(_ index: Int, _ row: Rect) {
      self.draw(all[index], isFirst: index == 0, in: &frame, row, columns)
      if all[index].id == selected { frame.restyle(row, role: .selection) }
    }
    guard rows.height > 1 else { return draw(picked, rows.row(0)) }
    let hasCall = rows.height > 2 && drawCall(all[0], in: &frame, rows, columns)
    draw(0, rows.row(0))
    let below = rows.split(top: hasCall ? 2 : 1).rest
    let first = max(1, min(picked - below.height + 1, all.count - below.height))
    for line in 0..<below.height where first + line < all.count {
      let rest = all.count - first - line
      if line == below.height - 1, rest > 1, selected == nil {
        frame.write(
          "+ \(rest) more · z shows all", at: below.row(line).origin, width: below.width,
          role: .textDim)
        break
      }
      draw(first + line, below.row(line))
    }
  }

  /// Whom to call and why on a row of its own, where a number would not fit beside its countdown; a number is never cut.
  ///
  /// Answers whether the row was needed.
  private func drawCall(
    _ deadline: Deadline, in frame: inout Frame, _ rows: Rect, _ columns: DeadlineColumns
  ) -> Bool {
    let text = text(of: deadline)
    guard text.isLoud, let contact = text.contact else { return false }
    let width = TextWidth.columns(contact)
    let isBeside = width <= columns.label - TextWidth.columns(text.label) - 2
    let left = rows.width - 2 - columns.label - 1 - columns.clock - 2
    guard !isBeside, width > left else { return false }
    let row = rows.row(1)
    let used = frame.write(
      contact, at: Point(x: row.x + 2, y: row.y), width: row.width - 2, role: .textStrong)
    frame.write(
      text.reason, at: Point(x: row.x + 4 + used, y: row.y), width: max(0, row.width - 4 - used),
      role: .textDim)
    return true
  }

  private func draw(
    _ deadline: Deadline, isFirst: Bool, in frame: inout Frame, _ row: Rect,
    _ columns: DeadlineColumns
  ) {
    let text = text(of: deadline)
    let role = role(of: deadline)
    let isQuiet = !deadline.state.isRunning || (deadline.due == nil && deadline.step == nil)
    // Only what is to be done next is loud as a whole; too many red rows say nothing.
    let base: StyleRole =
      text.isLoud ? (isFirst ? role : .textStrong) : isQuiet ? .textDim : .text
    frame.write(String(mark(of: deadline)), at: row.origin, width: 1, role: role)
    let x = row.x + 2
    let used = frame.write(
      text.label, at: Point(x: x, y: row.y), width: columns.label, role: base)
    // A number is given in full or not here: the wider column behind the time takes it then.
    var isTold = text.contact == nil
    if let contact = text.contact, TextWidth.columns(contact) <= columns.label - used - 2 {
      frame.write(
        contact, at: Point(x: x + used + 2, y: row.y), role: text.isLoud ? .textStrong : .textDim)
      isTold = true
    }
    let clockEnd = x + columns.label + 1 + columns.clock
    frame.write(
      text.clock, endingAt: clockEnd, y: row.y, width: columns.clock,
      role: isQuiet ? .textDim : role)
    var reasonX = clockEnd + 2
    if let contact = text.contact, !isTold {
      guard TextWidth.columns(contact) <= row.maxX - reasonX else { return }
      reasonX +=
        frame.write(
          contact, at: Point(x: reasonX, y: row.y), width: max(0, row.maxX - reasonX),
          role: text.isLoud ? .textStrong : .textDim) + 2
    } else if text.contact == nil, text.isLoud, deadline.step != nil {
      reasonX +=
        frame.write(
          "no number known", at: Point(x: reasonX, y: row.y), width: max(0, row.maxX - reasonX),
          role: .textStrong) + 2
    }
    frame.write(
      text.reason, at: Point(x: reasonX, y: row.y), width: max(0, row.maxX - reasonX),
      role: .textDim)
  }

  /// Who is on call today, where the procedure or the store has a rota.
  var onCallText: (text: String, role: StyleRole)? {
    let directory = directory
    guard !directory.turns.isEmpty else { return nil }
    let day = clock.zone.localTime(at: now).date.weekday
    let (primary, secondary) = directory.onCall(on: day)
    func words(_ person: Directory.Person?) -> String? {
      person.map { [$0.name, $0.contact].compactMap { $0 }.joined(separator: " ") }
    }
    guard let first = words(primary) else {
      return ("On call now  NOBODY IS KNOWN for \(day.rawValue)", .countdownSoon)
    }
    let second = words(secondary).map { "   L2 \($0)" } ?? "   L2 nobody"
    return ("On call now  L1 \(first)\(second)", .text)
  }
}

/// Widths of pane 2, so that times stand under times.
struct DeadlineColumns {
  var label: Int
  var clock: Int

  init(_ texts: [DeadlineText], width: Int) {
    clock = texts.map { TextWidth.columns($0.clock) }.max() ?? 0
    let room = max(0, width - 2 - 1 - clock - 2)
    let bare = texts.map { TextWidth.columns($0.label) }.max() ?? 0
    let full =
      texts.map { text in
        TextWidth.columns(text.label) + (text.contact.map { TextWidth.columns($0) + 2 } ?? 0)
      }.max() ?? 0
    // Labels first; numbers beside them where the reason keeps half of the room.
    label = full <= room / 2 ? full : min(bare, max(room * 11 / 20, min(room, 26)))
  }
}
