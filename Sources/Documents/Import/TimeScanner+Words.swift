import Engine

/// Times in words: months, halves of the day, zones, stretches.
extension TimeScanner {
  /// Seconds or milliseconds since 1970, as programs write them: ten digits or thirteen, perhaps with a fraction.
  mutating func epoch() -> Timestamp? {
    let digits = rest.prefix { $0.isASCII && $0.isNumber }
    guard digits.count == 10 || digits.count == 13, let value = Int64(String(digits)),
      digits.first != "0"
    else { return nil }
    let start = rest
    rest = rest.dropFirst(digits.count)
    var milliseconds = digits.count == 13 ? value : value * 1000
    if take(".") {
      let part = fraction()
      if digits.count == 10 { milliseconds += Int64(part) }
    }
    guard isAtEnd else {
      rest = start
      return nil
    }
    return Timestamp(milliseconds: milliseconds)
  }

  /// A blank, `T`, a comma or `at` between a date and a time.
  mutating func takeGap() -> Bool {
    if take("T") || take("t") {
      sawT = true
      return true
    }
    guard take(",") || isAtBlank || isAtEnd || rest.first.map({ "年月日午上下오".contains($0) }) == true
    else {
      return false
    }
    skipBlanks()
    skipWords(["at", "um", "à", "a las", "às", "alle", "om", "-", "–"])
    return true
  }

  mutating func skipWords(_ words: [String]) {
    for word in words {
      let count = word.count
      guard String(rest.prefix(count)).lowercased() == word else { continue }
      let next = rest.dropFirst(count).first
      guard next == nil || next == " " || next == "," else { continue }
      rest = rest.dropFirst(count)
      skipBlanks()
      return
    }
  }

  /// `Fri, ` or `Freitag ` in front of a date says nothing new.
  mutating func skipWeekday() {
    let word = rest.prefix { $0.isLetter || $0 == "." }
    guard word.count >= 2, Self.weekdays.contains(where: String(word).lowercased().hasPrefix) else {
      return
    }
    var after = rest.dropFirst(word.count)
    if after.first == "," { after = after.dropFirst() }
    guard after.first == " " else { return }
    let digits = after.drop { $0 == " " }
    let begins =
      digits.first.map { $0.isNumber } == true || Self.month(digits.prefix { $0.isLetter }) != nil
    if begins { rest = digits }
  }

  private static let weekdays = [
    "mon", "tue", "wed", "thu", "fri", "sat", "sun", "mo.", "di.", "mi.", "do.", "fr.", "sa.",
    "so.", "montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag", "lun",
    "mar.", "mer", "jeu", "ven", "sam", "dim", "lunes", "martes", "mié", "jue", "vie", "sáb",
  ]

  /// `Mar 28, 2025`, `28 March 2025`, `28. März 2025`, `28 de marzo de 2025`, `2025年3月28日`; nil where none stands there.
  mutating func writtenDate() -> Found? {
    let start = rest
    if let year = number(4...4), take("年"), let month = number(1...2), take("月"),
      let day = number(1...2), take("日")
    {
      return Self.found(year, month, day)
    }
    rest = start
    if let month = Self.month(rest.prefix { $0.isLetter }) {
      rest = rest.drop { $0.isLetter }
      _ = take(".")
      skipBlanks()
      if let day = number(1...2) {
        skipOrdinal()
        _ = take(",")
        skipBlanks()
        if let year = number(4...4) { return Self.found(year, month, day) }
      }
    }
    rest = start
    if let day = number(1...2) {
      skipOrdinal()
      _ = take(".") || take("-")
      skipBlanks()
      skipWords(["de"])
      if let month = Self.month(rest.prefix { $0.isLetter }) {
        rest = rest.drop { $0.isLetter }
        _ = take(".") || take(",") || take("-")
        skipBlanks()
        skipWords(["de"])
        if let year = number(4...4) { return Self.found(year, month, day) }
      }
    }
    rest = start
    return nil
  }

  private mutating func skipOrdinal() {
    let word = String(rest.prefix(2)).lowercased()
    if ["st", "nd", "rd", "th"].contains(word) { rest = rest.dropFirst(2) }
  }

  private static func found(_ year: Int, _ month: Int, _ day: Int) -> Found {
    guard (1000...9999).contains(year), (1...12).contains(month),
      (1...CivilDate.daysIn(month: month, of: year)).contains(day)
    else { return .impossible }
    return .date(CivilDate(year: year, month: month, day: day))
  }

  /// The number of a month by its name in one of several languages, or by the beginning of it.
  private static func month(_ word: ArraySlice<Character>) -> Int? {
    let name = String(word).lowercased()
    guard name.count >= 3 else { return nil }
    return months.firstIndex {
      $0.contains { $0.hasPrefix(name) || name.hasPrefix($0) && $0.count >= 4 }
    }
    .map { $0 + 1 }
  }

  private static let months = [
    ["january", "januar", "jänner", "janvier", "enero", "janeiro", "gennaio", "januari", "ocak"],
    ["february", "februar", "février", "febrero", "fevereiro", "febbraio", "februari", "şubat"],
    ["march", "märz", "mars", "marzo", "março", "maart", "mart"],
    ["april", "avril", "abril", "aprile", "nisan"],
    ["may", "mai", "mayo", "maio", "maggio", "mei"],
    ["june", "juni", "juin", "junio", "junho", "giugno", "haziran"],
    ["july", "juli", "juillet", "julio", "julho", "luglio", "temmuz"],
    ["august", "août", "agosto", "augustus", "ağustos"],
    ["september", "septembre", "septiembre", "setembro", "settembre", "eylül"],
    ["october", "oktober", "octobre", "octubre", "outubro", "ottobre", "ekim"],
    ["november", "novembre", "noviembre", "novembro", "kasım"],
    ["december", "dezember", "décembre", "diciembre", "dezembro", "dicembre", "aralık"],
  ]

  // MARK: - Times of day

  struct Clock {
    var hour: Int
    var minute = 0
    var second = 0
    var milliseconds = 0
    var hasMinutes = false
    var hasSeconds = false
  }

  /// `14:05[:09[.123]]`, `14h05`, `10時05分`, or an hour alone.
  mutating func clock() -> Clock? {
    guard let hour = number(1...2), hour < 24 else { return nil }
    var clock = Clock(hour: hour)
    let start = rest
    if take(":") || take("h") || take("時") || take("点") || take("시") {
      skipBlanks()
      guard let minute = number(2...2) ?? shortMinute(start), minute < 60 else {
        rest = start
        return clock
      }
      clock.minute = minute
      clock.hasMinutes = true
      _ = take("分") || take("분")
      if take(":") {
        guard let second = number(2...2), second <= 60 else { return nil }
        clock.second = second
        clock.hasSeconds = true
        if take(".") || take(",") { clock.milliseconds = fraction() }
      }
    }
    return clock
  }

  /// `10時5分` has no nought before its minutes.
  private mutating func shortMinute(_ start: ArraySlice<Character>) -> Int? {
    guard let sign = start.first, "時点시".contains(sign) else { return nil }
    return number(1...1)
  }

  /// `AM`, `p.m.`, `p. m.`
  mutating func halfOfDay() -> Half? {
    let start = rest
    guard let first = rest.first?.lowercased(), first == "a" || first == "p" else { return nil }
    rest = rest.dropFirst()
    _ = take(".")
    skipBlanks()
    guard rest.first?.lowercased() == "m" else {
      rest = start
      return nil
    }
    rest = rest.dropFirst()
    _ = take(".")
    if let next = rest.first, next.isLetter || next.isNumber {
      rest = start
      return nil
    }
    return first == "a" ? .morning : .afternoon
  }

  /// `午後2:05`, `下午 2:05`, `오후 2:05`.
  mutating func halfInFront() -> Half? {
    for (word, half) in [
      ("午前", Half.morning), ("上午", .morning), ("오전", .morning), ("午後", .afternoon),
      ("下午", .afternoon), ("오후", .afternoon),
    ] where String(rest.prefix(2)) == word {
      rest = rest.dropFirst(2)
      skipBlanks()
      return half
    }
    return nil
  }

  // MARK: - What stands behind a time

  enum End {
    case until(String)
    case ambiguous(String)
  }

  /// The end of a stretch behind a dash; nil where an offset or nothing of the kind stands there.
  ///
  /// Behind a time with seconds or a `T` a dash is the sign of an offset; behind a time alone it is none.
  mutating func end(of start: Int, hasDate: Bool, hasSeconds: Bool) -> End? {
    let before = rest
    skipBlanks()
    guard let dash = rest.first, "-–—".contains(dash) else {
      rest = before
      return nil
    }
    rest = rest.dropFirst()
    let isGlued = before.first == "-" && rest.first != " "
    skipBlanks()
    let words = rest
    guard let clock = clock(), clock.hasMinutes else {
      rest = before
      return nil
    }
    let behind = rest
    skipBlanks()
    if halfOfDay() == nil { rest = behind }
    let text = String(words.prefix(words.count - rest.count))
    guard isGlued, hasDate || hasSeconds || sawT else { return .until(text) }
    let mayBeOffset = clock.hour <= 12 && [0, 30, 45].contains(clock.minute) && !clock.hasSeconds
    let isLater = clock.hour * 3600 + clock.minute * 60 > start
    if !mayBeOffset { return .until(text) }
    if isLater, !sawT, !hasSeconds { return .ambiguous(text) }
    rest = before
    return nil
  }

  /// Reads a zone where one stands there; false for words that are none.
  mutating func zone(_ offset: inout Int?, _ name: inout String?) -> Bool {
    if isAtEnd { return true }
    if let sign = rest.first, sign == "+" || sign == "-" { return numericOffset(&offset) }
    let letters = rest.prefix { $0.isASCII && $0.isLetter }
    let word = String(letters)
    guard let seconds = Self.zones[word] else {
      guard Self.ambiguousZones.contains(word) else { return false }
      rest = rest.dropFirst(letters.count)
      name = word
      return true
    }
    rest = rest.dropFirst(letters.count)
    offset = seconds
    if ["UTC", "GMT"].contains(word), let sign = rest.first, sign == "+" || sign == "-" {
      return numericOffset(&offset)
    }
    return true
  }

  private mutating func numericOffset(_ offset: inout Int?) -> Bool {
    guard let sign = rest.first else { return false }
    rest = rest.dropFirst()
    guard let hours = number(1...4) else { return false }
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

  /// Letters that mean one offset: those of RFC 2822, and those that no two places share.
  static let zones: [String: Int] = [
    "UTC": 0, "GMT": 0, "Z": 0, "z": 0, "UT": 0, "EST": -18_000, "EDT": -14_400, "MST": -25_200,
    "MDT": -21_600, "PST": -28_800, "PDT": -25_200, "CDT": -18_000, "WET": 0, "WEST": 3600,
    "CET": 3600, "CEST": 7200, "MEZ": 3600, "MESZ": 7200, "EET": 7200, "EEST": 10_800,
    "MSK": 10_800, "JST": 32_400, "KST": 32_400, "WIB": 25_200, "AEST": 36_000, "AEDT": 39_600,
    "NZST": 43_200, "NZDT": 46_800, "TRT": 10_800, "BRT": -10_800, "SAST": 7200, "HKT": 28_800,
    "SGT": 28_800, "PKT": 18_000,
  ]

  /// Letters that several places use for different times.
  static let ambiguousZones: Set<String> = [
    "IST", "CST", "BST", "AST", "ADT", "SST", "GST", "ECT", "AMT",
  ]
}
