import Engine

/// Finds the durations that a text states, in every language of the lexicons.
struct SpanReader {
  let tokens: [Token]
  let hits: TokenHits

  static func spans(in text: String) -> [Span] {
    Lexicon.current.spans(in: text)
  }

  static func spans(in text: TokenizedText) -> [Span] {
    let reader = SpanReader(tokens: text.tokens, hits: TokenHits(text.tokens))
    var spans: [Span] = []
    var index = 0
    while index < reader.tokens.count {
      if let next = reader.timeOfDay(at: index) {
        index = next
      } else if let (span, next) = reader.span(at: index) {
        spans.append(reader.related(span, from: index, to: next))
        index = max(next, index + 1)
      } else {
        index += 1
      }
    }
    return reader.withoutVagueDays(spans)
  }

  func text(_ index: Int) -> String? {
    tokens.indices.contains(index) ? tokens[index].text : nil
  }

  /// The end of the longest phrase here that stands for the concept.
  func end(of concept: Concept, at index: Int) -> Int? {
    hits.starting(at: index).first { $0.meaning == .concept(concept) }?.end
  }

  private func span(at index: Int) -> (Span, Int)? {
    if let named = named(at: index) { return named }
    if let leading = leadingUnit(at: index) { return leading }
    if let zero = zero(at: index) { return zero }
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
      // "1 hour 30 minutes", "1h30".
      let join = end(of: .range, at: next) ?? next
      if let (second, end) = quantity(at: join) ?? bareMinutes(behind: next),
        second.measure == .clock, second.high == nil,
        first.low >= 3600, second.low < 3600, first.low % 3600 == 0
      {
        first.low += second.low
        first.end = second.end
        next = end
      }
    }
    return (first, next)
  }

  /// The moment of the start: "T0", "T+0", with nothing added.
  private func zero(at index: Int) -> (Span, Int)? {
    guard text(index) == "t" else { return nil }
    var next = index + 1
    if text(next) == "+" { next += 1 }
    guard tokens.indices.contains(next), tokens[next].kind == .number, tokens[next].value == 0,
      tokens[next].end - tokens[next].start == 1, tokens[index + 1].isGlued,
      unit(at: next + 1) == nil, text(next + 1) != "+", separator(at: next + 1) == nil
    else { return nil }
    var span = Span(measure: .clock, low: 0, start: tokens[index].start, end: tokens[next].end)
    span.isImmediate = true
    return (span, next + 1)
  }

  /// The end of opening hours: "09h–22h", "de 8h a 18h". They tell the time and last for nothing.
  private func timeOfDay(at index: Int) -> Int? {
    guard let (from, afterFrom) = hour(at: index) else { return nil }
    let isPadded = tokens[index].text.hasPrefix("0")
    if let after = separator(at: afterFrom) ?? end(of: .to, at: afterFrom),
      let (to, end) = hour(at: after)
    {
      return isPadded || from >= 5 && from <= 12 && to >= 13 ? end : nil
    }
    return isPadded || from >= 17 && from <= 23 ? afterFrom : nil
  }

  /// "9h", "09h30".
  private func hour(at index: Int) -> (Int, Int)? {
    guard tokens.indices.contains(index), tokens[index].kind == .number,
      tokens[index].end - tokens[index].start <= 2, tokens[index].value <= 24,
      text(index + 1) == "h", tokens[index + 1].isGlued
    else { return nil }
    let hasMinutes =
      tokens.indices.contains(index + 2) && tokens[index + 2].kind == .number
      && tokens[index + 2].isGlued && tokens[index + 2].end - tokens[index + 2].start == 2
    return (Int(tokens[index].value), index + (hasMinutes ? 3 : 2))
  }

  /// The "30" of "1h30".
  private func bareMinutes(behind index: Int) -> (Span, Int)? {
    guard tokens.indices.contains(index), tokens[index].kind == .number, tokens[index].isGlued,
      tokens[index].text.count == 2, tokens[index].value < 60
    else { return nil }
    let minutes = SpanUnit(scale: 60, measure: .clock, next: index + 1)
    return (make(tokens[index].value, nil, minutes, false, from: index, to: index + 1), index + 1)
  }

  /// "Minutes 0-15", "Hour 1 to 4": the unit before a range.
  private func leadingUnit(at index: Int) -> (Span, Int)? {
    guard let unit = unit(at: index), unit.measure == .clock, unit.scale > 1,
      index == 0 || tokens[index - 1].kind != .number, let (value, next) = number(at: unit.next),
      tokens[unit.next].kind == .number, let after = separator(at: next),
      let (second, end) = number(at: after), second > value, self.unit(at: end) == nil
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
      second > value, value > 0 || tokens[index].kind == .number
    {
      high = second
      next = end
    }
    if text(next) == "+" {
      isOpen = true
      next += 1
    }
    // "15-minute"
    if let dash = text(next), Self.dashes.contains(dash), unit(at: next + 1) != nil { next += 1 }
    guard let unit = unit(at: next) else { return nil }
    if isOpen == false, text(unit.next) == "+" {
      return (make(value, high, unit, true, from: index, to: unit.next + 1), unit.next + 1)
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

  static let dashes: Set<String> = [
    "-", "–", "—", "‑", "~", "−", "〜", "～", "‐", "－", "…",
  ]

  /// Whether the text begins with a dash.
  static func isDash(_ text: String) -> Bool {
    text.unicodeScalars.first.map { dashes.contains(String($0)) } ?? false
  }

  private func separator(at index: Int) -> Int? {
    guard let text = text(index) else { return nil }
    if Self.dashes.contains(text) {
      return text == "-" && self.text(index + 1) == "-" ? nil : index + 1
    }
    return end(of: .range, at: index)
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
      return isPartOfName(index) ? nil : (token.value, index + 1)
    }
    for hit in hits.starting(at: index) {
      guard case .number(let value, let isArticle) = hit.meaning else { continue }
      if isArticle, unit(at: hit.end) == nil { continue }
      return (value, hit.end)
    }
    return nil
  }

  /// The "1" of "SEV-1 and 5 days".
  private func isPartOfName(_ index: Int) -> Bool {
    guard index > 1, tokens[index].isGlued, Self.dashes.contains(tokens[index - 1].text),
      tokens[index - 1].isGlued, tokens[index - 2].kind == .word,
      !tokens[index - 2].text.unicodeScalars.allSatisfy(\.isIdeograph)
    else { return false }
    return unit(at: index + 1) == nil && end(of: .range, at: index + 1) != nil
  }

  /// The "h" of "1h30m".
  private func isUnitOfNumber(_ index: Int) -> Bool {
    index > 0 && tokens[index].isGlued && tokens[index - 1].kind == .number
  }

  /// "immediately", "hourly", "next business day", "every hour".
  private func named(at index: Int) -> (Span, Int)? {
    for hit in hits.starting(at: index) {
      guard case .span(let name) = hit.meaning else { continue }
      var span = Span(
        measure: .clock, low: 0, start: tokens[index].start, end: tokens[hit.end - 1].end)
      switch name {
      case .immediate: span.isImmediate = true
      case .hourly: (span.low, span.relation) = (3600, .every)
      case .twicedaily: (span.low, span.relation, span.isCount) = (43_200, .every, true)
      case .daily: (span.low, span.relation) = (86_400, .every)
      case .weekly: (span.low, span.relation) = (604_800, .every)
      case .nextbusinessday:
        (span.measure, span.low, span.relation) = (.businessDays, 1, .within)
      case .sameday: (span.low, span.relation) = (86_400, .within)
      }
      return (span, hit.end)
    }
    // "every hour", "each day", "per hour"
    if let after = end(of: .every, at: index), let unit = unit(at: after) {
      var span = Span(
        measure: unit.measure, low: Int(unit.scale), start: tokens[index].start,
        end: tokens[unit.next - 1].end)
      span.relation = .every
      return (span, unit.next)
    }
    return counted(at: index)
  }

  /// "Three times a day", "4 Mal pro Tag", "2x daily".
  private func counted(at index: Int) -> (Span, Int)? {
    guard case (let count, var afterCount)? = number(at: index), count >= 1, count <= 48 else {
      return nil
    }
    // "1-2 times a day": the fewest are owed.
    if let after = separator(at: afterCount), let (most, end) = number(at: after), most > count {
      afterCount = end
    }
    guard let times = end(of: .occurrences, at: afterCount) ?? times(at: afterCount) else {
      return nil
    }
    var next = times
    if text(next) == "/" { next += 1 } else { next = perWord(at: next) ?? next }
    var seconds: Double?
    if let unit = unit(at: next), unit.measure == .clock, unit.scale >= 3600, next > times {
      (seconds, next) = (unit.scale, unit.next)
    } else if let (named, end) = named(at: times), named.relation == .every, !named.isCount,
      named.measure == .clock, named.low >= 3600
    {
      (seconds, next) = (Double(named.low), end)
    }
    guard let seconds else { return nil }
    var span = Span(
      measure: .clock, low: Int(seconds / count),
      start: tokens[index].start, end: tokens[next - 1].end)
    (span.relation, span.isCount) = (.every, true)
    return (span, next)
  }

  /// The "x" of "2x".
  private func times(at index: Int) -> Int? {
    guard let text = text(index), text == "x" || text == "×", tokens[index].isGlued else {
      return nil
    }
    return index + 1
  }

  /// "A", "per", "am": what stands between a count and its unit.
  private func perWord(at index: Int) -> Int? {
    end(of: .every, at: index) ?? end(of: .article, at: index) ?? end(of: .perBehind, at: index)
  }
}
