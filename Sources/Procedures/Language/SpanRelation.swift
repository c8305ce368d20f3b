import Engine

extension SpanReader {
  /// What the words before and behind a duration make of it.
  func related(_ span: Span, from index: Int, to next: Int) -> Span {
    guard span.relation == .plain, !span.isImmediate else { return span }
    var span = span
    let before = relation(before: index)
    let behind = relation(behind: next)
    switch (before, behind) {
    case (let before?, .every?) where before != .after && before != .over: span.relation = .every
    case (.lasting?, let behind?) where behind == .over || behind == .within:
      span.relation = behind
    case (.after?, _) where span.high != nil && isZeroMarked(index):
      // "T+0 to T+5 min" is a window.
      break
    case (let before?, _): span.relation = before
    case (nil, let behind?): span.relation = behind
    case (nil, nil): break
    }
    return span
  }

  /// How many words may stand between a duration and the word that relates it.
  private static let reach = 4

  private func relation(before index: Int) -> Span.Relation? {
    var position = index
    for _ in 0...Self.reach {
      guard position > 0 else { return nil }
      let token = tokens[position - 1]
      if token.kind == .sign {
        switch token.text {
        case "<", "≤", "＜", "⩽": return .within
        case ">", "≥", "＞", "⩾": return .over
        case "+": if isZeroMark(position - 1) { return .after }
        case "=", "~", "*", "'", "`", "≈", "±", "(", "_": break
        default: return nil
        }
        position -= 1
        continue
      }
      let found = hits.ending(at: position).sorted { $0.start < $1.start }
      for hit in found {
        guard case .concept(let concept) = hit.meaning else { continue }
        switch concept {
        case .within: return isRate(before: hit.start) ? .lasting : .within
        case .over: return .over
        case .every: return .every
        case .after: return .after
        case .lasting: return .lasting
        case .first: return .first
        default: continue
        }
      }
      guard let filler = found.first(where: { $0.meaning == .concept(.filler) }) else { return nil }
      position = filler.start
    }
    return nil
  }

  /// The "5 times" of "5 times in 10 minutes", which is no time to wait.
  private func isRate(before index: Int) -> Bool {
    hits.ending(at: index).contains { hit in
      hit.meaning == .concept(.occurrences) && hit.start > 0
        && (tokens[hit.start - 1].kind == .number || text(hit.start - 1) == "+")
    }
  }

  private func isZeroMarked(_ index: Int) -> Bool {
    index > 0 && text(index - 1) == "+" && isZeroMark(index - 1)
  }

  /// The "+" of "T+15", "T0 + 15".
  private func isZeroMark(_ plus: Int) -> Bool {
    guard plus > 0 else { return false }
    if text(plus - 1) == "t" { return true }
    return text(plus - 1) == "0" && plus > 1 && text(plus - 2) == "t"
  }

  private func relation(behind index: Int) -> Span.Relation? {
    var position = index
    if text(position) == ")" || text(position) == "*" { position += 1 }
    for hit in hits.starting(at: position) {
      guard case .concept(let concept) = hit.meaning else { continue }
      switch concept {
      case .withinBehind: return .within
      case .overBehind: return .over
      case .everyBehind: return .every
      case .afterBehind: return .after
      case .lastingBehind: return .lasting
      default: continue
      }
    }
    return nil
  }
}
