import Engine

/// Which column of an escalation table holds what.
private struct EscalationColumns {
  var severity: Int?
  var level: Int?
  var after: Int?
  var to: Int?
  var from: Int?
  var condition: Int?

  init(_ table: Block, severity: Int?) {
    let header = table.rows.first?.cells ?? []
    let rows = table.rows.dropFirst()
    self.severity = severity
    let heads = header.map { Folded($0) }
    func first(_ concepts: [Concept], besides taken: [Int?]) -> Int? {
      heads.indices.first { !taken.contains($0) && $0 != severity && heads[$0].has(any: concepts) }
    }
    after = first([.afterHead], besides: [])
    if after.map({ column in
      !rows.contains {
        $0.cells.indices.contains(column) && !SpanReader.spans(in: $0.cells[column]).isEmpty
      }
    }) ?? true {
      // The cells tell, whatever the head says.
      after =
        Self.most(of: table, besides: [severity]) { cell in
          SpanReader.spans(in: cell).count == 1 && Folded(cell).words.count <= 6
        } ?? after
    }
    level = first([.level], besides: [after])
    if level == nil { level = header.indices.first { header[$0].trimmed == "#" } }
    to = first([.toHead], besides: [after, level])
    from = first([.fromHead, .inCharge], besides: [after, level, to])
    if to == nil {
      to = first([.toWho], besides: [after, level])
      if to == from { from = nil }
    }
    if to == nil || to == level {
      to =
        Self.most(of: table, besides: [severity, after, level]) { cell in
          let folded = Folded(cell)
          return folded.has(.role) && folded.words.count <= 8 && !folded.has(.call)
        } ?? to
    }
    condition = first([.trigger], besides: [after, level, to, from])
  }

  /// The column of which most cells meet the condition.
  private static func most(
    of table: Block, besides taken: [Int?], _ condition: (String) -> Bool
  ) -> Int? {
    let header = table.rows.first?.cells ?? []
    let rows = table.rows.dropFirst()
    let free = header.indices.filter {
      !taken.contains($0) && !Folded(header[$0]).has(any: [.contactHead, .channelHead])
    }
    let counts = free.map { column in
      (
        column: column,
        count: rows.filter { $0.cells.indices.contains(column) && condition($0.cells[column]) }
          .count
      )
    }
    guard let best = counts.max(by: { $0.count < $1.count }), best.count >= 2,
      best.count * 2 >= rows.count
    else { return nil }
    return best.column
  }
}

extension Reading {
  func isEscalationTable(_ table: Block, in section: Int) -> Bool {
    guard let header = table.rows.first else { return false }
    let heads = header.cells.map { Folded($0) }
    if isRota(table) { return false }
    if let matrix = timeMatrix(table, in: section),
      path(section, has: [.escalate]) || !matrix.others.isEmpty
    {
      return true
    }
    if isNotification(table) { return true }
    if receiverMatrix(table, in: section) != nil { return true }
    if promisesTargets(table) { return false }
    if isAuthority(table) { return true }
    let columns = EscalationColumns(table, severity: severityColumn(table))
    let hasTo = heads.contains {
      $0.has(any: [.escalateTo])
    }
    if hasTo, columns.after != nil || columns.from != nil { return true }
    if let to = columns.to, let after = columns.after, columns.level != nil || columns.from != nil,
      to != columns.level,
      table.rows.dropFirst().filter({ row in
        row.cells.indices.contains(after) && !SpanReader.spans(in: row.cells[after]).isEmpty
      }).count >= 2,
      !heads.contains(where: { $0.has(any: [.respond, .time]) })
    {
      return true
    }
    if title(section, has: [.communication]), !title(section, has: [.escalate]),
      heads.contains(where: { $0.has(.channelHead) })
    {
      return false
    }
    guard path(section, has: [.escalate]), !path(section, has: [.template, .notPath])
    else {
      return false
    }
    guard let to = columns.to else { return isTimeline(table, columns) }
    if isTimeline(table, columns) { return true }
    let rows = table.rows.dropFirst().filter { $0.cells.indices.contains(to) }
    if rows.filter({ Self.isAddress($0.cells[to]) }).count * 2 >= rows.count { return false }
    if columns.after != nil || columns.level != nil { return true }
    let isNamed = Folded(header.cells[to]).has(any: [.toHead, .escalate])
    guard isNamed || rows.filter({ Folded($0.cells[to]).has(.role) }).count * 2 >= rows.count else {
      return false
    }
    return columns.condition != nil || columns.severity != nil
  }

  /// A row for every severity and beside its path a time to respond or to resolve: its cells tell what they are.
  private func promisesTargets(_ table: Block) -> Bool {
    guard let header = table.rows.first, let severity = severityColumn(table) else { return false }
    return header.cells.indices.contains { column in
      guard column != severity,
        Topic.topics(of: header.cells[column]).contains(where: {
          if case .target(let kind) = $0 { kind != .communicate } else { false }
        })
      else { return false }
      let timed = table.rows.dropFirst().filter {
        $0.cells.indices.contains(column) && !SpanReader.spans(in: $0.cells[column]).isEmpty
      }
      return timed.count * 2 > table.rows.count - 1
    } && header.cells.contains { Topic.topics(of: $0) == [.escalation] }
  }

  /// A row for every severity with who is in charge and who is told: the one takes over from the other.
  private func isAuthority(_ table: Block) -> Bool {
    guard let header = table.rows.first, let severity = severityColumn(table),
      header.cells.count <= 4
    else { return false }
    let heads = header.cells.map { Folded($0) }
    guard let from = heads.firstIndex(where: { $0.has(.inCharge) }),
      let to = heads.indices.first(where: {
        $0 != from && $0 != severity && heads[$0].has(.toHead) && heads[$0].has(.call)
      })
    else { return false }
    return table.rows.dropFirst().allSatisfy { row in
      row.cells.indices.contains(to) && SpanReader.spans(in: row.cells[to]).isEmpty
        && !Self.isAddress(row.cells[to]) && Folded(row.cells[to]).words.count <= 12
    }
  }

  func timeMatrix(_ table: Block, in section: Int) -> TimeMatrix? {
    TimeMatrix(table: table, names, isEscalation: path(section, has: [.escalate]))
  }

  /// A row for every severity with who is told, by which way, and nothing else.
  private func isNotification(_ table: Block) -> Bool {
    guard let header = table.rows.first, let severity = severityColumn(table) else { return false }
    let heads = header.cells.map { Folded($0) }
    let told = heads.indices.first { index in
      index != severity && heads[index].has(any: [.toWho, .toHead])
        && heads[index].has(any: [.call, .called])
    }
    guard let told,
      heads.indices.allSatisfy({ index in
        index == severity || index == told || heads[index].has(any: [.channelHead, .contactHead])
      })
    else { return false }
    let cells = table.rows.dropFirst().compactMap { row in
      row.cells.indices.contains(told) ? row.cells[told] : nil
    }
    return cells.filter { Folded($0).has(.role) }.count * 2 > cells.count
      && cells.allSatisfy { cell in
        SpanReader.spans(in: cell).isEmpty && !Self.isAddress(cell)
          && Folded(cell).words.count <= 12
      }
  }

  /// Rows of a time and of what is done then: "T0 + 10 min | No answer → Team lead".
  private func isTimeline(_ table: Block, _ columns: EscalationColumns) -> Bool {
    guard let header = table.rows.first, severityColumn(table) == nil,
      let action = actionColumn(header.cells), action > 0
    else { return false }
    let rows = table.rows.dropFirst().filter { $0.cells.indices.contains(action) }
    let timed = rows.filter { SpanReader.spans(in: $0.cells[0]).first?.measure == .clock }
    let called = rows.filter { row in
      let folded = Folded(row.cells[action])
      return folded.has(any: [.call, .called, .escalate, .role])
        || row.cells[action].components(separatedByArrows: true).count > 1
    }
    let drawn = rows.filter { $0.cells[action].components(separatedByArrows: true).count > 1 }
    guard drawn.count * 2 > rows.count || !hasReceivers(table, columns.to) else { return false }
    return timed.count >= 2 && timed.count * 2 > rows.count && called.count * 2 > rows.count
  }

  private func hasReceivers(_ table: Block, _ column: Int?) -> Bool {
    guard let column, column != actionColumn(table.rows.first?.cells ?? []) else { return false }
    let rows = table.rows.dropFirst().filter { $0.cells.indices.contains(column) }
    return rows.filter { Folded($0.cells[column]).has(.role) }.count * 2 > rows.count
  }

  /// Who answers at which time of day is a rota and no path.
  private func isRota(_ table: Block) -> Bool {
    table.rows.dropFirst().filter { row in
      row.cells.first.map { OnCallHours.isTimeOfDay($0) || OnCallHours.isCounted($0) } ?? false
    }.count * 2 >= table.rows.count - 1
  }

  private func actionColumn(_ header: [String]) -> Int? {
    header.firstIndex { Folded($0).has(.action) }
  }

  private mutating func readTimeline(_ table: Block, in section: Int) {
    guard let header = table.rows.first, let action = actionColumn(header.cells) else { return }
    var rungs: [Rung] = []
    for row in table.rows.dropFirst() where row.cells.indices.contains(action) {
      let text = row.cells[action].withoutMarks
      guard SpanReader.spans(in: row.cells[0]).first?.measure == .clock else { continue }
      let parts = text.components(separatedByArrows: true).map(\.trimmed)
      let said = parts.count > 1 ? parts[parts.count - 1] : text
      let name =
        Ladder.receiver(said) ?? ReceiverFinder(said).receiver()
        ?? (parts.count > 1 ? said : nil)
      guard let name else { continue }
      let ground = parts.count > 1 ? parts[0] : text
      rungs.append(
        Rung(name: name, clause: row.cells[0].withoutMarks + " " + ground, line: row.line))
    }
    addPath(rungs, in: section)
  }

  mutating func readEscalationTable(_ table: Block, in section: Int) {
    guard isEscalationTable(table, in: section) else { return }
    let severity = severityColumn(table)
    let columns = EscalationColumns(table, severity: severity)
    if isTimeline(table, columns) {
      readTimeline(table, in: section)
      return
    }
    guard let to = columns.to else { return }
    if let after = columns.after, let head = table.rows.first?.cells[after],
      Folded(head).has(.respond), !Folded(head).has(.afterHead)
    {
      remark(
        .ambiguous, table.line,
        "\"\(head.withoutMarks.trimmed)\" is taken as when each is called, and may be how soon each answers"
      )
    }
    var bySeverity: [(key: String, severities: [String], rungs: [Rung])] = []
    var conditional: [Rung] = []
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
      var rung = rung(named: name, columns, line: row.line, cell)
      if !severities.isEmpty { rung.severities = severities }
      if severities.isEmpty, let ground = ground(of: row, columns) {
        rung.clause = ground
        rung.severities = names.mentioned(in: ground)
        rung.isAtOnce = true
        conditional.append(rung)
        continue
      }
      if let last = bySeverity.firstIndex(where: { $0.key == key }) {
        bySeverity[last].rungs.append(rung)
      } else {
        bySeverity.append((key, severities, [rung]))
      }
    }
    addConditional(conditional, in: section)
    let hasConditions = columns.condition != nil && columns.after == nil
    for group in bySeverity {
      if hasConditions, group.severities.isEmpty {
        addConditional(group.rungs, in: section)
      } else {
        addPath(group.rungs, in: section, severities: group.severities)
      }
    }
  }

  /// The condition of a row that is called "at once": what is waited for stands there, and nothing begins with
  /// the incident. Nil where it is the beginning itself.
  private func ground(of row: TableRow, _ columns: EscalationColumns) -> String? {
    guard let condition = columns.condition, let after = columns.after,
      row.cells.indices.contains(condition), row.cells.indices.contains(after)
    else { return nil }
    let text = row.cells[condition].withoutMarks
    let folded = Folded(text)
    let times = SpanReader.spans(in: row.cells[after])
    guard !folded.isEmpty, !times.isEmpty, times.allSatisfy(\.isImmediate) else { return nil }
    let isBeginning =
      SpanReader.spans(in: text).isEmpty && folded.words.count <= 5
      && folded.has(any: [.detect, .declare])
    return isBeginning ? nil : text
  }

  /// The step of a row: whoever is named, and the words about when from the other columns.
  private func rung(
    named name: String, _ columns: EscalationColumns, line: Int, _ cell: (Int?) -> String?
  ) -> Rung {
    var rung = Ladder.named(name, line: line)
    if rung.clause.isEmpty || RungClause(rung.clause).after == nil {
      rung = Rung(name: name, line: line)
    }
    if let time = cell(columns.after) { rung.clause = time + " " + rung.clause }
    rung.from = cell(columns.from)
    rung.level = cell(columns.level).flatMap { text in
      Ladder.level(text)?.level ?? Int(text.filter { $0.isNumber }.prefix(1))
    }
    if RungClause(rung.clause).after == nil, let condition = cell(columns.condition) {
      rung.clause = condition
      if rung.severities.isEmpty { rung.severities = names.mentioned(in: condition) }
    }
    if let label = cell(columns.level), rung.level == nil, RungClause(rung.clause).after == nil,
      columns.after == nil, let span = SpanReader.spans(in: label).first, span.measure == .clock
    {
      rung.clause = label
    }
    return rung
  }

  /// Rows that tell by the kind of trouble whom to call.
  private mutating func addConditional(_ rungs: [Rung], in section: Int) {
    for (index, rung) in rungs.enumerated() {
      take(rung.line)
      let clause = RungClause(rung.clause, isCondition: true)
      let severities = rung.severities.isEmpty ? names.mentioned(in: rung.clause) : rung.severities
      for severity in severities.map(Optional.some) + (severities.isEmpty ? [nil] : []) {
        append(
          EscalationStep(
            severity: severity, level: rung.level ?? index + 1,
            from: rung.from ?? (index > 0 && !rung.isAtOnce ? rungs[0].name : nil),
            to: rung.name, after: clause.after ?? (rung.isAtOnce ? 0 : nil),
            unless: clause.unless ?? .resolved,
            condition: isWhole(severity, rung) ? nil : clause.condition, text: rung.clause,
            line: rung.line))
      }
    }
  }

  /// The condition of a row is nothing but the severity.
  private func isWhole(_ severity: String?, _ rung: Rung) -> Bool {
    severity != nil && rung.isAtOnce && Self.isPlain(Folded(rung.clause))
  }

  /// A mail address, a number, a link: a contact and no person.
  static func isAddress(_ text: String) -> Bool {
    if text.contains("://") || text.hasPrefix("+") { return true }
    guard let at = text.firstIndex(of: "@"), at != text.startIndex else { return false }
    return text[at...].contains(".")
  }
}
