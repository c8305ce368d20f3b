import Engine

extension Reading {
  /// Reads what is to be done: boxes everywhere, boxes in code blocks, and steps in the sections that tell
  /// people what to do.
  mutating func readChecklist() {
    for (index, section) in outline.sections.enumerated() {
      if path(index, has: [.contents]) { continue }
      readStepLine(index)
      let lists = Self.joined(section.blocks)
      for block in section.blocks {
        switch block.kind {
        case .list:
          guard let list = lists.first(where: { $0.contains { $0.line == block.line } }),
            list.first?.line == block.line, !isBelowBox(block, in: section)
          else { continue }
          readList(list, leadIn(of: block, in: section), index)
        case .paragraph:
          for line in block.lines {
            guard let text = FenceSigns.boxText(line.text), !isPlaceholder(text) else { continue }
            add(
              text: text, line: line.number, index, 0, .task,
              details: line.number == block.lines.last?.number ? details(behind: block, index) : [])
          }
        case .fence:
          readBoxes(block, index)
          readSteps(block, index)
        case .table: readActionTable(block, index)
        default: break
        }
      }
    }
    procedure.checklist.sort { $0.line < $1.line }
  }

  /// "**Step 1: Verify the incident**" inside a phase is itself to be done.
  private mutating func readStepLine(_ index: Int) {
    let section = outline.sections[index]
    guard section.isBoldLine, phaseSections[index] == nil, let title = section.title,
      title.marker == .step, !title.name.isEmpty, let parent = section.parent,
      phase(of: parent) != nil
    else { return }
    add(text: title.name, line: section.line, index, 0, .task)
  }

  /// Numbered lists that go on behind a code block are one list.
  private static func joined(_ blocks: [Block]) -> [[Block]] {
    var groups: [[Block]] = []
    var count = 0
    for block in blocks where block.isList {
      if case .list(let start) = block.kind, let start, start > 1, !groups.isEmpty,
        start == count + 1
      {
        groups[groups.count - 1].append(block)
        count += block.children.count
      } else {
        groups.append([block])
        count = block.isNumbered ? block.children.count : -1
      }
    }
    return groups
  }

  /// The line directly above a list, where it leads to it.
  private func leadIn(of list: Block, in section: Section) -> String {
    guard let at = section.blocks.firstIndex(where: { $0.line == list.line }), at > 0,
      section.blocks[at - 1].kind == .paragraph, let line = section.blocks[at - 1].lines.last
    else { return "" }
    // Only the last sentence leads to the list.
    return line.text.split(separator: ". ").last.map(String.init) ?? line.text
  }

  private mutating func readList(_ lists: [Block], _ leadIn: String, _ section: Int) {
    let items = lists.flatMap(\.children)
    if items.contains(where: { Self.hasBox($0) }) {
      for item in items { addBoxes(item, section, 0) }
      return
    }
    guard !isRunbook(section), !escalationLists.contains(lists[0].line),
      isResponse(section) || isNumberedTasks(lists, section) || isPlainlySteps(lists, section)
        || isLedIn(lists, leadIn, section) || isShortCourse(lists, leadIn, section),
      !templateLines.contains(lists[0].line),
      !isListOfThings(leadIn, section)
    else { return }
    let isNumbered = lists[0].isNumbered
    let isInPhase = phase(of: section) != nil
    let instructions = items.filter {
      isInstruction($0) || holdsInstructions($0) || isInPhase && Self.isOwed($0)
    }
    let isMostly = instructions.count * 2 >= items.count
    let labelled = items.filter { $0.firstLine?.strong != nil }.count * 2 > items.count
    let isStep = phase(of: section) != nil && (labelled || isNumbered)
    // Numbered steps of a phase are steps, however a language words them.
    let isCourse =
      isNumbered
      && (phase(of: section) != nil || !self.severities(of: section).isEmpty
        || title(section, has: [.stepsWord]) || isLedIn(lists, leadIn, section))
    // Under a phase and under a role's tasks the rest is to be done as well, when some of it plainly is.
    let isPart =
      instructions.count * 3 >= items.count
      && (phase(of: section) != nil || isNumbered && title(section, has: [.role]))
    guard !instructions.isEmpty || isCourse, isMostly || isStep || isCourse || isPart else {
      return
    }
    if isContents(items) || isLinks(items) { return }
    for item in items where isNumbered || isPart || isInstruction(item) {
      let details = details(of: item, in: section) { Self.isField($0.text) || isInstruction($0) }
      add(item, section, 0, details: details)
      addParts(item, section, 1)
    }
  }

  /// Numbered steps under the tasks of a role.
  private func isNumberedTasks(_ lists: [Block], _ section: Int) -> Bool {
    guard lists[0].isNumbered, !isAside(section), isInner(section) else { return false }
    return title(section, has: [.role])
      && title(section, has: [.action, .ownDuties, .actionChapter])
      || title(section, has: [.ownDuties])
        && outline.ancestors(of: section).contains { isInner($0) && title($0, has: [.role]) }
  }

  /// The course in short, under a title that says no more than that: "Summary", "At a glance".
  private func isShortCourse(_ lists: [Block], _ leadIn: String, _ section: Int) -> Bool {
    guard title(section, has: [.summary]), !isAside(section), isInner(section),
      !Self.leadsOn(leadIn), !isDefinition(section)
    else { return false }
    let items = lists.flatMap(\.children)
    return items.count >= 4
      && items.filter { Self.beginsWithVerb($0.text) }.count * 4 >= items.count * 3
  }

  /// "… takes the following actions:" above numbered instructions.
  private func isLedIn(_ lists: [Block], _ leadIn: String, _ section: Int) -> Bool {
    guard !isAside(section), Self.leadsOn(leadIn), !path(section, has: [.postmortem, .escalate])
    else { return false }
    let lead = Folded(leadIn)
    return lead.has(.checklistWord)
      || lists[0].isNumbered && lead.has(any: [.action, .actionChapter])
  }

  static func leadsOn(_ text: String) -> Bool { text.hasSuffix(":") || text.hasSuffix("：") }

  /// A list that only links to the sections below.
  private func isContents(_ items: [Block]) -> Bool {
    let titles = Set(outline.sections.map { Folded($0.name).words.joined(separator: " ") })
    return items.filter { titles.contains(Folded($0.text).words.joined(separator: " ")) }.count * 2
      > items.count
  }

  /// Every item begins with a link and tells nothing to do: further reading.
  private func isLinks(_ items: [Block]) -> Bool {
    items.allSatisfy { item in
      guard let line = item.firstLine, lines.indices.contains(line.number) else { return false }
      let written = lines[line.number].withoutLeadingSigns.drop {
        $0.isNumber || $0 == "." || $0 == " "
      }
      return written.hasPrefix("[") && written.contains("](")
        && !Self.beginsWithVerb(line.text)
    }
  }

  private static func hasBox(_ item: Block) -> Bool {
    item.isBox || item.children.contains { $0.isList && $0.children.contains { hasBox($0) } }
  }

  private mutating func addBoxes(
    _ item: Block, _ section: Int, _ depth: Int, meantFor severities: [String] = []
  ) {
    guard !isPlaceholder(item.text) else { return }
    var next = depth
    var severities = severities
    if item.isBox {
      let details = details(of: item, in: section) { Self.hasBox($0) || Self.isField($0.text) }
      add(item, section, depth, meantFor: severities, details: details)
      next = depth + 1
      // What belongs to an item is meant for the same severities.
      let own = condition(in: item.text)
      if !own.isEmpty { severities = own }
    }
    for child in item.children where child.isList {
      for sub in child.children {
        if Self.hasBox(sub) {
          addBoxes(sub, section, next, meantFor: severities)
        } else if Self.isField(sub.text) {
          add(sub, section, next, kind: .field, meantFor: severities)
        }
      }
    }
  }

  /// "[Item]", "{the team?}": a place to fill in and no item.
  func isPlaceholder(_ text: String) -> Bool {
    let text = text.trimmed
    return (text.hasPrefix("{") && text.hasSuffix("}"))
      || (text.hasPrefix("[") && text.hasSuffix("]"))
      || (text.hasPrefix("<") && text.hasSuffix(">"))
  }

  private static func isField(_ text: String) -> Bool { text.contains("___") }

  private mutating func addParts(_ item: Block, _ section: Int, _ depth: Int) {
    for child in item.children.dropFirst() where child.isList {
      for sub in child.children {
        if Self.isField(sub.text) {
          add(sub, section, depth, kind: .field)
        } else if isInstruction(sub) {
          add(sub, section, depth, details: details(of: sub, in: section) { _ in false })
        }
      }
    }
  }

  private mutating func add(
    _ item: Block, _ section: Int, _ depth: Int, kind: ChecklistItem.Kind = .task,
    meantFor severities: [String] = [], details: [Detail] = []
  ) {
    guard let line = item.firstLine else { return }
    add(
      text: item.text, line: line.number, section, depth,
      Self.isField(item.text) ? .field : kind, meantFor: severities, details: details)
  }

  mutating func add(
    text: String, line: Int, _ section: Int, _ depth: Int, _ kind: ChecklistItem.Kind,
    meantFor inherited: [String] = [], details: [Detail] = []
  ) {
    let text = text.withoutLeadingSigns.trimmed
    guard !Folded(text).isEmpty else { return }
    var severities = condition(in: text)
    if severities.isEmpty { severities = inherited }
    if severities.isEmpty { severities = self.severities(of: section) }
    let id = uniqueID(text.slug, or: "item")
    procedure.checklist.append(
      ChecklistItem(
        id: id, text: text, phase: phase(of: section), depth: depth, kind: kind,
        severities: severities, details: details, line: line))
    take(line)
    for detail in details { take(detail) }
  }

  /// "(for P0/P1)", "If SEV-1 or SEV-2: …": the severities an item is meant for.
  private func condition(in text: String) -> [String] {
    let folded = Folded(text)
    guard folded.has(any: [.condition, .only]) else {
      return []
    }
    return names.mentioned(in: text)
  }

  /// Rows of a table that tell what to do when.
  private mutating func readActionTable(_ table: Block, _ section: Int) {
    guard isResponse(section) || path(section, has: [.process]), !isRunbook(section),
      !isAside(section),
      let header = table.rows.first, header.cells.count >= 2, severityColumn(table) == nil,
      !isEscalationTable(table, in: section)
    else { return }
    let heads = header.cells.map { Folded($0) }
    guard
      heads[0].has(any: [.numberHead]) || header.cells[0] == "#",
      let action = heads.firstIndex(where: {
        $0.has(any: [.action])
      }),
      !heads.contains(where: { $0.has(any: [.statusHead]) })
    else { return }
    for row in table.rows.dropFirst() where row.cells.indices.contains(action) {
      guard !isPlaceholder(row.cells[action]) else { continue }
      add(text: row.cells[action].withoutMarks, line: row.line, section, 0, .task)
    }
  }

  // What kind of section it is

  func isRunbook(_ section: Int) -> Bool {
    outline.path(of: section).contains { runbookSections.contains($0) }
      || isRunbookLike(section) && !isLedChecklist(outline.sections[section])
  }

  /// Numbered, and nearly all of it is told to be done, under a heading that says nothing about it.
  private func isPlainlySteps(_ lists: [Block], _ section: Int) -> Bool {
    guard lists[0].isNumbered, !isAside(section), outline.sections[section].level >= 2,
      !title(section, has: [.reference]),
      !outline.path(of: section).contains(where: {
        isInner($0) && (title($0, has: Self.otherChapters) || isDefinition($0))
      }), !path(section, has: [.escalate, .postmortem])
    else { return false }
    let items = lists.flatMap(\.children)
    return items.count >= 2 && items.filter { isInstruction($0) }.count * 4 >= items.count * 3
  }

  /// "A report must be published".
  private static func isOwed(_ item: Block) -> Bool {
    guard !item.text.contains("?"), let modal = Folded(item.text).position(of: .modal) else {
      return false
    }
    return modal >= 1 && modal <= 9
  }

  /// A group whose parts are to be done.
  private func holdsInstructions(_ item: Block) -> Bool {
    let parts = item.children.dropFirst().filter(\.isList).flatMap(\.children)
    return !parts.isEmpty && parts.filter { isInstruction($0) }.count * 2 > parts.count
  }

  /// A section that tells people what to do in an incident.
  func isResponse(_ section: Int) -> Bool {
    let isInPhase = phase(of: section) != nil
    // What stands above a phase says nothing about its steps.
    let path = outline.path(of: section)
    let near = path.prefix { phaseSections[$0] == nil }.count + (isInPhase ? 1 : 0)
    let isElsewhere = path.prefix(near).contains { index in
      isInner(index) && title(index, has: Self.otherChapters)
        && !(isInPhase && outline.sections[index].isBoldLine)
    }
    if isAside(section) || isElsewhere { return false }
    if outline.path(of: section).contains(where: { isInner($0) && isDefinition($0) }) {
      return false
    }
    if phase(of: section) != nil { return true }
    return outline.path(of: section).prefix(2).contains {
      title($0, has: [.actionChapter]) && isInner($0)
    }
      || outline.path(of: section).contains { index in
        isInner(index) && title(index, has: [.process])
          && !title(index, has: [.management])
      }
      || procedure.phases.isEmpty
        && outline.path(of: section).contains { title($0, has: [.stage]) && isInner($0) }
  }

  func isDefinition(_ index: Int) -> Bool {
    procedure.severities.contains { $0.line == outline.sections[index].line && $0.line > 0 }
  }

  private static let otherChapters: [Concept] = [.otherChapter]

  private func isListOfThings(_ leadIn: String, _ section: Int) -> Bool {
    let lead = Folded(leadIn)
    if Self.leadsOn(leadIn), !lead.has(.checklistWord) {
      if lead.has(.things) { return true }
      if lead.has(any: [.leadsToThings]),
        lead.hits.contains(where: {
          $0.concept == .leadsToThings && $0.end == lead.words.count
        })
      {
        return true
      }
    }
    return title(section, has: [.things])
      || outline.sections[section].isBoldLine && phase(of: section) == nil
        && title(section, has: [.oncall])
  }
}
