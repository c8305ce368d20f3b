package import Engine

/// Tells hours of the day from durations, and turns of a rota that are no plain days of the week.
enum OnCallHours {
  /// What the remark on such a turn begins with.
  static let unreadTurn = "On-call turn not read: it is not stated by days of the week alone"

  /// A day, an hour, a date or a week.
  static func isTurn(_ text: String) -> Bool {
    let folded = Folded(text)
    return !folded.days.isEmpty || isTimeOfDay(text) || folded.has(.officeHours)
      || text.contains(where: \.isNumber)
  }

  /// "Week 1", "Monday": a turn and no step of a path.
  static func isCounted(_ text: String) -> Bool {
    let folded = Folded(text)
    if !folded.days.isEmpty, folded.words.count <= 5 { return true }
    let tokens = TokenizedText(text.withoutMarks).tokens
    let reader = SpanReader(tokens: tokens, hits: TokenHits(tokens))
    guard let unit = reader.unit(at: 0), unit.measure == .clock, unit.scale >= 86_400 else {
      return false
    }
    return tokens.indices.contains(unit.next) && tokens[unit.next].kind == .number
      && unit.next == tokens.count - 1
  }

  /// "18:00–09:00", "from 9:00", "Mon-Fri 17:00": a clock's time stands in it.
  static func isTimeOfDay(_ text: String) -> Bool {
    let tokens = TokenizedText(text).tokens
    return tokens.indices.contains { index in
      index + 2 < tokens.count && tokens[index].kind == .number && tokens[index].value < 25
        && [":", "."].contains(tokens[index + 1].text) && tokens[index + 1].isGlued
        && tokens[index + 2].kind == .number && tokens[index + 2].isGlued
        && tokens[index + 2].end - tokens[index + 2].start == 2 && tokens[index + 2].value < 60
        && (tokens[index + 1].text == ":" || index + 3 < tokens.count)
    }
  }
}

extension Procedure {
  /// Turns of a rota that the document has and that were not read.
  package var unreadTurns: [Remark] {
    remarks.filter { $0.kind == .unread && $0.text.hasPrefix(OnCallHours.unreadTurn) }
  }
}
