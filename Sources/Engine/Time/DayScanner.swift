/// Reads a day in front of a clock: `yesterday`, `Fri`, `2026-11-21`, `21.11.2026`, `Nov 21`.
struct DayScanner {
  let words: [TimeWord]

  enum Day: Hashable {
    /// Counted from today.
    case relative(Int)
    case weekday(Weekday)
    case date(CivilDate)
    /// A day of this year, or of the last one where it has not come yet.
    case ofYear(month: Int, day: Int)
  }

  enum Reading: Hashable {
    case none
    case day(Day, next: Int)
    /// It looks like a day, should a clock follow it.
    case problem(TimeExpression.Problem, next: Int)
  }

  func read(at place: Int) -> Reading {
    guard words.indices.contains(place) else { return .none }
    let word = words[place].text
    if let found = TimeLexicon.day(words[place...]) {
      return .day(.relative(found.offset), next: place + found.count)
    }
    if let weekday = TimeLexicon.weekday(word.hasSuffix(".") ? String(word.dropLast()) : word) {
      return .day(.weekday(weekday), next: place + 1)
    }
    if let month = Self.month(word) { return named(month, dayAt: place + 1, next: place + 2) }
    if let day = Self.day(word), let named = monthBehind(place) {
      let typed = words[place..<named.next].map(\.typed).joined(separator: " ")
      return dated(named.month, day, yearAt: named.next, typed: typed)
    }
    return signed(word, next: place + 1) ?? numbers(word, next: place + 1)
  }

  /// `November`, `de noviembre`, `tháng 11` behind the number of a day.
  private func monthBehind(_ place: Int) -> (month: Int, next: Int)? {
    var next = place + 1
    guard words.indices.contains(next) else { return nil }
    let isLinked = words.indices.contains(next + 1)
    if words[next].text == "tháng", isLinked, let month = Int(words[next + 1].text) {
      return (month, next + 2)
    }
    if ["de", "of"].contains(words[next].text), isLinked { next += 1 }
    return Self.month(words[next].text).map { ($0, next + 1) }
  }

  // MARK: - With the signs of a script

  /// `11月27日`, `2026年11月27日`; Korean puts blanks between: `11월 27일`.
  private func signed(_ word: String, next: Int) -> Reading? {
    var (word, next) = (word, next)
    while let last = word.last, "년월年月".contains(last), words.indices.contains(next) {
      word += words[next].text
      next += 1
    }
    guard let last = word.last, "日일号".contains(last) else { return nil }
    let parts = word.split { "年月日년월일号".contains($0) }.map { Int($0) }
    guard (2...3).contains(parts.count), !parts.contains(nil) else { return nil }
    let all = parts.compactMap(\.self)
    if all.count == 2 { return Self.reading(.ofYear(month: all[0], day: all[1]), word, next) }
    let date = CivilDate(year: all[0], month: all[1], day: all[2])
    return Self.reading(.date(date), word, next)
  }

  // MARK: - In numbers

  private func numbers(_ word: String, next: Int) -> Reading {
    let signs = Set(word.filter { "-./".contains($0) })
    guard signs.count == 1, let sign = signs.first else { return .none }
    let parts = word.split(separator: sign, omittingEmptySubsequences: false)
    let isDotted = sign == "." && parts.count == 3
    let numbers = parts.filter { !$0.isEmpty }.map { part in
      part.utf8.allSatisfy { (48...57).contains($0) } ? Int(part) : nil
    }
    guard numbers.count >= 2, numbers.count <= 3, !numbers.contains(nil) else { return .none }
    let all = numbers.compactMap(\.self)
    switch sign {
    case "-" where parts[0].count == 4 && all.count == 3:
      guard let date = CivilDate(word) else { return .problem(.noDay(word), next: next) }
      return .day(.date(date), next: next)
    case "." where isDotted && all.count == 2:
      // `21.11.`
      return Self.reading(.ofYear(month: all[1], day: all[0]), word, next)
    case "." where isDotted && (parts[2].count == 4 || parts[2].count == 2):
      let year = all[2] < 100 ? 2000 + all[2] : all[2]
      return Self.reading(.date(CivilDate(year: year, month: all[1], day: all[0])), word, next)
    case "/":
      return .problem(.ambiguousDay(word), next: next)
    default: return .none
    }
  }

  private static func reading(_ day: Day, _ word: String, _ next: Int) -> Reading {
    let date =
      switch day {
      case .date(let date): date
      case .ofYear(let month, let day): CivilDate(year: 2024, month: month, day: day)
      case .relative, .weekday: CivilDate(daysSince1970: 0)
      }
    guard (1000...9999).contains(date.year), (1...12).contains(date.month),
      (1...CivilDate.daysIn(month: date.month, of: date.year)).contains(date.day)
    else { return .problem(.noDay(word), next: next) }
    return .day(day, next: next)
  }

  // MARK: - With the name of a month

  private static func month(_ word: String) -> Int? {
    TimeLexicon.month(word.hasSuffix(".") ? String(word.dropLast()) : word)
  }

  /// `21`, `21.`, `21st`.
  private static func day(_ word: String) -> Int? {
    let digits = word.prefix { $0.isASCII && $0.isNumber }
    let rest = word.dropFirst(digits.count)
    guard ["", ".", "st", "nd", "rd", "th"].contains(rest), digits.count <= 2 else { return nil }
    return Int(digits)
  }

  private func named(_ month: Int, dayAt place: Int, next: Int) -> Reading {
    guard words.indices.contains(place), let day = Self.day(words[place].text) else { return .none }
    return dated(
      month, day, yearAt: next, typed: "\(words[place - 1].typed) \(words[place].typed)")
  }

  private func dated(_ month: Int, _ day: Int, yearAt place: Int, typed: String) -> Reading {
    if words.indices.contains(place), words[place].text.count == 4,
      let year = Int(words[place].text)
    {
      let date = CivilDate(year: year, month: month, day: day)
      return Self.reading(.date(date), "\(typed) \(year)", place + 1)
    }
    return Self.reading(.ofYear(month: month, day: day), typed, place)
  }
}
