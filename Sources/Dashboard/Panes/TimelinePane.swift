import Display
import Engine
import Wording

extension Model {
  func drawTimelineTitle(in frame: inout Frame, _ row: Rect, after used: Int) {
    guard let incident else { return }
    var used = used
    let activity = activityText(columns: row.width >= 100 ? 20 : 12)
    if row.width >= 60 {
      used += frame.write(activity, at: Point(x: row.x + used, y: row.y), role: .title) + 1
    }
    var pieces = titlePieces(incident)
    while pieces.reduce(0, { $0 + TextWidth.columns($1.text) }) >= row.width - used,
      !pieces.isEmpty
    {
      pieces.removeLast()
    }
    let width = pieces.reduce(0) { $0 + TextWidth.columns($1.text) }
    frame.write(pieces, at: Point(x: row.maxX - width, y: row.y))
  }

  private func titlePieces(_ incident: Incident) -> [(text: String, role: StyleRole)] {
    var pieces: [(text: String, role: StyleRole)] = []
    if !timeline.filter.isEmpty { pieces.append((" only \(timeline.filter.text) ", .matchCurrent)) }
    if !timeline.query.isEmpty {
      let place = matchIndex.map { "\($0 + 1) of " } ?? ""
      pieces.append((" “\(timeline.query)” \(place)\(timeline.matches.count) ", .match))
    }
    let count = incident.timeline.rows.count
    let shown = timeline.rows.count
    if timeline.follows {
      pieces.append((" following ", .title))
      if timeline.unseen > 0 { pieces.append(("+\(timeline.unseen) ", .timelineUnread)) }
    } else {
      let more = timeline.unseen > 0 ? " +\(timeline.unseen)" : ""
      pieces.append((" PAUSED\(more) ", timeline.unseen > 0 ? .timelineUnread : .titleFocused))
      let place = shown - timeline.offset
      pieces.append(("\(glyphs.separator) at \(place) of \(shown) ", .title))
    }
    let late = incident.timeline.lateCount
    let all = timeline.filter.isEmpty ? "" : "\(shown) of "
    pieces.append(
      (
        "\(glyphs.separator) \(all)\(count) \(count == 1 ? "entry" : "entries") "
          + (late > 0 ? "\(glyphs.separator) \(late) late " : "")
          + "\(glyphs.separator) \(clock.abbreviation(now)) ", .title
      ))
    return pieces
  }

  /// How much was written in each part of the last hour, as small bars.
  func activityText(columns: Int) -> String {
    guard let rows = incident?.timeline.rows, columns > 0 else { return "" }
    // The rows are in order: where a part of the hour begins and ends is looked up.
    func first(of place: Int) -> Int {
      rows.partitioningIndex { Int((now - $0.effective).wholeSeconds) * columns / 3600 <= place }
    }
    let starts = (-1..<columns).map(first)
    let counts = (0..<columns).reversed().map { starts[$0] - starts[$0 + 1] }
    let most = max(1, counts.max() ?? 1)
    return String(
      counts.map { count in
        count == 0
          ? glyphs.levels[0]
          : glyphs.levels[
            min(glyphs.levels.count - 1, 1 + count * (glyphs.levels.count - 2) / most)]
      })
  }

  /// Whether entries need their date: not all of them happened on one day.
  private var needsDates: Bool {
    guard let first = timeline.rows.first else { return false }
    let zone = clock.shown
    return zone.localTime(at: first.effective).date != zone.localTime(at: now).date
  }

  func drawTimeline(in frame: inout Frame, _ area: Rect) {
    guard area.height > 0 else { return }
    guard !timeline.rows.isEmpty else {
      let text =
        timeline.filter.isEmpty ? "No entries yet." : "No entry passes the filter. Esc shows all."
      frame.write(text, at: area.origin, width: area.width, role: .textDim)
      return
    }
    let columns = TimelineColumns(width: area.width, hasDates: needsDates)
    let offset = timeline.offset
    let picked = focus == .timeline ? pickedEntry.map { timeline.place(of: $0) } : nil
    func cut(_ place: Int) -> [String] {
      guard let row = timeline.row(at: place) else { return [] }
      let most = isZoomed || timeline.selected == row.stamp ? area.height / 2 : area.height
      return furtherLines(of: row, columns, width: area.width, most: most)
    }
    let opened = timeline.selected == nil ? nil : picked
    let spare =
      area.height - (timeline.rows.count - offset) - (opened.map { cut($0).count } ?? 0)
    let told = SpareRows.places(offset..<max(offset, timeline.rows.count), spare: spare) {
      $0 == opened ? 0 : cut($0).count
    }
    func further(_ place: Int) -> [String] {
      place == opened || isZoomed || told.contains(place) ? cut(place) : []
    }
    // The picked entry is wholly in sight: what stands above it gives way.
    var first = offset
    if let picked, picked >= offset {
      var used = (offset...picked).reduce(0) { $0 + 1 + further($1).count }
      while used > area.height, first < picked {
        used -= 1 + further(first).count
        first += 1
      }
    }
    var y = area.y
    var place = first
    while y < area.maxY, let row = timeline.row(at: place) {
      let line = Rect(x: area.x, y: y, width: area.width, height: 1)
      let further = further(place)
      draw(row, isWhole: !further.isEmpty, in: &frame, line, columns)
      if place == picked {
        frame.restyle(line, role: .selection)
      } else if !timeline.query.isEmpty {
        highlight(row, in: &frame, line, from: area.x + columns.text)
      }
      y += 1
      for text in further where y < area.maxY {
        frame.write(
          text, at: Point(x: area.x + columns.text, y: y),
          width: max(0, area.width - columns.text), role: .text)
        y += 1
      }
      place += 1
    }
  }

  /// The rows that the timeline takes with nothing cut, where it has fewer entries than a screen has rows.
  func rowsOfTimeline(width: Int) -> Int {
    let count = timeline.rows.count
    guard count < size.height else { return count }
    let columns = TimelineColumns(width: width, hasDates: needsDates)
    return timeline.rows.reduce(0) {
      $0 + 1 + furtherLines(of: $1, columns, width: width, most: size.height).count
    }
  }

  /// The entry under the cursor: the one that was moved to, else the newest.
  var pickedEntry: Stamp? { timeline.selected ?? timeline.row(at: 0)?.stamp }

  /// The words that the first row of an entry has no room for.
  private func furtherLines(
    of row: TimelineRow, _ columns: TimelineColumns, width: Int, most: Int
  ) -> [String] {
    guard let event = words[row.sequence] else { return [] }
    let room = max(8, width - columns.text)
    let text = shownEntry(row, event).text
    guard TextWidth.columns(text) > room else { return [] }
    let wrapped = TextWidth.wrap(text, to: room)
    guard wrapped.count > most + 1 else { return Array(wrapped.dropFirst()) }
    return Array(wrapped[1..<max(1, most)]) + ["\(glyphs.ellipsis) Enter opens it"]
  }

  /// The first row of an entry; `isWhole`: what it has no room for follows below.
  private func draw(
    _ row: TimelineRow, isWhole: Bool, in frame: inout Frame, _ area: Rect,
    _ columns: TimelineColumns
  ) {
    let date = columns.hasDates ? "\(clock.day(row.effective)) " : ""
    let time = columns.hasSeconds ? clock.time(row.effective) : clock.minute(row.effective)
    let isLate = row.marks.contains(.late)
    let x =
      area.x
      + frame.write(
        date + time, at: area.origin, role: isLate ? .timelineLate : .timelineTime)
    let isNew = row.sequence > timeline.seenUpTo
    if isNew || isLate {
      frame.write(
        isNew ? String(glyphs.unread) : "L", at: Point(x: x + 1, y: area.y),
        role: isNew ? .timelineUnread : .timelineLate)
    }
    guard let event = words[row.sequence] else {
      frame.write("…", at: Point(x: area.x + columns.text, y: area.y), role: .textDim)
      return
    }
    let entry = shownEntry(row, event)
    frame.write(
      entry.actor, at: Point(x: area.x + columns.actor, y: area.y), width: columns.actorWidth,
      role: .timelineActor)
    frame.write(
      String(entry.letter), at: Point(x: area.x + columns.letter, y: area.y), role: entry.role)
    let room = max(0, area.width - columns.text)
    let text = isWhole ? TextWidth.wrap(entry.text, to: max(8, room)).first ?? "" : entry.text
    frame.write(
      text, at: Point(x: area.x + columns.text, y: area.y), width: room, role: entry.role)
  }

  private func highlight(_ row: TimelineRow, in frame: inout Frame, _ area: Rect, from x: Int) {
    guard timeline.matches.contains(row.sequence), let event = words[row.sequence] else { return }
    let text = Sanitizer.clean(shownEntry(row, event).text)
    let ignoresCase = timeline.query == timeline.query.lowercased()
    let shown = Array(ignoresCase ? text.lowercased() : text)
    let wanted = Array(timeline.query)
    guard !wanted.isEmpty, shown.count >= wanted.count else { return }
    for start in 0...shown.count - wanted.count
    where Array(shown[start..<start + wanted.count]) == wanted {
      let before = TextWidth.columns(String(shown[..<start]))
      let width = TextWidth.columns(timeline.query)
      frame.restyle(Rect(x: x + before, y: area.y, width: width, height: 1), role: .match)
    }
  }
}

/// Where the parts of an entry begin, from the left edge.
struct TimelineColumns {
  let hasDates: Bool
  let hasSeconds: Bool
  let actor: Int
  let actorWidth: Int
  let letter: Int
  let text: Int

  init(width: Int, hasDates: Bool) {
    self.hasDates = hasDates && width >= 44
    hasSeconds = width >= 60
    actor = (self.hasDates ? 6 : 0) + (hasSeconds ? 8 : 5) + 3
    actorWidth = width >= 120 ? 14 : width >= 60 ? 9 : 5
    letter = actor + actorWidth + 1
    text = letter + (width >= 60 ? 3 : 2)
  }
}
