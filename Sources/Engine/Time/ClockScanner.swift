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
    /// Whether a half or a part of the day is named, so that another one can only agree with it.
    var isExact = false
    /// The part of the day that is named last.
    var part: TimeLexicon.DayPart?
  }

  enum Reading: Hashable {
    /// The words begin with no time of day.
    case none
    case clock(Clock)
    /// They do, and not with one that can be understood.
    case problem(TimeExpression.Problem)
  }

  /// Reads from the word at a place on; a part of the day may have been named before.
  func read(at start: Int, part: TimeLexicon.DayPart? = nil) -> Reading {
    guard words.indices.contains(start) else { return .none }
    if let found = TimeLexicon.dayPart(words[start...]) {
      let reading = digits(at: behindAt(start + found.count))
      if reading != .none { return within(found.part, reading, from: start) }
    }
    if let named = TimeLexicon.namedClock(words[start...]) {
      let next = start + named.count
      let clock = Clock(
        seconds: named.seconds, next: next, isClosed: words[next - 1].isClosed,
        isMidnight: named.seconds == 0, isExact: true)
      return finished(clock, from: start)
    }
    let reading = digits(at: start)
    return part.map { within($0, reading, from: start) } ?? reading
  }

  /// The place behind a word such as `at`.
  func behindAt(_ place: Int) -> Int {
    words.indices.contains(place) && TimeLexicon.atWords.contains(words[place].text)
      ? place + 1 : place
  }

  /// The clock in a part of the day that is named.
  func within(_ part: TimeLexicon.DayPart, _ reading: Reading, from start: Int) -> Reading {
    guard case .clock(var clock) = reading else { return reading }
    guard let seconds = part.seconds(of: clock.seconds, isExact: clock.isExact) else {
      return .problem(.noTimeOfDay(typed(start, clock.next)))
    }
    (clock.seconds, clock.isExact, clock.part) = (seconds, true, part)
    return .clock(clock)
  }

  /// Words as they were typed, from one place to before another.
  func typed(_ start: Int, _ end: Int) -> String {
    words[start..<end].map(\.typed).joined(separator: " ")
  }

  private func digits(at start: Int) -> Reading {
    guard words.indices.contains(start) else { return .none }
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
    if text.contains("."), isDotted(text, at: place) {
      text.replace(".", with: ":", maxReplacements: 1)
    }
    guard let shape = shape(text) else { return .none }
    return read(shape, half, at: place, from: start)
  }

  /// Whether a point stands for a colon: `14.05 Uhr`, `8.10pm`. Without such a word it may be any number.
  private func isDotted(_ text: String, at place: Int) -> Bool {
    var rest = Substring(text)
    guard Self.number(&rest, 1...2) != nil, rest.first == "." else { return false }
    rest = rest.dropFirst()
    guard Self.number(&rest, 2...2) != nil else { return false }
    if !rest.isEmpty { return TimeLexicon.halfDay(String(rest)) != nil }
    guard !words[place].isClosed, words.indices.contains(place + 1) else { return false }
    return ["uhr", "uur"].contains(words[place + 1].text) || halfDay(at: place + 1) != nil
      || TimeLexicon.dayPart(words[(place + 1)...]) != nil
  }

  // MARK: - The digits

  /// The numbers of a clock as they stand, and what is glued to them.
  private struct Shape {
    /// Whether a colon stands behind the hour, as in nothing but a clock.
    var hasColon = false
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
      shape.hasColon = mark == ":"
      if behind.first == ":" {
        behind = behind.dropFirst()
        guard let second = Self.number(&behind, 2...2), behind.first != ":" else { return nil }
        shape.second = second
        if let point = behind.first, ".,".contains(point) {
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
    var half = leading
    var zone: TimeZoneRules?
    var isClosed = words[place].isClosed
    var next = place + 1
    switch suffix(shape, at: place, &half, &zone) {
    case .nothing: break
    case .separator: isClosed = true
    case .foreign: return .none
    case .problem(let problem): return .problem(problem)
    }
    var isClock = shape.minute != nil || half != nil
    // `8:10 am Abend`.
    if !isClosed, half == nil, !isPart(at: next), let found = halfDay(at: next) {
      (half, isClock) = (found.half, true)
      next += found.count
      isClosed = words[next - 1].isClosed
    }
    if !isClosed, words.indices.contains(next), TimeLexicon.clockWords.contains(words[next].text),
      isClock || ["uhr", "uur", "น."].contains(words[next].text) || isPart(at: next + 1)
    {
      (next, isClock, isClosed) = (next + 1, true, words[next].isClosed)
    }
    guard isClock || !isClosed && isPart(at: next) else { return .none }
    guard let seconds = Self.seconds(shape, half) else {
      return .problem(.noTimeOfDay(typed(start, next)))
    }
    let clock = Clock(
      seconds: seconds, zone: zone, next: next, isClosed: isClosed, isExact: half != nil)
    return finished(clock, from: start)
  }

  /// Whether a part of the day stands behind an hour without minutes. `3 дня` may as well be three days.
  private func isPart(at place: Int) -> Bool {
    words.indices.contains(place) && words[place].text != "дня"
      && TimeLexicon.dayPart(words[place...]) != nil
  }

  /// The clock with all that stands behind it: the part of the day, the zone, and no second time.
  private func finished(_ clock: Clock, from start: Int) -> Reading {
    var reading = partTaken(.clock(clock), from: start)
    guard case .clock(var clock) = reading, !clock.isClosed else { return reading }
    if isRange(at: clock.next) { return .problem(.range(typed(start, clock.next))) }
    if clock.zone == nil {
      switch zoneWord(at: clock.next) {
      case .none: return reading
      case .problem(let problem): return .problem(problem)
      case .zone(let found):
        clock.zone = found
        clock.isClosed = words[clock.next].isClosed
        clock.next += 1
      }
    }
    reading = partTaken(.clock(clock), from: start)
    guard case .clock(let whole) = reading, !whole.isClosed else { return reading }
    if isRange(at: whole.next) { return .problem(.range(typed(start, whole.next))) }
    return reading
  }

  private func partTaken(_ reading: Reading, from start: Int) -> Reading {
    guard case .clock(var clock) = reading, !clock.isClosed,
      let found = TimeLexicon.dayPart(words[clock.next...])
    else { return reading }
    clock.next += found.count
    clock.isClosed = words[clock.next - 1].isClosed
    return within(found.part, .clock(clock), from: start)
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
    _ shape: Shape, at place: Int, _ half: inout TimeLexicon.HalfDay?,
    _ zone: inout TimeZoneRules?
  ) -> Suffix {
    let rest = String(shape.rest)
    if rest.isEmpty { return .nothing }
    if let found = TimeLexicon.halfDay(rest) {
      half = found
      return .nothing
    }
    guard shape.minute != nil else {
      return rest == "h" && isPart(at: place + 1) ? .nothing : .foreign
    }
    if rest == "a" || rest == "p" {
      half = rest == "a" ? .morning : .afternoon
      return .nothing
    }
    if rest == "uhr" || rest == "h" || rest == "-" { return rest == "-" ? .separator : .nothing }
    if rest == "?" || rest == "ish" || rest == "頃" || rest == "ごろ" {
      return .problem(.approximate(typed(shape)))
    }
    if isRange(rest, behind: shape) { return .problem(.range(typed(shape))) }
    if let offset = Self.offset(rest, isGlued: true) {
      zone = Self.zone(offset, rest)
      return .nothing
    }
    switch zoneWord(TimeWord(Substring(words[place].typed.suffix(rest.count))), isGlued: true) {
    case .none: break
    case .problem(let problem): return .problem(problem)
    case .zone(let found):
      zone = found
      return .nothing
    }
    let isSigned = rest.hasPrefix("-") || rest.hasPrefix("+")
    return isSigned || shape.hasColon && rest.first?.isLetter == true
      ? .problem(.noTimeOfDay(typed(shape))) : .foreign
  }

  /// Whether a second time is glued to the first; behind a hyphen a later one, since an earlier one is an offset.
  private func isRange(_ rest: String, behind start: Shape) -> Bool {
    guard let sign = TimeLexicon.rangeSigns.first(where: { rest.hasPrefix($0) }),
      let end = shape(String(rest.dropFirst(sign.count))), end.minute != nil
    else { return false }
    return sign != "-" || Self.seconds(end, nil) ?? .max > Self.seconds(start, nil) ?? 0
  }

  private func typed(_ shape: Shape) -> String {
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(shape.hour):\(two(shape.minute ?? 0))\(shape.rest)"
  }

  private func isRange(at place: Int) -> Bool {
    guard words.indices.contains(place + 1), TimeLexicon.rangeWords.contains(words[place].text)
    else { return false }
    let end = words[place + 1].text
    guard let end = shape(end) else {
      return words[place].text != "-" && TimeLexicon.namedClock(words[(place + 1)...]) != nil
    }
    let hasHalf = TimeLexicon.halfDay(String(end.rest)) != nil || halfDay(at: place + 2) != nil
    return end.minute != nil || hasHalf
  }
}
