import Display
import Engine
import Wording

extension Model {
  func drawBusyWall(in frame: inout Frame) {
    guard let incident else { return }
    guard size.width >= 32, size.height >= 8 else { return drawWallLines(incident, in: &frame) }
    let content = wallContent(incident)
    let layout = WallLayout(size, content)
    drawWallStatus(incident, in: &frame, layout.status)
    drawHeadline(incident, layout, in: &frame)
    drawBand(content, layout, in: &frame)
    drawWallFacts(incident, in: &frame, layout.facts)
    drawOthers(besides: incident, in: &frame, layout.others)
    drawWallEntries(in: &frame, layout.entries)
    drawHeartbeat(in: &frame)
  }

  // MARK: - What is read from far away

  private func drawHeadline(_ incident: Incident, _ layout: WallLayout, in frame: inout Frame) {
    let role: StyleRole =
      switch incident.shownRank {
      case 1: .wallDigitBreach
      case 2: .wallDigitSoon
      default: .wallDigit
      }
    var y = layout.headline.y
    for line in layout.headlineLines {
      frame.write(line, in: layout.headlineLetters, at: Point(x: 1, y: y), role: role)
      y += layout.headlineLetters.rows + (layout.headlineLetters.rows > 1 ? 1 : 0)
    }
  }

  private func drawBand(_ content: WallContent, _ layout: WallLayout, in frame: inout Frame) {
    let role: StyleRole =
      content.isLoud ? .wallDigitBreach : next?.state == .soon ? .wallDigitSoon : .wallDigit
    if layout.hasBars {
      for y in [layout.band.y, layout.band.maxY - 1] {
        let bar = Rect(x: 0, y: y, width: size.width, height: 1)
        frame.fill(bar, with: glyphs.full, role: role)
      }
    }
    frame.write(content.digits, in: layout.digitLetters, at: layout.digits.origin, role: role)
    drawUnit(content.unit, layout, role, in: &frame)
    drawCall(content, layout, role, in: &frame)
  }

  private func drawUnit(
    _ unit: String, _ layout: WallLayout, _ role: StyleRole, in frame: inout Frame
  ) {
    let words = unit.split(separator: " ").map(String.init)
    let scale: Int
    if case .blocks(let size) = layout.digitLetters { scale = size } else { scale = 0 }
    var letters = WallLayout.unitLetters(scale)
    if letters.height(lines: words.count) > layout.unit.height { letters = .plain }
    var y = layout.unit.maxY - letters.height(lines: words.count)
    for word in words {
      frame.write(word, in: letters, at: Point(x: layout.unit.x, y: y), role: role)
      y += letters.rows + (letters.rows > 1 ? 1 : 0)
    }
  }

  /// Whom to call, the number, and why, each as large as the rows allow, the first two first.
  private func drawCall(
    _ content: WallContent, _ layout: WallLayout, _ role: StyleRole, in frame: inout Frame
  ) {
    let area = layout.call
    guard area.width >= 8 else { return }
    var y = area.y
    let hasNumber = content.number != nil
    let share = hasNumber ? (area.height - 1) / 2 : max(1, area.height - 2)
    y += write(content.call, as: role, rows: max(1, share), in: &frame, area, y: y)
    if let number = content.number, y < area.maxY {
      let left = area.maxY - y - (area.height >= 5 ? 1 : 0)
      y += write(number, as: role, rows: max(1, left), in: &frame, area, y: y)
    }
    for reason in content.reasons {
      for line in TextWidth.wrap(reason, to: area.width) where y < area.maxY {
        frame.write(line, at: Point(x: area.x, y: y), width: area.width, role: .text)
        y += 1
      }
    }
  }

  /// Writes a text as large as so many rows allow, and answers the rows it took.
  private func write(
    _ text: String, as role: StyleRole, rows: Int, in frame: inout Frame, _ area: Rect, y: Int
  ) -> Int {
    guard let (letters, lines) = Lettering.largest(for: text, width: area.width, rows: rows) else {
      frame.write(text, at: Point(x: area.x, y: y), width: area.width, role: .textStrong)
      return 1
    }
    var row = y
    let isBlocks = letters.rows > 1
    for line in lines {
      frame.write(
        line, in: letters, at: Point(x: area.x, y: row), role: isBlocks ? role : .textStrong)
      row += letters.rows + (isBlocks ? 1 : 0)
    }
    return row - y
  }

  // MARK: - Small walls

  /// The same in plain lines, where there is no room for letters of blocks.
  private func drawWallLines(_ incident: Incident, in frame: inout Frame) {
    drawWallStatus(incident, in: &frame, Rect(x: 0, y: 0, width: size.width, height: 1))
    var lines: [(String, StyleRole)] = []
    if let next, let line = dutyLine {
      lines = line.rows(size.width, most: 2).map {
        ($0.joined(separator: "  "), role(of: next))
      }
    }
    lines += [(incident.shownTitle, .textStrong), ("T+\(elapsedText)", .wallDigit)]
    for (row, line) in lines.enumerated() where row + 1 < size.height {
      frame.write(line.0, at: Point(x: 0, y: row + 1), width: size.width, role: line.1)
    }
    if size.height > lines.count + 1 { drawHeartbeat(in: &frame) }
  }
}
