import Display

/// A text that the runtime makes from the logs and the console shows over the panes.
package enum Report: Hashable, Sendable {
  /// Where the incident stands, for whoever takes over.
  case brief
  /// Metrics over all incidents of the store.
  case statistics
  /// How a drill went.
  case debrief
  /// Whether the log of the incident is whole.
  case verification

  var title: String {
    switch self {
    case .brief: "Hand-over brief"
    case .statistics: "Statistics"
    case .debrief: "Debrief of the drill"
    case .verification: "The log, checked"
    }
  }
}

extension Model {
  /// Shows a report as soon as it has been made.
  mutating func ask(for report: Report) -> [Effect] {
    show(.report(report))
    reportLines = nil
    return [.report(report, width: reportWidth)]
  }

  /// Takes in a report that was asked for and is still wanted.
  mutating func show(_ lines: [String], of report: Report) {
    guard overlay == .report(report) else { return }
    let width = reportWidth
    reportLines = lines.flatMap {
      TextWidth.columns($0) > width ? TextWidth.wrap($0, to: width) : [$0]
    }
    scroll = min(scroll, lastReportLine)
  }

  /// Has what lies open made anew for another size.
  mutating func resized(to new: Size) -> [Effect] {
    let width = reportWidth
    let documentWidth = documentArea.width
    size = new
    if overlay == .document {
      let area = documentArea
      document?.keepInSight(area.height)
      return area.width == documentWidth ? [] : [.document(width: area.width)]
    }
    guard case .report(let report) = overlay, reportWidth != width else { return [] }
    return [.report(report, width: reportWidth)]
  }

  /// Keys while a report lies open; nil: they close it.
  mutating func pressInReport(_ request: Request?) -> [Effect]? {
    if scroll(by: request, page: overlayArea.height - 3, last: lastReportLine) { return [] }
    switch request {
    case .copy: return [.copy((reportLines ?? []).joined(separator: "\n"))]
    case .repaint: return [.repaint]
    default: return nil
    }
  }

  /// Moves through a text that lies open, `last` being its first line when its end is in sight; false where a request
  /// moves nothing.
  @discardableResult mutating func scroll(by request: Request?, page: Int, last: Int) -> Bool {
    switch request {
    case .up: scroll -= 1
    case .down: scroll += 1
    case .pageUp: scroll -= max(1, page)
    case .pageDown: scroll += max(1, page)
    case .first: scroll = 0
    case .last: scroll = last
    default: return false
    }
    scroll = max(0, min(scroll, last))
    return true
  }

  /// What lies over the panes may take up so much: never the rows that say what is due next.
  var overlayArea: Rect {
    let area = promptArea.inset(horizontal: size.width >= 40 ? 2 : 0, vertical: 0)
    // What the keys do stays in sight below it.
    guard area.height >= 10, !ConsoleLayout(edges: self).hint.isEmpty else { return area }
    return area.split(bottom: 1).rest
  }

  /// The rows below those of the next duty; the first row alone where none is left below them.
  var promptArea: Rect {
    let layout = ConsoleLayout(edges: self)
    guard layout.shape == .lines || layout.shape == .tooSmall else {
      return Rect(size).split(top: layout.header.height).rest
    }
    let duty = dutyLine?.rows(size.width, most: 2).count ?? 0
    let below = Rect(size).split(top: 1 + duty).rest
    return below.isEmpty ? Rect(size).row(0) : below
  }

  private var reportWidth: Int { max(8, min(overlayArea.width - 4, 100)) }

  /// The first line on screen when the end is in sight.
  private var lastReportLine: Int {
    max(0, (reportLines?.count ?? 0) - max(1, overlayArea.height - 2))
  }

  func reportPopup(_ report: Report) -> Popup {
    var popup = Popup(title: report.title, trailing: "Y copies · Esc closes")
    for line in reportLines ?? ["Preparing the report …"] { popup.add(line) }
    return popup
  }
}
