package import Display
import Engine

extension Model {
  /// The screen as it is to be seen: a function of the model alone.
  package func frame(size: Size) -> Frame {
    var model = self
    model.size = size
    var frame = Frame(size, glyphs: glyphs)
    guard !size.isEmpty else { return frame }
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
    case .line: drawOneLine(in: &frame)
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

  /// A line or a few: the incident, and what to do next.
  private func drawOneLine(in frame: inout Frame) {
    guard let incident else {
      frame.write("NO OPEN INCIDENT", at: .zero, role: .textStrong)
      return
    }
    var x = drawSeverity(in: &frame, at: .zero, isShort: true)
    if incident.isDrill { x += frame.write(" DRILL", at: Point(x: x, y: 0), role: .badgeDrill) }
    let slug = incident.id.split(separator: "-").dropFirst(3).joined(separator: "-")
    let elapsed = " T+\(elapsedText)"
    let room = size.width - x - TextWidth.columns(elapsed)
    x += frame.write(" \(slug)", at: Point(x: x, y: 0), width: max(0, room), role: .header)
    frame.write(elapsed, at: Point(x: x, y: 0), role: .textStrong)
    defer {
      if playback != nil {
        let row = size.height - 1
        frame.fill(Rect(x: 0, y: row, width: size.width, height: 1), role: .text)
        frame.write(
          " REPLAY \(clock.day(now)) \(clock.time(now)) ", at: Point(x: 0, y: row),
          role: .badgeReadOnly)
      }
    }
    guard let next else { return }
    let text = text(of: next)
    let role = role(of: next)
    frame.write("\(text.label)", at: Point(x: 0, y: 1), role: role)
    let line = [
      "\(text.word) \(text.time)", text.contact ?? "", isAcknowledged ? "" : "NOT ACKNOWLEDGED",
      deliveryBadge.map { VerbReader.trimmed(Array($0.text)[...]) } ?? "",
    ].filter { !$0.isEmpty }.joined(separator: "  ")
    frame.write(line, at: Point(x: 0, y: 2), role: role)
    for (row, deadline) in deadlines.dropFirst().filter(\.state.isRunning).enumerated() {
      guard row + 3 < size.height else { break }
      let text = self.text(of: deadline)
      frame.write(
        "\(text.word) \(text.time) \(text.label)", at: Point(x: 0, y: row + 3),
        role: self.role(of: deadline))
    }
  }

  private func drawPanes(_ layout: ConsoleLayout, in frame: inout Frame) {
    for placed in layout.panes where placed.pane != focus { drawBox(placed, layout, in: &frame) }
    for placed in layout.panes where placed.pane == focus { drawBox(placed, layout, in: &frame) }
    // Titles last: the frame of the pane below runs over the lower edge of the one above.
    for placed in layout.panes { drawTitle(placed, in: &frame) }
    for placed in layout.panes {
      let area = placed.rect.inset(horizontal: 2, vertical: 1)
      frame.clipped(to: area) { frame in
        switch placed.pane {
        case .incident: drawIncident(in: &frame, area)
        case .escalation: drawEscalation(in: &frame, area)
        case .checklist: drawChecklist(in: &frame, area)
        case .timeline: drawTimeline(in: &frame, area)
        }
      }
    }
  }

  private func drawBox(
    _ placed: ConsoleLayout.Placed, _ layout: ConsoleLayout, in frame: inout Frame
  ) {
    let isFocused = placed.pane == focus && layout.panes.count > 1
    let style: Frame.LineStyle = isFocused ? .double : .single
    let role: StyleRole = isFocused ? .borderFocused : .border
    frame.box(placed.rect, style: style, role: role)
    guard !isFocused else { return }
    // Where two single frames share a row, their edges meet.
    let shares = layout.panes.contains {
      $0.pane != placed.pane && $0.rect.maxY - 1 == placed.rect.minY && $0.rect.x == placed.rect.x
        && $0.rect.width == placed.rect.width
    }
    if shares { frame.divider(of: placed.rect, y: placed.rect.minY, role: role) }
  }

  private func drawTitle(_ placed: ConsoleLayout.Placed, in frame: inout Frame) {
    let row = placed.rect.row(0).inset(horizontal: 1, vertical: 0)
    let isFocused = placed.pane == focus
    let role: StyleRole = isFocused ? .titleFocused : .title
    let title = " \(placed.pane.rawValue) \(placed.pane.title)\(isZoomed ? " [zoom]" : "") "
    var room = row.width - frame.write(title, at: row.origin, width: row.width, role: role)
    switch placed.pane {
    case .checklist: room -= drawChecklistTitle(in: &frame, at: row, after: row.width - room)
    case .timeline: drawTimelineTitle(in: &frame, row, room: room)
    case .escalation: drawEscalationTitle(in: &frame, row, room: room)
    case .incident: break
    }
  }

  var elapsedText: String {
    guard let start = incident?.clockStart else { return "" }
    let end = incident?.closing?.stamp.effective ?? now
    return Clock.elapsed(end - start)
  }
}
