package import Display
import Engine
import Wording

extension Model {
  /// The screen as it is to be seen: a function of the model alone.
  package func frame(size: Size) -> Frame {
    var model = self
    model.size = size
    var frame = Frame(size, glyphs: glyphs)
    guard !size.isEmpty else { return frame }
    if let opening, let part = opening.part {
      return readingFrame(of: opening.id, part: part, size: size)
    }
    switch screen {
    case .console: model.drawConsole(in: &frame)
    case .wall: model.drawShiftedWall(in: &frame)
    }
    return frame
  }

  private func drawConsole(in frame: inout Frame) {
    let layout = ConsoleLayout(self)
    switch layout.shape {
    case .tooSmall: drawTooSmall(in: &frame)
    case .lines: drawLines(in: &frame)
    default:
      guard incident != nil else {
        drawNothingOpen(in: &frame, layout)
        drawOverlays(in: &frame, layout)
        return
      }
      drawHeader(in: &frame, layout.header)
      drawPanes(layout, in: &frame)
      drawTransport(in: &frame, layout.transport)
      drawHints(in: &frame, layout)
    }
    drawOverlays(in: &frame, layout)
  }

  private func drawTooSmall(in frame: inout Frame) {
    let have = "\(size.width)x\(size.height)"
    frame.write("have \(have)", at: .zero)
    frame.write("need 20x3", at: Point(x: 0, y: 1))
  }

  /// A few lines: the incident, what to do next, and what is over besides.
  private func drawLines(in frame: inout Frame) {
    guard let incident else {
      frame.write(nothingShown, at: .zero, role: .textStrong)
      return
    }
    var x = drawSeverity(in: &frame, at: .zero, isShort: true)
    if incident.isDrill { x += frame.write(" DRILL", at: Point(x: x, y: 0), role: .badgeDrill) }
    let slug = incident.id.split(separator: "-").dropFirst(3).joined(separator: "-")
    let others = othersText(fitting: 0).flatMap { $0.isLoud ? " \($0.text)" : nil } ?? ""
    var elapsed = " T+\(elapsedText)\(others)"
    // What broke is worth more than for how long.
    if size.width - x - TextWidth.columns(elapsed) < 5, !others.isEmpty { elapsed = others }
    let room = size.width - x - TextWidth.columns(elapsed)
    x += frame.write(" \(slug)", at: Point(x: x, y: 0), width: max(0, room), role: .header)
    frame.write(elapsed, at: Point(x: x, y: 0), role: .textStrong)
    let end = drawLineMarks(in: &frame)
    guard let next, let line = dutyLine else { return }
    var y = 1
    for pieces in line.rows(size.width, most: 2) where y < end {
      frame.write(
        pieces.joined(separator: "  "), at: Point(x: 0, y: y), width: size.width,
        role: role(of: next))
      y += 1
    }
    for deadline in deadlines.dropFirst().filter(\.state.isRunning) where y < end {
      let text = text(of: deadline)
      frame.write(
        "\(text.clock) \(text.label)", at: Point(x: 0, y: y), width: size.width,
        role: deadline.isLoud ? .textStrong : .text)
      y += 1
    }
  }

  /// What stands out about the incident or its data, in the last row where anything does; answers the first row it takes.
  private func drawLineMarks(in frame: inout Frame) -> Int {
    var marks = marks
    if playback != nil {
      let short = "REPLAY \(clock.minute(now))"
      marks.insert(
        Mark("REPLAY \(clock.day(now)) \(clock.time(now))", short: short, .badgeReadOnly), at: 0)
    }
    guard !marks.isEmpty, size.height > 3 || playback != nil else { return size.height }
    var x = 0
    for mark in marks.fitted(to: size.width) {
      x += frame.write(mark.text, at: Point(x: x, y: size.height - 1), role: mark.role) + 1
    }
    return size.height - 1
  }

  // MARK: - Panes

  private func drawPanes(_ layout: ConsoleLayout, in frame: inout Frame) {
    for placed in layout.panes { drawRule(placed, layout, in: &frame) }
    for divider in layout.dividers { draw(divider, layout, in: &frame) }
    for placed in layout.panes {
      drawTitle(placed, layout, in: &frame)
      frame.clipped(to: placed.area) { frame in
        switch placed.pane {
        case .incident: drawIncident(in: &frame, placed.area)
        case .escalation: drawDue(in: &frame, placed.area)
        case .checklist: drawChecklist(in: &frame, placed.area)
        case .timeline: drawTimeline(in: &frame, placed.area)
        }
      }
    }
  }

  /// The focused pane differs in the form of its line, not only in colour.
  private func isMarked(_ pane: Pane, _ layout: ConsoleLayout) -> Bool {
    pane == focus && layout.panes.count > 1
  }

  private func drawRule(
    _ placed: ConsoleLayout.Placed, _ layout: ConsoleLayout, in frame: inout Frame
  ) {
    let isFocused = isMarked(placed.pane, layout)
    frame.rule(
      placed.title, style: isFocused ? .double : .single,
      role: isFocused ? .borderFocused : .border)
  }

  /// A line between two panes, which meets the rules above and below it.
  private func draw(_ divider: Rect, _ layout: ConsoleLayout, in frame: inout Frame) {
    let box = glyphs.single
    func cell(_ scalar: Unicode.Scalar, _ y: Int) {
      frame.fill(
        Rect(x: divider.x, y: y, width: 1, height: 1), with: Character(scalar), role: .border)
    }
    for y in divider.minY..<divider.maxY { cell(box.vertical, y) }
    let rules = layout.panes.map(\.title)
    for rule in rules where rule.maxX == divider.x && rule.y > divider.minY {
      cell(box.teeRight, rule.y)
    }
    for rule in rules where rule.minX == divider.maxX && rule.y > divider.minY {
      cell(box.teeLeft, rule.y)
    }
    cell(box.teeTop, divider.minY)
    if rules.contains(where: { $0.y == divider.maxY && $0.minX <= divider.x }) {
      cell(box.teeBottom, divider.maxY)
    }
  }

  private func drawTitle(
    _ placed: ConsoleLayout.Placed, _ layout: ConsoleLayout, in frame: inout Frame
  ) {
    let row = placed.title.inset(horizontal: min(2, placed.title.width / 10), vertical: 0)
    let role: StyleRole = isMarked(placed.pane, layout) ? .titleFocused : .title
    let title = " \(placed.pane.rawValue) \(placed.pane.title)\(isZoomed ? " [zoom]" : "") "
    let used = frame.write(title, at: row.origin, width: row.width, role: role)
    switch placed.pane {
    case .checklist: drawChecklistTitle(in: &frame, row, after: used)
    case .timeline: drawTimelineTitle(in: &frame, row, after: used)
    case .escalation: drawDueTitle(in: &frame, row, after: used)
    case .incident: break
    }
  }

  var elapsedText: String {
    incident?.clock.map { InstantText.elapsed($0.elapsed(at: now)) } ?? ""
  }
}
