import Display
import Engine
import Wording

/// The other open incidents in rows that pane 2 leaves empty.
extension Model {
  /// The other open incidents, the most urgent first.
  var others: [OpenIncident] {
    guard playback == nil, opening == nil else { return [] }
    return incidents.filter { $0.isOpen && $0.id != incident?.id }
  }

  /// The rows that they take below the list, the heading and the blank one above it included.
  var rowsOfOthers: Int { others.isEmpty ? 0 : others.count + 2 }

  /// As many as there are rows for, under a heading that says how many there are.
  func drawOthersBelow(in frame: inout Frame, _ free: Rect) {
    let others = others
    guard !others.isEmpty, free.height >= 2, free.width >= 30 else { return }
    let area = free.height > others.count + 1 ? free.split(top: 1).rest : free
    let key = keymap.keys(of: .incidents).first.map { " (\(Keymap.shown($0)))" } ?? ""
    let heading = "\(others.count) \(others.count == 1 ? "other" : "others") open\(key)"
    frame.write(heading, at: area.origin, width: area.width, role: .textStrong)
    for (index, other) in others.prefix(area.height - 1).enumerated() {
      draw(other, in: &frame, area.row(index + 1))
    }
    let hidden = others.count - (area.height - 1)
    guard hidden > 0 else { return }
    frame.write("+\(hidden) not shown", endingAt: area.maxX, y: area.y, role: .textDim)
  }

  /// Severity and title, then who must do something, how late it is, and what it is as far as there is room.
  private func draw(_ other: OpenIncident, in frame: inout Frame, _ row: Rect) {
    let due = dueWords(other)
    var right = frame.write(
      due.text, endingAt: row.maxX, y: row.y, role: due.isOver ? .countdownOver : .text)
    if !due.text.isEmpty { right -= 2 }
    let severity = TextWidth.fit(other.severity ?? "?", to: 6)
    let x = row.x + 2 + TextWidth.columns(severity) + 1
    let title = TextWidth.columns(other.title)
    let step = other.step ?? ""
    // The title is said in full before anything beside it.
    if !step.isEmpty, right - x - title - 2 >= min(12, TextWidth.columns(step)) {
      let room = right - x - title - 2
      let text = TextWidth.truncate(step, to: room)
      right =
        frame.write(
          text, endingAt: right, y: row.y, role: due.isOver ? .countdownOver : .text) - 2
    }
    if !other.isAcknowledged, right - x >= 18 {
      right = frame.write("NOT ACK", endingAt: right, y: row.y, role: .countdownOver) - 2
    }
    frame.write(
      severity, at: Point(x: row.x + 2, y: row.y), role: other.rank ?? 1 == 1 ? .textStrong : .text)
    frame.write(other.title, at: Point(x: x, y: row.y), width: max(0, right - x), role: .text)
  }
}
