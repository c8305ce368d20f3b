import Display
import Engine
import Wording

/// What happened where, in all open incidents: the newest first, marked where this person has not seen it.
extension Model {
  /// Opens the list and asks for what is in it.
  mutating func showActivity() -> [Effect] {
    show(.activity)
    activity = nil
    return askForActivity()
  }

  private mutating func askForActivity() -> [Effect] {
    let open = incidents.filter(\.isOpen)
    activityAsked = Dictionary(open.map { ($0.id, $0.sequence) }, uniquingKeysWith: { $1 })
    return [.activity(open.map(\.id))]
  }

  /// Asks again when something was written while the list lies open.
  mutating func refreshActivity() -> [Effect] {
    guard overlay == .activity else { return [] }
    let isNew = incidents.contains { $0.isOpen && activityAsked[$0.id] != $0.sequence }
    return isNew ? askForActivity() : []
  }

  /// Takes in what was read; the picked entry stays picked.
  mutating func take(activity entries: [ActivityEntry]) {
    guard overlay == .activity else { return }
    let picked = pickedActivity
    activity = entries.sorted { ($0.at, $0.sequence) > ($1.at, $1.sequence) }
    guard listFilter.isTouched, let picked else { return }
    let place = shownActivity.firstIndex {
      $0.incident == picked.incident && $0.sequence == picked.sequence
    }
    if let place { listFilter.picked = place }
  }

  private var shownActivity: [ActivityEntry] {
    (activity ?? []).filter {
      listFilter.passes([$0.text, $0.actor, $0.title, $0.incident, $0.severity ?? "unknown"])
    }
  }

  private var pickedActivity: ActivityEntry? {
    let rows = shownActivity
    return rows.indices.contains(listFilter.picked) ? rows[listFilter.picked] : nil
  }

  /// Whether an entry came since this person looked at its incident.
  private func isUnseen(_ entry: ActivityEntry) -> Bool {
    let last = entry.incident == incident?.id ? timeline.seenUpTo : lastSeen[entry.incident] ?? 0
    return entry.sequence > last
  }

  mutating func pressInActivity(_ key: Key) -> [Effect] {
    if listFilter.take(key, count: shownActivity.count, page: overlayArea.height - 4) { return [] }
    switch key {
    case .enter:
      guard let picked = pickedActivity else { return [] }
      closeOverlay()
      goingTo = (picked.incident, picked.sequence)
      return picked.incident == incident?.id ? goToEntry() : open(picked.incident)
    case .escape where !listFilter.text.isEmpty: listFilter = ListFilter()
    case .escape, .ctrl("c"): closeOverlay()
    default: break
    }
    return []
  }

  /// Goes to the entry that was asked for, when its incident is shown.
  mutating func goToEntry() -> [Effect] {
    guard let wanted = goingTo, wanted.incident == incident?.id else { return [] }
    goingTo = nil
    focus = .timeline
    if !timeline.filter.isEmpty {
      timeline.filter = TimelineFilter()
      rebuildTimeline()
    }
    return jump(to: wanted.entry)
  }

  func activityPopup(width: Int) -> Popup {
    let rows = shownActivity
    let unseen = rows.count(where: isUnseen)
    let news = unseen > 0 ? ", \(unseen) since you last looked" : ""
    let typed = listFilter.text.isEmpty ? "type to narrow" : listFilter.text
    var popup = Popup(
      title: "Activity \(rows.count)\(news): \(typed)",
      trailing: "Enter opens the incident \(glyphs.separator) Esc")
    popup.least = Size(width: width + 4, height: overlayArea.height)
    for (place, entry) in rows.enumerated() {
      popup.add(pieces(of: entry, width))
      if place == listFilter.picked {
        popup.focus = popup.lines.count - 1
        popup.picked = popup.lines.count - 1
      }
    }
    if activity == nil {
      popup.add("Reading the logs …")
    } else if rows.isEmpty {
      popup.add(
        listFilter.text.isEmpty ? "Nothing is open." : "No entry matches “\(listFilter.text)”.")
    }
    if let picked = pickedActivity, overlayArea.height >= 10 {
      popup.footer = TextWidth.wrap(picked.text, to: max(8, width)).prefix(3)
        .map { [($0, .textStrong)] }
    }
    return popup
  }

  private func pieces(
    of entry: ActivityEntry, _ width: Int
  ) -> [(text: String, role: StyleRole)] {
    let isNew = isUnseen(entry)
    let title = width >= 100 ? 28 : width >= 60 ? 14 : 10
    let time = width >= 100 ? clock.time(entry.at) : clock.minute(entry.at)
    let actor = width >= 100 ? 10 : 6
    return [
      (isNew ? "\(glyphs.unread) " : "  ", .timelineUnread), (time + "  ", .timelineTime),
      (TextWidth.fit(" \(entry.severity ?? "?") ", to: 7), .severity(entry.rank)),
      (" " + TextWidth.fit(entry.title, to: title) + "  ", isNew ? .textStrong : .dialog),
      (TextWidth.fit(entry.actor, to: actor) + " ", .timelineActor),
      ("\(entry.letter)  ", .textDim), (entry.text, isNew ? .textStrong : .dialog),
    ]
  }
}
