import Engine

/// One step of an escalation as it is written: who, and the words about when.
struct Rung: Sendable {
  var name: String
  /// The words about time and condition.
  var clause = ""
  var level: Int?
  var line: Int
  /// Where the time stands, if on another line than the name.
  var clauseLine: Int?
  var from: String?
  var severities: [String] = []
  /// Beside a condition it is said that nobody waits once it is met.
  var isAtOnce = false
  /// It is a rule for its severities alone, and no step on the way of the others.
  var isOwn = false
}

/// What the words of a clause say about when a step falls due.
struct RungClause: Sendable {
  var after: Int?
  /// "15-30 min": from when to when this level is in charge, counted from the start.
  var isWindow = false
  var unless: EscalationStep.StopCondition?
  var condition: String?
  var relativeTo: Severity.Target.Kind?
  /// Beside the time another ground is named: "or severe impact".
  var alternative: String?

  init(_ text: String, isCondition: Bool = false) {
    let plain = text.withoutMarks.trimming { "() []：:".unicodeScalars.contains($0) }
    let folded = Folded(plain)
    let spans = SpanReader.spans(in: plain).filter {
      $0.measure == .clock && $0.relation != .every
        && ($0.relation != .lasting || isCondition && !folded.has(.occurrences))
    }
    unless = Self.stop(folded)
    if let span = spans.first {
      after = span.low
      isWindow = span.high != nil || span.isOpen || span.relation == .over && span.low > 0
      if folded.has(.or), let clause = Self.alternative(plain, span) { alternative = clause }
    } else if unless == .acknowledged,
      folded.has(any: [.time])
    {
      relativeTo = .acknowledge
    } else if !folded.isEmpty, isCondition || folded.has(any: Self.conditionWords) {
      condition = plain
    }
  }

  private static func alternative(_ text: String, _ span: Span) -> String? {
    let scalars = Array(text.unicodeScalars)
    let after = String(String.UnicodeScalarView(scalars[min(span.end, scalars.count)...])).trimmed
    if Folded(after).begins(with: .or) { return after }
    let before = String(String.UnicodeScalarView(scalars[..<span.start]))
    if Folded(before).has(.or) {
      return before.cutting(before: .or)
    }
    return nil
  }

  static func stop(_ text: Folded) -> EscalationStep.StopCondition? {
    if text.has(.noAnswer) { return .acknowledged }
    if text.has(.notMitigated) { return .mitigated }
    if text.has(.notResolved) { return .resolved }
    guard let negation = text.position(of: .not) else { return nil }
    // "not … acknowledged", in whatever order a language puts them.
    for (concept, stop) in Self.stops {
      guard let verb = text.position(of: concept), abs(verb - negation) <= 6 else { continue }
      return stop
    }
    return nil
  }

  /// That nobody answered: a condition, whoever stands beside it.
  static func isUnanswered(_ text: Folded) -> Bool {
    text.has(.noAnswer) || text.has(.not) && stop(text) == .acknowledged
  }

  private static let stops: [(Concept, EscalationStep.StopCondition)] = [
    (.acknowledge, .acknowledged), (.respond, .acknowledged), (.mitigate, .mitigated),
    (.resolve, .resolved),
  ]

  private static let conditionWords: [Concept] = [.condition]
}

/// Reads paths that are drawn with levels and arrows.
enum Ladder {
  /// The level and the rest of "L2: Team lead", "Level 1 - On call", "**Tier 3** Director".
  ///
  /// `isApart`: a sign stands between them; "Tier 2 Analyst" is a name.
  static func level(_ text: String) -> (level: Int, rest: String, isApart: Bool)? {
    let clean = text.withoutMarks.withoutLeadingSigns
    let tokenized = TokenizedText(clean)
    let tokens = tokenized.tokens
    var index = 0
    guard tokens.count >= 2, tokens[0].kind == .word else {
      return nil
    }
    guard let behind = SpanReader(tokens: tokens, hits: TokenHits(tokens)).end(of: .level, at: 0)
    else { return nil }
    index = behind
    if index < tokens.count, ["-", "#"].contains(tokens[index].text) { index += 1 }
    guard index < tokens.count, tokens[index].kind == .number, tokens[index].value <= 9,
      tokens[index].text.count == 1,
      tokens[0].text.count > 1 || tokens[index].isGlued
    else { return nil }
    let whole = String(String.UnicodeScalarView(tokenized.scalars[tokens[index].end...]))
    let rest = whole.trimming { ":：-–—.) |=".unicodeScalars.contains($0) && $0 != ")" }
    let isApart = !(index + 1 < tokens.count && tokens[index + 1].kind == .word)
    return (Int(tokens[index].value), rest, isApart)
  }

  /// A line of an arrow pointing down, perhaps with words beside it.
  static func isArrowLine(_ text: String) -> Bool {
    let trimmed = text.trimmed
    guard let first = trimmed.unicodeScalars.first else { return false }
    if ["↓", "▼", "⬇", "│", "|", "↳", "⇓", "▽", "┃"].contains(first) { return true }
    let word = trimmed.split(separator: " ").first.map(String.init) ?? ""
    return word == "v" || word == "V" || word == "↓" || trimmed.hasPrefix("-->")
      || trimmed.hasPrefix("->")
      || trimmed.hasPrefix("=>") || first == "→"
  }

  static func rungs(_ lines: [TextLine]) -> [Rung] {
    var rungs: [Rung] = []
    var clause = ""
    var clauseLine: Int?
    for line in lines where !line.text.trimmed.isEmpty {
      if isArrowLine(line.text) {
        let words = line.text.trimming {
          $0.folded == nil && !$0.isIdeograph && !"(<>[)]".unicodeScalars.contains($0)
        }
        let rest =
          words.hasPrefix("v ") || words.hasPrefix("V ") ? String(words.dropFirst(2)) : words
        if !Folded(rest).isEmpty, Folded(rest).words != ["v"] {
          clause += (clause.isEmpty ? "" : " ") + rest.trimmed
          clauseLine = line.number
        }
        continue
      }
      let parts = line.text.components(separatedByArrows: true)
      if parts.count > 1 {
        rungs += chain(line.text, line: line.number)
        continue
      }
      let found = level(line.text)
      var rung = named(found?.rest ?? line.text.trimmed, line: line.number)
      rung.level = found?.level
      if !clause.isEmpty {
        rung.clause = clause + (rung.clause.isEmpty ? "" : " " + rung.clause)
        rung.clauseLine = clauseLine
        clause = ""
        clauseLine = nil
      }
      if !rung.name.isEmpty { rungs.append(rung) }
    }
    return rungs
  }

  /// "On call → Lead (15 min) → CTO".
  static func chain(_ text: String, line: Int) -> [Rung] {
    var rungs: [Rung] = []
    var pending = ""
    for part in text.components(separatedByArrows: true) {
      let part = part.withoutMarks.trimming { ".;, -|".unicodeScalars.contains($0) }
      guard !Folded(part).isEmpty else { continue }
      var rung = named(part, line: line)
      if rung.name.isEmpty || isOnlyTime(part) {
        pending = part
        continue
      }
      if !pending.isEmpty {
        rung.clause = pending + " " + rung.clause
        pending = ""
      }
      rungs.append(rung)
    }
    return rungs
  }

  private static func isOnlyTime(_ text: String) -> Bool {
    guard let span = SpanReader.spans(in: text).first else { return false }
    return Folded(text).words.count <= 5
      && (span.start <= 8 || Folded(text).has(any: [.condition, .after]))
  }

  /// Name and clause of "Team lead (after 15 min)", "Team lead - 15 min", "Team lead after 15 min".
  static func named(_ text: String, line: Int) -> Rung {
    let text = text.withoutMarks.trimmed
    if let open = text.firstIndex(where: { $0 == "(" || $0 == "（" }) {
      let before = String(text[..<open]).trimming { " -–—:".unicodeScalars.contains($0) }
      let inside = String(text[text.index(after: open)...])
      let clause = RungClause(inside)
      if SpanReader.spans(in: before).contains(where: { $0.measure == .clock }) {
        // "Manager: after 30 minutes (P1 only)"
        var rung = named(before, line: line)
        rung.clause += " (" + inside
        return rung
      }
      if clause.after != nil || clause.condition != nil || clause.unless != nil, !before.isEmpty {
        return Rung(name: before, clause: inside, line: line)
      }
    }
    for separator in [" - ", " – ", " — ", ": ", " | ", ", ", "：", " -- "] {
      let parts = text.split(separator: separator, maxSplits: 1)
      guard parts.count == 2 else { continue }
      let first = String(parts[0]).trimmed
      let second = String(parts[1]).trimmed
      if let span = SpanReader.spans(in: first).first, Folded(first).words.count <= 6,
        span.measure == .clock
      {
        return Rung(name: receiver(second) ?? called(second) ?? second, clause: first, line: line)
      }
      if separator == ", ", RungClause(second).after == nil { continue }
      return Rung(name: first, clause: second, line: line)
    }
    if let span = SpanReader.spans(in: text).first(where: { $0.measure == .clock }) {
      let scalars = Array(text.unicodeScalars)
      let before = String(String.UnicodeScalarView(scalars[..<span.start]))
      let name = beginning(of: before).trimming {
        " -–—:([<>@+".unicodeScalars.contains($0)
      }
      let after = String(String.UnicodeScalarView(scalars[span.end...]))
      if name.isEmpty {
        let rest = after.trimming { " -–—:)],，、".unicodeScalars.contains($0) }
        return Rung(name: receiver(rest) ?? called(rest) ?? rest, clause: text, line: line)
      }
      let clause = String(text.dropFirst(name.count)).trimmed
      return Rung(name: name, clause: clause, line: line)
    }
    return Rung(name: text, line: line)
  }

  /// The words up to those that begin something else; what somebody is the head of belongs to the name, as in "Head of Ops".
  private static func beginning(of text: String) -> String {
    let name = text.cutting(before: .stop).trimmed
    let rest = text.dropFirst(name.count).split(separator: " ")
    guard rest.count > 1, Folded(String(rest[0])).has(.filler), rest[1].first?.isUppercase == true,
      let last = name.split(separator: " ").last, last.first?.isUppercase == true
    else { return name }
    let office = rest[1...].joined(separator: " ").cutting(before: .stop).trimmed
    return "\(name) \(rest[0]) \(office)"
  }

  /// Who is meant by "page the team lead if …" or "escalate to the CTO".
  static func receiver(_ text: String) -> String? {
    let words = text.withoutMarks.split(separator: " ").map(String.init)
    let folded = words.map { Folded($0) }
    var start = 0
    while start < words.count, !folded[start].has(.role),
      folded[start].has(any: [.call, .escalate, .then, .beforeVerb])
    {
      start += 1
    }
    guard folded[..<start].contains(where: { $0.has(any: [.call, .escalate]) }) else { return nil }
    while start < words.count, folded[start].has(any: [.to, .article]) || folded[start].isImmediate
    {
      start += 1
    }
    return phrase(Array(words[start...]))
  }

  /// Who is called by a text that names a time before, in whatever order it does.
  private static func called(_ text: String) -> String? {
    let folded = Folded(text)
    guard folded.has(any: [.call, .called, .escalate]) else { return nil }
    return ReceiverFinder(text).receiver()
  }

  /// The words up to the first that begins something else.
  static func phrase(_ words: [String]) -> String? {
    var kept: [String] = []
    for (index, word) in words.enumerated() {
      // "The manager and open a channel": something else is to be done.
      if !kept.isEmpty, Folded(word).has(.and),
        Reading.beginsWithVerb(words[(index + 1)...].joined(separator: " "))
      {
        break
      }
      let folded = Folded(word)
      if !kept.isEmpty || !folded.has(.article), folded.has(.stop) || folded.isImmediate,
        !(folded.has(.filler) && kept.count <= 2 && kept.last?.first?.isUppercase == true)
      {
        break
      }
      if word.hasPrefix("(") { break }
      kept.append(word)
      if let last = word.last, ",.;:)".contains(last) { break }
    }
    let name = kept.joined(separator: " ").trimming { " ,.;:()'\"".unicodeScalars.contains($0) }
    return name.isEmpty || kept.count > 7 ? nil : name
  }
}
