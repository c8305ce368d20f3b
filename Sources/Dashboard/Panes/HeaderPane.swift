import Display
import Engine
import Wording

extension Model {
  func drawHeader(in frame: inout Frame, _ area: Rect) {
    guard let incident, area.height > 0 else { return }
    frame.fill(area, role: .header)
    let duty = dutyLine?.rows(area.width - 2, most: area.height - 1).count ?? 0
    let hasContext = area.height > 1 + duty
    let rest = drawIdentity(incident, in: &frame, area.row(0), hasContext: hasContext)
    let used = drawDuty(in: &frame, area.split(top: 1).rest, most: area.height - 1)
    if hasContext { drawContext(incident, rest, in: &frame, area.row(used + 1)) }
  }

  // MARK: - Which incident

  /// What is told of an incident beside its title: in the first row where the title leaves room, else in the third.
  private struct BesideTitle {
    var others = false
    var state = false
    var id = false
  }

  /// Severity, title and how long it runs; beside them what other incidents need, the status and the id, as far as the
  /// title leaves room. Answers what is to be told elsewhere.
  private func drawIdentity(
    _ incident: Incident, in frame: inout Frame, _ row: Rect, hasContext: Bool
  ) -> BesideTitle {
    let isNarrow = row.width < 64
    var right = row.maxX - 1
    let age = age
    if !isNarrow || age.role != .ageFresh {
      right = frame.write(age.text, endingAt: right, y: row.y, role: age.role) - 2
    }
    let title = incident.shownTitle.isEmpty ? incident.id : incident.shownTitle
    let elapsed = "T+\(elapsedText)"
    // Where nothing can be told below, what broke is worth more than for how long.
    let room = right - row.x - TextWidth.columns(title) - 8
    if hasContext || !isNarrow || room >= elapsed.count + 9 {
      right = frame.write(elapsed, endingAt: right, y: row.y, role: .textStrong) - 2
    }
    var x = row.x + drawSeverity(in: &frame, at: row.origin, isShort: isNarrow) + 1
    if let drill = drillMark {
      x += frame.write(drill.text, at: Point(x: x, y: row.y), role: drill.role) + 1
    }
    if !hasContext, !hasMarksBesideDuty {
      right = drawMarksBesideTitle(in: &frame, row, from: x, to: right)
    }
    // Where nothing can be told below, the title keeps some columns, and no more.
    let kept = hasContext ? TextWidth.columns(title) : isNarrow ? 12 : 26
    var rest = BesideTitle(
      others: true, state: !isNarrow, id: title != incident.id && !isNarrow)
    let full = othersText(fitting: row.width)
    if let others = hasContext ? full : othersText(fitting: max(0, right - x - kept - 2)),
      !hasContext || right - x - kept - 2 >= TextWidth.columns(others.text)
    {
      let role: StyleRole = others.isLoud ? .countdownOver : .text
      right = frame.write(others.text, endingAt: right, y: row.y, role: role) - 2
      rest.others = false
    }
    let state = stateText(incident)
    if rest.state, right - x - kept - 2 >= TextWidth.columns(state) {
      right = frame.write(state, endingAt: right, y: row.y, role: stateRole) - 2
      rest.state = false
    }
    x += frame.write(title, at: Point(x: x, y: row.y), width: max(0, right - x - 1), role: .header)
    if rest.id, right - x > TextWidth.columns(incident.id) + 3 {
      frame.write(incident.id, at: Point(x: x + 2, y: row.y), role: .textDim)
      rest.id = false
    }
    return rest
  }

  /// What must not be overlooked, where there is no row for it below the duty; answers where it begins.
  private func drawMarksBesideTitle(
    in frame: inout Frame, _ row: Rect, from x: Int, to end: Int
  ) -> Int {
    var right = end
    // In its short words a mark leaves the title some columns.
    let marks = marks
    let least = marks.first.map { TextWidth.columns($0.short) } ?? 0
    let count = othersText(fitting: 0).map { TextWidth.columns($0.text) + 2 } ?? 0
    let room = max(0, right - x - count)
    for mark in marks.fitted(to: max(min(least, room), room - 14)) {
      right = frame.write(mark.text, endingAt: right, y: row.y, role: mark.role) - 1
    }
    return right
  }

  /// The marks behind the last row of the duty, where nothing else has a row below it: what fits, else none.
  private func marksBesideDuty(
    _ area: Rect, _ rows: [[String]]
  ) -> [(text: String, role: StyleRole)] {
    guard size.width < 64, area.height <= rows.count, let last = rows.last else { return [] }
    let used = last.reduce(0) { $0 + TextWidth.columns($1) + 2 }
    let room = area.width - 1 - used
    return marks.columnsAtLeast <= room ? marks.fitted(to: room) : []
  }

  /// The same, asked before anything is drawn.
  private var hasMarksBesideDuty: Bool {
    let area = ConsoleLayout(edges: self).header.split(top: 1).rest
    let rows = dutyLine?.rows(area.width - 2, most: area.height) ?? []
    return !marksBesideDuty(area, rows).isEmpty
  }

  private func stateText(_ incident: Incident) -> String {
    let closed = incident.closing.map { "CLOSED: \($0.value.outcome.words)".uppercased() }
    return closed ?? incident.statusName.uppercased()
  }

  private var stateRole: StyleRole {
    switch incident?.status.change.role {
    case .mitigated: .stateMitigated
    case .resolved: .stateResolved
    default: .stateOpen
    }
  }

  /// How many incidents are open, and how many of the others are over or not acknowledged, in as many words as fit; nil
  /// where this is the only one.
  func othersText(fitting width: Int) -> (text: String, isLoud: Bool)? {
    let open = incidents.filter(\.isOpen)
    guard playback == nil, open.count > 1 else { return nil }
    let others = open.filter { $0.id != incident?.id }
    let over = others.count { $0.isOver(at: present) }
    let unanswered = others.count { !$0.isAcknowledged }
    let undelivered = others.count { !$0.missing.isEmpty }
    let unread = others.count { !$0.hasProcedure }
    let parts = [
      over > 0 ? "\(over) over" : nil, unanswered > 0 ? "\(unanswered) NOT ACK" : nil,
      undelivered > 0 ? "\(undelivered) NOT DELIVERED" : nil,
      unread > 0 ? "\(unread) NO PROCEDURE" : nil,
    ].compactMap { $0 }
    let key = keymap.keys(of: .incidents).first.map { " (\(Keymap.shown($0)))" } ?? ""
    let full =
      parts.isEmpty
      ? "\(open.count) open"
      : "\(others.count) \(others.count == 1 ? "other" : "others"): \(parts.joined(separator: ", "))"
    // However short, the words say that they are about the others.
    let short = parts.indices.reversed().map { last in
      let rest = last < parts.count - 1 ? ", \(glyphs.ellipsis)" : ""
      return "+\(others.count): \(parts[...last].joined(separator: ", "))\(rest)"
    }
    let forms = [full + key, full] + short
    let text = forms.first { TextWidth.columns($0) <= width } ?? "+\(others.count) open"
    return (text, !parts.isEmpty)
  }

  // MARK: - The next duty

  /// The next duty across the whole width, filled where it is over; answers the rows it took.
  private func drawDuty(in frame: inout Frame, _ area: Rect, most: Int) -> Int {
    guard let line = dutyLine else { return 0 }
    let isLoud = next?.isLoud == true
    let quiet = next.map { self.role(of: $0) } ?? .countdownPending
    let role = isLoud ? .countdownBreached : quiet
    let rows = line.rows(area.width - 2, most: most)
    for (index, pieces) in rows.enumerated() {
      let row = area.row(index)
      if isLoud { frame.fill(row, role: role) }
      frame.write(
        pieces.joined(separator: "  "), at: Point(x: row.x + 1, y: row.y), width: row.width - 2,
        role: role)
    }
    var right = area.maxX
    for mark in marksBesideDuty(area, rows) {
      right = frame.write(
        mark.text, endingAt: right, y: area.y + rows.count - 1, role: isLoud ? role : mark.role)
    }
    return rows.count
  }

  // MARK: - The rule and the people

  /// What an agent does about a call, else the rule behind the duty; who leads, what is broken, what stands out about the
  /// data, and what the first row had no room for.
  private func drawContext(
    _ incident: Incident, _ rest: BesideTitle, in frame: inout Frame, _ row: Rect
  ) {
    let isNarrow = row.width < 64
    var right = row.maxX
    for mark in marks.fitted(to: isNarrow ? row.width - 1 : row.width * 2 / 3) {
      right = frame.write(mark.text, endingAt: right, y: row.y, role: mark.role) - 1
    }
    let people = contextParts(incident, state: rest.state || isNarrow)
    var x = row.x + 1
    let forms = next.map { telling(of: $0) } ?? []
    let rule = forms.first ?? next?.rule?.quote ?? ""
    if rest.others {
      // In all its words where the rule and whoever leads fit beside it.
      let lead = [rule, people.first ?? ""].reduce(0) { $0 + TextWidth.columns($1) + 3 }
      let least = isNarrow ? right - x - 1 : (right - x) / 2
      if let others = othersText(fitting: max(least, right - x - lead)) {
        let role: StyleRole = others.isLoud ? .countdownOver : .text
        right = frame.write(others.text, endingAt: right - 1, y: row.y, role: role) - 1
      }
    }
    let room = right - x - 1
    if !rule.isEmpty {
      // It is said in full where whoever leads fits beside it; what else is told here gives way.
      let lead = people.first.map { TextWidth.columns($0) + 4 } ?? 0
      let least = max(room * 2 / 5, room - 60)
      let width = people.isEmpty ? room : min(room, max(least, room - lead))
      if width >= 12 {
        let fitting = forms.first { TextWidth.columns($0) <= width } ?? forms.last
        let rule = fitting ?? rule
        x += frame.write(rule, at: Point(x: x, y: row.y), width: width, role: .textDim) + 3
      }
    }
    // What is long gives way to what follows it.
    var isFirst = true
    let id = rest.id ? [incident.id] : []
    let before = row.width < 100 ? people.count : 1
    for part in people.prefix(before) + id + people.dropFirst(before) {
      let text = isFirst ? part : " \(glyphs.separator) \(part)"
      guard x + TextWidth.columns(text) < right else { continue }
      x += frame.write(
        text, at: Point(x: x, y: row.y), role: part == incident.id ? .textDim : .text)
      isFirst = false
    }
  }

  private func contextParts(_ incident: Incident, state: Bool) -> [String] {
    var parts = ["IC \(incident.commander?.name ?? "nobody")"]
    if state { parts.append(stateText(incident)) }
    parts += clock.header(now)
    if let phase = phaseTitle { parts.append(phase) }
    if let impact = incident.impact.summary { parts.append(impact) }
    if !incident.isOpen, !state { parts.append("closed") }
    return parts
  }

  var phaseTitle: String? {
    guard let incident, let id = incident.phaseID else { return nil }
    return incident.procedure.phases.first { $0.id == id }?.title ?? id
  }

  // MARK: - Pieces

  /// How old what is shown is: the time since the last successful read, and whether it worked.
  var age: (text: String, role: StyleRole) {
    if playback != nil { return (" REPLAY ", .badgeReadOnly) }
    guard let read = health.read else { return ("not read yet", .ageOld) }
    let seconds = max(0, (present - read).wholeSeconds)
    if seconds >= 5 || health.failure != nil {
      return ("STALE \(InstantText.roughSpan(present - read))", .ageStale)
    }
    return ("\(glyphs.fresh) \(seconds) s", .ageFresh)
  }

  /// Severity as a block: id and shape. Answers the columns it took.
  func drawSeverity(in frame: inout Frame, at point: Point, isShort: Bool = false) -> Int {
    guard let incident else { return 0 }
    return frame.write(
      severityText(isShort: isShort), at: point, role: .severity(incident.shownRank))
  }

  private func severityText(isShort: Bool) -> String {
    let label = incident?.severityID ?? (isShort ? "?" : "SEVERITY UNKNOWN")
    return isShort ? label : " \(label) \(glyphs.severity(incident?.shownRank)) "
  }
}
