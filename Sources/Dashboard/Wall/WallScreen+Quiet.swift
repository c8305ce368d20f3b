import Display
import Engine
import Wording

extension Model {
  /// Nothing is open: that, who is on call, and the time.
  func drawQuietWall(in frame: inout Frame) {
    let isTall = size.height >= 12
    let headline = Lettering.largest(
      for: "No open incident", width: size.width - 4, rows: max(1, size.height / 4))
    let time = Lettering.largest(
      for: clock.minute(present), width: size.width / 2, rows: max(1, size.height / 4))
    var lines = [clock.header(present).joined(separator: "  ")]
    if let turn = onCallText { lines.append(turn.text) }
    lines += troubleMarks.map(\.text)
    let rows =
      (headline.map { $0.lettering.height(lines: $0.lines.count) } ?? 1)
      + (isTall ? (time?.lettering.rows ?? 0) + 4 : 1) + lines.count
    var y = max(0, (size.height - rows) / 2)
    for line in headline?.lines ?? ["NO OPEN INCIDENT"] {
      y += writeCentered(
        line.uppercased(), headline?.lettering ?? .plain, .wallLabel, in: &frame, y: y)
    }
    if isTall, let time {
      y += 1
      y += writeCentered(clock.minute(present), time.lettering, .wallDigit, in: &frame, y: y)
    }
    y += 1
    for line in lines where y < size.height - 1 {
      y += writeCentered(line, .plain, .text, in: &frame, y: y)
    }
    drawHeartbeat(in: &frame)
  }

  /// Writes a line in the middle and answers the rows it took, with the one that follows letters of blocks.
  private func writeCentered(
    _ text: String, _ letters: Lettering, _ role: StyleRole, in frame: inout Frame, y: Int
  ) -> Int {
    let columns = letters.columns(text) ?? TextWidth.columns(text)
    frame.write(
      text, in: letters, at: Point(x: max(0, (size.width - columns) / 2), y: y), role: role)
    return letters.rows + (letters.rows > 1 ? 1 : 0)
  }
}
