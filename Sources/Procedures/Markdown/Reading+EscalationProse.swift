import Engine

extension Reading {
  /// Reads "if not acknowledged within 10 minutes, page the secondary" wherever it stands in prose.
  mutating func readEscalation(_ sentence: Sentence) {
    guard !isAside(sentence.section), !isRunbookLike(sentence.section), !sentence.isCell,
      !pathLines.contains(sentence.line)
    else { return }
    let folded = sentence.folded
    let inPath = path(sentence.section, has: Vocabulary.escalation)
    let isNamed = folded.has(any: [
      "escalat*", "escalar", "escala", "eskalier*", "升级至", "升级到", "升級至", "升級到",
    ])
    let stop = RungClause.stop(folded)
    guard isNamed || inPath || stop == .acknowledged else { return }
    guard let to = receiver(sentence, isNamed: isNamed, inPath: inPath) else { return }
    let spans = SpanReader.spans(in: sentence.text).filter {
      $0.relation != .every && $0.relation != .lasting && $0.measure == .clock
    }
    let clause = RungClause(sentence.text)
    var severities = names.mentioned(in: sentence.text)
    if severities.isEmpty { severities = self.severities(of: sentence.section) }
    let span = spans.first { !$0.isImmediate } ?? spans.first
    let hasGround = folded.has(any: Self.grounds) || sentence.label != nil
    if let span {
      // A time alone is no rule: it must be said what is waited for, or that it is at once.
      guard
        span.isImmediate || stop != nil || span.relation == .after || span.relation == .over
          || inPath && span.relation == .within
          || folded.has(any: ["after", "if", "within"]) && isNamed
      else { return }
    } else {
      guard
        clause.relativeTo != nil
          || inPath && (hasGround || !names.mentioned(in: sentence.text).isEmpty)
      else { return }
    }
    let line = sentence.line(at: span?.start ?? 0)
    take(line)
    let condition =
      span == nil && clause.relativeTo == nil && names.mentioned(in: sentence.text).isEmpty
      ? sentence.label ?? clause.condition
      : span?.isImmediate == true ? special(sentence.section) : nil
    for severity in severities.map(Optional.some) + (severities.isEmpty ? [nil] : []) {
      append(
        EscalationStep(
          severity: severity, level: 2, to: to, after: span?.low, unless: stop ?? .resolved,
          condition: condition, relativeTo: span == nil ? clause.relativeTo : nil,
          text: sentence.text.withoutMarks.trimmed, line: line))
    }
  }

  private static let grounds = [
    "if", "when", "se", "si", "wenn", "falls", "如果", "若", "for", "unless", "all",
  ]

  /// The protocol for one kind of incident that a section belongs to.
  private func special(_ section: Int) -> String? {
    outline.path(of: section).first { index in
      isInner(index) && !outline.sections[index].isBoldLine
        && title(
          index, has: ["protocol", "breach*", "safety", "security", "scenario*", "specific"])
    }.map { outline.sections[$0].name }
  }

  private func receiver(_ sentence: Sentence, isNamed: Bool, inPath: Bool) -> String? {
    let words = sentence.text.withoutMarks.split(separator: " ").map(String.init)
    let lower = words.map { Folded($0).words.joined() }
    // "escalate … to X"
    for (index, word) in lower.enumerated()
    where ["escalate", "escalates", "escalated", "escalating", "escalar", "escale"].contains(word) {
      let prepositions: Set<String> =
        word.hasPrefix("escalat") ? ["to"] : ["para", "a", "al", "ao"]
      for offset in 1...4 where index + offset < lower.count {
        guard prepositions.contains(lower[index + offset]) else { continue }
        return clean(Array(words[(index + offset + 1)...]))
      }
    }
    // "escalation goes to X"
    for (index, word) in lower.enumerated() where word == "escalation" || word == "escalations" {
      guard index + 2 < lower.count, lower[index + 2] == "to",
        ["goes", "go", "is", "moves", "passes", "are"].contains(lower[index + 1])
      else { continue }
      return clean(Array(words[(index + 3)...]))
    }
    guard RungClause.stop(sentence.folded) != nil || inPath else { return nil }
    // "page X", "notify X"
    let verbs: Set<String> = [
      "page", "call", "notify", "contact", "pages", "calls", "involve", "engage",
    ]
    for (index, word) in lower.enumerated() where verbs.contains(word) && index + 1 < words.count {
      let isImperative =
        index == 0 || words[index - 1].hasSuffix(",") || words[index - 1].hasSuffix(":")
        || ["then", "please", "immediately", "must", "and", "will", "to"].contains(lower[index - 1])
      guard isImperative,
        !["to", "and"].contains(lower[index - 1 < 0 ? 0 : index - 1]) || index == 0
      else { continue }
      if let found = clean(Array(words[(index + 1)...])) { return found }
    }
    // "X is paged", "X will be called"
    for (index, word) in lower.enumerated()
    where ["paged", "called", "notified", "autopaged", "engaged", "contacted", "alerted"].contains(
      word)
    {
      var end = index
      while end > 0,
        [
          "is", "are", "be", "will", "gets", "get", "automatically", "then", "auto", "must",
          "should",
          "also",
        ].contains(lower[end - 1])
      { end -= 1 }
      guard end < index, end > 0 else { continue }
      var start = end
      while start > 0, end - start < 4, !words[start - 1].hasSuffix(","),
        !["if", "then", "and", "when", "after", "within", "minutes", "sla"].contains(
          lower[start - 1])
      { start -= 1 }
      return clean(Array(words[start..<end]))
    }
    // "Secondary: backup if the primary does not acknowledge"
    if let label = sentence.label,
      sentence.folded.has(any: ["backup", "back up", "takes over", "covers", "fallback"]),
      RungClause.stop(sentence.folded) == .acknowledged
    {
      return label.withoutMarks
    }
    return nil
  }

  private func clean(_ words: [String]) -> String? {
    var words = words[...]
    while let first = words.first,
      ["the", "a", "an", "your", "our", "el", "la", "o", "os", "al"].contains(first.lowercased())
    {
      words = words.dropFirst()
    }
    guard let name = Ladder.phrase(Array(words)) else { return nil }
    let folded = Folded(name)
    guard let first = folded.words.first,
      ![
        "it", "them", "him", "her", "this", "next", "someone", "somebody", "higher", "another",
        "other",
        "anyone", "whom", "who", "resolve", "appropriate", "you",
      ].contains(first)
    else { return nil }
    return name
  }
}
