import Display
import Engine
import Wording

/// Pane 2: everything that runs, nearest first, then what is done, as a list to work in.
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

  func drawDueTitle(in frame: inout Frame, _ row: Rect, after used: Int) {
    let over = deadlines.count(where: \.isLoud)
    // Calls by hand and duties of later do not run.
    let running = deadlines.count { $0.urgency.group == .running && $0.due != nil }
    let text = over > 0 ? " \(over) over " : running > 0 ? " \(running) running " : ""
    guard TextWidth.columns(text) + used < row.width else { return }
    frame.write(text, endingAt: row.maxX, y: row.y, role: over > 0 ? .countdownOver : .title)
  }

  func drawDue(in frame: inout Frame, _ area: Rect) {
    guard let incident, area.height > 0 else { return }
    var rows = area
    if let turn = onCallText, area.height > 6 {
      let parts = area.split(bottom: 1)
      rows = parts.rest
      frame.write(turn.text, at: parts.bottom.origin, width: area.width, role: turn.role)
    }
    guard !deadlines.isEmpty else {
      frame.write(
        incident.isOpen ? "Nothing is due." : "Closed: no countdown is running.", at: area.origin,
        width: area.width, role: .textDim)
      return
    }
    drawDeadlines(in: &frame, rows)
  }

  /// The rows from the first one that keeps the picked one in sight, the picked one with its rule below it.
  private func drawDeadlines(in frame: inout Frame, _ area: Rect) {
    let picked =
      focus == .escalation ? deadlines.firstIndex { $0.id == selectedDeadline } : nil
    let columns = DueColumns(width: area.width)
    func details(_ index: Int) -> [String] {
      guard index == picked || isZoomed else { return [] }
      let text = reasonText(deadlines[index], isBeside: columns.reason != nil)
      let lines = TextWidth.wrap(text, to: max(8, area.width - 4)).filter { !$0.isEmpty }
      return index == picked ? lines : Array(lines.prefix(3))
    }
    var first = firstRow(keeping: picked, of: deadlines.count, in: area.height) {
      1 + details($0).count
    }
    var y = area.y
    if first > 0, area.height > 2 {
      first = firstRow(keeping: picked, of: deadlines.count, in: area.height - 1) {
        1 + details($0).count
      }
      let over = deadlines[..<first].count(where: \.isLoud)
      let words = "\(glyphs.up) \(first) more\(over > 0 ? ", \(over) over" : "")"
      frame.write(
        words, at: Point(x: area.x + 2, y: y), width: area.width - 2,
        role: over > 0 ? .countdownOver : .textDim)
      y += 1
    }
    for index in first..<deadlines.count where y < area.maxY {
      let rest = deadlines.count - index
      if y == area.maxY - 1, rest > 1, index != picked {
        let over = deadlines[index...].count(where: \.isLoud)
        let words = over > 0 ? "+ \(rest) more, \(over) over" : "+ \(rest) more"
        frame.write(
          words, at: Point(x: area.x + 2, y: y), width: area.width - 2,
          role: over > 0 ? .countdownOver : .textDim)
        return
      }
      let row = Rect(x: area.x, y: y, width: area.width, height: 1)
      draw(deadlines[index], in: &frame, row, columns)
      if index == picked { frame.restyle(row, role: .selection) }
      y += 1
      for line in details(index) where y < area.maxY {
        frame.write(line, at: Point(x: area.x + 4, y: y), width: area.width - 4, role: .text)
        y += 1
      }
    }
  }

  /// The first row to draw so that a picked one is wholly in sight, where rows are of several heights.
  func firstRow(
    keeping picked: Int?, of count: Int, in height: Int, _ rows: (Int) -> Int
  ) -> Int {
    guard let picked else { return 0 }
    var first = picked
    var used = rows(picked)
    // A row stays for the note that more follow.
    let room = height - (picked < count - 1 ? 1 : 0)
    while first > 0, used + rows(first - 1) <= room {
      first -= 1
      used += rows(first)
    }
    return first
  }

  /// What a row has no room for: the number, the rule with its line, what was said of it.
  private func reasonText(_ deadline: Deadline, isBeside: Bool) -> String {
    let text = text(of: deadline)
    let parts = isBeside ? [text.reason] : [text.contact ?? "", text.reason]
    return parts.filter { !$0.isEmpty }.joined(separator: "  ")
  }

  private func draw(
    _ deadline: Deadline, in frame: inout Frame, _ row: Rect, _ columns: DueColumns
  ) {
    let text = text(of: deadline)
    let isQuiet = !deadline.state.isRunning || (deadline.due == nil && deadline.step == nil)
    let ink: StyleRole = text.isLoud ? .countdownOver : isQuiet ? .textDim : .text
    frame.write(String(mark(of: deadline)), at: row.origin, width: 1, role: ink)
    let x = row.x + 2
    var label = text.label
    if let distinction = distinction(of: deadline) {
      // What tells two rows apart is never cut.
      let room = columns.label - TextWidth.columns(distinction) - 1
      label = "\(TextWidth.truncate(label, to: max(1, room))) \(distinction)"
    }
    if let contact = text.contact, columns.reason == nil,
      TextWidth.columns(label) + TextWidth.columns(contact) + 2 <= columns.label
    {
      label += "  " + contact
    }
    frame.write(label, at: Point(x: x, y: row.y), width: columns.label, role: ink)
    frame.write(
      text.clock, endingAt: row.x + columns.clockEnd, y: row.y, width: columns.clock,
      role: deadline.state == .soon ? .countdownNear : ink)
    if let bar = columns.bar, let share = deadline.shareUsed(at: now) {
      drawBar(share, in: &frame, at: Point(x: row.x + bar, y: row.y), ink)
    }
    guard let reason = columns.reason else { return }
    var reasonX = row.x + reason
    if let contact = text.contact, TextWidth.columns(contact) <= row.maxX - reasonX {
      reasonX +=
        frame.write(
          contact, at: Point(x: reasonX, y: row.y), role: text.isLoud ? .textStrong : .textDim) + 2
    } else if text.contact == nil, text.isLoud, deadline.step != nil {
      reasonX +=
        frame.write(
          Self.noNumber, at: Point(x: reasonX, y: row.y), width: max(0, row.maxX - reasonX),
          role: .textStrong) + 2
    }
    let room = max(0, row.maxX - reasonX)
    frame.write(
      text.reason(fitting: room), at: Point(x: reasonX, y: row.y), width: room, role: .textDim)
  }

  /// How much of a window is used, in eighths of the bar; an arrow where it is over.
  private func drawBar(_ share: Double, in frame: inout Frame, at point: Point, _ ink: StyleRole) {
    let width = DueColumns.barWidth
    let isOver = share >= 1
    let filled = isOver ? width - 1 : min(width - 1, Int(share * Double(width)))
    let fill = String(repeating: glyphs.full, count: filled)
    let tip = isOver ? (glyphs.isASCII ? ">" : "▶") : ""
    let rest = String(repeating: glyphs.rest, count: max(0, width - filled - tip.count))
    frame.write(
      [(fill + tip, isOver ? ink : .progressFill), (rest, .progressRest)], at: point, width: width)
  }

  /// Who is on call now, where the procedure or the store has a rota.
  var onCallText: (text: String, role: StyleRole)? {
    guard let onCall = directory.onCall(at: now) else { return nil }
    func words(_ person: Directory.Person?) -> String? {
      person.map { [$0.name, $0.contact].compactMap { $0 }.joined(separator: " ") }
    }
    guard let first = words(onCall.primary) else {
      return ("On call now  NOBODY IS SET for \(onCall.day.rawValue)", .countdownSoon)
    }
    let second = words(onCall.secondary).map { "   L2 \($0)" } ?? "   L2 nobody"
    return ("On call now  L1 \(first)\(second)", .text)
  }
}

/// Where the parts of a row of pane 2 begin: fixed by the width of the pane, so that nothing moves when a time gets
/// shorter.
struct DueColumns {
  static let barWidth = 8
  let label: Int
  /// Columns of `OVER 1:12:17` and of `in 3 d 04 h`.
  let clock = 13
  let clockEnd: Int
  let bar: Int?
  /// Where the number and the rule stand; nil: only below the picked row.
  let reason: Int?

  init(width: Int) {
    let hasBar = width >= 44
    let hasReason = width >= 84
    let tail = clock + 1 + (hasBar ? Self.barWidth + 2 : 0)
    label = hasReason ? max(26, min(36, (width - tail) * 2 / 5)) : max(4, width - 2 - tail)
    clockEnd = 2 + label + 1 + clock
    bar = hasBar ? clockEnd + 2 : nil
    reason = hasReason ? clockEnd + 2 + (hasBar ? Self.barWidth + 2 : 0) : nil
  }
}
