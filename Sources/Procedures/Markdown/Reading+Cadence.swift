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
        "\"\(text)\": one update is due by then, and none after it")
      return
    }
    // "First update within 15 minutes" is due once, and says nothing of the next.
    if folded.has(.first), let span = timed.first, span.relation == .within,
      !timed.contains(where: { $0.relation == .every })
    {
      take(statement.line)
      addTarget(.communicate, span, statement)
      return
    }
    if spans.contains(where: \.isImmediate) {
      let first = spans.first { $0.isImmediate }
      if let first, !timed.isEmpty {
        addTarget(.communicate, first, statement)
      }
    }
    let every = timed.first { $0.relation == .every } ?? timed.first
    if let every {
      addCadence(statement, every)
    } else {
      addRule(statement)
      if folded.has(any: [.stretch, .every]), !folded.has(any: [.none, .variable]) {
        remark(.unread, statement.line, Self.uncounted(text))
      }
    }
    // "First within 15 min, then every 30 min"
    if let first = timed.first(where: { $0.relation == .within }), let every,
      every.relation == .every
    {
      addTarget(.communicate, first, statement)
    }
  }

  mutating func addCadence(_ statement: Statement, _ span: Span) {
    guard span.low > 0 else {
      remark(
        .unread, statement.line,
        "\"\(statement.text.withoutMarks)\": this interval is not kept")
      return
    }
    take(statement.line)
    remark(onCount: span, statement.text, statement.line)
    for id in statement.severities {
      append(
        Cadence(
          severity: id, interval: span.allowance, audience: audience(of: statement),
          text: statement.text.withoutMarks, line: statement.line))
    }
  }

  /// "Twice a day" names no hours: the day is cut into equal parts.
  private mutating func remark(onCount span: Span, _ text: String, _ line: Int) {
    guard span.isCount else { return }
    remark(
      .assumed, line,
      "\"\(text.withoutMarks.trimmed)\": kept as every \(AllowanceText.write(span.allowance))")
  }

  private mutating func append(_ cadence: Cadence) {
    let isThere = procedure.cadence.contains {
      $0.severity == cadence.severity && $0.interval == cadence.interval
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
        $0.relation == .every && $0.low > 0
      }
      guard !spans.isEmpty else {
        if isUncounted(sentence) { remark(.unread, sentence.line, Self.uncounted(sentence.text)) }
        continue
      }
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
        if span.low >= 86_400 || span.measure == .businessDays, !folded.has(any: [.update]) {
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
        remark(onCount: span, sentence.text, line)
        let audience = Self.audience(folded, title)
        for severity in severities.map(Optional.some) + (severities.isEmpty ? [nil] : []) {
          append(
            Cadence(
              severity: severity, interval: span.allowance, audience: audience,
              text: sentence.text.withoutMarks, line: line))
        }
      }
    }
  }

  /// "Update the channel once per shift": how long a shift is, nobody said.
  private func isUncounted(_ sentence: Sentence) -> Bool {
    let folded = sentence.folded
    guard folded.has(.update) else { return false }
    let stretches = folded.hits.filter { $0.concept == .stretch }
    let others = folded.hits.filter { $0.concept == .otherRepetition }
    guard others.allSatisfy({ other in stretches.contains { $0.start == other.start } }) else {
      return false
    }
    return folded.hits.contains { hit in
      switch hit.concept {
      case .every: stretches.contains { (hit.start...(hit.end + 1)).contains($0.start) }
      case .everyBehind: stretches.contains { ($0.end...($0.end + 1)).contains(hit.start) }
      default: false
      }
    }
  }

  private static func uncounted(_ text: String) -> String {
    "\"\(text.withoutMarks.trimmed)\": an interval that no clock counts; nobody is reminded of it"
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
