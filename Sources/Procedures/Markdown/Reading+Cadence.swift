import Engine

extension Reading {
  /// Reads a cell or a labelled line that tells how often there are updates.
  mutating func readCadence(_ statement: Statement, _ spans: [Span]) {
    let text = statement.text.withoutMarks
    let folded = Folded(text)
    let timed = spans.filter { !$0.isImmediate && $0.relation != .over }
    if folded.has(any: [.once]), let span = timed.first,
      span.relation != .every
    {
      take(statement.line)
      for id in statement.severities {
        procedure.notices.append(
          Notice(
            severity: id, within: span.allowance, audience: audience(of: statement), text: text,
            line: statement.line))
      }
      remark(
        .assumed, statement.line,
        "\"\(text)\": one update is owed by then, and none after it")
      return
    }
    if spans.contains(where: \.isImmediate) {
      let first = spans.first { $0.isImmediate }
      if let first, !timed.isEmpty {
        addTarget(.communicate, first, statement)
      }
    }
    let every = timed.first { $0.relation == .every } ?? timed.first
    if let every { addCadence(statement, every) } else { addRule(statement) }
    // "First within 15 min, then every 30 min"
    if let first = timed.first(where: { $0.relation == .within }), let every,
      every.relation == .every
    {
      addTarget(.communicate, first, statement)
    }
  }

  mutating func addCadence(_ statement: Statement, _ span: Span) {
    guard span.measure == .clock, span.low > 0, !span.isCount else {
      remark(
        .unread, statement.line,
        "\"\(statement.text.withoutMarks)\": an interval in business time, or none, is not kept")
      return
    }
    take(statement.line)
    for id in statement.severities {
      append(
        Cadence(
          severity: id, every: span.low, maximum: span.high, audience: audience(of: statement),
          text: statement.text.withoutMarks, line: statement.line))
    }
  }

  private mutating func append(_ cadence: Cadence) {
    let isThere = procedure.cadence.contains {
      $0.severity == cadence.severity && $0.every == cadence.every
        && $0.audience == cadence.audience
    }
    if !isThere { procedure.cadence.append(cadence) }
  }

  /// Reads "update the channel every 30 minutes" wherever it stands in prose.
  mutating func readCadences() {
    let known = Set(procedure.cadence.map(\.line))
    for sentence in sentences where !isAside(sentence.section) {
      guard !path(sentence.section, has: Self.notUpdates), !isRunbookLike(sentence.section) else {
        continue
      }
      let spans = SpanReader.spans(in: sentence.text).filter {
        $0.relation == .every && $0.measure == .clock && $0.low > 0 && !$0.isCount
      }
      guard !spans.isEmpty else { continue }
      let folded = sentence.folded
      let title = outline.sections[sentence.section].title?.folded
      let isUpdate =
        folded.has(any: Self.updateWords)
        || title?.has(any: [.update, .frequency]) ?? false
      guard isUpdate, !folded.has(any: Self.otherRepetitions) else { continue }
      let clauses = Clause.clauses(of: sentence.text)
      for (index, span) in spans.enumerated() {
        let line = sentence.line(at: span.start)
        if known.contains(line) { continue }
        // "daily" alone is a word of many uses.
        if span.low >= 86_400, !folded.has(any: [.update]) {
          continue
        }
        let clause = clauses.first { $0.start <= span.start && span.end <= $0.end }
        // Of several intervals in one clause each goes with the words up to the next.
        var severities =
          spans.count > 1
          ? names.mentioned(in: sentence.part(span.start, spans.dropFirst(index + 1).first?.start))
          : []
        if severities.isEmpty { severities = names.mentioned(in: clause?.text ?? "") }
        if severities.isEmpty, spans.count == 1 || clauses.count == 1 {
          severities = names.mentioned(in: sentence.text)
        }
        if severities.isEmpty { severities = self.severities(of: sentence.section) }
        take(line)
        let audience = Self.audience(folded, title)
        for severity in severities.map(Optional.some) + (severities.isEmpty ? [nil] : []) {
          append(
            Cadence(
              severity: severity, every: span.low, maximum: span.high, audience: audience,
              text: sentence.text.withoutMarks, line: line))
        }
      }
    }
  }

  private static func audience(_ folded: Folded, _ title: Folded?) -> String? {
    for text in [folded, title].compactMap({ $0 }) {
      if text.has(any: [.customers]) {
        return "external"
      }
      if text.has(any: [.stakeholders]) { return "stakeholders" }
      if text.has(any: [.leadership]) { return "leadership" }
      if text.has(any: [.insiders]) { return "internal" }
    }
    return nil
  }

  static let updateWords: [Concept] = [.update]
  private static let otherRepetitions: [Concept] = [.otherRepetition]
  private static let notUpdates: [Concept] = [.notUpdates]

  /// Part of what to do for one known trouble: what it says holds there only.
  func isRunbookLike(_ index: Int) -> Bool {
    isInRunbookGroup(index)
      || outline.path(of: index).contains { isInner($0) && runbookSections.contains($0) }
  }

  mutating func addTarget(_ kind: Severity.Target.Kind, _ span: Span, _ statement: Statement) {
    for id in statement.severities {
      guard let index = procedure.severities.firstIndex(where: { $0.id == id }),
        !procedure.severities[index].targets.contains(where: { $0.kind == kind })
      else { continue }
      procedure.severities[index].targets.append(
        Severity.Target(
          kind: kind, within: span.allowance, audience: audience(of: statement),
          text: statement.text.withoutMarks, line: statement.line))
    }
  }
}
