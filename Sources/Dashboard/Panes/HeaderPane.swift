import Display
import Engine

extension Model {
  /// What stands out about the whole: training, damage, what cannot be written.
  var badges: [(text: String, role: StyleRole)] {
    var badges: [(text: String, role: StyleRole)] = []
    if let incident, incident.isDrill {
      let times = glyphs.isASCII ? "x" : "×"
      let speed = incident.pace.percent == 100 ? "" : "\(incident.pace.factor)\(times) "
      badges.append((" DRILL \(speed)", .badgeDrill))
    }
    if let place = health.damage.first {
      let more = health.damage.count > 1 ? " +\(health.damage.count - 1)" : ""
      badges.append((" DAMAGED \(place)\(more) ", .badgeDamage))
    }
    if let since = health.unsyncedSince {
      badges.append((" UNSYNCED SINCE \(clock.minute(since)) ", .badgeDamage))
    }
    if let format = incident?.logFormat, format > Incident.format {
      badges.append((" NEWER FORMAT \(format): READ-ONLY ", .badgeReadOnly))
    } else if health.isReadOnly, screen == .console, playback == nil {
      badges.append((" READ-ONLY ", .badgeReadOnly))
    }
    if incident?.procedureNotRead != nil { badges.append((" PROCEDURE NOT READ ", .badgeDamage)) }
    if let badge = deliveryBadge { badges.append((badge.text, badge.role)) }
    if isMuted { badges.append((" MUTED ", .badgeMuted)) }
    return badges
  }

  /// How old what is shown is: the time since the last successful read, and whether it worked.
  var age: (text: String, role: StyleRole) {
    if playback != nil { return (" REPLAY ", .badgeReadOnly) }
    guard let read = health.read else { return ("not read yet", .ageOld) }
    let seconds = max(0, (present - read).wholeSeconds)
    if seconds >= 5 || health.failure != nil {
      return ("STALE \(Clock.words(present - read))", .ageStale)
    }
    return ("\(glyphs.fresh) \(seconds) s", .ageFresh)
  }

  /// Severity as a block: id and shape. Answers the columns it took.
  func drawSeverity(in frame: inout Frame, at point: Point, isShort: Bool = false) -> Int {
    guard let incident else { return 0 }
    let rank = incident.shownRank
    let label = incident.severityID ?? (isShort ? "?" : "SEVERITY UNKNOWN")
    let text = isShort ? "\(label)" : " \(label) \(glyphs.severity(rank)) "
    return frame.write(text, at: point, role: .severity(rank))
  }

  func drawHeader(in frame: inout Frame, _ area: Rect) {
    guard let incident, area.height > 0 else { return }
    frame.fill(area, role: .header)
    drawFirstRow(incident, in: &frame, area)
    if area.height > 1 { drawSecondRow(incident, in: &frame, area.row(1)) }
  }

  private var stateRole: StyleRole {
    switch incident?.status.change.role {
    case .mitigated: .stateMitigated
    case .resolved: .stateResolved
    default: .stateOpen
    }
  }

  private func drawFirstRow(_ incident: Incident, in frame: inout Frame, _ area: Rect) {
    let age = age
    var right = area.maxX - 1
    let isNarrow = area.width < 64
    if !isNarrow || age.role != .ageFresh {
      right = frame.write(age.text, endingAt: right, y: area.y, role: age.role) - 2
    }
    let closed = incident.closing.map { "CLOSED: \($0.value.outcome.words)".uppercased() }
    right = frame.write("T+\(elapsedText)", endingAt: right, y: area.y, role: .textStrong) - 2
    if area.height == 1, let badge = deliveryBadge, right - area.x > 24 {
      right = frame.write(badge.short, endingAt: right, y: area.y, role: badge.role) - 1
    }
    if !isNarrow {
      let state = closed ?? incident.statusName.uppercased()
      right = frame.write(state, endingAt: right, y: area.y, role: stateRole) - 2
    }
    var x = area.x + drawSeverity(in: &frame, at: area.origin, isShort: isNarrow) + 1
    // Badges have no other row to be on.
    if incident.isDrill, area.height == 1 {
      x += frame.write(" DRILL ", at: Point(x: x, y: area.y), role: .badgeDrill) + 1
    }
    // What follows the title gets in only where the title keeps its room.
    let title = incident.title.isEmpty ? incident.id : incident.title
    let full = TextWidth.columns(title)
    x += frame.write(
      title, at: Point(x: x, y: area.y), width: max(0, right - x - 1), role: .header)
    let id = incident.id
    if right - x > TextWidth.columns(id) + 3, full > 0 {
      frame.write(id, at: Point(x: x + 2, y: area.y), role: .textDim)
    }
  }

  private func drawSecondRow(_ incident: Incident, in frame: inout Frame, _ row: Rect) {
    var right = row.maxX
    var badges = badges
    if !isAcknowledged, incident.isOpen {
      badges.append((" NOT ACKNOWLEDGED ", .countdownBreached))
    }
    for badge in badges.reversed() {
      right = frame.write(
        badge.text, endingAt: right, y: row.y, width: max(0, right - row.x), role: badge.role)
    }
    var parts = ["IC \(incident.commander?.name ?? "nobody")"]
    parts += clock.header(now, separator: "")
    let open = incidents.filter(\.isOpen)
    if let index = open.firstIndex(where: { $0.id == incident.id }), open.count > 1 {
      parts.append("\(index + 1) of \(open.count) open")
    } else if playback == nil, open.count == 1 || open.isEmpty {
      parts.append(incident.isOpen ? "1 open" : "closed")
    }
    if row.width < 64 { parts.insert(incident.statusName.uppercased(), at: 0) }
    if row.width >= 110 {
      if let first = incident.acknowledgement {
        parts.append("ack \(clock.minute(first.stamp.effective, today: now)) by \(first.actor)")
      }
      if let phase = phaseTitle { parts.append(phase) }
    }
    // Whole parts or none.
    var text = ""
    for part in parts {
      let longer = text.isEmpty ? part : "\(text) \(glyphs.separator) \(part)"
      if TextWidth.columns(longer) > right - row.x - 2 { break }
      text = longer
    }
    frame.write(text, at: Point(x: row.x + 1, y: row.y), role: .header)
  }

  var phaseTitle: String? {
    guard let incident, let id = incident.phaseID else { return nil }
    return incident.procedure.phases.first { $0.id == id }?.title ?? id
  }
}
