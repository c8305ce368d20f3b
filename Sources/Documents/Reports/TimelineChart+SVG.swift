import Display
import Engine

extension TimelineChart {
  /// The chart as SVG: shapes and hatching tell apart what colour could, every shape has its words as a title.
  package var svg: String {
    let height = Layout.top + lanes.count * Layout.lane + Layout.bottom
    var lines = [
      """
      <svg viewBox="0 0 \(Layout.width) \(height)" role="img" \
      aria-label="Timeline of the incident" xmlns="http://www.w3.org/2000/svg">
      """,
      Self.patterns,
    ]
    let (axis, times) = axis(height)
    let (milestones, names) = marked(height)
    lines += axis
    for (index, lane) in lanes.enumerated() {
      lines += svg(of: lane, y: Layout.top + index * Layout.lane)
    }
    // Words come last: lines would strike them through.
    lines += milestones + times + names
    lines.append("</svg>")
    return lines.joined(separator: "\n")
  }

  private enum Layout {
    static let width = 1000
    static let left = 92
    static let right = 14
    static let top = 16
    static let lane = 40
    /// Rows for the names of milestones.
    static let rows = 5
    /// Room for the axis and those rows.
    static let bottom = 38 + rows * 13
    /// Width of a character of a label, about.
    static let character = 6.4
  }

  private static let patterns = """
    <defs>
    <pattern id="w1" width="6" height="6" patternUnits="userSpaceOnUse">\
    <path d="M0 6 L6 0" class="hatch"/></pattern>
    <pattern id="w2" width="4" height="4" patternUnits="userSpaceOnUse">\
    <path d="M0 4 L4 0" class="hatch"/></pattern>
    <pattern id="w3" width="3" height="3" patternUnits="userSpaceOnUse">\
    <path d="M0 3 L3 0 M0 0 L3 3" class="hatch"/></pattern>
    </defs>
    """

  // MARK: - Places

  private func x(_ instant: Timestamp) -> Double {
    let room = Double(Layout.width - Layout.left - Layout.right)
    let share =
      Double(instant.milliseconds - from.milliseconds)
      / Double(max(1, to.milliseconds - from.milliseconds))
    return Double(Layout.left) + room * min(max(share, 0), 1)
  }

  /// One decimal is finer than a screen or a printer.
  private func number(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return tenths.isMultiple(of: 10) ? "\(tenths / 10)" : "\(tenths / 10).\(abs(tenths % 10))"
  }

  private func time(_ instant: Timestamp) -> String {
    InstantText.short(instant, in: zone, near: from)
  }

  // MARK: - Lanes

  private func svg(of lane: Lane, y: Int) -> [String] {
    var lines = [
      """
      <text x="\(Layout.left - 8)" y="\(y + 24)" class="lane">\(Harmless.html(lane.title))</text>
      """
    ]
    let indent = lane.points.isEmpty ? 4.0 : 11
    for span in lane.spans { lines += svg(of: span, y: y, indent: indent) }
    for group in clusters(lane.points) { lines += svg(of: group, y: y + Layout.lane / 2) }
    return lines
  }

  /// `indent` keeps a label clear of a shape that stands at the beginning of its stretch.
  private func svg(of span: Span, y: Int, indent: Double) -> [String] {
    let (left, right) = (x(span.from), x(span.to))
    let width = max(1.5, right - left)
    let place = "x=\"\(number(left))\" y=\"\(y + 6)\" width=\"\(number(width))\" height=\"28\""
    let title = "\(span.label): \(time(span.from)) to \(time(span.to))"
    var lines = [
      "<g><title>\(Harmless.html(title))</title>",
      "<rect \(place) class=\"span\"/>",
    ]
    if span.weight > 0 {
      lines.append("<rect \(place) fill=\"url(#w\(min(span.weight, 3)))\"/>")
    }
    let room = Int((width - indent - 8) / Layout.character)
    if room >= 3 {
      let label = TextWidth.truncate(Sanitizer.clean(span.label), to: room)
      let labelWidth = Double(TextWidth.columns(label)) * Layout.character + 6
      lines.append(
        """
        <rect x="\(number(left + indent))" y="\(y + 11)" width="\(number(labelWidth))" height="18" \
        class="plate"/><text x="\(number(left + indent + 3))" y="\(y + 24)">\(Harmless.html(label))</text>
        """)
    }
    return lines + ["</g>"]
  }

  /// Points so close that their shapes would cover each other, together.
  private func clusters(_ points: [Point]) -> [[Point]] {
    var clusters: [[Point]] = []
    for point in points.sorted(by: { $0.at < $1.at }) {
      if let last = clusters.last?.last, x(point.at) - x(last.at) < 13 {
        clusters[clusters.count - 1].append(point)
      } else {
        clusters.append([point])
      }
    }
    return clusters
  }

  private func svg(of group: [Point], y: Int) -> [String] {
    guard let first = group.first else { return [] }
    let titles = group.prefix(20).map { point in
      Harmless.html(
        "\(time(point.at)) \(TextWidth.truncate(Sanitizer.clean(point.label), to: 120))")
    }
    let centre = x(first.at)
    var lines = ["<g><title>\(titles.joined(separator: "&#10;"))</title>"]
    // That nobody is left to call must not hide behind the last call.
    let drawn = group.contains { $0.shape == .cross } ? Point.Shape.cross : first.shape
    lines.append(shape(drawn, centre, Double(y)))
    if group.count > 1 {
      lines.append(
        "<text x=\"\(number(centre + 9))\" y=\"\(y + 4)\" class=\"count\">×\(group.count)</text>")
    }
    return lines + ["</g>"]
  }

  private func shape(_ shape: Point.Shape, _ x: Double, _ y: Double) -> String {
    func path(_ points: [(Double, Double)]) -> String {
      let steps = points.map { "\(number(x + $0.0)) \(number(y + $0.1))" }
      return "<path d=\"M\(steps.joined(separator: " L"))Z\" class=\"point\"/>"
    }
    switch shape {
    case .circle:
      return "<circle cx=\"\(number(x))\" cy=\"\(number(y))\" r=\"6\" class=\"point\"/>"
    case .diamond: return path([(0, -8), (7, 0), (0, 8), (-7, 0)])
    case .triangle: return path([(0, -8), (8, 7), (-8, 7)])
    case .square:
      return path([(-6, -6), (6, -6), (6, 6), (-6, 6)])
    case .cross:
      return
        "<path d=\"M\(number(x - 6)) \(number(y - 6)) l12 12 m0 -12 l-12 12\" class=\"cross\"/>"
    }
  }

  // MARK: - Axis

  private func axis(_ height: Int) -> (lines: [String], times: [String]) {
    let base = height - Layout.bottom + 4
    var lines = [
      "<path d=\"M\(Layout.left) \(base) H\(Layout.width - Layout.right)\" class=\"axis\"/>"
    ]
    var times: [String] = []
    for tick in ticks {
      let place = x(tick)
      let x = number(place)
      let style = place > Double(Layout.width - 30) ? "time end" : "time"
      lines.append("<path d=\"M\(x) \(Layout.top) V\(base + 5)\" class=\"tick\"/>")
      times.append(
        "<text x=\"\(x)\" y=\"\(base + 18)\" class=\"\(style)\">\(Harmless.html(label(of: tick)))</text>"
      )
    }
    return (lines, times)
  }

  private func label(of tick: Timestamp) -> String {
    let text = InstantText.minute(tick, in: zone)
    return text == "00:00" ? String(InstantText.date(tick, in: zone).suffix(5)) : text
  }

  /// Round times by the clock of the zone, seven at most.
  private var ticks: [Timestamp] {
    let span = to.secondsSince1970 - from.secondsSince1970
    let steps = [
      60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400, 172_800, 604_800,
      2_592_000,
    ]
    let step = steps.first { span / $0 <= 7 } ?? max(1, span / 7)
    let offset = zone.offset(at: from)
    var second = (from.secondsSince1970 + offset) / step * step - offset
    var ticks: [Timestamp] = []
    while second <= to.secondsSince1970, ticks.count < 40 {
      if second >= from.secondsSince1970 {
        ticks.append(Timestamp(milliseconds: Int64(second) * 1000))
      }
      second += step
    }
    return ticks
  }

  /// Milestones as lines through everything, their names in rows under the axis.
  private func marked(_ height: Int) -> (lines: [String], names: [String]) {
    let base = height - Layout.bottom + 4
    var ends = Array(repeating: -1.0, count: Layout.rows)
    var lines: [String] = []
    var names: [String] = []
    for mark in marks {
      let x = x(mark.at)
      let width = Double(mark.label.count) * Layout.character
      let isRight = x + width > Double(Layout.width)
      let left = isRight ? x - width : x
      let row = ends.firstIndex { $0 < left } ?? Layout.rows - 1
      ends[row] = left + width + 8
      let y = base + 34 + row * 13
      let anchor = isRight ? "mark end" : "mark"
      let title = "<title>\(Harmless.html("\(mark.label) \(time(mark.at))"))</title>"
      lines.append(
        "<path d=\"M\(number(x)) \(Layout.top - 8) V\(y - 10)\" class=\"milestone\">\(title)</path>"
      )
      names.append(
        "<text x=\"\(number(x))\" y=\"\(y)\" class=\"\(anchor)\">\(Harmless.html(mark.label))\(title)</text>"
      )
    }
    return (lines, names)
  }
}
