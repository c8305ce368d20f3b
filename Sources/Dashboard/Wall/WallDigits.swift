import Display
import Engine

extension Model {
  /// Whether there is room for the elapsed time beside the nearest deadline.
  func wallShowsElapsed(from top: Int, to bottom: Int) -> Bool {
    bottom - top >= BlockDigits.rows * (next == nil ? 1 : 2) + (next == nil ? 0 : 1)
  }

  /// The two great numbers: time since the start, and the nearest deadline.
  func drawWallDigits(in frame: inout Frame, from top: Int, to bottom: Int) -> Int {
    let rows = BlockDigits.rows
    let hasBoth = next != nil && wallShowsElapsed(from: top, to: bottom)
    let slack = bottom - top - (hasBoth ? rows * 2 : rows)
    let gap = hasBoth ? min(2, max(1, slack / 3)) : 0
    var y = top + max(0, (slack - gap) / 2)
    if hasBoth || next == nil {
      drawElapsed(in: &frame, y: y)
      y += rows + gap
    }
    if let next { drawNext(next, in: &frame, y: y, bottom: bottom) }
    return bottom
  }

  /// Hours and minutes large, seconds and the heartbeat beside them in plain type: two rows of large
  /// digits that change every second would send more than a slow line should carry for weeks.
  private func drawElapsed(in frame: inout Frame, y: Int) {
    let parts = elapsedText.split(separator: ":").map(String.init)
    guard parts.count == 3 else {
      drawBlock("ELAPSED", elapsedText, .wallDigit, [], in: &frame, y: y)
      return
    }
    let end = drawBlock("ELAPSED", "\(parts[0]):\(parts[1])", .wallDigit, [], in: &frame, y: y)
    let x = end + 2
    guard x + 6 <= size.width else { return }
    frame.write(":\(parts[2]) \(heartbeat)", at: Point(x: x, y: y + 4), role: .wallDigit)
  }

  /// Moves with every successful read, and only then.
  var heartbeat: Character {
    blinks ? glyphs.heartbeat[reads % glyphs.heartbeat.count] : glyphs.heartbeat[0]
  }

  private func drawNext(_ next: Deadline, in frame: inout Frame, y: Int, bottom: Int) {
    let text = text(of: next)
    let role: StyleRole =
      next.isLoud ? .wallDigitBreach : next.state == .soon ? .wallDigitSoon : .wallDigit
    var lines = [text.label, text.contact ?? ""].filter { !$0.isEmpty }
    if next.step != nil, text.contact == nil, next.isLoud { lines.append("no number known") }
    lines.append(text.reason)
    let label = text.word == "in" ? "DUE IN" : text.word.uppercased()
    let end = drawBlock(label, text.time, role, lines, in: &frame, y: y)
    guard !Self.hasRoomForWords(besides: end, in: size), y + BlockDigits.rows < bottom else {
      return
    }
    frame.write(
      lines.joined(separator: "  "), at: Point(x: 1, y: y + BlockDigits.rows),
      width: size.width - 2, role: self.role(of: next))
  }

  /// Whether words find room beside digits that end before a column.
  private static func hasRoomForWords(besides end: Int, in size: Size) -> Bool {
    size.width - end - 4 >= 12
  }

  /// Answers the column behind the digits.
  @discardableResult
  private func drawBlock(
    _ label: String, _ digits: String, _ role: StyleRole, _ lines: [String], in frame: inout Frame,
    y: Int
  ) -> Int {
    let labelWidth = size.width >= 70 ? 14 : 9
    frame.write(label, at: Point(x: 3, y: y + 2), width: labelWidth - 3, role: .wallLabel)
    let room = size.width - labelWidth - 1
    let scale = BlockDigits.columns(digits, scale: 2) <= room ? 2 : 1
    guard BlockDigits.columns(digits, scale: scale) <= room else {
      frame.write(digits, at: Point(x: labelWidth, y: y + 2), role: role)
      return size.width
    }
    // Blanks in the digits' own role: a change of style in every row costs more than the digits.
    frame.fill(
      Rect(
        x: labelWidth, y: y, width: BlockDigits.columns(digits, scale: scale),
        height: BlockDigits.rows), role: role)
    let used = BlockDigits.draw(
      digits, in: &frame, at: Point(x: labelWidth, y: y), role: role, scale: scale)
    let x = labelWidth + used + 4
    guard Self.hasRoomForWords(besides: labelWidth + used, in: size) else {
      return labelWidth + used
    }
    var row = 0
    for (index, line) in lines.enumerated() {
      for part in TextWidth.wrap(line, to: size.width - x - 1) where row < BlockDigits.rows {
        frame.write(
          part, at: Point(x: x, y: y + row), width: size.width - x - 1,
          role: index == 0 ? .textStrong : .text)
        row += 1
      }
    }
    return labelWidth + used
  }

  /// The same in plain type, where there is no room for great numbers.
  func drawWallLines(in frame: inout Frame, from top: Int, to bottom: Int) -> Int {
    var y = top
    guard y < bottom else { return y }
    frame.write("T+\(elapsedText)", at: Point(x: 1, y: y), role: .wallDigit)
    y += 1
    if let next, y < bottom {
      let text = text(of: next)
      let contact = text.contact.map { "  \($0)" } ?? ""
      frame.write(
        "\(text.word) \(text.time)  \(text.label)\(contact)", at: Point(x: 1, y: y),
        role: role(of: next))
      y += 1
    }
    return y
  }

  struct WallFooter {
    var others: Int
    var progress: Bool
    var entries: Int
    var total: Int { others + (progress ? 1 : 0) + entries }
  }

  /// Rows for the other incidents, the checklist and the newest entries: at most eight of those.
  func wallFooterRows(others: Int, from top: Int, to bottom: Int) -> WallFooter {
    let rows = bottom - top
    let digits = rows >= BlockDigits.rows * 2 + 6 ? BlockDigits.rows * 2 + 3 : BlockDigits.rows + 1
    var left = max(0, rows - digits)
    var footer = WallFooter(others: 0, progress: false, entries: 0)
    if left > 1 {
      footer.progress = true
      left -= 1
    }
    footer.others = min(others, max(0, left / 2), 4)
    left -= footer.others
    footer.entries = min(8, left)
    return footer
  }

  func drawWallFooter(
    _ incident: Incident, _ others: [OpenIncident], _ footer: WallFooter,
    in frame: inout Frame
  ) {
    var y = size.height - 1 - footer.total
    for (index, other) in others.prefix(footer.others).enumerated() {
      let rest = others.count - footer.others
      draw(other, more: index == footer.others - 1 ? rest : 0, in: &frame, y: y)
      y += 1
    }
    if footer.progress {
      drawProgress(incident, in: &frame, y: y)
      y += 1
    }
    let columns = TimelineColumns(width: size.width - 2, hasDates: false)
    for place in 0..<footer.entries {
      guard let row = timeline.row(at: place) else { break }
      let x = 1
      frame.write(clock.minute(row.effective), at: Point(x: x, y: y), role: .timelineTime)
      if let event = words[row.sequence] {
        let entry = shownEntry(row, event)
        frame.write(
          entry.actor, at: Point(x: x + 7, y: y), width: columns.actorWidth + 3,
          role: .timelineActor)
        let textX = x + 7 + columns.actorWidth + 5
        frame.write(
          entry.text, at: Point(x: textX, y: y), width: max(0, size.width - textX - 1),
          role: entry.role)
      }
      y += 1
    }
  }

  private func drawProgress(_ incident: Incident, in frame: inout Frame, y: Int) {
    let items = incident.checklist
    let done = items.count { $0.state != .open }
    var x = 1
    if !items.isEmpty {
      x += frame.write("CHECKLIST \(done)/\(items.count) ", at: Point(x: x, y: y), role: .wallLabel)
      let bar = glyphs.progress(done, of: items.count, width: min(24, max(0, size.width / 4)))
      x += frame.write(
        [(bar.fill, .progressFill), (bar.rest, .progressRest)], at: Point(x: x, y: y))
    }
    let update = deadlines.first { $0.kind == .update && $0.state.isRunning }
    guard let update, let due = update.due else { return }
    let text =
      update.isLoud
      ? "update OVER since \(clock.minute(due, today: now))"
      : "next update by \(clock.minute(due, today: now))"
    if TextWidth.columns(text) + 2 < size.width - x {
      frame.write(
        text, endingAt: size.width - 1, y: y, role: update.isLoud ? .countdownBreached : .text)
    }
  }

  private func draw(_ other: OpenIncident, more: Int, in frame: inout Frame, y: Int) {
    var right = size.width - 1
    if more > 0 {
      right = frame.write("+\(more) more", endingAt: right, y: y, role: .textStrong) - 2
    }
    let elapsed =
      other.clockStart.map { start in
        "T+\(Clock.elapsed(other.pace.time(at: present) - start))"
      } ?? ""
    right = frame.write(elapsed, endingAt: right, y: y, role: .text) - 2
    if size.width >= 70 {
      right = frame.write(other.status.uppercased(), endingAt: right, y: y, role: .text) - 2
    }
    let used = frame.write(
      " \(other.severity ?? "?") ", at: Point(x: 1, y: y), role: .severity(other.rank))
    frame.write(
      other.title, at: Point(x: used + 2, y: y), width: max(0, right - used - 2), role: .text)
  }
}
