/// Words with a span of time in front of them or behind them: `10m check the replica`, `check the replica 10m`.
///
/// The one reading for tasks and timers, whichever way round they are said.
package struct TimedWords: Hashable, Sendable {
  package var span: Duration
  package var text: String

  /// Nil where no time stands in front or at the end. Where there has to be one, a bare number in front counts minutes.
  package init?(_ words: String, isRequired: Bool = false) {
    let words = Self.trimmed(words[...])
    guard
      let found = Self.inFront(of: words, isRequired: isRequired)
        ?? Self.atTheEnd(of: words, isRequired: isRequired)
    else { return nil }
    (span, text) = found
  }

  // MARK: - In front

  private static func inFront(
    of words: String, isRequired: Bool
  ) -> (span: Duration, text: String)? {
    let parts = words.split(maxSplits: 2, whereSeparator: \.isWhitespace)
    guard let first = parts.first, let (span, count) = span(first, parts, isRequired) else {
      return nil
    }
    let rest = trimmed(words[parts[count - 1].endIndex...])
    if !isRequired {
      guard let next = rest.split(whereSeparator: \.isWhitespace).first,
        !notBehind.contains(next.lowercased())
      else { return nil }
    }
    return (span, rest)
  }

  /// How long the first word says, or the first two: `5 min`.
  private static func span(
    _ first: Substring, _ parts: [Substring], _ isRequired: Bool
  ) -> (Duration, count: Int)? {
    if parts.count > 1, Int(first) != nil, let both = timed("\(first) \(parts[1])") {
      return (both, 2)
    }
    if let bracketed = bracketed(first) { return (bracketed, 1) }
    return (timed(first) ?? (isRequired ? SpanText.typed(first) : nil)).map { ($0, 1) }
  }

  /// What says that a time in front is none to do it in: `2h ago`.
  private static let notBehind: Set<String> = [
    "ago", "later", "earlier", "after", "before", "old", "of", "window",
  ]

  // MARK: - At the end

  /// `(10m)`, `10m` or `for 10m`, unless the word before says that it is no time to do it in.
  private static func atTheEnd(
    of text: String, isRequired: Bool
  ) -> (span: Duration, text: String)? {
    var words = text.split(whereSeparator: \.isWhitespace)
    guard words.count > 1, var last = words.popLast() else { return nil }
    // `5 min` are two words.
    if words.count > 1, let number = words.last, Int(number) != nil, last.first?.isLetter == true {
      words.removeLast()
      last = text[number.startIndex..<last.endIndex]
    }
    let bracketed = bracketed(last)
    guard let span = bracketed ?? timed(last) else { return nil }
    let before = words[words.count - 1].lowercased()
    if bracketed == nil, notToDoIn.contains(before) { return nil }
    let leads = ["for", "in", "within"].contains(before) && bracketed == nil
    let end = leads ? words[words.count - 1].startIndex : last.startIndex
    let rest = trimmed(text[..<end])
    return rest.isEmpty && !isRequired ? nil : (span, rest)
  }

  private static let notToDoIn: Set<String> = [
    "last", "past", "previous", "every", "than", "of", "from", "over", "under", "by", "to", "after",
    "before", "each", "is", "at", "=", "about",
  ]

  // MARK: - Pieces

  /// A number alone may be anything; with brackets around it, it counts minutes.
  private static func bracketed(_ word: Substring) -> Duration? {
    guard word.hasPrefix("("), word.hasSuffix(")"), word.count > 2 else { return nil }
    return SpanText.typed(word.dropFirst().dropLast())
  }

  private static func timed(_ text: some StringProtocol) -> Duration? {
    SpanText.seconds(text).flatMap { $0 > 0 ? .seconds($0) : nil }
  }

  static func trimmed(_ text: Substring) -> String {
    let tail = text.drop(while: \.isWhitespace)
    guard let end = tail.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(tail[...end])
  }
}
