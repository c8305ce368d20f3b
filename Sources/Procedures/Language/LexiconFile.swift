/// What one phrase of a lexicon stands for.
enum Meaning: Sendable, Hashable {
  case concept(Concept)
  /// `isArticle`: counts as one only directly before a unit.
  case number(Double, isArticle: Bool)
  /// Seconds, or 1 for business time; `isGlued`: only directly behind a number.
  case unit(Double, Span.Measure, isGlued: Bool)
  case span(NamedSpan)
  /// 1 is Monday.
  case day(Int)
}

/// Times that have a name and no number.
enum NamedSpan: String, Sendable {
  case immediate, hourly, twicedaily, daily, weekly, nextbusinessday, sameday
}

/// A phrase of a lexicon, folded.
struct Phrase: Sendable {
  struct Word: Sendable {
    var text: String
    /// Any ending may follow.
    var isStem: Bool
  }

  /// All words but the first, which is the key it is found by.
  var rest: [Word]
  var meaning: Meaning
  /// Other phrases wholly inside this one do not count.
  var isMasking: Bool
}

/// One language's words, read from its file.
///
/// A lexicon is a text file named after its language, `de.lexicon`. Every line is
///
///     key: phrase, phrase, phrase
///
/// and lines that begin with `#` are for people. A key may stand on several lines. Keys are
///
/// - a concept, by its name in `Concept` (`acknowledge`, `withinBehind`);
/// - `number 15`, and `number 1 article` for "a", which counts only before a unit;
/// - `unit 60` (seconds), `unit 60 glued` for signs that count only directly behind a number ("5m"),
///   `unit businessday` and `unit businesshour` for one word that means business time;
/// - `span immediate`, `hourly`, `twicedaily`, `daily`, `weekly`, `nextbusinessday`, `sameday` for times without a number;
/// - `day 1` to `day 7`, Monday first;
/// - `common`: some twenty words that any text of this language has and few others do; by these, the language
///   of a document is known, so leave out what neighbours share ("de", "a", "in");
/// - `script`: `han`, `kana`, `hangul`, `thai` or `cyrillic` instead, where the writing tells the language.
///
/// A phrase is written as in a document; case and accents do not matter. `word*` stands for the word with any ending,
/// `*ar` (alone) for every word with this ending, a final `!` hides other phrases inside this one. Ideographs, kana,
/// Hangul and Thai need no spaces: a phrase of those is found anywhere, so none may be part of a common other word.
/// Concepts named `…Behind` are for words behind a time ("30 dakika içinde"), their twins for words before it.
/// A phrase may stand under several keys. English is active in every document; other languages where they are met.
/// Times, numbers and units of all languages are always active.
struct LexiconFile: Sendable {
  var language: String
  var common: Set<String> = []
  var script: String?
  /// By the first word.
  var exact: [String: [Phrase]] = [:]
  var stems: [String: [Phrase]] = [:]
  var endings: [(ending: String, meaning: Meaning)] = []
  /// Lines that say nothing that is known, with their numbers.
  var problems: [(line: Int, text: String)] = []

  init(language: String, text: String) {
    self.language = language
    for (offset, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      guard let first = line.first, first != "#", let colon = line.firstIndex(of: ":") else {
        continue
      }
      let key = String(line[..<colon]).trimmed
      let phrases = line[line.index(after: colon)...].split(separator: ",").map {
        String($0).trimmed
      }
      switch key {
      case "common": common.formUnion(phrases.flatMap { FoldedWords.cut($0) })
      case "script": script = phrases.first
      default:
        guard let meaning = Self.meaning(key) else {
          problems.append((offset + 1, key))
          continue
        }
        for phrase in phrases { add(phrase, meaning) }
      }
    }
  }

  private mutating func add(_ phrase: String, _ meaning: Meaning) {
    if phrase.hasPrefix("*") {
      endings.append((FoldedWords.cut(phrase).joined(), meaning))
      return
    }
    let isMasking = phrase.hasSuffix("!")
    var words: [Phrase.Word] = []
    for part in phrase.split(whereSeparator: { $0 == " " || $0 == "!" }) {
      let cut = FoldedWords.cut(String(part))
      for (index, word) in cut.enumerated() {
        words.append(
          Phrase.Word(text: word, isStem: index == cut.count - 1 && part.hasSuffix("*")))
      }
    }
    guard let first = words.first else { return }
    let made = Phrase(rest: Array(words.dropFirst()), meaning: meaning, isMasking: isMasking)
    if first.isStem {
      stems[first.text, default: []].append(made)
    } else {
      exact[first.text, default: []].append(made)
    }
  }

  private static func meaning(_ key: String) -> Meaning? {
    if let concept = Concept(key: key) { return .concept(concept) }
    let parts = key.split(separator: " ").map(String.init)
    guard parts.count >= 2 else { return nil }
    let isMarked = parts.count == 3
    switch parts[0] {
    case "number": return Double(parts[1]).map { .number($0, isArticle: isMarked) }
    case "unit":
      switch parts[1] {
      case "businessday": return .unit(1, .businessDays, isGlued: false)
      case "businesshour": return .unit(1, .businessHours, isGlued: false)
      default: return Double(parts[1]).map { .unit($0, .clock, isGlued: isMarked) }
      }
    case "span": return NamedSpan(rawValue: parts[1]).map { .span($0) }
    case "day": return Int(parts[1]).map { .day($0) }
    default: return nil
    }
  }

  static let all: [LexiconFile] = EmbeddedFiles.all.compactMap { file in
    guard file.name.hasSuffix(".lexicon") else { return nil }
    return LexiconFile(language: String(file.name.dropLast(8)), text: file.text)
  }
}

extension Meaning {
  /// Whether it counts in every document, whatever its language.
  var isTime: Bool {
    switch self {
    case .unit(_, _, let isGlued): !isGlued
    case .number, .span, .day, .concept: false
    }
  }
}
