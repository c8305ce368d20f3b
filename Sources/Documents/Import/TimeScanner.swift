import Engine

/// Reads the parts of a time from left to right.
struct TimeScanner {
  var rest: ArraySlice<Character>
  var sawT = false

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
}
