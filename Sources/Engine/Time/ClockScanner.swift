/// Reads a time of day at the beginning of words: `14:05`, `9:10 pm`, `14:05 UTC`, `14 Uhr`, `下午2:05`.
struct ClockScanner {
  let words: [TimeWord]
  /// The zone in whose abbreviations may be written.
  let zone: TimeZoneRules

  struct Clock: Hashable {
    /// 0 to 86,399, after midnight.
    var seconds: Int
    /// The zone that the words name; nil: the one that is shown.
    var zone: TimeZoneRules?
    /// Index of the first word behind it.
    var next: Int
    /// Whether what follows cannot belong to it.
    var isClosed: Bool
    /// Whether it is `midnight`, which no day owns.
    var isMidnight = false
  }

  enum Reading: Hashable {
    /// The words begin with no time of day.
    case none
    case clock(Clock)
    /// They do, and not with one that can be understood.
    case problem(TimeExpression.Problem)
  }

  /// Reads from the word at a place on.
  func read(at start: Int) -> Reading {
    guard words.indices.contains(start) else { return .none }
    if let named = TimeLexicon.namedClock(words[start...]) {
      let next = start + named.count
      let reading = zoned(named.seconds, isClosed: words[next - 1].isClosed, next: next)
      guard case .clock(var clock) = reading else { return reading }
      clock.isMidnight = named.seconds == 0
      return .clock(clock)
    }
    var place = start
    var half: TimeLexicon.HalfDay?
    var text = words[start].text
    if text.hasPrefix("~"), shape(String(text.dropFirst())) != nil {
      return .problem(.approximate(words[start].typed))
    }
    if let mark = TimeLexicon.leadingHalves.first(where: { text.hasPrefix($0.mark) }) {
      half = mark.half
      text = String(text.dropFirst(mark.mark.count))
      if text.isEmpty {
        place += 1
        guard words.indices.contains(place) else { return .none }
        text = words[place].text
      }
    }
    // `14.05 Uhr`: without its word it may be any number.
    if words.indices.contains(place + 1), words[place + 1].text == "uhr", text.contains(".") {
      text.replace(".", with: ":", maxReplacements: 1)
    }
    guard let shape = shape(text) else { return .none }
    return read(shape, half, at: place, from: start)
  }

  // MARK: - The digits

  /// The numbers of a clock as they stand, and what is glued to them.
  private struct Shape {
    var hour: Int
    var minute: Int?
    var second: Int?
    var rest: Substring
  }

  private func shape(_ text: String) -> Shape? {
    var rest = Substring(text)
    guard let hour = Self.number(&rest, 1...2) else { return nil }
    var shape = Shape(hour: hour, rest: rest)
    for mark in [":", "h", "時", "点", "點", "시"] where rest.hasPrefix(mark) {
      var behind = rest.dropFirst(mark.count)
      if mark == "시", behind.isEmpty { return Shape(hour: hour, minute: 0, rest: behind) }
      guard let minute = Self.number(&behind, 2...2) else {
        return mark == ":" ? nil : shape
      }
      shape.minute = minute
      if behind.first == ":" {
        behind = behind.dropFirst()
        guard let second = Self.number(&behind, 2...2), behind.first != ":" else { return nil }
        shape.second = second
        if behind.first == "." {
          behind = behind.dropFirst().drop { $0.isASCII && $0.isNumber }
        }
      }
      if let minutes = ["分", "분"].first(where: { behind.hasPrefix($0) }) {
        behind = behind.dropFirst(minutes.count)
      }
      shape.rest = behind
      break
    }
    return shape
  }

  /// Takes so many digits; nil where there are fewer or more.
  private static func number(_ text: inout Substring, _ count: ClosedRange<Int>) -> Int? {
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    guard count.contains(digits.count), let number = Int(digits) else { return nil }
    text = text.dropFirst(digits.count)
    return number
  }

  // MARK: - What belongs to it

  private func read(
    _ shape: Shape, _ leading: TimeLexicon.HalfDay?, at place: Int, from start: Int
  ) -> Reading {
    let typed = words[start...place].map(\.typed).joined(separator: " ")
    var half = leading
    var zone: TimeZoneRules?
    var isClosed = words[place].isClosed
    var next = place + 1
    switch suffix(shape, &half, &zone) {
    case .nothing: break
    case .separator: isClosed = true
    case .foreign: return .none
    case .problem(let problem): return .problem(problem)
    }
    var isClock = shape.minute != nil || half != nil
    if !isClosed, half == nil, let found = halfDay(at: next) {
      (half, isClock) = (found.half, true)
      next += found.count
      isClosed = words[next - 1].isClosed
    }
    if !isClosed, words.indices.contains(next), TimeLexicon.clockWords.contains(words[next].text),
      isClock || words[next].text == "uhr"
    {
      (next, isClock, isClosed) = (next + 1, true, words[next].isClosed)
    }
    guard isClock else { return .none }
    guard let seconds = Self.seconds(shape, half) else {
      let all = words[start..<next].map(\.typed).joined(separator: " ")
      return .problem(.noTimeOfDay(all))
    }
    if !isClosed, isRange(at: next) { return .problem(.range(typed)) }
    if zone != nil {
      return .clock(Clock(seconds: seconds, zone: zone, next: next, isClosed: isClosed))
    }
    return zoned(seconds, isClosed: isClosed, next: next)
  }

  /// The time of day with the zone behind it, where one is written.
  private func zoned(_ seconds: Int, isClosed: Bool, next: Int) -> Reading {
    let plain = Clock(seconds: seconds, next: next, isClosed: isClosed)
    guard !isClosed else { return .clock(plain) }
    return switch zoneWord(at: next) {
    case .none: .clock(plain)
    case .problem(let problem): .problem(problem)
    case .zone(let found):
      .clock(
        Clock(seconds: seconds, zone: found, next: next + 1, isClosed: words[next].isClosed))
    }
  }

  private static func seconds(_ shape: Shape, _ half: TimeLexicon.HalfDay?) -> Int? {
    var hour = shape.hour
    if let half {
      guard (1...12).contains(hour) else { return nil }
      hour = hour % 12 + (half == .afternoon ? 12 : 0)
    }
    let (minute, second) = (shape.minute ?? 0, shape.second ?? 0)
    guard hour < 24, minute < 60, second < 60 else { return nil }
    return hour * 3600 + minute * 60 + second
  }

  /// `pm`, `p.m.`, or `p. m.` in two words.
  private func halfDay(at place: Int) -> (half: TimeLexicon.HalfDay, count: Int)? {
    guard words.indices.contains(place) else { return nil }
    if let half = TimeLexicon.halfDay(words[place].text) { return (half, 1) }
    guard words.indices.contains(place + 1),
      ["a.", "p."].contains(words[place].text), ["m", "m."].contains(words[place + 1].text)
    else { return nil }
    return (words[place].text == "a." ? .morning : .afternoon, 2)
  }

  private enum Suffix {
    case nothing, separator
    /// It was no clock after all.
    case foreign
    case problem(TimeExpression.Problem)
  }

  /// Understands what is glued to the digits.
  private func suffix(
    _ shape: Shape, _ half: inout TimeLexicon.HalfDay?, _ zone: inout TimeZoneRules?
  ) -> Suffix {
    let rest = String(shape.rest)
    if rest.isEmpty { return .nothing }
    if let found = TimeLexicon.halfDay(rest) {
      half = found
      return .nothing
    }
    guard shape.minute != nil else { return .foreign }
    if rest == "uhr" || rest == "h" || rest == "-" { return rest == "-" ? .separator : .nothing }
    if rest == "?" || rest == "ish" { return .problem(.approximate(typed(shape))) }
    if rest == "z" || rest == "utc" || rest == "gmt" {
      zone = .utc
      return .nothing
    }
    if rest.hasPrefix("-"), let end = self.shape(String(rest.dropFirst())), end.minute != nil,
      Self.seconds(end, nil) ?? .max > Self.seconds(shape, half) ?? 0
    {
      return .problem(.range(typed(shape)))
    }
    if let offset = Self.offset(rest, isGlued: true) {
      zone = Self.zone(offset, rest)
      return .nothing
    }
    return rest.hasPrefix("-") || rest.hasPrefix("+")
      ? .problem(.noTimeOfDay(typed(shape))) : .foreign
  }

  private func typed(_ shape: Shape) -> String {
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(shape.hour):\(two(shape.minute ?? 0))\(shape.rest)"
  }

  private func isRange(at place: Int) -> Bool {
    guard words.indices.contains(place + 1), TimeLexicon.rangeWords.contains(words[place].text)
    else { return false }
    guard let end = shape(words[place + 1].text) else { return false }
    return end.minute != nil && end.rest.isEmpty
  }

  // MARK: - Zones

  private enum ZoneWord {
    case none
    case zone(TimeZoneRules)
    case problem(TimeExpression.Problem)
  }

  private func zoneWord(at place: Int) -> ZoneWord {
    guard words.indices.contains(place) else { return .none }
    let typed = words[place].typed
    let word = words[place].text
    if word == "utc" || word == "gmt" || typed == "Z" { return .zone(.utc) }
    for name in ["utc", "gmt"] where word.hasPrefix(name) {
      let offset = Self.offset(String(word.dropFirst(3)), isGlued: true)
      return offset.map { .zone(Self.zone($0, typed)) } ?? .none
    }
    // `+02` is an offset; whether of that many hours, nobody said.
    if word.hasPrefix("+0"), word.count == 3, word.last?.isNumber == true {
      return .problem(.foreignZone(typed))
    }
    if let sign = word.first, sign == "+" || sign == "-",
      let offset = Self.offset(word, isGlued: false)
    {
      // `+1000` may count something else than hours and minutes.
      return word.contains(":") || word.dropFirst().first == "0"
        ? .zone(Self.zone(offset, typed)) : .problem(.foreignZone(typed))
    }
    if typed.count >= 3, typed.allSatisfy({ $0.isASCII && $0.isUppercase }) {
      let name = TimeLexicon.zoneSynonyms[typed] ?? typed
      if let own = zone.period(abbreviation: name) {
        return .zone(TimeZoneRules(name: typed, initial: own))
      }
      return TimeLexicon.zones.contains(typed) ? .problem(.foreignZone(typed)) : .none
    }
    let parts = typed.split(separator: "/")
    if parts.count > 1, TimeLexicon.zoneAreas.contains(String(parts[0])) {
      return typed == zone.name ? .zone(zone) : .problem(.foreignZone(typed))
    }
    return .none
  }

  private static func zone(_ offset: Int, _ name: String) -> TimeZoneRules {
    TimeZoneRules(
      name: name, initial: .init(offset: offset, abbreviation: name, isDaylightSaving: false))
  }

  /// Seconds of `+02:00`, `+0200` and, where it is glued to a clock or to `UTC`, `+2`; at most fourteen hours.
  private static func offset(_ text: String, isGlued: Bool) -> Int? {
    guard let sign = text.first, sign == "+" || sign == "-" else { return nil }
    let digits = text.dropFirst().filter { $0 != ":" }
    guard digits.allSatisfy({ $0.isASCII && $0.isNumber }),
      digits.count == 4 || (isGlued && (1...2).contains(digits.count)), let number = Int(digits)
    else { return nil }
    let (hours, minutes) = digits.count == 4 ? (number / 100, number % 100) : (number, 0)
    guard hours <= 14, [0, 15, 30, 45].contains(minutes) else { return nil }
    return (sign == "-" ? -1 : 1) * (hours * 3600 + minutes * 60)
  }
}

extension TimeZoneRules {
  /// How the clocks are set while the zone goes by an abbreviation; nil where it never does.
  func period(abbreviation: String) -> Period? {
    let all =
      [initial] + changes.map(\.period)
      + [rule?.standard, rule?.daylightSaving?.period].compactMap(\.self)
    return all.last { $0.abbreviation == abbreviation }
  }
}
