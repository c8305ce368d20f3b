import Display
import Engine
import Wording

/// What of the wall is read from nearer: one row each.
extension Model {
  /// Severity, status, what is wrong, and the time of day.
  func drawWallStatus(_ incident: Incident, in frame: inout Frame, _ row: Rect) {
    let label = " \(incident.severityID ?? "SEV ?") \(glyphs.severity(incident.shownRank)) "
    var x = row.x + frame.write(label, at: row.origin, role: .severity(incident.shownRank)) + 1
    if let drill = drillMark {
      let full = " DRILL \(glyphs.separator) training, nothing is broken "
      let shown = TextWidth.columns(full) <= row.width * 2 / 5 ? full : drill.text
      x += frame.write(shown, at: Point(x: x, y: row.y), role: drill.role) + 1
    }
    var right = row.maxX - 1
    let time = "\(clock.minute(now)) \(clock.abbreviation(now))"
    let status = incident.closing == nil ? incident.statusName.uppercased() : "CLOSED"
    let marks = wallMarks
    let hasTime =
      right - x - marks.columnsAtLeast >= TextWidth.columns(time) + TextWidth.columns(status) / 2
    if hasTime { right = frame.write(time, endingAt: right, y: row.y, role: .textStrong) - 1 }
    let room = max(marks.columnsAtLeast, right - x - TextWidth.columns(status) - 1)
    for mark in marks.fitted(to: min(room, right - x)) {
      right = frame.write(mark.text, endingAt: right, y: row.y, role: mark.role) - 1
    }
    x +=
      frame.write(
        status, at: Point(x: x, y: row.y), width: max(0, right - x), role: .textStrong) + 2
    if incident.id.utf8.count + 2 < right - x {
      frame.write(incident.id, at: Point(x: x, y: row.y), role: .textDim)
    }
  }

  /// From the right: what must not be missed first.
  private var wallMarks: [Mark] {
    let over = deadlines.count(where: \.isLoud)
    return marks + (over > 1 ? [Mark("\(over) OVER", .countdownBreached)] : [])
  }

  /// How long it runs, who leads, who is owed word, and how far the checklist is.
  func drawWallFacts(_ incident: Incident, in frame: inout Frame, _ area: Rect) {
    guard area.height > 0 else { return }
    let gap = "    "
    var first: [(text: String, role: StyleRole)] = []
    if let running = incident.clock {
      let span = InstantText.span(running.elapsed(at: now))
      first.append((running.end == nil ? "running \(span)" : "lasted \(span)", .textStrong))
    }
    if let update = deadlines.first(where: { $0.kind == .update && $0.state.isRunning }),
      update.id != next?.id, let left = update.remaining(at: now)
    {
      first.append(
        update.isLoud
          ? ("\(update.label) OVER \(InstantText.span(left))", .countdownOver)
          : ("\(update.label) in \(InstantText.span(left))", .text))
    }
    first.append(("IC \(incident.commander?.name ?? "nobody")", .text))
    first += incident.assignments.filter { $0.role != Incident.commanderRole }
      .map { ("\($0.role) \($0.name)", .text) }
    frame.write(
      Array(first.map { [$0] }.joined(separator: [(gap, .text)])),
      at: Point(x: area.x + 1, y: area.y), width: area.width - 2)
    if area.height > 1 { drawWallProgress(incident, in: &frame, area.row(1)) }
  }

  private func drawWallProgress(_ incident: Incident, in frame: inout Frame, _ row: Rect) {
    let items = incident.checklist
    guard !items.isEmpty else { return }
    let done = items.count { $0.state != .open }
    let bar = glyphs.progress(done, of: items.count, width: min(24, max(6, row.width / 4)))
    frame.write(
      [
        ("checklist ", .text), (bar.fill, .progressFill), (bar.rest, .progressRest),
        (" \(done) of \(items.count)", .text),
        (phaseTitle.map { "    \($0)" } ?? "", .text),
      ], at: Point(x: row.x + 1, y: row.y), width: row.width - 2)
  }

  // MARK: - Other incidents

  /// The counts, then the other open incidents, the worst first, in as many columns as they need and fit.
  func drawOthers(besides shown: Incident, in frame: inout Frame, _ area: Rect) {
    guard area.height > 0 else { return }
    let others = incidents.filter { $0.isOpen && $0.id != shown.id }
      .sorted { $0.leads($1, at: present) }
    let rows = area.height - 1
    let needed = rows > 0 ? (others.count + rows - 1) / rows : 1
    let count = max(1, min(needed, area.width / Self.leastColumns))
    frame.fill(area.row(0), role: .header)
    let hidden = others.dropFirst(rows * count)
    var right = area.maxX - 1
    if !hidden.isEmpty {
      let text = self.count(ofHidden: hidden)
      right = frame.write(text, endingAt: right, y: area.y, role: .textStrong) - 2
    }
    frame.write(
      counts(of: others, fitting: right - 1), at: Point(x: 1, y: area.y), width: right - 1)
    let columns = area.columns(count)
    for (index, other) in others.prefix(rows * count).enumerated() {
      draw(other, in: &frame, columns[index / rows].row(index % rows + 1))
    }
  }

  /// What an incident takes beside another one.
  private static let leastColumns = 76

  /// How many have no row, and how many of these are over or not acknowledged.
  private func count(ofHidden hidden: ArraySlice<OpenIncident>) -> String {
    let over = hidden.count { $0.isOver(at: present) }
    let unanswered = hidden.count { !$0.isAcknowledged }
    let parts = [
      over > 0 ? "\(over) over" : nil, unanswered > 0 ? "\(unanswered) not ack" : nil,
    ].compactMap { $0 }
    let which = parts.isEmpty ? "" : " (\(parts.joined(separator: ", ")))"
    return "+\(hidden.count) not shown\(which)"
  }

  /// How many there are of each severity, not acknowledged, and over, in as many words as fit.
  private func counts(
    of others: [OpenIncident], fitting width: Int
  ) -> [(text: String, role: StyleRole)] {
    let times = glyphs.isASCII ? "x" : "×"
    let unacknowledged = others.count { !$0.isAcknowledged }
    let over = others.count { $0.isOver(at: present) }
    let groups = Dictionary(grouping: others) { $0.severity ?? "SEV ?" }.sorted {
      ($0.value[0].rank ?? 0, $0.key) < ($1.value[0].rank ?? 0, $1.key)
    }
    func pieces(_ gap: String, _ lead: String, _ ack: String) -> [(text: String, role: StyleRole)] {
      var pieces: [(text: String, role: StyleRole)] = [(lead, .textStrong)]
      if unacknowledged > 0 { pieces.append(("\(gap)\(unacknowledged) \(ack)", .countdownOver)) }
      if over > 0 { pieces.append(("\(gap)\(over) OVER", .countdownOver)) }
      return pieces + groups.map { ("\(gap)\($0.key) \(times)\($0.value.count)", .text) }
    }
    let forms = [
      pieces("   ", "ALSO OPEN", "NOT ACKNOWLEDGED"), pieces("   ", "ALSO OPEN", "NOT ACK"),
      pieces("  ", "ALSO OPEN", "NOT ACK"), pieces("  ", "ALSO", "NOT ACK"),
    ]
    func columns(_ form: [(text: String, role: StyleRole)]) -> Int {
      form.reduce(0) { $0 + TextWidth.columns($1.text) }
    }
    if let form = forms.first(where: { columns($0) <= width }) { return form }
    // The mildest are counted together where not even that fits.
    var form = forms[3]
    var left = 0
    while columns(form) + 8 > width, form.count > 2 {
      form.removeLast()
      left += 1
    }
    return left > 0 ? form + [("  +\(left) more", .text)] : form
  }

  private func draw(_ other: OpenIncident, in frame: inout Frame, _ row: Rect) {
    var right = row.maxX - 1
    if row.width >= 100 {
      frame.write(
        "IC \(other.commander ?? "nobody")", at: Point(x: right - 14, y: row.y), width: 14,
        role: .text)
      right -= 16
    }
    if let due = other.due, let next = other.next {
      let left = due - other.pace.time(at: present)
      let clock = left <= .zero ? "OVER \(InstantText.span(left))" : "in \(InstantText.span(left))"
      let title = TextWidth.columns(other.title) + 34
      let text = row.width >= title + TextWidth.columns(next) ? "\(next) \(clock)" : clock
      right =
        frame.write(
          text, endingAt: right, y: row.y, width: max(0, row.width / 2),
          role: left <= .zero ? .countdownOver : .text) - 2
    }
    for trouble in other.troubles {
      right = frame.write(trouble, endingAt: right, y: row.y, role: .countdownOver) - 2
    }
    if !other.isAcknowledged {
      right = frame.write("NOT ACK", endingAt: right, y: row.y, role: .countdownOver) - 2
    }
    frame.write(
      " \(TextWidth.fit(other.severity ?? "SEV ?", to: 6))", at: Point(x: row.x + 1, y: row.y),
      role: .severity(other.rank))
    let x = row.x + 9
    frame.write(
      other.title, at: Point(x: x, y: row.y), width: max(0, right - x), role: .text)
  }

  // MARK: - The newest entries

  func drawWallEntries(in frame: inout Frame, _ area: Rect) {
    let columns = TimelineColumns(width: size.width - 2, hasDates: false)
    for place in 0..<area.height {
      guard let row = timeline.row(at: place) else { break }
      let y = area.y + place
      frame.write(clock.minute(row.effective), at: Point(x: 1, y: y), role: .timelineTime)
      guard let event = words[row.sequence] else { continue }
      let entry = shownEntry(row, event)
      frame.write(
        entry.actor, at: Point(x: 8, y: y), width: columns.actorWidth + 3, role: .timelineActor)
      let x = 8 + columns.actorWidth + 5
      frame.write(
        entry.text, at: Point(x: x, y: y), width: max(0, size.width - x - 1), role: entry.role)
    }
  }

  // MARK: - The heartbeat

  /// Moves with every successful read, and only then.
  var heartbeat: Character {
    blinks ? glyphs.heartbeat[reads % glyphs.heartbeat.count] : glyphs.heartbeat[0]
  }

  /// The age of what is shown, and a sign that moves with every read.
  func drawHeartbeat(in frame: inout Frame) {
    let y = size.height - 1
    var text = "not read yet"
    if let read = health.read { text = "read \(max(0, (present - read).wholeSeconds)) s ago" }
    if incident?.isOpen == true, let last = incident?.lastEntry, now - last >= .seconds(600),
      size.width >= 60
    {
      text = "nobody wrote for \(InstantText.span(now - last)) \(glyphs.separator) \(text)"
    }
    let x = frame.write(
      text, endingAt: size.width - 1, y: y, width: max(0, size.width - 4), role: .ageFresh)
    frame.write(String(heartbeat), at: Point(x: max(0, x - 2), y: y), role: .wallHeartbeat)
  }
}
