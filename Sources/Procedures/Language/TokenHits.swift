/// What the words of a text stand for, by the token they begin and end at.
struct TokenHits {
  struct Hit {
    var meaning: Meaning
    var start: Int
    /// Index of the token behind.
    var end: Int
  }

  private var starting: [Int: [Hit]] = [:]
  private var ending: [Int: [Hit]] = [:]

  init(_ tokens: [Token], _ lexicon: Lexicon = .current) {
    for index in tokens.indices where tokens[index].kind == .word {
      for phrase in lexicon.phrases(beginning: tokens[index].text) {
        guard let end = Self.end(of: phrase, tokens, index) else { continue }
        let hit = Hit(meaning: phrase.meaning, start: index, end: end)
        starting[index, default: []].append(hit)
        ending[end, default: []].append(hit)
      }
    }
    for index in starting.keys {
      // The longest first.
      starting[index]?.sort { $0.end > $1.end }
    }
  }

  /// The longest first.
  func starting(at index: Int) -> [Hit] { starting[index] ?? [] }

  /// Those whose last word is the one before `index`.
  func ending(at index: Int) -> [Hit] { ending[index] ?? [] }

  private static func end(of phrase: Phrase, _ tokens: [Token], _ start: Int) -> Int? {
    var index = start + 1
    for word in phrase.rest {
      while index < tokens.count, tokens[index].isJoint { index += 1 }
      guard index < tokens.count, tokens[index].kind != .sign, word.fits(tokens[index].text) else {
        return nil
      }
      index += 1
    }
    return index
  }
}

extension Token {
  /// A sign inside what is one phrase: "on-call", "l'équipe".
  fileprivate var isJoint: Bool {
    kind == .sign && ["-", "‑", "'", "’", "_", "`", "*"].contains(text)
  }
}
