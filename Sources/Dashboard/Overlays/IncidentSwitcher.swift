import Display
import Engine
import Wording

/// The list of what is open, or of what was closed last: the worst first, narrowed by typing, with a preview.
extension Model {
  var switchable: [OpenIncident] {
    (closedIncidents ?? incidents).filter {
      listFilter.passes([
        $0.title, $0.id, $0.severity ?? "unknown", $0.status, $0.commander ?? "", $0.step ?? "",
      ])
    }
  }

  private var picked: OpenIncident? {
    let rows = switchable
    return rows.indices.contains(listFilter.picked) ? rows[listFilter.picked] : nil
  }

  mutating func pressInSwitcher(_ key: Key) -> [Effect] {
    if listFilter.take(key, count: switchable.count, page: overlayArea.height - 4) {
      return previewPicked()
    }
    switch key {
    case .enter:
      guard let id = picked?.id else { return [] }
      closeOverlay()
      return id == incident?.id ? [] : open(id)
    case .tab:
      let wasClosed = closedIncidents != nil
      (closedIncidents, listFilter) = (wasClosed ? nil : [], ListFilter())
      return wasClosed ? previewPicked() : [.listClosed]
    case .ctrl("e"):
      closeOverlay()
      return showActivity()
    case .escape where !listFilter.text.isEmpty:
      listFilter = ListFilter()
      return previewPicked()
    case .escape, .ctrl("c"): closeOverlay()
    default: break
    }
    return []
  }

  /// Asks for the newest entries of the picked incident, where they are not at hand.
  mutating func previewPicked() -> [Effect] {
    guard overlay == .incidents, let picked, preview?.id != picked.id else { return [] }
    return [.preview(picked.id)]
  }

  /// How late or how near the next duty of an incident is; where that has no clock, whether anything else is over.
  func dueWords(_ summary: OpenIncident) -> (text: String, isOver: Bool) {
    guard let due = summary.stepDue else {
      return summary.isOver(at: present) ? ("others over", true) : ("", false)
    }
    let left = due - summary.pace.time(at: present)
    return left <= .zero
      ? ("OVER \(InstantText.roughSpan(.zero - left))", true)
      : ("in \(InstantText.roughSpan(left))", false)
  }

  func switcherPopup(width: Int) -> Popup {
    let rows = switchable
    let all = closedIncidents ?? incidents
    let count = rows.count == all.count ? "\(rows.count)" : "\(rows.count) of \(all.count)"
    let typed = listFilter.text.isEmpty ? "type to narrow" : listFilter.text
    let (name, other) = closedIncidents == nil ? ("Open", "closed") : ("Closed", "open")
    var popup = Popup(
      title: "\(name) incidents \(count): \(typed)",
      trailing: "Enter switches \(glyphs.separator) Tab \(other) \(glyphs.separator) Esc")
    // It stands still while it is narrowed, and while closed ones are looked at.
    popup.least = Size(width: width + 4, height: max(16, incidents.count + 10))
    popup.position = "\(min(listFilter.picked + 1, rows.count)) of \(rows.count)"
    let columns = SwitcherColumns(width: width)
    popup.add(heading(columns))
    for (index, summary) in rows.enumerated() {
      popup.add(pieces(of: summary, columns))
      if index == listFilter.picked {
        popup.focus = popup.lines.count - 1
        popup.picked = popup.lines.count - 1
      }
      // In a row of its own it is never cut.
      if !summary.troubles.isEmpty {
        let words = summary.troubles.joined(separator: ", ")
        popup.add([(String(repeating: " ", count: columns.severity + 3) + words, .countdownOver)])
      }
    }
    if all.isEmpty {
      popup.add(
        closedIncidents == nil
          ? "None. :declare TITLE opens one." : "No incident has been closed yet.")
    } else if rows.isEmpty {
      popup.add("No incident matches “\(listFilter.text)”. Esc shows all.")
    }
    let most = Popup.isTight(overlayArea) ? 0 : max(0, min(4, overlayArea.height - 8))
    popup.footer = previewLines(width: width, most: most)
    return popup
  }

  /// The newest entries of the picked incident, those marked that came since this person looked at it.
  private func previewLines(width: Int, most: Int) -> [[(text: String, role: StyleRole)]] {
    guard let picked, most > 1 else { return [] }
    let seen = picked.id == incident?.id ? picked.sequence : lastSeen[picked.id]
    let fresh = seen.map { max(0, picked.sequence - $0) } ?? 0
    let news = fresh > 0 ? " \(glyphs.separator) \(fresh) new since you last looked" : ""
    var lines: [[(text: String, role: StyleRole)]] = [
      [("\(picked.status)\(news) \(glyphs.separator) \(picked.id)", .textDim)]
    ]
    guard let preview, preview.id == picked.id else { return lines }
    let shown = preview.lines.suffix(most - 1).reversed()
    let times = shown.map { clock.minute($0.at, today: now) }
    let width = width - (times.map(TextWidth.columns).max() ?? 0)
    for (line, time) in zip(shown, times) {
      let isNew = seen.map { line.sequence > $0 } ?? false
      lines.append([
        (TextWidth.fit(time, to: times.map(TextWidth.columns).max() ?? 5) + "  ", .timelineTime),
        (TextWidth.fit(line.actor, to: 10) + "  ", .timelineActor),
        (TextWidth.truncate(line.text, to: max(8, width - 14)), isNew ? .textStrong : .dialog),
      ])
    }
    return lines
  }

  private func pieces(
    of summary: OpenIncident, _ columns: SwitcherColumns
  ) -> [(text: String, role: StyleRole)] {
    let due = dueWords(summary)
    let elapsed =
      summary.clock.map { clock in
        InstantText.elapsed(clock.elapsed(at: summary.pace.time(at: present)))
      } ?? ""
    let severity = TextWidth.fit(" \(summary.severity ?? "?") ", to: columns.severity)
    let ack = summary.isAcknowledged ? "yes" : "NO"
    let next = TextWidth.fit(summary.step ?? "", to: columns.next)
    return [
      (summary.id == incident?.id ? "\(glyphs.arrow) " : "  ", .dialog),
      (severity, .severity(summary.rank)), (" ", .dialog),
      (TextWidth.fit(ack, to: 4), summary.isAcknowledged ? .textDim : .countdownOver),
      (columns.next > 0 ? next + " " : "", .dialog),
      (TextWidth.fit(due.text, to: columns.due) + " ", due.isOver ? .countdownOver : .dialog),
      (columns.hasElapsed ? TextWidth.fit(elapsed, to: 8) + " " : "", .textDim),
      (TextWidth.fit(summary.title, to: columns.title) + " ", .textStrong),
      (columns.hasCommander ? TextWidth.fit(summary.commander ?? "nobody", to: 10) : "", .dialog),
    ]
  }

  private func heading(_ columns: SwitcherColumns) -> [(text: String, role: StyleRole)] {
    let names = [
      ("  SEV", columns.severity + 3), ("ACK", 4),
      ("NEXT", columns.next > 0 ? columns.next + 1 : 0), ("DUE", columns.due + 1),
      ("T+", columns.hasElapsed ? 9 : 0), ("TITLE", columns.title + 1),
      ("IC", columns.hasCommander ? 2 : 0),
    ]
    return [(names.map { TextWidth.fit($0.0, to: $0.1) }.joined(), .textDim)]
  }
}

/// Widths of the switcher's columns: a title is said before what is due, and that before anything else.
struct SwitcherColumns {
  let severity: Int
  let next: Int
  let due: Int
  let title: Int
  let hasElapsed: Bool
  let hasCommander: Bool

  init(width: Int) {
    hasElapsed = width >= 90
    hasCommander = width >= 76
    severity = width >= 64 ? 8 : 7
    due = width >= 64 ? 15 : width >= 44 ? 11 : 4
    let used = severity + 7 + due + 1 + (hasElapsed ? 9 : 0) + (hasCommander ? 11 : 0)
    next = width >= 64 ? max(10, (width - used) * 2 / 5) : 0
    title = max(8, width - used - (next > 0 ? next + 1 : 0) - 1)
  }
}
