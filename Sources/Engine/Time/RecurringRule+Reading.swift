extension RecurringRule {
  /// Reads `CET-1CEST,M3.5.0,M10.5.0/3` and its like; nil for anything else.
  package init?(_ text: String) {
    var scanner = Scanner(text)
    guard let name = scanner.name(), let west = scanner.time(maximumHours: 24) else { return nil }
    let standard = TimeZoneRules.Period(
      offset: -west, abbreviation: name, isDaylightSaving: false)
    if scanner.isAtEnd {
      self.init(standard: standard)
      return
    }
    guard let summerName = scanner.name() else { return nil }
    var offset = standard.offset + 3600
    if let next = scanner.peek, next != UInt8(ascii: ",") {
      guard let west = scanner.time(maximumHours: 24) else { return nil }
      offset = -west
    }
    // What POSIX leaves open, every system fills with the rule of the United States.
    var begin = Moment(.weekdayOfMonth(month: 3, week: 2, weekday: 0))
    var end = Moment(.weekdayOfMonth(month: 11, week: 1, weekday: 0))
    if !scanner.isAtEnd {
      guard scanner.take(","), let stated = scanner.moment() else { return nil }
      guard scanner.take(","), let statedEnd = scanner.moment() else { return nil }
      (begin, end) = (stated, statedEnd)
    }
    guard scanner.isAtEnd else { return nil }
    self.init(
      standard: standard,
      daylightSaving: DaylightSaving(
        period: .init(offset: offset, abbreviation: summerName, isDaylightSaving: true),
        begin: begin, end: end))
  }
}

private struct Scanner {
  private var rest: ArraySlice<UInt8>

  init(_ text: String) {
    rest = Array(text.utf8)[...]
  }

  var isAtEnd: Bool { rest.isEmpty }
  var peek: UInt8? { rest.first }

  mutating func take(_ sign: Unicode.Scalar) -> Bool {
    guard rest.first == UInt8(ascii: sign) else { return false }
    rest = rest.dropFirst()
    return true
  }

  /// At least three letters, or anything between angle brackets.
  mutating func name() -> String? {
    let name: ArraySlice<UInt8>
    if take("<") {
      name = rest.prefix { $0 != UInt8(ascii: ">") }
      rest = rest.dropFirst(name.count)
      guard take(">") else { return nil }
    } else {
      name = rest.prefix { (65...90).contains($0) || (97...122).contains($0) }
      rest = rest.dropFirst(name.count)
    }
    guard name.count >= 3, name.count <= 16 else { return nil }
    return String(decoding: name, as: UTF8.self)
  }

  /// `[+-]h[h[h]][:mm[:ss]]` in seconds.
  mutating func time(maximumHours: Int) -> Int? {
    let sign = take("-") ? -1 : 1
    if sign == 1 { _ = take("+") }
    guard let hours = number(in: 0...maximumHours) else { return nil }
    var seconds = hours * 3600
    if take(":") {
      guard let minutes = number(in: 0...59) else { return nil }
      seconds += minutes * 60
      if take(":") {
        guard let more = number(in: 0...59) else { return nil }
        seconds += more
      }
    }
    return sign * seconds
  }

  mutating func moment() -> RecurringRule.Moment? {
    let day: RecurringRule.Day
    if take("M") {
      guard let month = number(in: 1...12), take("."), let week = number(in: 1...5), take("."),
        let weekday = number(in: 0...6)
      else { return nil }
      day = .weekdayOfMonth(month: month, week: week, weekday: weekday)
    } else if take("J") {
      guard let number = number(in: 1...365) else { return nil }
      day = .julian(number)
    } else {
      guard let number = number(in: 0...365) else { return nil }
      day = .ofYear(number)
    }
    guard take("/") else { return RecurringRule.Moment(day) }
    guard let time = time(maximumHours: 167) else { return nil }
    return RecurringRule.Moment(day, time: time)
  }

  private mutating func number(in range: ClosedRange<Int>) -> Int? {
    let digits = rest.prefix { (48...57).contains($0) }
    guard (1...3).contains(digits.count) else { return nil }
    rest = rest.dropFirst(digits.count)
    let value = digits.reduce(0) { $0 * 10 + Int($1) - 48 }
    return range.contains(value) ? value : nil
  }
}
