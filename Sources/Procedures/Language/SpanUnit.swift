import Engine

/// The unit behind a number.
struct SpanUnit {
  var scale: Double
  var measure: Span.Measure
  /// The token after it.
  var next: Int
}

extension SpanReader {
  /// The unit that begins at the token, with the words before and behind it that make it business time.
  func unit(at index: Int) -> SpanUnit? {
    guard tokens.indices.contains(index) else { return nil }
    if tokens[index].kind == .sign { return prime(at: index) }
    if let after = end(of: .business, at: index), let unit = plainUnit(at: after) {
      return business(unit)
    }
    if let after = end(of: .calendar, at: index), let unit = plainUnit(at: after) { return unit }
    return plainUnit(at: index)
  }

  private func plainUnit(at index: Int) -> SpanUnit? {
    guard tokens.indices.contains(index) else { return nil }
    for hit in hits.starting(at: index) {
      guard case .unit(let scale, let measure, let isGlued) = hit.meaning,
        !isGlued || tokens[index].isGlued
      else { continue }
      var unit = SpanUnit(scale: scale, measure: measure, next: hit.end)
      unit.next = behindMarks(unit.next)
      if let after = end(of: .calendar, at: unit.next) { unit.next = after }
      if measure == .clock, let after = end(of: .businessBehind, at: unit.next) {
        unit.next = after
        return business(unit)
      }
      return unit
    }
    return nil
  }

  /// Business time is counted in days and hours.
  private func business(_ unit: SpanUnit) -> SpanUnit? {
    if unit.measure != .clock { return unit }
    if unit.scale == 86_400 { return SpanUnit(scale: 1, measure: .businessDays, next: unit.next) }
    if unit.scale == 3600 { return SpanUnit(scale: 1, measure: .businessHours, next: unit.next) }
    return nil
  }

  /// The point of "min.", the ending of "hour(s)".
  private func behindMarks(_ index: Int) -> Int {
    var next = index
    if text(next) == ".", tokens[next].isGlued, tokens.indices.contains(next + 1),
      !(tokens[next + 1].text.unicodeScalars.first?.properties.isUppercase ?? false)
    {
      next += 1
    }
    if text(next) == "(", tokens[next].isGlued, next + 2 < tokens.count,
      tokens[next + 1].kind == .word, tokens[next + 1].text.utf8.count <= 2,
      tokens[next + 2].text == ")"
    {
      next += 3
    }
    return next
  }

  /// The minutes of "5'".
  private func prime(at index: Int) -> SpanUnit? {
    guard ["'", "′", "’"].contains(tokens[index].text), tokens[index].isGlued, index > 0,
      tokens[index - 1].kind == .number,
      !tokens.indices.contains(index + 1) || !tokens[index + 1].isGlued
        || tokens[index + 1].kind == .sign
    else { return nil }
    return SpanUnit(scale: 60, measure: .clock, next: index + 1)
  }
}
