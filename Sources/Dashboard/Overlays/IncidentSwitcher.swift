import Display
import Engine
import Wording

/// The list of what is open: the worst first, narrowed by typing, with what is due next in each.
extension Model {
  var switchable: [OpenIncident] {
    incidents.filter {
      listFilter.passes([
        $0.title, $0.id, $0.severity ?? "unknown", $0.status, $0.commander ?? "", $0.next ?? "",
      ])
    }
  }

  mutating func pressInSwitcher(_ key: Key) -> [Effect] {
    let rows = switchable
    if listFilter.take(key, count: rows.count, page: overlayArea.height - 4) { return [] }
    switch key {
    case .enter:
      guard rows.indices.contains(listFilter.picked) else { return [] }
      let id = rows[listFilter.picked].id
      closeOverlay()
      return id == incident?.id ? [] : open(id)
    case .escape where !listFilter.text.isEmpty: listFilter = ListFilter()
    case .escape, .ctrl("c"): closeOverlay()
    default: break
    }
    return []
  }

  /// How late or how near the next duty of an incident is.
  private func dueWords(_ summary: OpenIncident) -> (text: String, isOver: Bool) {
    guard let due = summary.due else { return ("", false) }
    let left = due - summary.pace.time(at: present)
    return left <= .zero
      ? ("OVER \(InstantText.span(left))", true) : ("in \(InstantText.span(left))", false)
  }

  func switcherPopup(width: Int) -> Popup {
    let rows = switchable
    let count =
      rows.count == incidents.count ? "\(rows.count)" : "\(rows.count) of \(incidents.count)"
    let typed = listFilter.text.isEmpty ? "type to narrow" : listFilter.text
    var popup = Popup(
      title: "Open incidents \(count): \(typed)", trailing: "Enter switches \(glyphs.separator) Esc"
    )
    let columns = SwitcherColumns(width: width)
    popup.add([
      (TextWidth.fit("  SEV", to: 11), .textDim), (TextWidth.fit("ACK", to: 5), .textDim),
      (TextWidth.fit("NEXT", to: columns.next + 1), .textDim),
      (TextWidth.fit("DUE", to: columns.due + 1), .textDim),
      (columns.hasElapsed ? TextWidth.fit("T+", to: 9) : "", .textDim),
      (TextWidth.fit("TITLE", to: columns.title + 1), .textDim),
      (columns.hasCommander ? "IC" : "", .textDim),
    ])
    for (index, summary) in rows.enumerated() {
      popup.add(pieces(of: summary, columns))
      if index == listFilter.picked {
        popup.focus = popup.lines.count - 1
        popup.picked = popup.lines.count - 1
      }
    }
    if incidents.isEmpty {
      popup.add("None. :declare TITLE opens one.")
    } else if rows.isEmpty {
      popup.add("None matches “\(listFilter.text)”. Esc shows all.")
    }
    return popup
  }

  private func pieces(
    of summary: OpenIncident, _ columns: SwitcherColumns
  ) -> [(text: String, role: StyleRole)] {
    let due = dueWords(summary)
    let elapsed =
      summary.clock.map { clock in
        InstantText.elapsed(clock.elapsed(at: summary.pace.time(at: present)))
      } ?? ""
    let severity = TextWidth.fit(" \(summary.severity ?? "?") ", to: 8)
    return [
      (summary.id == incident?.id ? "\(glyphs.arrow) " : "  ", .dialog),
      (severity, .severity(summary.rank)), (" ", .dialog),
      (
        TextWidth.fit(summary.isAcknowledged ? "yes" : "NO", to: 4) + " ",
        summary.isAcknowledged ? .textDim : .countdownOver
      ),
      (TextWidth.fit(summary.next ?? "", to: columns.next) + " ", .dialog),
      (TextWidth.fit(due.text, to: columns.due) + " ", due.isOver ? .countdownOver : .dialog),
      (columns.hasElapsed ? TextWidth.fit(elapsed, to: 8) + " " : "", .textDim),
      (TextWidth.fit(summary.title, to: columns.title) + " ", .textStrong),
      (columns.hasCommander ? TextWidth.fit(summary.commander ?? "nobody", to: 10) : "", .dialog),
      (summary.missing.isEmpty ? "" : " NOT DELIVERED", .countdownOver),
    ]
  }
}

/// Widths of the switcher's columns.
struct SwitcherColumns {
  let next: Int
  let due = 14
  let title: Int
  let hasElapsed: Bool
  let hasCommander: Bool

  init(width: Int) {
    hasElapsed = width >= 90
    hasCommander = width >= 76
    let used = 16 + due + 1 + (hasElapsed ? 9 : 0) + (hasCommander ? 11 : 0)
    next = width >= 64 ? max(10, (width - used) * 2 / 5) : 0
    title = max(8, width - used - next - 2)
  }
}
