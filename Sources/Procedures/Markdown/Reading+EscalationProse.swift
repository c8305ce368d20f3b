import Engine

extension Reading {
  /// Reads "if not acknowledged within 10 minutes, page the secondary" wherever it stands in prose.
  mutating func readEscalation(_ sentence: Sentence) {
    guard !isAside(sentence.section), !isRunbookLike(sentence.section), !sentence.isCell,
      !pathLines.contains(sentence.line)
    else { return }
    if readKeeping(sentence) || raisesSeverity(sentence) { return }
    let folded = sentence.folded
    let inPath = path(sentence.section, has: [.escalate])
    let isLabelled = sentence.label.map { Folded($0).has(.escalate) } ?? false
    let isNamed = folded.has(.escalate) || isLabelled
    let stop = RungClause.stop(folded)
    let order = ReceiverFinder(sentence.text.withoutMarks)
    let isOnCallOrdered = order.receiver().map { Folded($0).has(.oncall) } ?? false
    guard isNamed || inPath || stop == .acknowledged || isOnCallOrdered else { return }
    // "Escalation" as a noun names the path; whoever is called is named beside a verb.
    let spoken = folded.has(.call) || folded.has(.called)
    guard
      let to = receiver(sentence, inPath: inPath || isLabelled)
        ?? (spoken ? order.receiver() : nil) ?? receiverBefore(sentence)
    else { return }
    let spans = SpanReader.spans(in: sentence.text).filter {
      $0.relation != .every && $0.relation != .lasting && $0.measure == .clock
    }
    let clause = RungClause(sentence.text)
    var severities = names.mentioned(in: sentence.text)
    if severities.isEmpty { severities = self.severities(of: sentence.section) }
    let span = spans.first { !$0.isImmediate } ?? spans.first
    let ground = Ground(
      stop: stop, isRelative: clause.relativeTo != nil, isOnCallOrdered: isOnCallOrdered,
      isNamed: isNamed, inPath: inPath)
    guard span.map({ isRule(sentence, $0, ground) }) ?? isRuleWithoutTime(sentence, ground) else {
      return
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

  /// What a sentence has to show for itself as a rule of the path.
  private struct Ground {
    var stop: EscalationStep.StopCondition?
    var isRelative: Bool
    var isOnCallOrdered: Bool
    var isNamed: Bool
    var inPath: Bool
  }

  private func isRuleWithoutTime(_ sentence: Sentence, _ ground: Ground) -> Bool {
    let folded = sentence.folded
    return ground.isRelative
      || ground.isOnCallOrdered && isOrder(sentence) && !taken.contains(sentence.line)
        && sentence.label == nil
      || ground.isNamed && folded.has(.condition) && saysToWhom(sentence)
      || ground.stop == .acknowledged && folded.has(.condition) && isOrder(sentence)
      || ground.inPath && hasGround(sentence)
  }

  /// A time alone is no rule: it must be said what is waited for, or that it is at once.
  private func isRule(_ sentence: Sentence, _ span: Span, _ ground: Ground) -> Bool {
    span.isImmediate || ground.stop != nil || span.relation == .after || span.relation == .over
      || ground.inPath && span.relation == .within
      || sentence.folded.has(any: [.after, .condition, .within]) && ground.isNamed
  }

  private func hasGround(_ sentence: Sentence) -> Bool {
    sentence.folded.has(any: Self.grounds) || sentence.label != nil
      || !names.mentioned(in: sentence.text).isEmpty
  }

  /// Told to somebody: the sentence, or what follows its condition, begins with the verb.
  private func isOrder(_ sentence: Sentence) -> Bool {
    !sentence.isCell && Self.isCalling(sentence.text)
      || Clause.clauses(of: sentence.text).dropFirst().contains { Self.isCalling($0.text) }
  }

  private static func isCalling(_ text: String) -> Bool {
    let folded = Folded(text)
    var start = 0
    while start < folded.words.count, let end = folded.end(of: .beforeVerb, at: start),
      folded.end(of: .call, at: start) == nil
    {
      start = end
    }
    return folded.end(of: .call, at: start) != nil
  }

  /// "Escalate … to X".
  private func saysToWhom(_ sentence: Sentence) -> Bool {
    let words = sentence.text.withoutMarks.split(separator: " ").map { Folded(String($0)) }
    return words.indices.contains { index in
      words[index].has(.escalate)
        && words[(index + 1)...].prefix(3).contains { $0.has(.to) }
    }
  }

  private static let grounds: [Concept] = [.condition, .all]

  /// The protocol for one kind of incident that a section belongs to.
  private func special(_ section: Int) -> String? {
    outline.path(of: section).first { index in
      isInner(index) && !outline.sections[index].isBoldLine
        && title(
          index, has: [.special])
    }.map { outline.sections[$0].name }
  }

  private func receiver(_ sentence: Sentence, inPath: Bool) -> String? {
    let words = sentence.text.withoutMarks.split(separator: " ").map(String.init)
    let folded = words.map { Folded($0) }
    // "escalate … to X"
    for index in words.indices where folded[index].has(.escalate) {
      for offset in 1...4 where index + offset < words.count {
        // "Escalation rota in …" is a thing and says nothing about who is called.
        if folded[index + offset].has(.oncall), !folded[index + offset].has(.role) { break }
        guard folded[index + offset].has(.to) else { continue }
        if let found = clean(Array(words[(index + offset + 1)...])) { return found }
      }
    }
    guard RungClause.stop(sentence.folded) != nil || inPath else { return nil }
    // "page X", "notify X"
    for index in words.indices where folded[index].has(.call) && index + 1 < words.count {
      let isImperative =
        index == 0 || words[index - 1].hasSuffix(",") || words[index - 1].hasSuffix(":")
        || folded[index - 1].has(any: [.then, .beforeVerb])
          && !folded[index - 1].has(any: [.to, .or])
      guard isImperative, !Folded(words[index...].joined(separator: " ")).begins(with: .detect)
      else {
        continue
      }
      if let found = clean(Array(words[(index + 1)...])) { return found }
    }
    // "X is paged", "X will be called"
    for index in words.indices where folded[index].has(.called) {
      var end = index
      while end > 0, folded[end - 1].has(any: [.auxiliary, .then, .beforeVerb]) { end -= 1 }
      guard end < index, end > 0 else { continue }
      var start = end
      while start > 0, end - start < 4, !words[start - 1].hasSuffix(","),
        !words[start - 1].hasSuffix(":"),
        !folded[start - 1].has(any: [.condition, .then, .after, .within, .time])
      { start -= 1 }
      return clean(Array(words[start..<end]))
    }
    // "Secondary: backup if the primary does not acknowledge"
    if let label = sentence.label,
      sentence.folded.has(any: [.backup]),
      RungClause.stop(sentence.folded) == .acknowledged
    {
      return label.withoutMarks
    }
    return nil
  }

  private func clean(_ words: [String]) -> String? {
    var words = words[...]
    while words.count > 1, let first = words.first, Folded(first).has(any: [.article, .to]) {
      words = words.dropFirst()
    }
    guard let name = Ladder.phrase(Array(words)) else { return nil }
    let folded = Folded(name)
    guard !folded.isEmpty, !folded.begins(with: .nobody), !SpanReader.isDash(name),
      SpanReader.spans(in: name).isEmpty
    else { return nil }
    // "Escalate to a phone call" names a way and nobody.
    if folded.has(.call), folded.has(.contactHead), !folded.has(.role) { return nil }
    return name
  }
}
