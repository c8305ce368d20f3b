import Engine

/// A time by which something is owed after the incident.
private struct Deadline {
  var span: Span
  var what: PostmortemDuty.What
  var severities: [String]
  var section: Int
  var text: String
  var line: Int
}

/// For which incidents the document asks for a post-mortem.
private struct Requirement {
  var severities: [String] = []
  var conditions: [String] = []
  var line: Int
  var section: Int
}

extension Reading {
  /// A cell of a column "Post-mortem".
  mutating func readPostmortem(cell: Statement) {
    let text = cell.text.withoutMarks
    let spans = SpanReader.spans(in: text).filter { $0.relation != .over && !$0.isImmediate }
    guard let span = spans.first else {
      addRule(cell)
      return
    }
    take(cell.line)
    for id in cell.severities {
      add(
        PostmortemDuty(
          severity: id, what: Self.what(Folded(text)), within: span.allowance, text: text,
          line: cell.line))
    }
  }

  private mutating func add(_ duty: PostmortemDuty) {
    let isThere = procedure.postmortem.contains {
      $0.severity == duty.severity && $0.condition == duty.condition && $0.what == duty.what
        && $0.within == duty.within
    }
    if !isThere { procedure.postmortem.append(duty) }
  }

  mutating func readPostmortems() {
    let requirements = self.requirements(sentences)
    var deadlines = sentences.flatMap { self.deadlines(in: $0) }
    deadlines += tableDeadlines()
    deadlines += headingDeadlines(besides: deadlines)
    for deadline in deadlines {
      take(deadline.line)
      add(deadline, requirements)
    }
    dropGeneral()
    if deadlines.isEmpty { rememberRequirements(requirements) }
  }

  private mutating func add(_ deadline: Deadline, _ requirements: [Requirement]) {
    func duty(_ severity: String?, _ condition: String? = nil) -> PostmortemDuty {
      PostmortemDuty(
        severity: severity, condition: condition, what: deadline.what,
        within: deadline.span.allowance, text: deadline.text, line: deadline.line)
    }
    var severities = deadline.severities
    var conditions: [String] = []
    if severities.isEmpty {
      let near = requirements.filter { shares(deadline.section, $0.section) }
      severities = near.flatMap(\.severities)
      conditions = near.flatMap(\.conditions)
    }
    if severities.isEmpty { severities = self.severities(of: deadline.section) }
    var seen: Set<String> = []
    for severity in severities where seen.insert(severity).inserted { add(duty(severity)) }
    if !conditions.isEmpty {
      add(duty(nil, conditions.joined(separator: "; ")))
    } else if severities.isEmpty {
      add(duty(nil))
    }
  }

  /// Both stand under the same heading about post-mortems.
  private func shares(_ one: Int, _ other: Int) -> Bool {
    func root(_ index: Int) -> Int? {
      outline.path(of: index).last { isInner($0) && title($0, has: [.postmortem]) }
    }
    guard let first = root(one), let second = root(other) else { return false }
    return first == second
  }

  /// A rule for every incident that repeats one for certain severities adds nothing.
  private mutating func dropGeneral() {
    let exact = procedure.postmortem.filter { $0.severity != nil }
    procedure.postmortem.removeAll { duty in
      duty.severity == nil && duty.condition == nil
        && exact.contains { $0.within == duty.within || $0.what == duty.what }
    }
  }

  /// Owed, but by no stated time: there is nothing to count down, so it is told with the severity.
  private mutating func rememberRequirements(_ requirements: [Requirement]) {
    for requirement in requirements {
      let text = lines.indices.contains(requirement.line) ? lines[requirement.line] : ""
      addRule(
        Statement(
          severities: requirement.severities, label: "Post-mortem",
          text: text.withoutLeadingSigns.withoutMarks, line: requirement.line,
          section: requirement.section))
      remark(
        .unread, requirement.line,
        "A post-mortem is required here, but no time is stated for it")
    }
  }

  // Sentences

  private func isAboutPostmortem(_ section: Int) -> Bool {
    path(section, has: [.postmortem])
      && !path(section, has: [.template, .metrics])
  }

  private func deadlines(in sentence: Sentence) -> [Deadline] {
    let folded = sentence.folded
    let own = folded.has(.postmortem)
    guard own || isAboutPostmortem(sentence.section), !isAside(sentence.section),
      !isRunbookLike(sentence.section)
    else { return [] }
    var found: [Deadline] = []
    let clauses = Clause.clauses(of: sentence.text)
    let spans = SpanReader.spans(in: sentence.text)
    let paired = names.paired(with: spans, in: sentence.text)
    for (index, span) in spans.enumerated() {
      // "… within 3 days for a SEV-1 and 5 for a SEV-2": the second goes with the first.
      let isNext =
        span.relation == .plain && index > 0 && paired[index] != paired[index - 1]
        && Self.isDeadline(spans[index - 1], sentence)
      guard Self.isDeadline(span, sentence) || isNext, !span.isImmediate else { continue }
      let clause = clauses.first { $0.start <= span.start && span.end <= $0.end }?.text ?? ""
      let about = Folded(clause)
      if about.has(any: Self.otherDuties), !about.has(.postmortem) { continue }
      // A cell that tells a time for something else and names the review in passing.
      if sentence.isCell, !own { continue }
      let severities = paired[index]
      let what = Self.what(about.has(any: Self.whatWords) ? about : folded)
      found.append(
        Deadline(
          span: span, what: what, severities: severities, section: sentence.section,
          text: sentence.text.withoutMarks, line: sentence.line(at: span.start)))
    }
    return found
  }

  private static func isDeadline(_ span: Span, _ sentence: Sentence) -> Bool {
    if span.relation == .within { return true }
    let scalars = Array(sentence.text.unicodeScalars)
    let after = Folded(String(String.UnicodeScalarView(scalars[span.end...]))).words.prefix(3)
    let behind = Folded(after.joined(separator: " "))
    if behind.begins(with: .later), sentence.folded.has(.postmortem) { return true }
    if span.relation == .over || span.relation == .every || span.relation == .lasting
      || span.relation == .first
    {
      return false
    }
    if behind.begins(with: .afterSpan) { return true }
    return Folded(sentence.label ?? "").has(any: [.due])
  }

  private static let otherDuties: [Concept] = [.otherDuty]
  private static let whatWords: [Concept] = [.whatWord]

  private static func what(_ text: Folded) -> PostmortemDuty.What {
    if text.has(any: [.meeting]) {
      return .meeting
    }
    if text.has(any: [.draft]) {
      return .draft
    }
    if text.has(any: [.review]) { return .review }
    return .draft
  }

  /// Rows that tell what is due when: "Draft | commander | 48 hours".
  private func tableDeadlines() -> [Deadline] {
    var deadlines: [Deadline] = []
    for (index, section) in outline.sections.enumerated()
    where isAboutPostmortem(index) && !isAside(index) {
      for table in section.blocks where table.kind == .table && severityColumn(table) == nil {
        guard let header = table.rows.first,
          let column = header.cells.firstIndex(where: {
            Folded($0).has(any: [.due])
          }), column > 0
        else { continue }
        for row in table.rows.dropFirst() where row.cells.indices.contains(column) {
          let task = Folded(row.cells[0])
          guard
            let span = SpanReader.spans(in: row.cells[column]).first(where: {
              !$0.isImmediate && $0.relation != .every && $0.relation != .over
            }), !task.has(any: Self.otherDuties) || task.has(.postmortem)
          else { continue }
          deadlines.append(
            Deadline(
              span: span, what: Self.what(task),
              severities: names.mentioned(in: row.cells.joined(separator: " ")), section: index,
              text: row.cells[column].withoutMarks, line: row.line))
        }
      }
    }
    return deadlines
  }

  /// Headings: "Post-Mortem (24-48 hours)"; "Within 7 Days" over a list that asks for the report.
  private func headingDeadlines(besides found: [Deadline]) -> [Deadline] {
    var deadlines: [Deadline] = []
    for (index, section) in outline.sections.enumerated() {
      guard let title = section.title, let span = title.spans.first(where: { !$0.isImmediate }),
        span.relation != .over, span.relation != .every, !isAside(index),
        !path(index, has: [.template])
      else { continue }
      let isOwn = title.folded.has(.postmortem)
      let isInside = isAboutPostmortem(index)
      guard isOwn || isInside else { continue }
      let tree = Set(outline.tree(of: index))
      if isOwn, found.contains(where: { tree.contains($0.section) }) { continue }
      var folded = title.folded
      if !isOwn {
        let items = section.blocks.flatMap { block in
          block.isList ? block.children.map { Folded($0.text) } : [Folded(block.text)]
        }
        guard let item = items.first(where: { $0.has(.postmortem) }) else {
          continue
        }
        folded = item
      }
      deadlines.append(
        Deadline(
          span: span, what: Self.what(folded), severities: names.mentioned(in: title.raw),
          section: index, text: title.raw, line: section.line))
    }
    return deadlines
  }

  // Requirements

  private func requirements(_ sentences: [Sentence]) -> [Requirement] {
    var found: [Requirement] = []
    for sentence in sentences where !isAside(sentence.section) && !sentence.isCell {
      let folded = sentence.folded
      let inside = isAboutPostmortem(sentence.section)
      guard inside || folded.has(.postmortem), !sentence.text.contains("?") else {
        continue
      }
      let title = outline.sections[sentence.section].title?.folded
      let isList =
        sentence.isItem
        && (title?.has(any: Self.requiredTitles) ?? false
          || Folded(sentence.leadIn).has(any: Self.requiredWords))
      guard isList || folded.has(any: Self.requiredWords),
        !folded.has(any: [.optional])
      else { continue }
      let severities = names.mentioned(in: sentence.text)
      var requirement = Requirement(line: sentence.line, section: sentence.section)
      if isList, !Self.isPlain(folded) {
        requirement.conditions = [sentence.text.withoutMarks.trimmed]
      } else {
        guard !severities.isEmpty else { continue }
        requirement.severities = severities
      }
      found.append(requirement)
    }
    return found
  }

  /// Nothing but the severity's name: "All P1 incidents".
  static func isPlain(_ text: Folded) -> Bool {
    text.words.allSatisfy { word in
      Folded(word).has(.plainAll) || SeverityWord.rank(of: word) != nil
        || !word.utf8.allSatisfy { !(48...57).contains($0) }
    }
  }

  private static let requiredTitles: [Concept] = [.requiredChapter]
  private static let requiredWords: [Concept] = [.required]
}
