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

  /// The rows from the first one that keeps the picked one in sight, with what they have no room for below them.
  private func drawDeadlines(in frame: inout Frame, _ area: Rect) {
    let picked =
      focus == .escalation ? deadlines.firstIndex { $0.id == pickedDeadline?.id } : nil
    let columns = DueColumns(width: area.width)
    let opened = openedRows(in: area, columns, picked)
    func details(_ index: Int) -> [String] {
      guard opened.contains(index) else { return [] }
      let lines = detailLines(of: deadlines[index], columns, width: area.width)
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
      drawMore("\(glyphs.up) \(first) more", of: deadlines[..<first], in: &frame, area, y: y)
      y += 1
    }
    for index in first..<deadlines.count where y < area.maxY {
      let rest = deadlines.count - index + standing.unlisted
      if y == area.maxY - 1, rest > 1, index != picked {
        return drawMore("+ \(rest) more", of: deadlines[index...], in: &frame, area, y: y)
      }
      let row = Rect(x: area.x, y: y, width: area.width, height: 1)
      let lines = details(index)
      draw(deadlines[index], isTold: !lines.isEmpty, in: &frame, row, columns)
      if index == picked { markPicked(in: &frame, row, columns) }
      y += 1
      for line in lines where y < area.maxY {
        frame.write(line, at: Point(x: area.x + 4, y: y), width: area.width - 4, role: .textDim)
        y += 1
      }
    }
    let free = Rect(x: area.x, y: y, width: area.width, height: max(0, area.maxY - y))
    drawOthersBelow(in: &frame, free)
  }

  /// The row under the cursor; its bar stays as it is, or what is full would look empty.
  private func markPicked(in frame: inout Frame, _ row: Rect, _ columns: DueColumns) {
    guard let bar = columns.bar else { return frame.restyle(row, role: .selection) }
    frame.restyle(row.split(left: bar - 1).left, role: .selection)
    frame.restyle(row.split(left: bar + DueColumns.barWidth).rest, role: .selection)
  }

  /// How many rows are out of sight, and how many of these are over.
  private func drawMore(
    _ words: String, of hidden: ArraySlice<Deadline>, in frame: inout Frame, _ area: Rect, y: Int
  ) {
    let over = hidden.count(where: \.isLoud)
    frame.write(
      over > 0 ? "\(words), \(over) over" : words, at: Point(x: area.x + 2, y: y),
      width: area.width - 2, role: over > 0 ? .countdownOver : .textDim)
  }

  /// The rows that are told in full: the one that was moved to, all of an enlarged pane, else from the first one on as many
  /// as there are rows to spare for.
  private func openedRows(in area: Rect, _ columns: DueColumns, _ picked: Int?) -> Set<Int> {
    if isZoomed { return Set(deadlines.indices) }
    var opened: Set<Int> = []
    if let picked, selectedDeadline != nil { opened.insert(picked) }
    func lines(_ index: Int) -> Int {
      detailLines(of: deadlines[index], columns, width: area.width).count
    }
    let spare = area.height - deadlines.count - opened.reduce(0) { $0 + lines($1) }
    // The other incidents come before the rules of what has no clock.
    let running = deadlines.prefix { $0.state.isRunning && $0.due != nil }.count
    let first = SpareRows.places(0..<running, spare: spare) { opened.contains($0) ? 0 : lines($0) }
    let left = spare - first.reduce(0) { $0 + lines($1) } - rowsOfOthers
    return opened.union(first).union(
      SpareRows.places(running..<deadlines.count, spare: left) {
        opened.contains($0) ? 0 : lines($0)
      })
  }

  /// The rows that the list takes with everything told, the note of who is on call included.
  func rowsOfDue(width: Int) -> Int {
    let columns = DueColumns(width: width)
    return deadlines.reduce(2) { $0 + 1 + detailLines(of: $1, columns, width: width).count }
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
  private func detailLines(of deadline: Deadline, _ columns: DueColumns, width: Int) -> [String] {
    let text = text(of: deadline)
    let number = numberBeside(deadline, text)
    if let beside = columns.reason {
      let room = width - beside - (number.map { TextWidth.columns($0) + 2 } ?? 0)
      if TextWidth.columns(text.reason) <= room { return [] }
    }
    let isNumberTold = columns.reason != nil || besideLabel(text, columns, deadline) != nil
    let parts = [isNumberTold ? "" : text.contact ?? "", text.reason].filter { !$0.isEmpty }
    guard !parts.isEmpty else { return [] }
    return TextWidth.wrap(parts.joined(separator: "  "), to: max(8, width - 4))
      .filter { !$0.isEmpty }
  }

  /// What stands in front of the rule where there is a column for it.
  private func numberBeside(_ deadline: Deadline, _ text: DeadlineText) -> String? {
    text.contact ?? (text.isLoud && deadline.step != nil ? Self.noNumber : nil)
  }

  /// The name of a row; what tells it apart from another one is never cut.
  private func name(_ deadline: Deadline, _ text: DeadlineText, _ columns: DueColumns) -> String {
    guard let distinction = distinction(of: deadline) else { return text.label }
    let room = columns.label - TextWidth.columns(distinction) - 1
    return "\(TextWidth.truncate(text.label, to: max(1, room))) \(distinction)"
  }

  /// Who is called and the number behind the name, else the number alone, where they have no column of their own.
  private func besideLabel(
    _ text: DeadlineText, _ columns: DueColumns, _ deadline: Deadline
  ) -> String? {
    guard let contact = text.contact, columns.reason == nil else { return nil }
    let room = columns.label - TextWidth.columns(name(deadline, text, columns)) - 2
    let number = directory.receiver(deadline.label, at: now)?.contact
    return [contact, number].compactMap { $0 }.first { TextWidth.columns($0) <= room }
  }

  /// One row; `isTold`: its rule stands below it.
  private func draw(
    _ deadline: Deadline, isTold: Bool, in frame: inout Frame, _ row: Rect, _ columns: DueColumns
  ) {
    let text = text(of: deadline)
    let isQuiet = !deadline.state.isRunning || (deadline.due == nil && deadline.step == nil)
    let ink: StyleRole = text.isLoud ? .countdownOver : isQuiet ? .textDim : .text
    frame.write(String(mark(of: deadline)), at: row.origin, width: 1, role: ink)
    var label = name(deadline, text, columns)
    if let beside = besideLabel(text, columns, deadline) { label += "  " + beside }
    frame.write(label, at: Point(x: row.x + 2, y: row.y), width: columns.label, role: ink)
    frame.write(
      text.clock, endingAt: row.x + columns.clockEnd, y: row.y, width: columns.clock,
      role: deadline.state == .soon ? .countdownNear : ink)
    if let bar = columns.bar, let share = shareOfWindow(deadline) {
      drawBar(share, in: &frame, at: Point(x: row.x + bar, y: row.y), ink)
    }
    guard let reason = columns.reason else { return }
    var x = row.x + reason
    if let number = numberBeside(deadline, text) {
      x +=
        frame.write(
          number, at: Point(x: x, y: row.y), width: max(0, row.maxX - x),
          role: text.isLoud ? .textStrong : .textDim) + 2
    }
    let room = max(0, row.maxX - x)
    guard !isTold, room > 0 else { return }
    frame.write(
      text.reason(fitting: room), at: Point(x: x, y: row.y), width: room, role: .textDim)
  }

  /// How much of its window a duty has used: until now, or until it was met.
  private func shareOfWindow(_ deadline: Deadline) -> Double? {
    let end = deadline.state.isRunning ? now : deadline.settled
    return end.flatMap { deadline.shareUsed(at: min($0, now)) }
  }

  /// How much of a window is used, in eighths of the bar. Where it is over, what goes beyond it is lighter, in proportion,
  /// and ends in an arrow.
  private func drawBar(_ share: Double, in frame: inout Frame, at point: Point, _ ink: StyleRole) {
    let width = DueColumns.barWidth
    func cells(_ glyph: Character, _ count: Int) -> String {
      String(repeating: glyph, count: max(0, count))
    }
    guard share >= 1 else {
      let filled = min(width - 1, Int(share * Double(width)))
      frame.write(
        [
          (cells(glyphs.full, filled), .progressFill),
          (cells(glyphs.rest, width - filled), .progressRest),
        ], at: point, width: width)
      return
    }
    let window = max(1, min(width - 2, Int((Double(width - 1) / share).rounded())))
    frame.write(
      [
        (cells(glyphs.full, window), .progressFill),
        (cells(glyphs.isASCII ? ":" : "▒", width - 1 - window), .progressFill),
        (glyphs.isASCII ? ">" : "▶", ink),
      ], at: point, width: width)
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
