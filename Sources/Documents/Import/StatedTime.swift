import Engine

/// A time as logs and tables state it, which means an instant only with a zone, and sometimes a day, beside it.
struct StatedTime {
  var date: CivilDate?
  var secondsOfDay: Int
  var milliseconds = 0
  /// Seconds ahead of UTC, where the text says so itself.
  var offset: Int?

  /// Reads `2026-11-21 14:05[:09[.123]]`, with `T` or a blank, `/` or `.` in the date, `Z`, `UTC` or `+01:00` behind it; or
  /// a time alone. Month before day is nowhere read: nobody can tell it from day before month.
  init?(_ text: some StringProtocol) {
    var scanner = TimeScanner(text)
    if let date = scanner.date() {
      self.date = date
      guard scanner.take("T") || scanner.take("t") || scanner.take(",") || scanner.isAtBlank else {
        return nil
      }
      scanner.skipBlanks()
    }
    guard let hour = scanner.number(1...2), scanner.take(":"), let minute = scanner.number(2...2)
    else { return nil }
    var second = 0
    if scanner.take(":") {
      guard let seconds = scanner.number(2...2) else { return nil }
      second = seconds
      if scanner.take(".") || scanner.take(",") { milliseconds = scanner.fraction() }
    }
    guard hour < 24, minute < 60, second <= 60 else { return nil }
    var hours = hour
    scanner.skipBlanks()
    if let half = scanner.halfOfDay() {
      guard (1...12).contains(hour) else { return nil }
      hours = hour % 12 + (half == .afternoon ? 12 : 0)
      scanner.skipBlanks()
    }
    secondsOfDay = hours * 3600 + minute * 60 + min(second, 59)
    guard scanner.zone(&offset), scanner.isAtEnd else { return nil }
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

/// Reads the parts of a time from left to right.
private struct TimeScanner {
  private var rest: ArraySlice<Character>

  init(_ text: some StringProtocol) {
    let characters = Array(text)
    rest = characters.drop { $0 == " " }
    while rest.last == " " { rest = rest.dropLast() }
  }

  enum Half {
    case morning, afternoon
  }

  var isAtEnd: Bool { rest.isEmpty }
  var isAtBlank: Bool { rest.first == " " }

  mutating func skipBlanks() { rest = rest.drop { $0 == " " } }

  mutating func take(_ character: Character) -> Bool {
    guard rest.first == character else { return false }
    rest = rest.dropFirst()
    return true
  }

  mutating func number(_ digits: ClosedRange<Int>) -> Int? {
    let found = rest.prefix { $0.isASCII && $0.isNumber }
    guard digits.contains(found.count) else { return nil }
    rest = rest.dropFirst(found.count)
    return Int(String(found))
  }

  mutating func fraction() -> Int {
    let found = rest.prefix { $0.isASCII && $0.isNumber }
    rest = rest.dropFirst(found.count)
    let digits = String(found.prefix(3))
    return Int(digits + String(repeating: "0", count: 3 - digits.count)) ?? 0
  }

  /// `2026-11-21`, `2026/11/21` or `21.11.2026`; takes nothing where none stands there.
  mutating func date() -> CivilDate? {
    let start = rest
    guard let first = number(1...4), let sign = rest.first, "-/.".contains(sign) else {
      rest = start
      return nil
    }
    _ = take(sign)
    guard let second = number(1...2), take(sign), let third = number(1...4) else {
      rest = start
      return nil
    }
    let isYearFirst = first > 31
    let parts = isYearFirst ? (first, second, third) : (third, second, first)
    guard isYearFirst || sign == ".", (1...12).contains(parts.1), parts.0 > 999,
      (1...CivilDate.daysIn(month: parts.1, of: parts.0)).contains(parts.2)
    else {
      rest = start
      return nil
    }
    return CivilDate(year: parts.0, month: parts.1, day: parts.2)
  }

  mutating func halfOfDay() -> Half? {
    let word = String(rest.prefix(2)).lowercased()
    guard word == "am" || word == "pm" else { return nil }
    rest = rest.dropFirst(2)
    return word == "am" ? .morning : .afternoon
  }

  /// Reads a zone where one stands there; false for words that are none.
  mutating func zone(_ offset: inout Int?) -> Bool {
    if isAtEnd { return true }
    for word in ["UTC", "GMT", "Z", "z"] where String(rest.prefix(word.count)) == word {
      rest = rest.dropFirst(word.count)
      offset = 0
      return true
    }
    guard let sign = rest.first, sign == "+" || sign == "-" else { return false }
    rest = rest.dropFirst()
    guard let hours = number(2...4) else { return false }
    var minutes = 0
    if take(":") {
      guard let stated = number(2...2) else { return false }
      minutes = stated
    }
    let total = hours > 99 ? hours / 100 * 60 + hours % 100 : hours * 60 + minutes
    guard total < 24 * 60 else { return false }
    offset = total * 60 * (sign == "-" ? -1 : 1)
    return true
  }
}
