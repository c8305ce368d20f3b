import Engine

/// A time as logs and tables state it, which means an instant only with a zone, and sometimes a day, beside it.
struct StatedTime {
  var date: CivilDate?
  /// It has a date that there is not, read in this order.
  var isImpossible = false
  var secondsOfDay: Int
  var milliseconds = 0
  /// Seconds ahead of UTC, where the text says so itself.
  var offset: Int?
  /// The letters of a zone that only a place gives a meaning: `IST`.
  var zoneName: String?
  /// The other end of a stretch of time, as it stands there: `10:12-10:20`.
  var until: String?
  /// Why it cannot be taken, though it is a time.
  var doubt: String?

  /// Reads `2026-11-21 14:05[:09[.123]]`, with `T`, a comma or a blank behind the date, `/` or `.` in it; `Mar 28, 2025` and
  /// `28. März 2025`; `2025年3月28日`; `2:05 PM`, `9 p. m.`, `14:05 Uhr`; seconds or milliseconds since 1970; `Z`, `UTC`,
  /// `EST` or `+01:00` behind it; the end of a stretch behind a dash; or a time alone. Dates that do not begin with a year of
  /// four digits are read in `order`.
  init?(_ text: some StringProtocol, order: DateOrder = .dayMonthYear, isStated: Bool = false) {
    var scanner = TimeScanner(text)
    if let epoch = scanner.epoch() {
      let days = Int((epoch.milliseconds / 86_400_000))
      date = CivilDate(daysSince1970: days)
      secondsOfDay = Int(epoch.milliseconds % 86_400_000) / 1000
      milliseconds = Int(epoch.milliseconds % 1000)
      offset = 0
      return
    }
    scanner.skipWeekday()
    switch scanner.writtenDate() ?? scanner.date(order, isStated) {
    case .none: break
    case .date(let date): self.date = date
    case .impossible: isImpossible = true
    }
    if date != nil || isImpossible {
      guard scanner.takeGap() else { return nil }
    }
    let early = scanner.halfInFront()
    guard let clock = scanner.clock() else { return nil }
    milliseconds = clock.milliseconds
    var hours = clock.hour
    scanner.skipBlanks()
    if let half = early ?? scanner.halfOfDay() {
      guard (1...12).contains(hours) else { return nil }
      hours = hours % 12 + (half == .afternoon ? 12 : 0)
      scanner.skipBlanks()
    } else if !clock.hasMinutes {
      return nil
    }
    secondsOfDay = hours * 3600 + clock.minute * 60 + min(clock.second, 59)
    scanner.skipWords(["uhr", "h", "hrs", "часов", "น."])
    switch scanner.end(
      of: secondsOfDay, hasDate: date != nil || isImpossible, hasSeconds: clock.hasSeconds)
    {
    case .until(let text): until = text
    case .ambiguous(let text):
      doubt = "'-\(text)' can be the end of a range or an offset from UTC"
    case nil: break
    }
    scanner.skipBlanks()
    guard scanner.zone(&offset, &zoneName), scanner.isAtEnd else { return nil }
  }

  /// The instant, or nil where the zone or the day is missing.
  func instant(in zone: TimeZoneRules?, on day: CivilDate?) -> Timestamp? {
    guard let date = date ?? day else { return nil }
    if let offset {
      let seconds = date.daysSince1970 * 86_400 + secondsOfDay - offset
      return Timestamp(milliseconds: Int64(seconds) * 1000 + Int64(milliseconds))
    }
    guard let zone else { return nil }
    return zone.instant(of: date, secondsOfDay: secondsOfDay) + .milliseconds(milliseconds)
  }
}
