extension SpanReader {
  /// Without the day word of "same day (15 min)": the exact time in or before the brackets says what is meant.
  func withoutVagueDays(_ spans: [Span]) -> [Span] {
    guard spans.count > 1 else { return spans }
    return spans.indices.filter { index in
      !isDayWord(spans[index])
        || !(isExact(spans, index + 1) && isBracket(between: spans[index], spans[index + 1])
          || isExact(spans, index - 1) && isBracket(between: spans[index - 1], spans[index]))
    }.map { spans[$0] }
  }

  private func isDayWord(_ span: Span) -> Bool {
    guard span.measure == .clock, span.relation == .within, span.low == 86_400,
      let index = tokens.firstIndex(where: { $0.start == span.start })
    else { return false }
    return hits.starting(at: index).contains { $0.meaning == .span(.sameday) }
  }

  private func isExact(_ spans: [Span], _ index: Int) -> Bool {
    guard spans.indices.contains(index) else { return false }
    let span = spans[index]
    return span.measure != .businessDays && !span.isImmediate && span.relation != .every
      && (span.measure == .businessHours || span.low < 86_400)
  }

  /// Whether a bracket opens behind the first and is still open at the second.
  private func isBracket(between first: Span, _ second: Span) -> Bool {
    let between = tokens.filter { $0.start >= first.end && $0.end <= second.start }.map(\.text)
    return between.count <= 4 && between.contains { $0 == "(" || $0 == "（" }
      && !between.contains { $0 == ")" || $0 == "）" }
  }
}
