import Display

/// A box in front of the panes with lines of text, cut to what fits.
struct Popup {
  var title: String
  var trailing = ""
  var lines: [[(text: String, role: StyleRole)]] = []
  var role = StyleRole.dialog
  /// What it takes up at least, so that it stands still while what it lists gets less.
  var least = Size(width: 0, height: 0)
  /// Which one of those that it lists is picked, where its lines are more than these.
  var position: String?
  /// A line that must be in sight.
  var focus: Int?
  /// The line that is picked.
  var picked: Int?
  /// The last rows, which stay where they are while the others move.
  var footer: [[(text: String, role: StyleRole)]] = []

  mutating func add(_ text: String, _ role: StyleRole? = nil) {
    lines.append([(text, role ?? self.role)])
  }

  mutating func add(_ pieces: [(text: String, role: StyleRole)]) { lines.append(pieces) }

  /// Adds a text broken into lines of a width.
  mutating func add(wrapped text: String, to width: Int, _ role: StyleRole? = nil) {
    for line in TextWidth.wrap(text, to: width) { add(line, role) }
  }

  /// Whether rows are so few that a footer stands in the frame, and nothing is left blank.
  static func isTight(_ area: Rect) -> Bool { area.height < 12 }

  /// Rows for the footer and the blank one above it, within the frame.
  private func footerRows(_ area: Rect) -> Int {
    footer.isEmpty ? 0 : Self.isTight(area) ? footer.count - 1 : footer.count + 1
  }

  /// How many lines are in sight at once.
  func visibleLines(in area: Rect) -> Int {
    let rows = footerRows(area)
    return max(1, min(lines.count + 2 + rows, area.height) - 2 - rows)
  }

  private var width: Int {
    let widths = (lines + footer).map { $0.reduce(0) { $0 + TextWidth.columns($1.text) } }
    let longest = widths.max() ?? 0
    return max(longest, TextWidth.columns(title) + TextWidth.columns(trailing) + 4)
  }

  /// Draws it in the middle; `selected` is restyled, `offset` lines at the top are left out.
  func draw(in frame: inout Frame, _ area: Rect, offset: Int = 0, selected: Int? = nil) {
    let rows = footerRows(area)
    let rect = area.centered(
      Size(
        width: min(max(width + 4, least.width), area.width),
        height: min(max(lines.count + 2 + rows, least.height), area.height)))
    guard rect.width >= 6, rect.height >= 3 else {
      frame.fill(area, role: role)
      let last = footer.suffix(1)
      for (row, line) in (lines.prefix(area.height - last.count) + last).enumerated() {
        frame.write(line, at: area.row(row).origin, width: area.width)
      }
      return
    }
    frame.fill(rect, role: role)
    let visible = max(1, rect.height - 2 - rows)
    var offset = max(0, min(offset, lines.count - visible))
    if let focus { offset = max(0, min(focus - visible / 2, lines.count - visible)) }
    if let selected { offset = max(0, min(max(offset, selected - visible + 1), selected)) }
    let more =
      lines.count > visible
      ? position ?? "\(offset + 1)-\(offset + visible) of \(lines.count)" : trailing
    frame.box(rect, style: .double, role: role, title: title, titleRole: role, trailing: more)
    let inner = rect.inset(horizontal: 2, vertical: 1)
    let bottom = inner.maxY + (Self.isTight(area) ? 1 : 0)
    for (row, line) in footer.enumerated() {
      let y = bottom - footer.count + row
      frame.write(line, at: Point(x: inner.x, y: y), width: inner.width)
    }
    frame.clipped(to: inner) { frame in
      for row in 0..<min(visible, inner.height) where offset + row < lines.count {
        frame.write(lines[offset + row], at: inner.row(row).origin, width: inner.width)
        if offset + row == selected ?? picked { frame.restyle(inner.row(row), role: .selection) }
      }
    }
  }
}
