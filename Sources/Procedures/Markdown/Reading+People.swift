import Engine

extension Reading {
  /// Reads roles, contacts and the rota.
  mutating func readPeople() {
    var directories: [Block] = []
    for (index, section) in outline.sections.enumerated() where !path(index, has: [.template]) {
      for block in section.blocks {
        switch block.kind {
        case .table:
          readRota(block, index)
          readContacts(block, index)
          if isDirectory(block, index) { directories.append(block) }
          readRoleTable(block, index)
        case .list:
          readContactList(block, index)
          readRoleList(block, index)
        default: break
        }
      }
      readRoleHeading(index)
    }
    // Names and numbers alone say whom to reach; they stand for the roles where there are none.
    if procedure.roles.isEmpty { for table in directories { readRoles(of: table) } }
    readCalledRoles()
    readMetrics()
  }

  private mutating func addRole(_ name: String, _ duties: [String], _ line: Int) {
    let name = name.withoutMarks.trimming { ": ".unicodeScalars.contains($0) }
    let key = Folded(name).words
    guard !key.isEmpty, key.count <= 7 else { return }
    if let index = procedure.roles.firstIndex(where: { Folded($0.name).words == key }) {
      for duty in duties where !procedure.roles[index].duties.contains(duty) {
        procedure.roles[index].duties.append(duty)
      }
      return
    }
    procedure.roles.append(Role(name: name, duties: duties, line: line))
    take(line)
  }

  private static let roleWords: [Concept] = [.role]

  private static let roleChapters: [Concept] = [.roleChapter]

  /// "### Incident Commander (IC)" under "Roles", or "## Incident Commander Responsibilities".
  private mutating func readRoleHeading(_ index: Int) {
    let section = outline.sections[index]
    guard let title = section.title,
      !section.isBoldLine || path(index, has: [.oncall, .roles]),
      title.folded.has(any: Self.roleWords) || standsAmongRoles(index),
      phaseSections[index] == nil || !Self.isDoing(title)
    else { return }
    // Over a table of the roles a heading names none.
    guard !section.blocks.contains(where: { $0.kind == .table && Self.roleColumn($0) != nil })
    else {
      return
    }
    let parents = outline.ancestors(of: index)
    let inRoles = parents.contains { isInner($0) && self.title($0, has: Self.roleChapters) }
    var name = title.name.withoutDutyWords
    let isOwn =
      title.folded.has(any: [.ownDuties])
      && title.folded.words.count <= 5 && !Folded(name).has(any: [.roleChapter, .roles])
      && Folded(name).has(any: Self.roleWords)
    guard
      inRoles && title.folded.words.count <= 6
        || isOwn && !title.folded.has(.oncall)
    else { return }
    if let bracket = name.firstIndex(of: "("),
      Folded(String(name[bracket...])).has(any: [.optional])
    {
      name = String(name[..<bracket]).trimmed
    }
    addRole(name, duties(under: index), section.line)
  }

  /// One of the parts of a chapter of roles, of which others are named by known words.
  private func standsAmongRoles(_ index: Int) -> Bool {
    let section = outline.sections[index]
    guard let parent = section.parent, isInner(parent), title(parent, has: Self.roleChapters),
      !section.isBoldLine, section.title?.folded.words.count ?? 9 <= 3,
      !title(index, has: [.roles, .ownDuties, .contacts, .escalate])
    else { return false }
    let siblings = outline.sections[parent].children.filter { !outline.sections[$0].isBoldLine }
    return siblings.filter { title($0, has: Self.roleWords) }.count * 2 >= siblings.count
  }

  private func duties(under index: Int) -> [String] {
    outline.tree(of: index).flatMap { below in
      outline.sections[below].blocks.filter(\.isList).flatMap { list in
        list.children.flatMap { item -> [String] in
          let nested = item.children.filter(\.isList).flatMap(\.children).filter { !$0.isBox }
          return nested.isEmpty ? [item.text] : nested.map(\.text)
        }
      }
    }.prefix(20).map { $0.withoutMarks }
  }

  private mutating func readRoleList(_ list: Block, _ section: Int) {
    if title(section, has: Self.roleChapters) { readRoles(list.children) }
    // "Assign roles:" over the names of the roles.
    for item in list.children where Folded(item.text).has(any: Self.roleChapters) {
      for child in item.children.dropFirst() where child.isList { readRoles(child.children) }
    }
  }

  private mutating func readRoles(_ items: [Block]) {
    // Where none is in bold type, all are labelled.
    let isPlain =
      items.count >= 2
      && items.allSatisfy { item in
        item.firstLine.map { $0.strong == nil && $0.label != nil } ?? false
      }
    let labelled = items.compactMap { item -> (label: String, line: TextLine)? in
      guard let line = item.firstLine, line.strong != nil || isPlain, let label = line.label,
        !line.body.isEmpty, Folded(label).words.count <= 6, !Folded(label).has(.notRole)
      else { return nil }
      return (label, line)
    }
    let named = labelled.filter { Folded($0.label).has(any: Self.roleWords) }
    let isMostly = named.count * 2 >= labelled.count
    for (label, line) in isMostly ? labelled : named {
      if Folded(label).has(any: [.escalate, .communicate]), !Folded(label).has(.role) { continue }
      addRole(label, [line.body.withoutMarks], line.number)
    }
  }

  private static func roleColumn(_ table: Block) -> Int? {
    guard let header = table.rows.first, header.cells.count >= 2 else { return nil }
    return header.cells.firstIndex { Folded($0).has(.roleHead) }
  }

  /// A table of roles with names or numbers and without duties, in a chapter of contacts.
  private func isDirectory(_ table: Block, _ section: Int) -> Bool {
    guard Self.roleColumn(table) != nil, path(section, has: [.contacts]) else { return false }
    let heads = table.rows[0].cells.map { Folded($0) }
    return !heads.contains { $0.has(.dutyHead) }
      && heads.contains { $0.has(any: [.nameHead, .contactHead]) }
  }

  private mutating func readRoleTable(_ table: Block, _ section: Int) {
    guard Self.roleColumn(table) != nil, !isDirectory(table, section) else { return }
    let heads = table.rows[0].cells.map { Folded($0) }
    guard
      heads.contains(where: { $0.has(any: [.dutyHead, .contactHead]) })
        || heads.contains(where: { $0.has(.nameHead) })
          && path(section, has: [.roleChapter, .roles, .oncall])
    else { return }
    readRoles(of: table)
  }

  private mutating func readRoles(of table: Block) {
    guard let column = Self.roleColumn(table) else { return }
    let duty = table.rows[0].cells.firstIndex { Folded($0).has(.dutyHead) }
    for row in table.rows.dropFirst() where row.cells.indices.contains(column) {
      let text = duty.flatMap { row.cells.indices.contains($0) ? row.cells[$0].withoutMarks : nil }
      addRole(row.cells[column], text.map { [$0] } ?? [], row.line)
    }
  }

  /// Whoever an escalation calls has a part as well.
  private mutating func readCalledRoles() {
    for step in procedure.escalation where step.condition == nil { addCalled(step.to, step.line) }
    // Also everybody to whom a role is assigned.
    for sentence in sentences
    where sentence.isItem && sentence.folded.has(.appoint) && !isAside(sentence.section)
      && !isRunbookLike(sentence.section)
    {
      for name in ReceiverFinder(sentence.text.withoutMarks).appointed() {
        addCalled(name, sentence.line)
      }
    }
    // Also the first receiver of the path.
    for step in procedure.escalation where step.condition == nil {
      if let from = step.from { addCalled(from, step.line) }
    }
    readLabelledWork()
  }

  /// Adds whoever is named beside a rule. "A, B" and "A + B" are several people, an address and "the owning team" nobody:
  /// they can be called, and have no part to be given.
  private mutating func addCalled(_ name: String, _ line: Int) {
    let name = name.withoutMarks.trimmed
    let folded = Folded(name)
    guard folded.has(any: Self.roleWords), !folded.begins(with: .unnamed), !name.hasPrefix("@"),
      !name.contains(where: { ",+;、，＋".contains($0) }),
      !procedure.roles.contains(where: { isSame($0.name, name) })
    else { return }
    addRole(name, [], line)
  }

  /// "**Triager**: Create a thread …", several times: whoever does the work has a part.
  private mutating func readLabelledWork() {
    var found: [(name: String, lines: [TextLine])] = []
    for (index, section) in outline.sections.enumerated()
    where !isAside(index) && !isRunbookLike(index) && !path(index, has: [.template, .contacts]) {
      for line in section.blocks.filter({ $0.kind == .paragraph }).flatMap(\.lines) {
        guard line.strong != nil, let label = line.label?.withoutMarks,
          Folded(label).words.count <= 3, Folded(label).has(any: Self.roleWords),
          Self.beginsWithVerb(line.body)
        else { continue }
        if let at = found.firstIndex(where: { $0.name == label }) {
          found[at].lines.append(line)
        } else {
          found.append((label, [line]))
        }
      }
    }
    for (name, lines) in found where lines.count >= 2 {
      addRole(name, lines.map(\.body.withoutMarks), lines[0].number)
    }
  }

  /// "Incident Commander (IC)" is known, whether called so or "Incident Commander"; "CTO" is not the "CTO on call".
  private func isSame(_ known: String, _ name: String) -> Bool {
    let words = Folded(known).words
    return Set(Folded(name).words).isSubset(of: words)
      || Folded(String(name.prefix { $0 != "(" })).words == words
  }

  // Rota

  private mutating func readRota(_ table: Block, _ section: Int) {
    guard let header = table.rows.first else { return }
    let heads = header.cells.map { Folded($0) }
    guard
      let primary = heads.firstIndex(where: {
        $0.has(any: [.nameHead, .oncall])
      })
    else { return }
    let secondary = heads.firstIndex { $0.has(any: [.secondaryHead]) }
    let isRota = heads.contains { $0.has(.oncall) } || path(section, has: [.oncall])
    let isTurns =
      isRota
      && table.rows.dropFirst().contains { row in
        row.cells.first.map { Weekday.range($0) != nil || OnCallHours.isTurn($0) } ?? false
      }
    for row in table.rows.dropFirst() {
      guard let first = row.cells.first, primary > 0, row.cells.indices.contains(primary) else {
        continue
      }
      guard let days = Weekday.range(first), !OnCallHours.isTimeOfDay(first) else {
        // Among turns a row with a name is one, whatever its first cell says: `Public holidays`.
        if isTurns, !row.cells[primary].withoutMarks.isEmpty {
          remark(
            .unread, row.line,
            "\(OnCallHours.unreadTurn): \"\(row.cells.joined(separator: ", ").withoutMarks)\"")
        }
        continue
      }
      procedure.oncall.append(
        OnCallTurn(
          days: days, primary: row.cells[primary].withoutMarks,
          secondary: secondary.flatMap {
            row.cells.indices.contains($0) ? row.cells[$0].withoutMarks : nil
          },
          line: row.line))
      take(row.line)
    }
  }

  // Metrics

  /// "Time to detect (alert to acknowledgment)".
  private mutating func readMetrics() {
    for sentence in sentences where path(sentence.section, has: [.metrics]) {
      guard let open = sentence.text.firstIndex(of: "("), sentence.isItem else { continue }
      let name = String(sentence.text[..<open]).withoutMarks
      let inside = String(sentence.text[sentence.text.index(after: open)...].prefix { $0 != ")" })
      addMetric(name, inside, sentence.line)
    }
    for (index, section) in outline.sections.enumerated() where path(index, has: [.metrics]) {
      for table in section.blocks where table.kind == .table {
        guard let header = table.rows.first, header.cells.count >= 2,
          Folded(header.cells[0]).has(.metrics),
          Folded(header.cells[1]).has(any: [.metricDefinition])
        else { continue }
        for row in table.rows.dropFirst() where row.cells.count >= 2 {
          addMetric(row.cells[0], row.cells[1], row.line)
        }
      }
    }
  }

  private mutating func addMetric(_ name: String, _ formula: String, _ line: Int) {
    let words = formula.split(separator: " ").map(String.init)
    let between = words.indices.dropFirst().dropLast().first { index in
      let word = Folded(words[index])
      return word.has(.range) && !word.has(any: [.and, .or])
    }
    guard let between else { return }
    let parts = [words[..<between], words[(between + 1)...]].map { $0.joined(separator: " ") }
    guard
      parts.allSatisfy({ Folded($0).words.count <= 4 && !Folded($0).isEmpty }),
      SpanReader.spans(in: formula).isEmpty
    else { return }
    let id = uniqueID(name.withoutMarks.slug, or: "metric")
    procedure.metrics.append(MetricDefinition(id: id, from: parts[0], to: parts[1], line: line))
    take(line)
  }
}

extension String {
  /// "Incident Commander" of "Incident Commander Responsibilities".
  fileprivate var withoutDutyWords: String {
    var words = split(separator: " ").map(String.init)
    while words.count > 1, let last = words.last, Folded(last).has(any: [.ownDuties, .roles]),
      !Folded(last).has(.role)
    {
      words.removeLast()
    }
    return words.joined(separator: " ")
  }
}

extension Weekday {
  /// The days of "Mon-Wed", "Thursday to Sunday", "Weekdays", "Saturday".
  static func range(_ text: String) -> [Weekday]? {
    let folded = Folded(text)
    if folded.has(any: [.weekdays]) { return Array(allCases[..<5]) }
    if folded.has(any: [.weekend]) { return [.saturday, .sunday] }
    let found = folded.days.map { allCases[$0 - 1] }
    guard let first = found.first, folded.words.count <= 5,
      found.count >= folded.words.count - 1
    else { return nil }
    guard found.count == 2, let start = allCases.firstIndex(of: first),
      let end = allCases.firstIndex(of: found[1]),
      text.contains("-") || text.contains("–") || folded.has(any: [.range])
    else { return found }
    return (0..<7).map { allCases[(start + $0) % 7] }.prefix((end - start + 7) % 7 + 1).map { $0 }
  }
}
