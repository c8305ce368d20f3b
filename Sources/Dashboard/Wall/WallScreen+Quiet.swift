import Display
import Engine
import Wording

extension Model {
  /// Nothing is open: that, who is on call, and the time.
  func drawQuietWall(in frame: inout Frame) {
    let isTall = size.height >= 12
    let headline = Lettering.largest(
      for: nothingShown, width: size.width - 4, rows: max(1, size.height / 4))
    let time = Lettering.largest(
      for: clock.minute(present), width: size.width / 2, rows: max(1, size.height / 4))
    var lines = [clock.header(present).joined(separator: "  ")]
    if let turn = onCallText { lines.append(turn.text) }
    lines += troubleMarks.map(\.text)
    if size.height >= 12 { lines += lastLines }
    let rows =
      (headline.map { $0.lettering.height(lines: $0.lines.count) } ?? 1)
      + (isTall ? (time?.lettering.rows ?? 0) + 4 : 1) + lines.count
    var y = max(0, (size.height - rows) / 2)
    for line in headline?.lines ?? [nothingShown] {
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

  /// What is overdue of closed incidents, and which incident was the last.
  private var lastLines: [String] {
    let overdue = recentlyClosed.compactMap { closed -> (late: Duration, words: String)? in
      guard let next = closed.next, let due = closed.due, due <= present else { return nil }
      let late = present - due
      return (late, "\(next) OVERDUE \(InstantText.roughSpan(late)): \(closed.title)")
    }.sorted { $0.late > $1.late }
    var lines = overdue.prefix(3).map(\.words)
    if overdue.count > 3 { lines.append("\(overdue.count - 3) more are overdue") }
    if let last = recentlyClosed.first {
      let ago = last.clock?.end.map { ", ended \(InstantText.roughSpan(present - $0)) ago" } ?? ""
      lines.append("last: \(last.severity ?? "severity unknown")  \(last.title)\(ago)")
    }
    return lines.isEmpty ? [] : [""] + lines
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
