import Display
import Engine
import Wording

extension Model {
  /// Brings the incident to the moment that is looked at.
  ///
  /// What only continues what was folded is added; otherwise everything that can be seen is folded anew, in the order
  /// of the log, so that a moment looks the same by whatever way it was come to.
  mutating func followPlayback() -> [Effect] {
    guard let playback, playback.vantage != folded else { return [] }
    let before = folded
    folded = playback.vantage
    keepTime()
    if let before, before.knowledge == playback.vantage.knowledge, before.at <= now, let incident {
      let fresh = playback.events(after: before.at, upTo: now)
      if fresh.isEmpty { return tick() }
      if fresh[0].sequence > incident.sequence { return recorded(fresh) }
    }
    let visible = playback.visible
    wasRead()
    return show(
      Incident(replaying: visible),
      words: before == nil ? EntryCache(of: playback.events) : words)
  }

  mutating func replay(_ request: Request) -> [Effect] {
    guard var playback else { return [] }
    switch request {
    case .play: if playback.isPlaying { playback.pause() } else { playback.play(at: present) }
    case .faster: playback.setSpeed(Self.speed(beside: playback.speed, 1), at: present)
    case .slower: playback.setSpeed(Self.speed(beside: playback.speed, -1), at: present)
    case .nextEntry, .previousEntry:
      guard let moment = playback.moment(stepping: request == .nextEntry ? 1 : -1) else {
        tell(request == .nextEntry ? "this is the newest entry" : "this is the declaration")
        return []
      }
      playback.pause()
      playback.seek(moment, at: present)
    case .forward: playback.seek(now + .minutes(5), at: present)
    case .rewind: playback.seek(now - .minutes(5), at: present)
    case .toStart: playback.seek(playback.first, at: present)
    case .toEnd: playback.seek(playback.last, at: present)
    case .known: know(&playback)
    case .jump: prompt = Prompt(.jump)
    default: break
    }
    self.playback = playback
    return []
  }

  private mutating func know(_ playback: inout Playback) {
    let was = playback.vantage.at
    playback.know(playback.vantage.knowledge == .now ? .then : .now, at: present)
    let knowledge = playback.vantage.knowledge
    let words =
      knowledge == .then
      ? "as known then: what was written later is left out"
      : "as known now: with what was written later"
    let there = playback.vantage.at
    guard there != was else { return tell(words) }
    tell("\(words) · not declared yet at \(clock.minute(was, today: there))", .warning)
  }

  /// The next greater or smaller of the usual speeds.
  private static func speed(beside speed: Int, _ direction: Int) -> Int {
    let next =
      direction > 0
      ? Playback.speeds.first { $0 > speed } : Playback.speeds.last { $0 < speed }
    return next ?? speed
  }

  /// Goes to a moment as typed; answers why not.
  mutating func jump(to text: String) -> String? {
    guard var playback else { return unavailable(.jump) }
    do throws(ReplayTime.Problem) {
      let moment = try ReplayTime.read(
        text, in: playback, clockStart: incident?.clockStart, zone: clock.shown)
      playback.seek(moment, at: present)
      if playback.vantage.at < moment {
        tell("after the last entry: showing the end", .warning)
      } else if playback.vantage.at > moment {
        tell("before the declaration: showing the start", .warning)
      }
    } catch {
      return error.text
    }
    self.playback = playback
    return nil
  }

  mutating func setSpeed(_ text: String) -> String? {
    guard playback != nil else { return unavailable(.faster) }
    let digits = text.last == "x" || text.last == "×" ? String(text.dropLast()) : text
    guard let factor = Int(digits), (1...Playback.fastest).contains(factor) else {
      return "speed takes a factor from 1 to \(Playback.fastest): 10, 60"
    }
    playback?.setSpeed(factor, at: present)
    return nil
  }

  // MARK: - On the screen

  private var times: String { glyphs.isASCII ? "x" : "×" }

  /// Whether it plays, and how fast.
  func transportState(_ playback: Playback) -> String {
    if playback.isPlaying { return "PLAYING \(playback.speed)\(times)" }
    return playback.isAtEnd ? "END" : "PAUSED \(playback.speed)\(times)"
  }

  /// One row: whether it plays, the moment, and the course of the whole incident with where that lies.
  func drawTransport(in frame: inout Frame, _ row: Rect) {
    guard let playback, row.height > 0 else { return }
    frame.fill(row, role: .header)
    let isWide = row.width >= 110
    var x = row.x
    x += frame.write(
      " \(transportState(playback)) ", at: row.origin,
      role: playback.isPlaying ? .badgeDrill : .badgeReadOnly)
    let day = isWide ? InstantText.date(now, in: clock.shown) : clock.day(now)
    let moment = "\(day) \(clock.time(now))" + (isWide ? " \(clock.abbreviation(now))" : "")
    x += 1 + frame.write(moment, at: Point(x: x + 1, y: row.y), role: .textStrong)
    if row.width >= 60 {
      let place = "\(playback.seen)/\(playback.events.count)"
      x += 2 + frame.write(place, at: Point(x: x + 2, y: row.y), role: .header)
    }
    let isNow = playback.vantage.knowledge == .now
    let right = frame.write(
      (row.width < 60 ? "" : isNow ? "as known " : "AS KNOWN ") + (isNow ? "now" : "THEN"),
      endingAt: row.maxX - 1, y: row.y, width: max(0, row.maxX - x - 2),
      role: isNow ? .header : .textStrong)
    drawStrip(
      playback, in: &frame, Rect(x: x + 2, y: row.y, width: right - x - 4, height: row.height))
  }

  private func drawStrip(_ playback: Playback, in frame: inout Frame, _ row: Rect) {
    guard row.width >= 8 else { return }
    let here = TimelineStrip.column(
      of: now, from: playback.first, to: playback.last, in: row.width)
    for (place, stretch) in playback.strip.columns(row.width).enumerated() {
      let isPast = place <= here
      var (glyph, role): (Character, StyleRole) =
        switch stretch.mark {
        case .call: (glyphs.breach, .countdownBreached)
        case .course: ("S", .textStrong)
        case .update: ("U", .textStrong)
        case .none where stretch.count == 0: (glyphs.separator, .text)
        case .none: (glyphs.levels[min(glyphs.levels.count - 1, stretch.count * 2)], .text)
        }
      if !isPast { role = .textDim }
      if place == here { (glyph, role) = ("|", .selection) }
      frame.write(String(glyph), at: Point(x: row.x + place, y: row.y), role: role)
    }
  }
}
