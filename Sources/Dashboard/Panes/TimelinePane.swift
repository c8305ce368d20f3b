import Display
import Engine

extension Model {
  func drawTimelineTitle(in frame: inout Frame, _ row: Rect, room: Int) {
    guard let incident else { return }
    var pieces: [(text: String, role: StyleRole)] = []
    if !timeline.filter.isEmpty { pieces.append((" only \(timeline.filter.text) ", .matchCurrent)) }
    if !timeline.query.isEmpty {
      let place = matchIndex.map { "\($0 + 1)/" } ?? ""
      pieces.append((" “\(timeline.query)” \(place)\(timeline.matches.count) ", .match))
    }
    if timeline.follows {
      pieces.append((" following ", .title))
    } else {
      let more = timeline.unseen > 0 ? " +\(timeline.unseen)" : ""
      pieces.append((" PAUSED\(more) ", timeline.unseen > 0 ? .timelineUnread : .titleFocused))
    }
    let count = incident.timeline.rows.count
    let shown = timeline.rows.count
    let late = incident.timeline.lateCount
    pieces.append(
      (
        "\(glyphs.separator) \(timeline.filter.isEmpty ? "" : "\(shown) of ")\(count) entries "
          + (late > 0 ? "\(glyphs.separator) \(late) late " : "")
          + "\(glyphs.separator) \(clock.abbreviation(now)) ", .title
      ))
    while pieces.reduce(0, { $0 + TextWidth.columns($1.text) }) >= room, !pieces.isEmpty {
      pieces.removeLast()
    }
    let width = pieces.reduce(0) { $0 + TextWidth.columns($1.text) }
    frame.write(pieces, at: Point(x: row.maxX - width, y: row.y))
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
    for line in 0..<area.height {
      guard let row = timeline.row(at: offset + line) else { break }
      draw(row, in: &frame, area.row(line), columns)
      if focus == .timeline, row.stamp == timeline.selected {
        frame.restyle(area.row(line), role: .selection)
      } else if !timeline.query.isEmpty {
        highlight(row, in: &frame, area.row(line), from: area.x + columns.text)
      }
    }
  }

  private func draw(
    _ row: TimelineRow, in frame: inout Frame, _ area: Rect, _ columns: TimelineColumns
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
    frame.write(
      entry.text, at: Point(x: area.x + columns.text, y: area.y),
      width: max(0, area.width - columns.text), role: entry.role)
  }

  /// An entry as it is to be read now: corrected, struck out, counted.
  func shownEntry(_ row: TimelineRow, _ event: RecordedEvent) -> EntryText {
    var entry = EntryText(event, clock: clock)
    if row.marks.contains(.corrected), let words = incident?.corrections[row.sequence]?.last?.value
    {
      entry.text = "\(words) (corrected)"
    }
    if row.kind == .entryCorrected || row.kind == .entryRetracted,
      let target = event.data.integer("entry"), incident?.isSecretlyRetracted(Int(target)) == true
    {
      entry.text = "Entry \(target) retracted"
    }
    if row.marks.contains(.secret) {
      entry.text = "(retracted; its words are not shown)"
      entry.role = .timelineRetracted
    } else if row.marks.contains(.retracted) {
      let reason = incident?.retractions[row.sequence]?.reason.map { ": \($0)" } ?? ""
      entry.text = "RETRACTED\(reason) · \(entry.text)"
      entry.role = .timelineRetracted
    }
    if row.kind == .alertFired || row.kind == .alertResolved,
      let alert = incident?.alerts.values.first(where: { $0.lastSequence == row.sequence }),
      alert.count > 1
    {
      entry.text += "  (×\(alert.count) since \(clock.minute(alert.first, today: now)))"
    }
    return entry
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
