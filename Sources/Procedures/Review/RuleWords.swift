/// The words of a rule in its short form: what it begins with, then clauses, each behind a keyword.
struct RuleWords {
  struct Word: Hashable {
    var text: String
    /// Words in quotes are never keywords.
    var isQuoted = false
    /// Whether no blank stands before it.
    var isGlued = false

    var keyword: String? { isQuoted ? nil : text.lowercased() }
  }

  /// The severities in front.
  private(set) var severities: [String] = []
  /// What the rule is: `call`, `update`.
  private(set) var head = ""
  private(set) var lead: [Word] = []
  private(set) var clauses: [String: [Word]] = [:]

  static let heads: Set<String> = [
    "acknowledge", "respond", "triage", "mitigate", "resolve", "communicate", "call", "update",
    "watch", "post-mortem", "postmortem", "phase", "item", "role", "contact", "template", "no",
  ]

  init(_ text: String) throws(RuleProblem) {
    var words = Self.words(of: text)
    if let first = words.first, first.keyword.map(Self.heads.contains) != true {
      severities = Self.takeSeverities(&words)
    }
    guard let first = words.first?.keyword, Self.heads.contains(first) else {
      let shown = words.first?.text ?? text
      throw RuleProblem(
        "a rule begins with acknowledge, respond, triage, mitigate, resolve, communicate, call, "
          + "update, watch, post-mortem, phase, item, role, contact, template or no, and this with "
          + "“\(shown)”")
    }
    head = first == "postmortem" ? "post-mortem" : first
    try readClauses(words.dropFirst())
  }

  private mutating func readClauses(_ words: ArraySlice<Word>) throws(RuleProblem) {
    let keywords = Self.keywords(of: head)
    var current: String?
    for word in words {
      // A condition goes on to the end, whatever its words are.
      if current != "if", let keyword = word.keyword, keywords.contains(keyword) {
        guard clauses[keyword] == nil else { throw RuleProblem("“\(keyword)” appears twice") }
        clauses[keyword] = []
        current = keyword
      } else if let current {
        clauses[current]?.append(word)
      } else {
        lead.append(word)
      }
    }
  }

  private static func keywords(of head: String) -> Set<String> {
    switch head {
    case "call": ["after", "from", "unless", "when", "if"]
    case "update": ["every", "once", "within", "to"]
    case "watch": ["after"]
    case "post-mortem": ["within", "if"]
    case "contact": ["at"]
    case "phase", "item", "role", "template", "no": []
    default: ["to", "within"]
    }
  }

  /// The text of a clause; nil where it is not there.
  func text(_ keyword: String) -> String? { clauses[keyword].map(Self.text) }

  static func text(_ words: some Sequence<Word>) -> String {
    words.reduce(into: "") { text, word in
      if !text.isEmpty, !word.isGlued { text += " " }
      text += word.text
    }
  }

  // MARK: - Words

  private static func takeSeverities(_ words: inout [Word]) -> [String] {
    guard let end = words.firstIndex(where: { !$0.isQuoted && $0.text == ":" }) else { return [] }
    let names = words[..<end].split { !$0.isQuoted && $0.text == "," }.map { text($0) }
    words.removeFirst(end + 1)
    return names
  }

  /// Words between blanks; those in quotes are one, and a comma or a colon at the end of a word is one of its own.
  private static func words(of text: String) -> [Word] {
    var words: [Word] = []
    var current = ""
    var isBehindQuotes = false
    func end() {
      guard !current.isEmpty else { return }
      if current.count > 1, let last = current.last, ",:".contains(last) {
        words.append(Word(text: String(current.dropLast())))
        words.append(Word(text: String(last), isGlued: true))
      } else {
        words.append(Word(text: current, isGlued: isBehindQuotes))
      }
      (current, isBehindQuotes) = ("", false)
    }
    var characters = text[...]
    while let character = characters.popFirst() {
      if character.isWhitespace {
        end()
        isBehindQuotes = false
      } else if character == "\"", current.isEmpty {
        words.append(Word(text: quoted(&characters), isQuoted: true))
        isBehindQuotes = true
      } else {
        current.append(character)
      }
    }
    end()
    return words
  }

  private static func quoted(_ characters: inout Substring) -> String {
    var text = ""
    while let character = characters.popFirst() {
      if character == "\"" { break }
      if character == "\\", let next = characters.popFirst() {
        text.append(next)
      } else {
        text.append(character)
      }
    }
    return text
  }
}

/// Why a rule in its short form says nothing, in words.
package struct RuleProblem: Error, Hashable, Sendable {
  package var text: String

  package init(_ text: String) { self.text = text }
}
