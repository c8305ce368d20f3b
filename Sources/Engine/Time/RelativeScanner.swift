/// Finds a span counted from now at the beginning of a text: `-12m`, `12m ago`, `vor 12 Minuten`, `12分前`.
struct RelativeScanner {
  enum Reading: Hashable {
    case none
    /// Seconds before now, and where the words behind them begin.
    case past(Int, end: String.Index)
    /// Seconds from now on.
    case future(Int, end: String.Index)
    /// `-12`: minutes, hours or something else.
    case noUnit(String)
    /// `-1:30`: a span, or a clock.
    case clock(String)
  }

  private var rest: Substring
  /// Whether all of the text is to be one time; else a signed span ends at the first blank behind a unit.
  private let isWhole: Bool

  init(_ text: String, isWhole: Bool) {
    rest = text[...]
    self.isWhole = isWhole
  }

  mutating func read() -> Reading {
    skipBlanks()
    if let first = rest.first, "[(".contains(first) { rest.removeFirst() }
    switch rest.first.map(TimeWord.plain) {
    case "-": return signed(isPast: true)
    case "+": return signed(isPast: false)
    default: return worded()
    }
  }

  // MARK: - The two forms

  private mutating func signed(isPast: Bool) -> Reading {
    let word = TimeWord(rest.prefix { !$0.isWhitespace })
    rest.removeFirst()
    if isWhole { skipBlanks() }
    if let seconds = span(acrossBlanks: isWhole), takeEnd() {
      return isPast
        ? .past(seconds, end: rest.startIndex) : .future(seconds, end: rest.startIndex)
    }
    let digits = word.text.dropFirst()
    let parts = digits.split(separator: ":", omittingEmptySubsequences: false)
    if isPast, parts.count == 2, parts.allSatisfy({ (1...2).contains($0.count) && Int($0) != nil })
    {
      return .clock(word.typed)
    }
    let isNumber = (1...4).contains(digits.count) && digits.allSatisfy { ("0"..."9").contains($0) }
    return isPast && isNumber ? .noUnit(word.typed) : .none
  }

  private mutating func worded() -> Reading {
    let hasWord = take(TimeLexicon.agoBefore, isWord: true)
    guard let seconds = span(acrossBlanks: true) else { return .none }
    if !hasWord {
      skipBlanks()
      guard take(TimeLexicon.agoBehind) else { return .none }
    }
    return takeEnd() ? .past(seconds, end: rest.startIndex) : .none
  }

  // MARK: - The span

  /// Seconds of numbers with units, each unit at most once; nil where none stands here.
  private mutating func span(acrossBlanks: Bool) -> Int? {
    for (phrase, seconds) in TimeLexicon.namedSpans where take([phrase]) { return seconds }
    var total: Int?
    var seen: Set<Int> = []
    while true {
      let before = rest
      if let hours = total, seen == [3600], let minutes = bareMinutes() {
        return hours + minutes
      }
      if total != nil, acrossBlanks { skipBlanks() }
      guard let part = part(isFirst: total == nil), seen.insert(part.unit).inserted,
        (total ?? 0) + part.seconds <= SpanText.longest
      else {
        rest = before
        return total
      }
      total = (total ?? 0) + part.seconds
    }
  }

  /// The minutes of `1h30`, in seconds.
  private mutating func bareMinutes() -> Int? {
    let digits = rest.prefix { TimeWord.plain($0).isASCII && TimeWord.plain($0).isNumber }
    let behind = rest.dropFirst(digits.count).first
    guard digits.count == 2,
      behind.map({ $0.isWhitespace || TimeWord.closing.contains($0) }) ?? true,
      let minutes = Int(String(digits.map(TimeWord.plain))), minutes < 60
    else { return nil }
    rest = rest.dropFirst(2)
    return minutes * 60
  }

  private mutating func part(isFirst: Bool) -> (seconds: Int, unit: Int)? {
    var number = ""
    while let next = rest.first.map(TimeWord.plain) {
      let isPoint = (next == "." || next == ",") && !number.isEmpty
      guard next.isASCII, next.isNumber || isPoint else { break }
      number.append(next == "," ? "." : next)
      rest.removeFirst()
    }
    if number.isEmpty {
      guard isFirst, take(TimeLexicon.ones, isWord: true) else { return nil }
      number = "1"
    }
    skipBlanks()
    guard let unit = unit(), let seconds = SpanText.product(number[...], unit) else { return nil }
    return (seconds, unit)
  }

  /// Where words are written without blanks, a unit is as long as the table knows it.
  private mutating func unit() -> Int? {
    let word = rest.prefix { $0.isLetter }
    let most = rest.first.map(Self.isUnspaced) ?? false ? min(8, word.count) : word.count
    let least = most < word.count || rest.first.map(Self.isUnspaced) ?? false ? 1 : most
    guard most >= 1 else { return nil }
    for count in stride(from: most, through: least, by: -1) {
      if let seconds = TimeLexicon.units[word.prefix(count).lowercased()] {
        rest = rest.dropFirst(count)
        if rest.first == "." { rest.removeFirst() }
        return seconds
      }
    }
    return nil
  }

  // MARK: - Words

  private mutating func skipBlanks() { rest = rest.drop(while: \.isWhitespace) }

  /// Takes the first phrase that stands here; `isWord`: only before a blank.
  private mutating func take(_ phrases: [String], isWord: Bool = false) -> Bool {
    for phrase in phrases where rest.prefix(phrase.count).lowercased() == phrase {
      let behind = rest.dropFirst(phrase.count)
      if isWord, !(behind.first?.isWhitespace ?? false) { continue }
      rest = isWord ? behind.drop(while: \.isWhitespace) : behind
      return true
    }
    return false
  }

  /// Takes what closes the time; false where more of the same word follows.
  private mutating func takeEnd() -> Bool {
    let closing = rest.prefix { TimeWord.closing.contains($0) }
    let behind = rest.dropFirst(closing.count)
    guard let next = behind.first, !next.isWhitespace else {
      rest = behind
      return true
    }
    let last = rest.base[..<rest.startIndex].last
    guard closing.isEmpty, last.map(Self.isUnspaced) ?? false, !next.isNumber else { return false }
    return true
  }

  /// Letters of writings that put no blanks between words, or glue endings to them.
  private static func isUnspaced(_ letter: Character) -> Bool {
    guard let scalar = letter.unicodeScalars.first else { return false }
    return switch scalar.value {
    case 0x0E00...0x0E7F, 0x3040...0x30FF, 0x3400...0x9FFF, 0xAC00...0xD7AF, 0xF900...0xFAFF: true
    default: false
    }
  }
}
