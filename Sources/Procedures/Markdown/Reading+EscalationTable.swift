import Engine

/// Which column of an escalation table holds what.
private struct EscalationColumns {
  var severity: Int?
  var level: Int?
  var after: Int?
  var to: Int?
  var from: Int?
  var condition: Int?

  init(_ header: [String], severity: Int?) {
    self.severity = severity
    let heads = header.map { Folded($0) }
    func first(_ phrases: [String], besides taken: [Int?]) -> Int? {
      heads.indices.first { !taken.contains($0) && $0 != severity && heads[$0].has(any: phrases) }
    }
    after = first(
      [
        "escalate after", "after", "time", "timeout", "window", "delay", "within", "wait", "tiempo",
        "tempo", "zeit", "时间", "時間", "escalation time", "timeframe", "no ack after",
        "if no response",
        "threshold", "minutes", "deadline", "escalates after", "if not", "elapsed",
      ], besides: [])
    level = first(
      ["level", "tier", "step", "nivel", "stufe", "stage", "l", "级别", "級別", "#"], besides: [after])
    to = first(
      [
        "escalate to", "escalates to", "escalation path", "escalation contact", "next level", "to",
        "next",
        "escalar a", "escalar para", "escalated to", "escalation",
      ], besides: [after, level])
    from = first(
      ["first responder", "from", "primary*", "current", "owner", "initial", "responder"],
      besides: [after, level, to])
    if to == nil {
      to = first(
        [
          "who", "contact", "role", "person", "responder", "responsible", "name", "party", "notify",
          "quien", "quem", "wer", "rol", "papel", "rolle", "角色", "负责人", "負責人", "team", "page",
          "escalee", "recipient", "audience", "responsable", "responsavel",
        ], besides: [after, level])
      if to == from { from = nil }
    }
    condition = first(
      [
        "when", "condition*", "trigger*", "issue*", "domain", "scenario", "type", "criteria", "if",
        "quando", "cuando", "incident", "situation", "component", "service", "problem",
      ], besides: [after, level, to, from])
  }
}

extension Reading {
  func isEscalationTable(_ table: Block, in section: Int) -> Bool {
    guard let header = table.rows.first else { return false }
    let heads = header.cells.map { Folded($0) }
    if TimeMatrix(table: table, names) != nil, path(section, has: Vocabulary.escalation) {
      return true
    }
    let columns = EscalationColumns(header.cells, severity: severityColumn(table))
    let hasTo = heads.contains {
      $0.has(any: ["escalate to", "escalates to", "escalar para", "escalar a"])
    }
    if hasTo, columns.after != nil || columns.from != nil { return true }
    if let to = columns.to, let after = columns.after, columns.level != nil || columns.from != nil,
      to != columns.level,
      table.rows.dropFirst().filter({ row in
        row.cells.indices.contains(after) && !SpanReader.spans(in: row.cells[after]).isEmpty
      }).count >= 2,
      !heads.contains(where: { $0.has(any: ["response*", "sla", "window", "target"]) })
    {
      return true
    }
    guard path(section, has: Vocabulary.escalation), !path(section, has: ["template*", "when to"])
    else {
      return false
    }
    guard let to = columns.to else { return false }
    let rows = table.rows.dropFirst().filter { $0.cells.indices.contains(to) }
    if rows.filter({ Self.isAddress($0.cells[to]) }).count * 2 >= rows.count { return false }
    return columns.after != nil || columns.level != nil || columns.condition != nil
      || columns.severity != nil
  }

  mutating func readEscalationTable(_ table: Block, in section: Int) {
    guard isEscalationTable(table, in: section), let header = table.rows.first else { return }
    let severity = severityColumn(table)
    let columns = EscalationColumns(header.cells, severity: severity)
    guard let to = columns.to else { return }
    var bySeverity: [(key: String, severities: [String], rungs: [Rung])] = []
    for row in table.rows.dropFirst() {
      func cell(_ column: Int?) -> String? {
        guard let column, row.cells.indices.contains(column) else { return nil }
        let text = row.cells[column].withoutMarks
        return Folded(text).isEmpty ? nil : text
      }
      guard let name = cell(to), !Self.isAddress(name) else { continue }
      let severities = cell(columns.severity).map { names.named(by: $0) } ?? []
      let key = severities.joined(separator: "/")
      if name.components(separatedByArrows: true).count > 1 {
        bySeverity.append((key, severities, Ladder.chain(name, line: row.line)))
        continue
      }
      var rung = Ladder.named(name, line: row.line)
      if rung.clause.isEmpty || RungClause(rung.clause).after == nil {
        rung = Rung(name: name, line: row.line)
      }
      if let time = cell(columns.after) { rung.clause = time + " " + rung.clause }
      rung.from = cell(columns.from)
      rung.level = cell(columns.level).flatMap { text in
        Ladder.level(text)?.level ?? Int(text.filter { $0.isNumber }.prefix(1))
      }
      if RungClause(rung.clause).after == nil, let condition = cell(columns.condition) {
        rung.clause = condition
      }
      if let label = cell(columns.level), rung.level == nil, RungClause(rung.clause).after == nil,
        columns.after == nil, let span = SpanReader.spans(in: label).first, span.measure == .clock
      {
        rung.clause = label
      }
      rung.severities = severities
      if let last = bySeverity.firstIndex(where: { $0.key == key }) {
        bySeverity[last].rungs.append(rung)
      } else {
        bySeverity.append((key, severities, [rung]))
      }
    }
    let hasConditions = columns.condition != nil && columns.after == nil
    for group in bySeverity {
      if hasConditions, group.severities.isEmpty {
        addConditional(group.rungs, in: section)
      } else {
        addPath(group.rungs, in: section, severities: group.severities)
      }
    }
  }

  /// Rows that tell by the kind of trouble whom to call.
  private mutating func addConditional(_ rungs: [Rung], in section: Int) {
    for (index, rung) in rungs.enumerated() {
      take(rung.line)
      let clause = RungClause(rung.clause, isCondition: true)
      append(
        EscalationStep(
          severity: nil, level: rung.level ?? index + 1,
          from: rung.from ?? (index > 0 ? rungs[0].name : nil),
          to: rung.name, after: clause.after, unless: clause.unless ?? .resolved,
          condition: clause.condition, text: rung.clause, line: rung.line))
    }
  }

  /// A mail address, a number, a link: a contact and no person.
  static func isAddress(_ text: String) -> Bool {
    if text.contains("://") || text.hasPrefix("+") { return true }
    guard let at = text.firstIndex(of: "@"), at != text.startIndex else { return false }
    return text[at...].contains(".")
  }
}
