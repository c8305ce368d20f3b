import Engine

/// In which order the numbers of a date stand.
package enum DateOrder: String, CaseIterable, Sendable {
  case dayMonthYear = "dmy"
  case monthDayYear = "mdy"
  case yearMonthDay = "ymd"
}

/// A time as logs and tables state it, which means an instant only with a zone, and sometimes a day, beside it.
struct StatedTime {
  var date: CivilDate?
  /// It has a date that there is not, read in this order.
  var isImpossible = false
  var secondsOfDay: Int
  var milliseconds = 0
  /// Seconds ahead of UTC, where the text says so itself.
  var offset: Int?

  /// Reads `2026-11-21 14:05[:09[.123]]`, with `T`, a comma or a blank behind the date, `/` or `.` in it; `2:05 PM`; `Z`,
  /// `UTC` or `+01:00` behind it; or a time alone. Dates that do not begin with a year of four digits are read in `order`.
  init?(_ text: some StringProtocol, order: DateOrder = .dayMonthYear, isStated: Bool = false) {
    var scanner = TimeScanner(text)
    switch scanner.date(order, isStated) {
    case .none: break
    case .date(let date): self.date = date
    case .impossible: isImpossible = true
    }
    if date != nil || isImpossible {
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

  enum Found {
    case none, impossible
    case date(CivilDate)
  }

  /// Three numbers with one sign between them; takes nothing where they do not stand there.
  mutating func date(_ order: DateOrder, _ isStated: Bool) -> Found {
    let start = rest
    func digits() -> Int { rest.prefix { $0.isASCII && $0.isNumber }.count }
    var numbers: [(value: Int, digits: Int)] = []
    var sign: Character?
    for place in 0..<3 {
      let count = digits()
      guard let value = number(1...4) else {
        rest = start
        return .none
      }
      numbers.append((value, count))
      if place == 2 { break }
      guard let next = rest.first, "-/.".contains(next), sign == nil || sign == next else {
        rest = start
        return .none
      }
      sign = next
      _ = take(next)
    }
    // A year of four digits in front leaves nothing open. Points stand between day, month and year in this order all over
    // the world; with a slash the year is never first.
    let isYearFirst = numbers[0].digits == 4
    let isPlain = sign == "." && (numbers[2].digits == 4 || !isStated)
    if sign == "/", order == .yearMonthDay, !isYearFirst, !isStated { return .impossible }
    let parts = numbers.map(\.value)
    let (year, month, day) =
      switch isYearFirst ? .yearMonthDay : isPlain ? .dayMonthYear : order {
      case .yearMonthDay: (parts[0], parts[1], parts[2])
      case .dayMonthYear: (parts[2], parts[1], parts[0])
      case .monthDayYear: (parts[2], parts[0], parts[1])
      }
    let full = year < 100 ? 2000 + year : year
    guard (1000...9999).contains(full), (1...12).contains(month),
      (1...CivilDate.daysIn(month: month, of: full)).contains(day)
    else { return .impossible }
    return .date(CivilDate(year: full, month: month, day: day))
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
