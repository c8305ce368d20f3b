import Display
import Engine

extension Model {
  /// Whether what the wall shows may no longer be true: the store was not read, or the loop ran late.
  var staleness: (since: Timestamp, why: String)? {
    if let failure = health.failure, let read = health.read, present - read >= .seconds(5) {
      return (read, failure)
    }
    if let failure = health.failure, health.read == nil { return (present, failure) }
    if let read = health.read, present - read >= .seconds(5) {
      return (read, "the store was not read")
    }
    if let late = health.lateBy, late >= .seconds(5), let at = health.lateAt {
      return (at - late, "this program ran \(Clock.words(late)) late")
    }
    return nil
  }

  /// The wall, moved by one column every seven minutes so that nothing burns in.
  func drawShiftedWall(in frame: inout Frame) {
    guard size.width >= 60, size.height >= 12 else { return drawWall(in: &frame) }
    var inner = self
    inner.size.width -= 1
    var picture = Frame(inner.size, glyphs: glyphs)
    inner.drawWall(in: &picture)
    let isShifted = (now.milliseconds / 60_000 / 7) % 2 != 0
    if staleness != nil {
      frame.fill(Rect(x: 0, y: size.height - 1, width: size.width, height: 1), role: .wallStale)
    }
    frame.blit(picture, at: Point(x: isShifted ? 1 : 0, y: 0))
  }

  func drawWall(in frame: inout Frame) {
    guard size.width >= 20, size.height >= 3 else {
      frame.write("have \(size.width)x\(size.height)", at: .zero)
      frame.write("need 20x3", at: Point(x: 0, y: 1))
      return
    }
    if incident == nil || incident?.isOpen == false && incidents.isEmpty {
      drawQuietWall(in: &frame)
    } else {
      drawBusyWall(in: &frame)
    }
    if let stale = staleness {
      let row = Rect(x: 0, y: size.height - 1, width: size.width, height: 1)
      frame.restyle(Rect(size), role: .ageStale)
      frame.fill(row, role: .wallStale)
      frame.write(
        " STALE since \(clock.time(stale.since)) · \(stale.why)", at: row.origin,
        width: row.width, role: .wallStale)
    }
    if case .confirm(let question) = overlay {
      var popup = Popup(title: "Leave?", role: .dialogDanger)
      popup.add(question.question)
      for line in question.consequences { popup.add(line) }
      popup.add("y leaves · any other key stays")
      popup.draw(in: &frame, Rect(size))
    }
  }

  // MARK: - Nothing open

  private func drawQuietWall(in frame: inout Frame) {
    let text = "NO OPEN INCIDENT"
    var y = max(0, size.height / 3 - 2)
    let large = BlockDigits.columns(text, scale: 1)
    if large + 4 <= size.width, size.height >= 12 {
      BlockDigits.drawSmall(
        text, in: &frame, at: Point(x: (size.width - large) / 2, y: y), role: .wallLabel)
      y += BlockDigits.smallRows + 2
    } else {
      frame.write(text, at: Point(x: max(0, (size.width - 16) / 2), y: y), role: .wallLabel)
      y += 2
    }
    let time = clock.minute(present)
    if BlockDigits.columns(time) <= size.width, y + 8 < size.height {
      BlockDigits.draw(
        time, in: &frame, at: Point(x: (size.width - BlockDigits.columns(time)) / 2, y: y),
        role: .wallDigit)
      y += BlockDigits.rows + 1
    }
    var lines = [clock.header(present, separator: "").joined(separator: "  ")]
    if let turn = onCallText { lines.append(turn.text) }
    for line in lines where y < size.height - 1 {
      frame.write(
        line, at: Point(x: max(0, (size.width - TextWidth.columns(line)) / 2), y: y), role: .text)
      y += 1
    }
    drawHeartbeat(in: &frame)
  }

  // MARK: - An incident

  private func drawBusyWall(in frame: inout Frame) {
    guard let incident else { return }
    var y = drawWallHead(incident, in: &frame)
    let others = incidents.filter { $0.isOpen && $0.id != incident.id }
    let bottom = size.height - 1
    let footer = wallFooterRows(others: others.count, from: y, to: bottom)
    let digitsBottom = bottom - footer.total
    let hasBeat = wallShowsElapsed(from: y, to: digitsBottom) && size.width >= 60
    if digitsBottom - y >= BlockDigits.rows {
      y = drawWallDigits(in: &frame, from: y, to: digitsBottom)
    } else {
      y = drawWallLines(in: &frame, from: y, to: digitsBottom)
    }
    drawWallFooter(incident, others, footer, in: &frame)
    drawHeartbeat(in: &frame, hasBeat: !hasBeat)
  }

  /// Severity and id in letters of three rows, title, status, commander, clocks.
  private func drawWallHead(_ incident: Incident, in frame: inout Frame) -> Int {
    let rank = incident.shownRank
    let label = incident.severityID ?? "SEV ?"
    let role = StyleRole.severity(rank)
    let isTall = size.height >= 18
    let badges = incident.isDrill ? Array(badges.dropFirst()) : badges
    var right = size.width - 1
    if isTall {
      let width = BlockDigits.columns(label, scale: 1)
      // Letters in the colour itself: on a block of it their half cells run together.
      let ink: StyleRole =
        rank == 1 ? .wallDigitBreach : rank == 2 ? .wallDigitSoon : .wallDigit
      BlockDigits.drawSmall(label, in: &frame, at: Point(x: 1, y: 0), role: ink)
      let x = width + 4
      right = frame.write(
        incident.closing == nil ? incident.statusName.uppercased() : "CLOSED", endingAt: right,
        y: 0, role: .textStrong)
      frame.write(
        incident.title.uppercased(), at: Point(x: x, y: 0), width: max(0, right - x - 2),
        role: .textStrong)
      frame.write(wallPeople(incident), at: Point(x: x, y: 1), width: max(0, size.width - x - 16))
      frame.write(
        "\(clock.minute(now)) \(clock.abbreviation(now))", endingAt: size.width - 1, y: 1,
        role: .text)
      var edge = size.width - 1
      if !isAcknowledged, incident.isOpen {
        edge = frame.write(" NOT ACKNOWLEDGED ", endingAt: edge, y: 2, role: .countdownBreached) - 1
      }
      for badge in badges where edge > x {
        edge =
          frame.write(badge.text, endingAt: edge, y: 2, width: max(0, edge - x), role: badge.role)
          - 1
      }
      frame.write(incident.id, at: Point(x: x, y: 2), width: max(0, edge - x), role: .textDim)
      if incident.isDrill { drawDrillRow(in: &frame, y: 3) }
      return incident.isDrill ? 5 : 4
    }
    var used = frame.write(" \(label) ", at: .zero, role: role)
    if incident.isDrill {
      used += frame.write(" DRILL ", at: Point(x: used, y: 0), role: .badgeDrill)
    }
    let room = incident.isDrill ? max(0, right - used) : right
    right = frame.write(
      incident.statusName.uppercased(), endingAt: right, y: 0, width: room, role: .textStrong)
    if let badge = deliveryBadge {
      let isRoomy = right - used > TextWidth.columns(badge.text) + 12
      right = frame.write(
        isRoomy ? badge.text : badge.short, endingAt: right - 1, y: 0, role: badge.role)
    }
    frame.write(
      incident.title, at: Point(x: used + 1, y: 0), width: max(0, right - used - 2),
      role: .textStrong)
    return 1
  }

  /// A row of its own, so that nobody in the room takes it for the real thing.
  private func drawDrillRow(in frame: inout Frame, y: Int) {
    let row = Rect(x: 0, y: y, width: size.width, height: 1)
    frame.fill(row, role: .badgeDrill)
    frame.write(
      " DRILL \(glyphs.separator) this is training, nothing is broken", at: row.origin,
      width: row.width, role: .badgeDrill)
  }

  private func wallPeople(_ incident: Incident) -> String {
    let commander = "IC \(incident.commander?.name ?? "nobody")"
    let others = incident.assignments.filter { $0.role != Incident.commanderRole }
      .map { "\($0.role) \($0.name)" }
    return ([commander] + others).joined(separator: " \(glyphs.separator) ")
  }

  /// The heartbeat moves with every successful read, and only then.
  private func drawHeartbeat(in frame: inout Frame, hasBeat: Bool = true) {
    let y = size.height - 1
    let age: String
    if let read = health.read {
      age = "read \(max(0, (present - read).wholeSeconds)) s ago"
    } else {
      age = "not read yet"
    }
    var text = age
    if incident?.isOpen == true, let last = incident?.lastEntry, now - last >= .seconds(600),
      size.width >= 60
    {
      text = "no entry for \(Clock.words(now - last)) \(glyphs.separator) \(age)"
    }
    let x = frame.write(
      text, endingAt: size.width - 1, y: y, width: max(0, size.width - 4), role: .ageFresh)
    guard hasBeat else { return }
    frame.write(String(heartbeat), at: Point(x: max(0, x - 2), y: y), role: .wallDigit)
  }
}
