import Engine

/// Finds the durations that a text states.
struct SpanReader {
  private let tokens: [Token]

  static func spans(in text: String) -> [Span] {
    spans(in: TokenizedText(text))
  }

  static func spans(in text: TokenizedText) -> [Span] {
    let reader = SpanReader(tokens: text.tokens)
    var spans: [Span] = []
    var index = 0
    while index < reader.tokens.count {
      if let (span, next) = reader.span(at: index) {
        spans.append(reader.related(span, from: index, to: next))
        index = next
      } else {
        index += 1
      }
    }
    return spans
  }

  private func word(_ index: Int) -> String? {
    tokens.indices.contains(index) && tokens[index].kind == .word ? tokens[index].text : nil
  }

  private func text(_ index: Int) -> String? {
    tokens.indices.contains(index) ? tokens[index].text : nil
  }

  private func span(at index: Int) -> (Span, Int)? {
    if let named = named(at: index) { return named }
    if let leading = leadingUnit(at: index) { return leading }
    guard var (first, next) = quantity(at: index) else { return nil }
    // "30 minutes - 1 hour": a second quantity after a dash or a word makes a range.
    if first.high == nil, !first.isOpen, let after = separator(at: next),
      let (second, end) = quantity(at: after), second.measure == first.measure,
      second.low > first.low, second.high == nil
    {
      first.high = second.low
      first.end = second.end
      next = end
    } else if first.measure == .clock, first.high == nil {
      // "1 hour 30 minutes".
      var join = next
      if text(join) == "and" || text(join) == "e" || text(join) == "y" { join += 1 }
      if tokens.indices.contains(join), tokens[join].kind == .number,
        let (second, end) = quantity(at: join), second.measure == .clock, second.high == nil,
        first.low >= 3600, second.low < 3600, first.low % 3600 == 0
      {
        first.low += second.low
        first.end = second.end
        next = end
      }
    }
    return (first, next)
  }

  /// "Minutes 0-15", "Hour 1 to 4": the unit before a range.
  private func leadingUnit(at index: Int) -> (Span, Int)? {
    guard let unit = SpanUnit.read(tokens, index), unit.measure == .clock, unit.scale > 1,
      index == 0 || tokens[index - 1].kind != .number, let (value, next) = number(at: unit.next),
      tokens[unit.next].kind == .number, let after = separator(at: next),
      let (second, end) = number(at: after), second > value,
      SpanUnit.read(tokens, end) == nil
    else { return nil }
    var whole = unit
    whole.next = end
    return (make(value, second, whole, false, from: index, to: end), end)
  }

  /// A number or a range of numbers with one unit.
  private func quantity(at index: Int) -> (Span, Int)? {
    guard let (value, afterValue) = number(at: index) else { return nil }
    var next = afterValue
    var high: Double?
    var isOpen = false
    if let after = separator(at: next).map(afterZeroMark), let (second, end) = number(at: after),
      second > value
    {
      high = second
      next = end
    }
    if text(next) == "+" {
      isOpen = true
      next += 1
    }
    // "15-minute"
    if let dash = text(next), Self.dashes.contains(dash), word(next + 1) != nil { next += 1 }
    guard let unit = SpanUnit.read(tokens, next) else { return nil }
    if isOpen == false, text(unit.next) == "+" {
      isOpen = true
      return (
        make(value, high, unit, isOpen, from: index, to: unit.next + 1), unit.next + 1
      )
    }
    return (make(value, high, unit, isOpen, from: index, to: unit.next), unit.next)
  }

  private func make(
    _ value: Double, _ high: Double?, _ unit: SpanUnit, _ isOpen: Bool, from: Int, to: Int
  ) -> Span {
    func scaled(_ value: Double) -> Int {
      Int(min(value * unit.scale, 1e10).rounded())
    }
    return Span(
      measure: unit.measure, low: scaled(value), high: high.map(scaled), isOpen: isOpen,
      start: tokens[from].start, end: tokens[to - 1].end)
  }

  /// Behind the "T+" of "T+0 to T+15 min".
  private func afterZeroMark(_ index: Int) -> Int {
    text(index) == "t" && text(index + 1) == "+" ? index + 2 : index
  }

  private static let dashes: Set<String> = ["-", "–", "—", "‑", "~", "−", "〜", "～"]
  private static let rangeWords: Set<String> = ["to", "bis", "a", "至", "到", "ate", "hasta", "or"]

  private func separator(at index: Int) -> Int? {
    guard let text = text(index) else { return nil }
    if Self.dashes.contains(text) {
      return text == "-" && self.text(index + 1) == "-" ? nil : index + 1
    }
    return Self.rangeWords.contains(text) ? index + 1 : nil
  }

  private func number(at index: Int) -> (Double, Int)? {
    guard tokens.indices.contains(index) else { return nil }
    let token = tokens[index]
    if token.kind == .number {
      // "99.9 %" and "24/7" are no durations; nor is the end of a version or of a longer name.
      if token.isGlued, index > 0, tokens[index - 1].kind == .word, !isUnitOfNumber(index - 1),
        !tokens[index - 1].text.unicodeScalars.allSatisfy(\.isIdeograph)
      {
        return nil
      }
      return (token.value, index + 1)
    }
    guard token.kind == .word else { return nil }
    if token.text == "half", let next = word(index + 1) {
      if next == "an" || next == "a" { return (0.5, index + 2) }
      return (0.5, index + 1)
    }
    guard let value = Self.numberWords[token.text] else { return nil }
    if ["a", "an", "um", "uma", "un", "una", "ein", "eine", "einer", "eines", "每"].contains(
      token.text)
    {
      return SpanUnit.read(tokens, index + 1) == nil ? nil : (1, index + 1)
    }
    if let dash = text(index + 1), Self.dashes.contains(dash), let small = word(index + 2),
      let ones = Self.numberWords[small], value >= 20, ones < 10
    {
      return (value + ones, index + 3)
    }
    return (value, index + 1)
  }

  /// The "h" of "1h30m".
  private func isUnitOfNumber(_ index: Int) -> Bool {
    index > 0 && tokens[index].isGlued && tokens[index - 1].kind == .number
  }

  private static let numberWords: [String: Double] = [
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30,
    "forty": 40, "sixty": 60, "ninety": 90, "um": 1, "uma": 1, "un": 1, "una": 1, "dois": 2,
    "duas": 2, "dos": 2, "tres": 3, "quatro": 4, "cuatro": 4, "cinco": 5, "quinze": 15,
    "quince": 15, "trinta": 30, "treinta": 30, "ein": 1, "eine": 1, "einer": 1, "eines": 1,
    "zwei": 2, "drei": 3, "vier": 4, "funf": 5, "zehn": 10, "funfzehn": 15, "dreissig": 30,
    "一": 1, "两": 2, "兩": 2, "二": 2, "三": 3, "四": 4, "五": 5, "十": 10,
  ]

  /// "immediately", "hourly", "next business day", "same day".
  private func named(at index: Int) -> (Span, Int)? {
    guard let first = word(index) else { return nil }
    func span(
      _ measure: Span.Measure, _ low: Int, _ count: Int, _ relation: Span.Relation = .plain,
      immediate: Bool = false
    ) -> (Span, Int) {
      var span = Span(
        measure: measure, low: low, start: tokens[index].start,
        end: tokens[min(index + count, tokens.count) - 1].end)
      span.relation = relation
      span.isImmediate = immediate
      return (span, index + count)
    }
    if Self.immediate.contains(first) || isWritten("立即", index) || isWritten("即时", index)
      || isWritten("即時", index)
    {
      return span(
        .clock, 0, first.unicodeScalars.first?.isIdeograph == true ? 2 : 1, immediate: true)
    }
    if let every = Self.adverbs[first] { return span(.clock, every, 1, .every) }
    for (phrase, measure, low) in Self.phrases where matches(phrase, at: index) {
      return span(measure, low, phrase.count, .within)
    }
    for (phrase, measure, low) in Self.ideographs where isWritten(phrase, index) {
      return span(measure, low, phrase.unicodeScalars.count, .within)
    }
    // "every hour", "each day", "per hour"
    if Self.everyWords.contains(first), let unit = SpanUnit.read(tokens, index + 1),
      unit.measure == .clock
    {
      return span(.clock, Int(unit.scale), unit.next - index, .every)
    }
    return nil
  }

  private func matches(_ phrase: [String], at index: Int) -> Bool {
    for (offset, expected) in phrase.enumerated() where word(index + offset) != expected {
      return false
    }
    return true
  }

  private func isWritten(_ phrase: String, _ index: Int) -> Bool {
    for (offset, scalar) in phrase.unicodeScalars.enumerated()
    where text(index + offset) != String(scalar) {
      return false
    }
    return true
  }

  private static let immediate: Set<String> = [
    "immediate", "immediately", "imediato", "imediata", "imediatamente", "inmediato", "inmediata",
    "inmediatamente", "instant", "instantly", "sofort", "unverzuglich", "sofortige",
  ]

  private static let adverbs: [String: Int] = [
    "hourly": 3600, "daily": 86_400, "weekly": 604_800, "stundlich": 3600, "taglich": 86_400,
    "wochentlich": 604_800, "diariamente": 86_400, "diario": 86_400, "diaria": 86_400,
    "semanal": 604_800, "semanalmente": 604_800,
  ]

  private static let everyWords: Set<String> = [
    "every", "each", "per", "cada", "jede", "每", "todo", "toda",
  ]

  private static let phrases: [([String], Span.Measure, Int)] = [
    (["next", "business", "day"], .businessDays, 1),
    (["next", "working", "day"], .businessDays, 1),
    (["next", "workday"], .businessDays, 1), (["nbd"], .businessDays, 1),
    (["following", "business", "day"], .businessDays, 1), (["next", "weekday"], .businessDays, 1),
    (["following", "working", "day"], .businessDays, 1),
    (["same", "business", "day"], .businessDays, 1),
    (["same", "working", "day"], .businessDays, 1),
    (["end", "of", "business", "day"], .businessDays, 1),
    (["end", "of", "next", "business", "day"], .businessDays, 1),
    (["proximo", "dia", "util"], .businessDays, 1),
    (["siguiente", "dia", "habil"], .businessDays, 1),
    (["proximo", "dia", "habil"], .businessDays, 1),
    (["siguiente", "dia", "laborable"], .businessDays, 1),
    (["nachster", "werktag"], .businessDays, 1), (["nachsten", "werktag"], .businessDays, 1),
    (["nachster", "arbeitstag"], .businessDays, 1), (["nachsten", "arbeitstag"], .businessDays, 1),
    (["same", "day"], .clock, 86_400), (["next", "day"], .clock, 86_400),
    (["end", "of", "day"], .clock, 86_400), (["eod"], .clock, 86_400),
  ]

  private static let ideographs: [(String, Span.Measure, Int)] = [
    ("下一个工作日", .businessDays, 1), ("下一個工作日", .businessDays, 1), ("下个工作日", .businessDays, 1),
    ("下個工作日", .businessDays, 1), ("次一工作日", .businessDays, 1), ("次日", .clock, 86_400),
  ]
}

extension SpanReader {
  /// What the words before and after a duration make of it.
  private func related(_ span: Span, from index: Int, to next: Int) -> Span {
    guard span.relation == .plain, !span.isImmediate else { return span }
    var span = span
    var back = index - 1
    while back >= 0, index - back <= 4 {
      let token = tokens[back]
      if let relation = Self.relations[token.text] {
        if token.text == "than", back > 0, let word = word(back - 1) {
          span.relation = ["less", "fewer", "later"].contains(word) ? .within : .over
        } else if token.text == "after" || token.text == "within" || back == index - 1
          || Self.fillers.contains(tokens[back + 1].text)
        {
          span.relation = relation
        }
        break
      }
      guard Self.fillers.contains(token.text) else { break }
      back -= 1
    }
    if let after = text(next) {
      if ["以", "之"].contains(after), ["内", "內"].contains(text(next + 1)) {
        span.relation = .within
      }
      if after == "内" || after == "內" { span.relation = .within }
      if ["or", "max", "maximum"].contains(after), text(next + 1) == "less" || after != "or" {
        span.relation = .within
      }
    }
    return span
  }

  private static let fillers: Set<String> = [
    "the", "of", "de", "a", "about", "approximately", "roughly", "another", "=", "next", "von",
    "los", "las", "o", "every", "~", "*", "em", "be", "past", "an", "additional", "further", "t",
    "+", "'",
  ]

  private static let relations: [String: Span.Relation] = [
    "within": .within, "<": .within, "≤": .within, "in": .within, "under": .within,
    "max": .within, "maximum": .within, "than": .over, "inside": .within, "by": .within,
    "upto": .within, "to": .within, "ate": .within, "dentro": .within, "innerhalb": .within,
    "binnen": .within, "plazo": .within, "prazo": .within, "en": .within, "em": .within,
    "menos": .within, "below": .within,
    ">": .over, "≥": .over, "over": .over, "exceeds": .over, "exceeding": .over, "least": .over,
    "beyond": .over, "mas": .over, "mais": .over, "uber": .over, "above": .over,
    "every": .every, "each": .every, "cada": .every, "alle": .every, "每": .every, "per": .every,
    "after": .after, "nach": .after, "apos": .after, "despues": .after, "tras": .after,
    "for": .lasting, "durante": .lasting, "por": .lasting, "fur": .lasting, "lasting": .lasting,
    "first": .first, "primeros": .first, "primeiros": .first, "ersten": .first,
  ]
}
