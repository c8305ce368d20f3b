import Synchronization

/// The words that count in one document: English and the languages that it is written in.
final class Lexicon: Sendable {
  /// The one that the document being read is read with.
  @TaskLocal static var current = Lexicon(languages: [])

  let languages: [String]
  /// False where the document's words are those of no lexicon.
  let isKnown: Bool
  private let files: [LexiconFile]
  /// Files that lend only their units.
  private let others: [LexiconFile]
  private let candidates = Mutex<[String: [Phrase]]>([:])
  /// Texts that were read before: readers ask for the same cells and titles again and again.
  private let texts = Mutex<[String: Folded]>([:])
  private let times = Mutex<[String: [Span]]>([:])
  private let severities = Mutex<[String: [SeverityWord]]>([:])

  /// No more texts than this are remembered, so that no document takes the memory.
  private static let mostTexts = 20_000

  /// A text in a language has as many of its common words, each counted once.
  private static let fewestCommon = 5

  /// Whether one of six words at least stands in a lexicon; where nothing but tables is written, common words are few.
  private static func knows(_ words: Set<String>, _ languages: [String]) -> Bool {
    LexiconFile.all.contains { file in
      guard file.language == "en" || languages.contains(file.language) else { return false }
      return words.filter { file.exact[$0] != nil }.count * 6 >= words.count
    }
  }

  init(languages: [String], isKnown: Bool = true) {
    self.languages = languages
    self.isKnown = isKnown
    files = LexiconFile.all.filter { $0.language == "en" || languages.contains($0.language) }
    others = LexiconFile.all.filter { $0.language != "en" && !languages.contains($0.language) }
  }

  /// The phrases that begin with the word.
  func phrases(beginning word: String) -> [Phrase] {
    if let known = candidates.withLock({ $0[word] }) { return known }
    var found: [Phrase] = []
    for file in files { found += file.phrases(beginning: word) }
    for file in others {
      found += file.phrases(beginning: word).filter { $0.meaning.isTime }
    }
    candidates.withLock { $0[word] = found }
    return found
  }

  func folded(_ text: String) -> Folded {
    if let known = texts.withLock({ $0[text] }) { return known }
    let folded = Folded(text, with: self)
    texts.withLock { if $0.count < Self.mostTexts { $0[text] = folded } }
    return folded
  }

  func spans(in text: String) -> [Span] {
    if let known = times.withLock({ $0[text] }) { return known }
    let spans = SpanReader.spans(in: TokenizedText(text))
    times.withLock { if $0.count < Self.mostTexts { $0[text] = spans } }
    return spans
  }

  func severities(in text: String) -> [SeverityWord] {
    if let known = severities.withLock({ $0[text] }) { return known }
    let words = SeverityWord.numbered(in: TokenizedText(text))
    severities.withLock { if $0.count < Self.mostTexts { $0[text] = words } }
    return words
  }

  /// Chooses the languages of a document by its writing and its common words.
  convenience init(for text: String) {
    var counts: [String: Int] = [:]
    var seen: [String: Set<String>] = [:]
    var distinct: Set<String> = []
    var scripts: [String: Int] = [:]
    var words = 0
    for word in FoldedWords.cut(text) {
      guard let first = word.unicodeScalars.first, !first.properties.isDecimal else { continue }
      if let script = first.script {
        scripts[script, default: 0] += 1
        if first.isIdeograph { continue }
      }
      words += 1
      distinct.insert(word)
      for file in LexiconFile.all where file.common.contains(word) {
        counts[file.language, default: 0] += 1
        seen[file.language, default: []].insert(word)
      }
    }
    let most = counts.values.max() ?? 0
    let letters = words + scripts.values.reduce(0, +)
    var languages = counts.filter { $0.value * 4 >= most && $0.value * 60 >= words }.map(\.key)
    for file in LexiconFile.all {
      guard let script = file.script, let count = scripts[script], count * 50 >= letters else {
        continue
      }
      languages.append(file.language)
    }
    // Japanese is written with Han as well.
    if languages.contains("ja"), scripts["kana", default: 0] * 10 >= scripts["han", default: 0] {
      languages.removeAll { file in
        LexiconFile.all.contains { $0.language == file && $0.script == "han" }
      }
    }
    // A text too short to tell is read with all that share its letters.
    let isShort = words < 60 && most < 4
    if isShort {
      languages += LexiconFile.all.filter { $0.script == nil }.map(\.language)
    }
    // Neighbours share a few common words; a language that is written uses many of its own.
    let isWritten = languages.contains { language in
      seen[language, default: []].count >= Self.fewestCommon
        || LexiconFile.all.contains { $0.language == language && $0.script != nil }
    }
    self.init(
      languages: Set(languages).sorted(),
      isKnown: isWritten || words < 60 || Self.knows(distinct, languages))
  }
}

extension LexiconFile {
  func phrases(beginning word: String) -> [Phrase] {
    var found = exact[word] ?? []
    var stem = ""
    for scalar in word.unicodeScalars {
      stem.unicodeScalars.append(scalar)
      if let phrases = stems[stem] { found += phrases }
      if stem.utf8.count > 24 { break }
    }
    if word.utf8.count >= 5 {
      for (ending, meaning) in endings where word.hasSuffix(ending) {
        found.append(Phrase(rest: [], meaning: meaning, isMasking: false))
      }
    }
    return found
  }
}

extension Unicode.Scalar {
  /// The writing that tells a language, or some.
  fileprivate var script: String? {
    switch value {
    case 0x3040...0x30FF: "kana"
    case 0x3400...0x9FFF, 0xF900...0xFAFF: "han"
    case 0xAC00...0xD7AF: "hangul"
    case 0x0E00...0x0E7F: "thai"
    case 0x0400...0x04FF: "cyrillic"
    default: nil
    }
  }
}

extension Unicode.Scalar.Properties {
  fileprivate var isDecimal: Bool { numericType == .decimal }
}
