/// Points of time in the past as people type them: the one rule for options, for words in front of a note, and for previews.
///
/// `14:05` (the last time the clock showed that), `noon`, `-12m`, `12m ago`, `vor 12 Minuten`, `yesterday 23:50`,
/// `Fri 9:05`, `9:10 pm`, `9:10 in the evening`, `14:05 UTC`, `2026-11-21 14:05`, `now`, and RFC 3339. Clocks are those of the display zone unless the words name
/// another, and may have seconds.
package enum TimeExpression {
  package enum Problem: Error, Hashable, Sendable {
    case notATime
    /// With what was understood.
    case inTheFuture(Timestamp)
    /// `99:99`, `14:05 pm`.
    case noTimeOfDay(String)
    /// `2026-02-30`.
    case noDay(String)
    /// `02/03/26`, which can be two days.
    case ambiguousDay(String)
    /// `02:30` on a night whose clocks skip it, or show it twice.
    case skipped(String)
    case twice(String)
    /// `10:12-10:20`: two times.
    case range(String)
    /// `-12`.
    case noUnit(String)
    /// `~14:05`.
    case approximate(String)
    /// A zone that is not the one shown and may mean several: `EST`.
    case foreignZone(String)
    /// By the clock of a zone that could not be loaded.
    case zoneNotLoaded(String)
  }

  /// What stands in front of words.
  package enum Leading: Hashable, Sendable {
    /// No time: all of it is words.
    case none
    /// A time that has passed, and the words behind it.
    case time(Timestamp, rest: String)
    /// What belongs to a time and cannot be understood.
    case problem(Problem)
  }

  /// Reads the whole text; never gives an instant after `now`.
  package static func read(
    _ text: String, now: Timestamp, zone: TimeZoneRules
  ) throws(Problem) -> Timestamp {
    var words = TimeWord.words(of: text)
    if words.count == 1, words[0].text == "now" { return now }
    // `at noon`, `um 14:05`.
    if words.count > 1, TimeLexicon.atWords.contains(words[0].text) { words.removeFirst() }
    var relative = RelativeScanner(text, isWhole: true)
    switch relative.read() {
    case .past(let seconds, let end) where text[end...].allSatisfy(\.isWhitespace):
      guard now - .seconds(seconds) >= .distantPast else { throw .notATime }
      return now - .seconds(seconds)
    case .future(let seconds, let end) where text[end...].allSatisfy(\.isWhitespace):
      throw .inTheFuture(now + .seconds(seconds))
    case .noUnit(let word): throw .noUnit(word)
    case .clock(let word): throw .noTimeOfDay(word)
    case .none, .past, .future: break
    }
    var scanner = TimeScanner(words: words, now: now, zone: zone)
    switch scanner.read(isWhole: true) {
    case .problem(let problem): throw problem
    case .instant(let instant, let next) where next == words.count:
      guard instant >= .distantPast else { throw .notATime }
      guard instant <= now else { throw .inTheFuture(instant) }
      return instant
    case .none, .instant: throw .notATime
    }
  }

  /// Takes `-12m` off `-12m rolled back`.
  ///
  /// A comma, a colon or a dash may follow the time, brackets may stand around it. `now` counts as a word of the text, and
  /// so does a clock that has not come: it is what is planned, not when something happened. `+5m` says that it has not
  /// happened yet, and is refused.
  package static func leading(
    _ text: String, now: Timestamp, zone: TimeZoneRules
  ) -> Leading {
    guard mayLead(text) else { return .none }
    var relative = RelativeScanner(text, isWhole: false)
    switch relative.read() {
    case .none: break
    case .past(let seconds, let end):
      return taken(now - .seconds(seconds), of: text, from: end, now: now)
    case .future(let seconds, _): return .problem(.inTheFuture(now + .seconds(seconds)))
    case .noUnit(let word): return .problem(.noUnit(word))
    case .clock(let word): return .problem(.noTimeOfDay(word))
    }
    let words = TimeWord.words(of: text)
    var scanner = TimeScanner(words: words, now: now, zone: zone)
    switch scanner.read(isWhole: false) {
    case .none: return .none
    case .problem(let problem): return .problem(problem)
    case .instant(let instant, let next):
      return taken(instant, of: text, from: words[next - 1].end, now: now)
    }
  }

  /// The instant and the words behind it, without the dash between them.
  private static func taken(
    _ instant: Timestamp, of text: String, from end: String.Index, now: Timestamp
  ) -> Leading {
    guard instant <= now, instant >= .distantPast else { return .none }
    var rest = text[end...].drop(while: \.isWhitespace)
    if let dash = rest.first, "-–—:|".contains(dash),
      rest.dropFirst().first?.isWhitespace ?? true
    {
      rest = rest.dropFirst().drop(while: \.isWhitespace)
    }
    return .time(instant, rest: String(rest))
  }

  /// Whether a text can begin with a time at all: most notes cannot, and need no zone to be read.
  package static func mayLead(_ text: String) -> Bool {
    guard let first = text.first(where: { !$0.isWhitespace }) else { return false }
    if first.isASCII, !first.isLetter { return first.isNumber || "-+[(~".contains(first) }
    if !first.isASCII { return true }
    let word = TimeWord.words(of: text, most: 1).first?.text ?? ""
    return TimeLexicon.begins(with: word.hasSuffix(".") ? String(word.dropLast()) : word)
  }
}
