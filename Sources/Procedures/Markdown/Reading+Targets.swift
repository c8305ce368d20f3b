import Engine

extension Reading {
  /// Reads what is promised for each severity: targets, cadence, people, paths.
  mutating func readTargets() {
    var statements: [Statement] = []
    for (index, section) in outline.sections.enumerated() {
      guard !isAside(index), !path(index, has: [.template]) else { continue }
      let led = ledStatements(in: index)
      let ledLines = Set(led.map(\.line))
      statements += led
      if let severity = definitionSeverity(index) {
        statements += self.statements(under: index, severities: severity)
      }
      for block in section.blocks {
        switch block.kind {
        case .table:
          if !isEscalationTable(block, in: index) {
            statements += self.statements(of: block, in: index)
          }
        case .list:
          if !path(index, has: [.postmortem]), !title(index, has: [.escalate]) {
            statements += itemStatements(of: block, in: index).filter {
              !ledLines.contains($0.line)
            }
          }
        case .paragraph: statements += labelled(block, in: index)
        default: break
        }
      }
    }
    for statement in statements { read(statement) }
    for (index, section) in outline.sections.enumerated() where !isAside(index) {
      for block in section.blocks where block.isList { readTimedItems(of: block, in: index) }
    }
    let before = taken
    for sentence in sentences where !before.contains(sentence.line) { readTarget(in: sentence) }
    for index in procedure.severities.indices where procedure.severities[index].targets.isEmpty {
      let severity = procedure.severities[index]
      if severity.line > 0, procedure.severities.contains(where: { !$0.targets.isEmpty }) {
        remark(.unread, severity.line, "\(severity.id): no target is stated")
      }
    }
  }

  /// Paragraph lines that begin with a severity in bold: "**SEV1** - respond within 15 minutes".
  private func labelled(_ paragraph: Block, in section: Int) -> [Statement] {
    paragraph.lines.compactMap { line in
      guard line.strong != nil, let label = line.label, Folded(label).words.count <= 5 else {
        return nil
      }
      let severities = names.mentioned(in: label)
      guard severities.count == 1, !line.body.isEmpty else { return nil }
      return Statement(
        severities: severities, label: outline.sections[section].name, text: line.body,
        line: line.number, section: section)
    }
  }

  /// "**Within 5 minutes:** post in the channel" under the heading of a severity.
  private mutating func readTimedItems(of list: Block, in section: Int) {
    let severities = self.severities(of: section)
    guard !severities.isEmpty, !path(section, has: [.postmortem]), !isRunbookLike(section),
      !path(section, has: [.template]) || path(section, has: [.escalate])
    else { return }
    for item in list.children where !item.isBox {
      guard let line = item.firstLine, let label = line.label, !line.body.isEmpty,
        Folded(label).words.count <= 6, let span = SpanReader.spans(in: label).first,
        span.relation == .within, span.start <= 12, !taken.contains(line.number)
      else { continue }
      let body = line.body.withoutMarks
      let topics = Topic.topics(of: body)
      var kind: Severity.Target.Kind?
      for case .target(let named) in topics { kind = kind ?? named }
      if kind == nil || kind == .resolve, Folded(body).has(any: [.communicate, .update]) {
        kind = .communicate
      }
      guard let kind, topics != [.escalation] else { continue }
      add(
        kind, span,
        Statement(
          severities: severities, label: label, text: line.text, line: line.number,
          section: section))
    }
  }

  /// "Customers are told within 30 minutes of a Sev1", "SEV-2: status page within 1 hour, then every 2 hours".
  private mutating func readTarget(in sentence: Sentence) {
    guard !sentence.isCell, !isAside(sentence.section),
      !path(sentence.section, has: [.postmortem, .escalate, .template]),
      !isRunbookLike(sentence.section)
    else { return }
    let severities = names.mentioned(in: sentence.text)
    let spans = SpanReader.spans(in: sentence.text).filter { $0.relation == .within }
    guard !severities.isEmpty, !spans.isEmpty else { return }
    let isLabelled =
      SeverityEntryReader.entry(sentence.text.trimmed, line: 0, allowWords: false) != nil
    var topics = Topic.topics(of: sentence.text)
    topics.removeAll { $0 == .people || $0 == .description }
    if topics.isEmpty, sentence.folded.has(any: [.communicate]) {
      topics = [.target(.communicate)]
    }
    let statement = Statement(
      severities: severities, label: "", text: sentence.text,
      line: sentence.line(at: spans[0].start), section: sentence.section)
    if isLabelled, severities.count == 1 {
      read(statement)
    } else if topics.count == 1, case .target(let kind) = topics[0], spans.count == 1 {
      add(kind, spans[0], statement)
    }
  }

  /// The severity that a section defines, by its own title; not a section that tells what to do for one.
  private func definitionSeverity(_ index: Int) -> [String]? {
    guard let title = outline.sections[index].title,
      let entry = SeverityEntryReader.entry(title.unnumbered, line: 0, allowWords: true),
      !path(index, has: [.escalate, .postmortem])
    else { return nil }
    if let id = names.ids[entry.key] { return [id] }
    let named = names.named(by: title.raw)
    return named.count == 1 ? named : nil
  }

  private mutating func read(_ statement: Statement) {
    let text = statement.text.withoutMarks
    guard !Folded(text).isEmpty || text.contains("✅") else { return }
    var topics = Topic.topics(of: statement.label)
    let spans = SpanReader.spans(in: text)
    if topics.isEmpty || topics == [.description] && !statement.isCell
      || topics == [.people] && !spans.isEmpty
    {
      let context = contextTopics(statement)
      if topics.isEmpty || topics == [.people] && context == [.target(.communicate)] {
        topics = context
      }
    }
    guard let first = topics.first else {
      readClauses(statement, spans, nil)
      return
    }
    switch first {
    case .description: return
    case .escalation:
      // A channel beside a path is nobody.
      let head = Folded(statement.label)
      if statement.isCell, spans.isEmpty,
        !head.has(any: [.escalate, .toHead, .toWho, .role, .level])
      {
        addRule(statement)
      } else {
        readEscalation(cell: statement)
      }
    case .postmortem: readPostmortem(cell: statement)
    case .people:
      if spans.isEmpty || statement.isCell {
        addRule(statement)
      } else {
        readClauses(statement, spans, nil)
      }
    case .cadence: readCadence(statement, spans)
    case .target(let kind):
      if topics.count > 1, spans.count == topics.count, kindsInText(text, spans).isEmpty {
        for (topic, span) in zip(topics, spans) {
          if case .target(let kind) = topic { add(kind, span, statement) }
        }
      } else {
        readClauses(statement, spans, kind)
      }
    }
  }

  /// What the sections above make of a statement whose label says nothing.
  private func contextTopics(_ statement: Statement) -> [Topic] {
    for index in outline.path(of: statement.section) {
      guard let title = outline.sections[index].title, isInner(index) else { continue }
      if title.folded.has(.communication), !title.folded.has(.call) {
        let own = Topic.topics(of: statement.label)
        if statement.isCell, !Self.isAudience(statement.label) { return [] }
        return statement.isCell && !own.isEmpty && own != [.people]
          ? [] : [.target(.communicate)]
      }
      let topics = Topic.topics(of: title.name).filter { $0 != .description && $0 != .people }
      if !topics.isEmpty, !title.folded.has(any: [.severity, .process]) {
        return topics
      }
    }
    return []
  }

  /// The head of a column that tells when somebody is told.
  private static func isAudience(_ label: String) -> Bool {
    Folded(label).has(any: [
      .customers, .insiders, .stakeholders, .leadership, .regulator, .communicate, .time, .who,
      .role,
    ])
  }

  private func kindsInText(_ text: String, _ spans: [Span]) -> [Severity.Target.Kind] {
    Topic.topics(of: text).compactMap { if case .target(let kind) = $0 { kind } else { nil } }
  }

  /// Takes each duration of a text with the kind that its own clause names, else with `kind`.
  private mutating func readClauses(
    _ statement: Statement, _ spans: [Span], _ kind: Severity.Target.Kind?
  ) {
    let text = statement.text.withoutMarks
    if spans.isEmpty {
      if let kind { readUntimed(statement, kind) }
      return
    }
    var taken: [(Severity.Target.Kind, Span)] = []
    let clauses = Clause.clauses(of: text)
    for span in spans {
      if span.relation == .over || span.relation == .lasting { continue }
      let clause = clauses.first { $0.start <= span.start && span.end <= $0.end }
      let own = clause.map { Topic.topics(of: $0.text) } ?? []
      if own.contains(.postmortem) || own.contains(.escalation), kind == nil { continue }
      if span.relation == .every {
        if kind == .communicate || own.contains(.cadence) || own.contains(.target(.communicate)) {
          addCadence(statement, span)
        }
        continue
      }
      if own.contains(.cadence), kind == nil || clauses.count > 1 {
        addCadence(statement, span)
        continue
      }
      let named = own.compactMap { topic -> Severity.Target.Kind? in
        if case .target(let kind) = topic { kind } else { nil }
      }
      guard let found = kind == nil ? named.first : (clauses.count > 1 ? named.first ?? kind : kind)
      else { continue }
      taken.append((found, span))
    }
    for kind in Severity.Target.Kind.allCases {
      let spans = taken.filter { $0.0 == kind }.map(\.1)
      guard let span = choose(spans, statement, kind) else { continue }
      add(kind, span, statement)
    }
  }

  /// Of several times for one thing the one in brackets explains "immediate"; else the earliest is taken.
  private mutating func choose(
    _ spans: [Span], _ statement: Statement, _ kind: Severity.Target.Kind
  ) -> Span? {
    let timed = spans.filter { !$0.isImmediate }
    guard let first = timed.first ?? spans.first else { return nil }
    guard timed.count > 1 else { return first }
    let earliest =
      timed.filter { $0.measure == .clock }.min { $0.low < $1.low } ?? first
    if timed.contains(where: { $0.low != earliest.low || $0.measure != earliest.measure }) {
      remark(
        .ambiguous, statement.line,
        "\(statement.severities.joined(separator: ", ")) \(kind.rawValue): \"\(statement.text.withoutMarks)\" states more than one time; the earliest is taken"
      )
    }
    return earliest
  }

  private mutating func add(_ kind: Severity.Target.Kind, _ span: Span, _ statement: Statement) {
    take(statement.line)
    let text = statement.text.withoutMarks
    if span.measure == .clock, Folded(text).has(any: Self.officeHours), !span.isImmediate {
      remark(
        .ambiguous, statement.line,
        "\"\(text)\": counted around the clock, which alerts earlier than counting working hours only"
      )
    }
    for id in statement.severities {
      guard let index = procedure.severities.firstIndex(where: { $0.id == id }) else { continue }
      let target = Severity.Target(
        kind: kind, within: span.allowance,
        audience: kind == .communicate ? audience(of: statement) : nil, text: text,
        line: statement.line)
      let same = procedure.severities[index].targets.firstIndex {
        $0.kind == kind && (kind != .communicate || $0.audience == target.audience)
      }
      if let same {
        let old = procedure.severities[index].targets[same]
        if old.within != target.within {
          keepEarlier(index, same, target)
        }
      } else {
        procedure.severities[index].targets.append(target)
      }
    }
  }

  private mutating func keepEarlier(_ severity: Int, _ old: Int, _ new: Severity.Target) {
    let before = procedure.severities[severity].targets[old]
    remark(
      .ambiguous, new.line,
      "\(procedure.severities[severity].id) \(new.kind.rawValue): \"\(new.text)\" here, \"\(before.text)\" in line \(before.line); the earlier time is taken"
    )
    if new.within.roughSeconds < before.within.roughSeconds {
      procedure.severities[severity].targets[old] = new
    }
  }

  private static let officeHours: [Concept] = [.officeHours]

  func audience(of statement: Statement) -> String? {
    let label = statement.isCell ? statement.label : statement.text
    let folded = Folded(label)
    if folded.has(any: [.customers]) {
      return statement.isCell ? label.withoutMarks : "external"
    }
    if statement.isCell,
      Topic.topics(of: label).isEmpty
        || folded.has(any: [.stakeholders, .insiders, .leadership])
    {
      return label.withoutMarks
    }
    if folded.has(any: [.stakeholders]) { return "stakeholders" }
    if folded.has(any: [.insiders]) { return "internal" }
    return nil
  }

  private mutating func readUntimed(_ statement: Statement, _ kind: Severity.Target.Kind) {
    let text = statement.text.withoutMarks
    let words = Folded(text).words
    if kind == .communicate {
      if text.contains("✅") || !words.isEmpty { addRule(statement) }
      return
    }
    guard !words.isEmpty, !Folded(text).begins(with: .none) else { return }
    addRule(statement)
    remark(
      .unread, statement.line,
      "\(statement.severities.joined(separator: ", ")) \(kind.rawValue): \"\(text)\" states no time"
    )
  }

  mutating func addRule(_ statement: Statement) {
    let text = statement.text.withoutMarks
    guard !text.isEmpty, !Folded(text).begins(with: .none), !Folded(text).isEmpty else { return }
    take(statement.line)
    for id in statement.severities {
      guard let index = procedure.severities.firstIndex(where: { $0.id == id }) else { continue }
      let rule = Severity.Rule(
        label: statement.label.withoutMarks, text: text, line: statement.line)
      if !procedure.severities[index].rules.contains(rule) {
        procedure.severities[index].rules.append(rule)
      }
    }
  }
}

extension Allowance {
  /// For comparing only: a business day counts as a day.
  var roughSeconds: Int {
    switch self {
    case .seconds(let seconds, _): seconds
    case .businessDays(let days): days * 86_400
    case .businessHours(let hours): hours * 3600
    }
  }
}
