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
    if let offset = TimeLexicon.days[word] { return .day(.relative(offset), next: place + 1) }
    if let weekday = TimeLexicon.weekday(word.hasSuffix(".") ? String(word.dropLast()) : word) {
      return .day(.weekday(weekday), next: place + 1)
    }
    if let month = Self.month(word) { return named(month, dayAt: place + 1, next: place + 2) }
    if let day = Self.day(word), words.indices.contains(place + 1),
      let month = Self.month(words[place + 1].text)
    {
      return dated(month, day, yearAt: place + 2, typed: "\(word) \(words[place + 1].typed)")
    }
    return numbers(word, next: place + 1)
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

  /// English names, in full or their first three letters.
  static func month(_ word: String) -> Int? {
    let names = [
      "january", "february", "march", "april", "may", "june", "july", "august", "september",
      "october", "november", "december",
    ]
    let bare = word.hasSuffix(".") ? String(word.dropLast()) : word
    guard bare.count >= 3 else { return nil }
    return names.firstIndex { $0 == bare || (bare.count == 3 && $0.hasPrefix(bare)) }.map { $0 + 1 }
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
