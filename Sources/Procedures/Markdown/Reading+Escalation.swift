import Engine

extension Reading {
  /// Reads who is called when: ladders, lists, tables, matrices, chains and sentences.
  mutating func readEscalations() {
    for (index, section) in outline.sections.enumerated() {
      guard !isAside(index) else { continue }
      for (place, block) in section.blocks.enumerated() {
        let lead = place > 0 ? section.blocks[place - 1] : nil
        if !readGrounds(block, under: lead, in: index) { readEscalation(block, in: index) }
      }
    }
    for sentence in sentences { readEscalation(sentence) }
    dropRepeatedSteps()
  }

  private mutating func readEscalation(_ block: Block, in section: Int) {
    let isPath = isEscalationPath(section)
    switch block.kind {
    case .fence:
      switch block.fenceRole {
      case .matrix: addMatrix(TimeMatrix(block.lines), in: section)
      case .ladder, .drawing:
        guard path(section, has: [.escalate]) else { return }
        addPath(Ladder.rungs(block.lines), in: section)
      case .mermaid:
        guard path(section, has: [.escalate]) else { return }
        addPath(Mermaid.rungs(block.lines), in: section)
      case .text, .steps:
        if isPath,
          block.lines.filter({ Ladder.level($0.text) != nil || $0.text.contains("→") }).count >= 1
        {
          addPath(Ladder.rungs(block.lines), in: section)
        }
      default: return
      }
    case .list:
      if !path(section, has: Self.notPaths),
        let rungs = rungs(of: block, in: section, isPath: isPath)
      {
        escalationLists.insert(block.line)
        addPath(rungs, in: section)
      }
    case .table:
      if let matrix = timeMatrix(block, in: section) {
        addMatrix(matrix, in: section)
      } else if !readReceiverMatrix(block, in: section) {
        readEscalationTable(block, in: section)
      }
    case .paragraph:
      guard path(section, has: [.escalate]) else { return }
      for line in block.lines where line.text.components(separatedByArrows: false).count >= 3 {
        addPath(Ladder.chain(line.body, line: line.number), in: section)
      }
    default: return
    }
  }

  /// A list here is a path even where no times stand in it.
  private func isEscalationPath(_ section: Int) -> Bool {
    guard title(section, has: [.escalate]), !path(section, has: Self.notPaths) else {
      return false
    }
    return title(section, has: Self.pathWords)
      || (outline.sections[section].title?.folded.words.count ?? 0) <= 2
  }

  private static let pathWords: [Concept] = [.pathWord]
  private static let notPaths: [Concept] = [.notPath]

  // From rungs to steps

  mutating func addPath(
    _ rungs: [Rung], in section: Int, severities: [String] = [], isChain: Bool = false
  ) {
    let rungs = rungs.filter { !isCondition($0.name, line: $0.line) }
    guard !rungs.isEmpty else { return }
    let context = severities.isEmpty ? self.severities(of: section) : severities
    let clauses = rungs.map { RungClause($0.clause) }
    // What is done at once on a ground of its own says nothing about how the others count.
    let times = clauses.indices.compactMap { index in
      index > 0 && clauses[index].after == 0 ? nil : clauses[index].after
    }
    let isRising = zip(times, times.dropFirst()).allSatisfy { $0 < $1 }
    let hasWindows = clauses.contains(where: \.isWindow)
    // The first level has a time of its own: the times tell when each is called.
    let isOwnTime = hasWindows || clauses[0].after != nil && rungs[0].from == nil
    for (index, rung) in rungs.enumerated() {
      let clause = clauses[index]
      var step = EscalationStep(
        level: rung.level.map { max($0, index + 1 > rungs.count ? $0 : $0) } ?? index + 1,
        from: rung.from ?? (index > 0 && !rung.isOwn ? rungs[index - 1].name : nil),
        to: rung.name, after: clause.after, since: isRising || rung.isOwn ? .start : .previous,
        unless: clause.unless ?? .resolved, condition: clause.condition,
        relativeTo: clause.relativeTo, text: rung.clause.withoutMarks.trimmed.withoutLoneBrackets,
        line: rung.clauseLine ?? rung.line)
      take(rung.line)
      take(step.line)
      pathLines.insert(rung.line)
      pathLines.insert(step.line)
      var called = names.mentioned(in: rung.clause)
      if called.isEmpty, clause.after == nil { called = severitiesCalled(in: rung.clause) }
      if called.isEmpty { called = rung.severities.isEmpty ? context : rung.severities }
      remarkOn(&step, clause, index: index, isOwnTime: isOwnTime, isRising: isRising)
      for severity in called.map(Optional.some) + (called.isEmpty ? [nil] : []) {
        step.severity = severity
        if severity != nil, clause.after == nil,
          !names.mentioned(in: rung.clause).isEmpty
            || !severitiesCalled(in: rung.clause).isEmpty
        {
          step.condition = nil
        }
        append(step)
      }
    }
  }

  /// "If critical": the severity that is called so.
  private func severitiesCalled(in clause: String) -> [String] {
    let words = Folded(clause).words
    guard let word = words.first(where: { SeverityWord.rank(of: $0) != nil }),
      words.firstIndex(of: word) ?? 9 <= 2, let id = names.calledBy(word)
    else { return [] }
    return [id]
  }

  private mutating func remarkOn(
    _ step: inout EscalationStep, _ clause: RungClause, index: Int, isOwnTime: Bool, isRising: Bool
  ) {
    if let alternative = clause.alternative {
      remark(
        .ambiguous, step.line,
        "\(step.to): by the clock, and by hand \(alternative.hasPrefix("or") ? "" : "if ")\(alternative)"
      )
    }
    guard let after = step.after, index > 0 else { return }
    if clause.unless == nil {
      remark(
        .assumed, step.line,
        "\(step.to): no stop condition is stated; called unless the incident is resolved")
    }
    if !isOwnTime, isRising, after > 0 {
      remark(
        .ambiguous, step.line,
        "\(step.to): \"\(step.text)\" is counted from the start, which alerts earlier than from the previous step"
      )
    }
  }

  /// That nobody answered is no name of somebody to call; it is remarked.
  private mutating func isCondition(_ name: String, line: Int) -> Bool {
    guard RungClause.isUnanswered(Folded(name)) else { return false }
    remark(.unread, line, "Says when to call, and not whom: \"\(name.withoutMarks)\"")
    return true
  }

  mutating func append(_ step: EscalationStep) {
    var step = step
    step.to = Self.withoutPreposition(step.to)
    guard !isCondition(step.to, line: step.line) else { return }
    let to = Folded(step.to)
    guard !to.isEmpty, !to.begins(with: .none),
      // "Escalate to P1" makes it worse and calls nobody.
      names.named(by: step.to).isEmpty || to.has(.role)
    else { return }
    procedure.escalation.append(step)
  }

  /// "manager" of "immediately to manager".
  private static func withoutPreposition(_ name: String) -> String {
    guard let blank = name.firstIndex(of: " ") else { return name }
    let rest = String(name[name.index(after: blank)...]).trimmed
    let first = Folded(String(name[..<blank]))
    return first.has(.to) && !first.has(.role) && Folded(rest).has(.role) ? rest : name
  }

  // Cells and labelled lines under a severity

  mutating func readEscalation(cell: Statement) {
    let text = cell.text.withoutMarks
    let folded = Folded(text)
    guard !folded.isEmpty, !folded.begins(with: .none), !folded.begins(with: .variable),
      !folded.begins(with: .not)
    else { return }
    take(cell.line)
    if folded.has(.meeting) {
      addRule(cell)
      return
    }
    if text.components(separatedByArrows: true).count > 1 {
      addPath(
        Ladder.chain(text, line: cell.line).dropFirstRung, in: cell.section,
        severities: cell.severities)
      return
    }
    var rung = Ladder.named(text, line: cell.line)
    if let receiver = Ladder.receiver(rung.name) ?? Ladder.receiver(text) {
      rung.name = receiver
    } else if !folded.has(.role), let named = receiver(inHead: cell.label),
      !SpanReader.spans(in: text).isEmpty
    {
      rung = Rung(name: named, clause: text, line: cell.line)
    }
    let clause = RungClause(rung.clause.isEmpty ? text : rung.clause)
    guard rung.name.split(separator: " ").count <= 6, SpanReader.spans(in: rung.name).isEmpty else {
      addRule(cell)
      return
    }
    // "Within 1 hour": when, and not to whom.
    if rung.name.isEmpty || Self.isNobody(rung.name) {
      if !rung.name.isEmpty { addRule(cell) }
      remark(.unread, cell.line, "Says when to escalate, and not to whom: \"\(text)\"")
      return
    }
    for severity in cell.severities {
      append(
        EscalationStep(
          severity: severity, level: 1, to: rung.name, after: clause.after,
          unless: clause.unless ?? .resolved, condition: clause.condition,
          text: text.withoutLoneBrackets,
          line: cell.line))
    }
  }

  /// One word that belongs to a time.
  private static func isNobody(_ name: String) -> Bool {
    let folded = Folded(name)
    return folded.words.count == 1 && !folded.has(.role)
      && folded.has(any: [.within, .after, .over, .every, .time])
  }

  /// "Patrick/Rolf" of the head "Eskalation an Patrick/Rolf".
  private func receiver(inHead label: String) -> String? {
    let words = label.withoutMarks.split(separator: " ").map(String.init)
    guard let at = words.firstIndex(where: { Folded($0).has(.escalate) }), at + 2 < words.count,
      Folded(words[at + 1]).has(.to)
    else { return nil }
    return words[(at + 2)...].joined(separator: " ")
  }

  // Matrices of times and severities

  private mutating func addMatrix(_ matrix: TimeMatrix, in section: Int) {
    for (index, (key, column)) in matrix.columns.enumerated() {
      guard let severity = names.ids[key] ?? names.named(by: key).first else { continue }
      var last = matrix.holders[index]
      var level = last == nil ? 0 : 1
      for cell in column {
        take(cell.line)
        guard let name = cell.name, name != last else { continue }
        level += 1
        append(
          EscalationStep(
            severity: severity, level: level, from: last, to: name, after: cell.after,
            since: matrix.isRising ? .start : .previous, text: cell.text, line: cell.line))
        last = name
      }
    }
    for other in matrix.others {
      addRule(
        Statement(
          severities: other.severities, label: other.head, text: other.text, line: other.line,
          section: section, isCell: true))
    }
    if let line = matrix.columns.first?.cells.first?.line {
      remark(
        .assumed, line,
        "No stop condition is stated for the levels; called unless the incident is resolved")
    }
  }
}

extension [Rung] {
  /// The first receiver already has the incident and is not called; later steps know from whom they take over.
  fileprivate var dropFirstRung: [Rung] {
    guard count > 1 else { return self }
    var rungs = self
    let first = rungs.removeFirst()
    rungs[0].from = first.name
    for index in rungs.indices { rungs[index].level = index + 2 }
    return rungs
  }
}

extension String {
  /// Without a bracket at either end whose other half was cut off with the words beside it.
  var withoutLoneBrackets: String {
    var text = Substring(self)
    if text.hasSuffix(")"), !text.contains("(") { text = text.dropLast() }
    if text.hasPrefix("("), !text.contains(")") { text = text.dropFirst() }
    return String(text)
  }
}
