import Display
import Engine
import Wording

extension Model {
  func drawHeader(in frame: inout Frame, _ area: Rect) {
    guard let incident, area.height > 0 else { return }
    frame.fill(area, role: .header)
    let duty = dutyLine?.rows(area.width - 2, most: area.height - 1).count ?? 0
    drawIdentity(incident, in: &frame, area.row(0), hasContext: area.height > 1 + duty)
    let used = drawDuty(in: &frame, area.split(top: 1).rest, most: area.height - 1)
    if used + 1 < area.height { drawContext(incident, in: &frame, area.row(used + 1)) }
  }

  // MARK: - Which incident

  /// Severity, title, status, how long it runs, and what other incidents need.
  private func drawIdentity(
    _ incident: Incident, in frame: inout Frame, _ row: Rect, hasContext: Bool
  ) {
    let isNarrow = row.width < 64
    var right = row.maxX - 1
    let age = age
    if !isNarrow || age.role != .ageFresh {
      right = frame.write(age.text, endingAt: right, y: row.y, role: age.role) - 2
    }
    right = frame.write("T+\(elapsedText)", endingAt: right, y: row.y, role: .textStrong) - 2
    if !hasContext {
      // In its short words a mark leaves the title some columns.
      let marks = marks
      let least = marks.first.map { TextWidth.columns($0.short) } ?? 0
      let count = othersText(fitting: 0).map { TextWidth.columns($0.text) + 2 } ?? 0
      let room = max(0, right - row.x - severityText(isShort: isNarrow).count - 1 - count)
      for mark in marks.fitted(to: max(min(least, room), room - 14)) {
        right = frame.write(mark.text, endingAt: right, y: row.y, role: mark.role) - 1
      }
    }
    // The title keeps some columns, and so does the status beside it.
    let kept = isNarrow ? 18 : 26 + TextWidth.columns(incident.statusName)
    let others = othersText(fitting: min(row.width / 2, right - row.x - kept))
    if let others {
      let role: StyleRole = others.isLoud ? .countdownBreached : .text
      right = frame.write(others.text, endingAt: right, y: row.y, role: role) - 2
    }
    if !isNarrow {
      let closed = incident.closing.map { "CLOSED: \($0.value.outcome.words)".uppercased() }
      let state = closed ?? incident.statusName.uppercased()
      right = frame.write(state, endingAt: right, y: row.y, role: stateRole) - 2
    }
    var x = row.x + drawSeverity(in: &frame, at: row.origin, isShort: isNarrow) + 1
    if let drill = drillMark {
      x += frame.write(drill.text, at: Point(x: x, y: row.y), role: drill.role) + 1
    }
    let title = incident.shownTitle.isEmpty ? incident.id : incident.shownTitle
    let full = TextWidth.columns(title)
    x += frame.write(title, at: Point(x: x, y: row.y), width: max(0, right - x - 1), role: .header)
    if right - x > TextWidth.columns(incident.id) + 3, full > 0 {
      frame.write(incident.id, at: Point(x: x + 2, y: row.y), role: .textDim)
    }
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
    let text = forms.first { TextWidth.columns($0) <= width } ?? "+\(others.count)!"
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
    return rows.count
  }

  // MARK: - The rule and the people

  /// What an agent does about a call, else the rule behind the duty; who leads, what is broken, and what stands out about the data.
  private func drawContext(_ incident: Incident, in frame: inout Frame, _ row: Rect) {
    var right = row.maxX
    for mark in marks.fitted(to: row.width < 64 ? row.width - 1 : row.width * 2 / 3) {
      right = frame.write(mark.text, endingAt: right, y: row.y, role: mark.role) - 1
    }
    let people = contextParts(incident, isNarrow: row.width < 64)
    var x = row.x + 1
    let room = right - x - 1
    let forms = next.map { telling(of: $0) } ?? []
    if let rule = forms.first ?? next?.rule?.quote, !rule.isEmpty {
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
    var isFirst = true
    for part in people {
      let text = isFirst ? part : " \(glyphs.separator) \(part)"
      guard x + TextWidth.columns(text) < right else { continue }
      x += frame.write(text, at: Point(x: x, y: row.y), role: .text)
      isFirst = false
    }
  }

  private func contextParts(_ incident: Incident, isNarrow: Bool) -> [String] {
    var parts = ["IC \(incident.commander?.name ?? "nobody")"]
    if isNarrow { parts.append(incident.statusName.uppercased()) }
    parts += clock.header(now)
    if let phase = phaseTitle { parts.append(phase) }
    if let impact = incident.impact.summary { parts.append(impact) }
    if !incident.isOpen { parts.append("closed") }
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
