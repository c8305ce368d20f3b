import Engine

extension Reading {
  /// Reads what to try when a known thing is broken: the parts of a chapter of runbooks, and every other
  /// short section that holds commands.
  mutating func readRunbooks() {
    for index in outline.sections.indices {
      guard outline.sections[index].title != nil,
        !outline.path(of: index).contains(where: { runbookSections.contains($0) }),
        !path(index, has: [.contents, .template])
      else { continue }
      if isGroupMember(index) || isCommandSection(index) || isFixTable(index) {
        runbookSections.insert(index)
        add(index)
      } else {
        addItems(of: index)
      }
    }
  }

  private func isGroup(_ index: Int) -> Bool {
    guard isInner(index), !title(index, has: [.template, .reference])
    else { return false }
    if outline.sections[index].title?.marker == .scenario { return false }
    return title(index, has: [.runbookGroup]) && !isAboutWriting(index)
  }

  /// Part of a chapter of runbooks, with steps or commands in it.
  private func isGroupMember(_ index: Int) -> Bool {
    let section = outline.sections[index]
    guard phaseSections[index] == nil, let title = section.title, !isLedChecklist(section) else {
      return false
    }
    let steps = outline.tree(of: index).contains { below in
      outline.sections[below].blocks.contains { $0.isNumbered || Self.isCommandFence($0) }
        || outline.sections[below].blocks.contains { block in
          block.isList
            && block.children.contains {
              Self.holdsCommands($0) || $0.isBox || self.isInstruction($0.text)
            }
        }
    }
    guard steps else { return false }
    // A group of groups: the parts one level down are the runbooks.
    let isNested =
      isGroup(index)
      && section.children.contains {
        !outline.sections[$0].isBoldLine
          || hasOnlyBoldParts(index) && !outline.ancestors(of: index).contains { isGroup($0) }
      }
    if isNested { return false }
    if title.marker == .scenario, !section.isBoldLine, section.level > 1 { return true }
    guard !section.isBoldLine || hasOnlyBoldParts(section.parent) else { return false }
    return outline.ancestors(of: index).contains { ancestor in
      isGroup(ancestor)
        && (section.isBoldLine
          ? section.parent == ancestor : outline.sections[ancestor].level >= section.level - 2)
    }
  }

  /// "Follow this checklist if …:" says what its list is.
  func isLedChecklist(_ section: Section) -> Bool {
    guard let first = section.blocks.first, first.kind == .paragraph, let line = first.lines.last
    else { return false }
    return Self.leadsOn(line.text) && Folded(line.text).has(.checklistWord)
  }

  /// A table of what may go wrong, and beside each what helps.
  private func isFixTable(_ index: Int) -> Bool {
    let section = outline.sections[index]
    guard phaseSections[index] == nil, isInner(index), !isAside(index), !section.isBoldLine,
      title(index, has: [.runbookGroup, .incident]), !path(index, has: [.escalate])
    else { return false }
    return section.blocks.contains { Self.fixColumns($0) != nil && severityColumn($0) == nil }
  }

  static func fixColumns(_ table: Block) -> (trouble: Int, fix: Int)? {
    guard table.kind == .table, let header = table.rows.first, table.rows.count >= 3 else {
      return nil
    }
    let heads = header.cells.map { Folded($0) }
    guard heads.count <= 4, heads[0].has(any: [.incident, .aboutTrouble, .trigger]),
      let fix = heads.indices.dropFirst().first(where: {
        heads[$0].has(any: [.repair, .resolve, .mitigate]) && !heads[$0].has(.time)
      })
    else { return nil }
    let told = table.rows.dropFirst().filter { row in
      row.cells.indices.contains(fix) && Folded(row.cells[fix]).words.count >= 2
        && SpanReader.spans(in: row.cells[fix]).isEmpty
    }
    return told.count * 2 > table.rows.count - 1 ? (0, fix) : nil
  }

  private func hasOnlyBoldParts(_ parent: Int?) -> Bool {
    guard let parent, isGroup(parent) else { return false }
    return outline.sections[parent].children.allSatisfy { outline.sections[$0].isBoldLine }
  }

  static func isCommandFence(_ block: Block) -> Bool {
    block.isFence
      && (block.fenceRole == .commands
        || block.fenceRole == .code
          && ["python", "py", "javascript", "js"].contains(block.language))
  }

  static func holdsCommands(_ item: Block) -> Bool {
    item.children.contains { isCommandFence($0) }
  }

  /// A section that is all commands, or steps with commands, and little else.
  private func isCommandSection(_ index: Int) -> Bool {
    let section = outline.sections[index]
    guard phaseSections[index] == nil, !isAside(index), section.level > 1 else { return false }
    let fences = section.blocks.filter { Self.isCommandFence($0) && $0.fenceRole == .commands }
    let stepped = section.blocks.contains { block in
      block.isNumbered && block.children.count >= 2
        && block.children.contains { Self.holdsCommands($0) }
    }
    if !fences.isEmpty {
      let prose = section.blocks.filter { $0.kind == .paragraph }.reduce(0) { $0 + $1.lines.count }
      let tables = section.blocks.contains { $0.kind == .table }
      if tables || prose > 4 || continuesNumbers(section) { return false }
      // "Commands:" under a phase belongs to the phase.
      return !section.isBoldLine || !title(index, has: Self.plainCommands)
    }
    let isChoice =
      section.level >= 4 && !section.isBoldLine
      && section.blocks.contains { block in
        block.isList && !block.isNumbered && block.children.count >= 2
          && block.children.filter { Self.holdsCommands($0) }.count * 3 >= block.children.count * 2
      }
    if isChoice { return true }
    guard stepped, phase(of: index) == nil, !section.isBoldLine else { return false }
    return section.blocks.filter { $0.isNumbered }.allSatisfy { list in
      list.children.filter { Self.holdsCommands($0) }.count * 2 <= list.children.count
        || list.children.count <= 2
    } || !title(index, has: [.options])
  }

  private static let plainCommands: [Concept] = [.plainCommands]

  /// The commands stand between the numbers of a list that goes on behind them.
  private func continuesNumbers(_ section: Section) -> Bool {
    section.blocks.contains { block in
      if case .list(let start) = block.kind { return (start ?? 0) > 1 }
      return false
    }
  }

  /// Steps of a phase that each hold their own commands: "Roll back", "Restart".
  private mutating func addItems(of index: Int) {
    // Questions and checks of a phase hold commands too, and are no runbooks.
    guard phase(of: index) == nil || title(index, has: [.options, .mitigate, .runbookGroup]) else {
      return
    }
    for block in outline.sections[index].blocks where block.isNumbered {
      let holding = block.children.filter { item in
        item.children.contains { Self.isCommandFence($0) }
      }
      guard holding.count >= 2, holding.count * 2 > block.children.count else { continue }
      for item in holding {
        guard let line = item.firstLine else { continue }
        var runbook = Runbook(
          id: uniqueID(
            (line.label ?? line.text).slug, or: "runbook"),
          title: (line.label ?? line.text).withoutMarks, line: line.number)
        var steps = StepCollector()
        for child in item.children.dropFirst() { steps.read(child) }
        runbook.steps = steps.steps
        procedure.runbooks.append(runbook)
        for detail in details(of: item, in: index, besides: { _ in false }) { take(detail) }
        take(line.number)
      }
    }
  }

  private mutating func add(_ index: Int) {
    guard let title = outline.sections[index].title else { return }
    var steps = StepCollector()
    for section in outline.tree(of: index) {
      if section != index {
        let name = outline.sections[section].name
        if Folded(name).has(any: Self.aboutTrouble) { continue }
        steps.part = name
      }
      for block in outline.sections[section].blocks { steps.read(block) }
    }
    let id = uniqueID(title.name.slug, or: "runbook")
    var runbook = Runbook(
      id: id, title: title.name.isEmpty ? title.raw : title.name, line: outline.sections[index].line
    )
    runbook.steps = steps.steps
    procedure.runbooks.append(runbook)
    take(runbook.line)
    for step in runbook.steps { take(step.line) }
  }

  private static let aboutTrouble: [Concept] = [.aboutTrouble]
}

/// Gathers the steps of a runbook in order, each with its commands.
struct StepCollector {
  var steps: [Runbook.Step] = []
  var part = ""

  mutating func read(_ block: Block) {
    switch block.kind {
    case .list:
      for item in block.children { read(item: item) }
    case .fence: read(fence: block)
    case .table:
      guard let (trouble, fix) = Reading.fixColumns(block) else { return }
      for row in block.rows.dropFirst() where row.cells.indices.contains(fix) {
        var step = Runbook.Step(
          text: row.cells[trouble].withoutMarks + ": " + row.cells[fix], line: row.line)
        step.command = Self.inlineCommand(row.cells[fix])
        steps.append(step)
      }
    default: break
    }
  }

  private mutating func read(item: Block) {
    guard let line = item.firstLine else { return }
    var step = Runbook.Step(text: item.text, line: line.number)
    let fences = item.children.filter { Reading.isCommandFence($0) }
    if !fences.isEmpty {
      step.command = fences.flatMap { $0.lines.map(\.text) }.joined(separator: "\n")
    } else {
      step.command = Self.inlineCommand(item.text)
    }
    steps.append(step)
    for child in item.children.dropFirst() where child.isList {
      for sub in child.children { read(item: sub) }
    }
  }

  /// "`kubectl get pods`" of "Check the pods: `kubectl get pods`".
  private static func inlineCommand(_ text: String) -> String? {
    let parts = text.split(separator: "`", omittingEmptySubsequences: false)
    for (index, part) in parts.enumerated() where index % 2 == 1 {
      let first = part.split(separator: " ").first.map(String.init) ?? ""
      if FenceSigns.commands.contains(first), part.contains(" ") { return String(part) }
    }
    return nil
  }

  /// Comments say what the lines below them do.
  private mutating func read(fence: Block) {
    guard Reading.isCommandFence(fence) else { return }
    var current: Runbook.Step?
    var commands: [String] = []
    func finish(_ steps: inout [Runbook.Step]) {
      guard var step = current else { return }
      let text = commands.joined(separator: "\n").trimmed
      step.command = text.isEmpty ? nil : text
      steps.append(step)
      current = nil
      commands = []
    }
    for line in fence.lines {
      let trimmed = line.text.trimmed
      let isComment =
        trimmed.hasPrefix("# ") || trimmed.hasPrefix("-- ") || trimmed.hasPrefix("// ")
      if isComment, line.text.first != " " {
        // Two comments in a row belong together, unless both say what to do.
        if let before = current, commands.allSatisfy(\.trimmed.isEmpty),
          !trimmed.startsWithNumberedComment,
          !(Self.isOrder(trimmed) && Self.isOrder(before.text))
        {
          commands.append(line.text)
          continue
        }
        finish(&steps)
        let text = trimmed.trimming { "#-/ ".unicodeScalars.contains($0) }
        current = Runbook.Step(text: text.isEmpty ? trimmed : text, line: line.number)
      } else if !trimmed.isEmpty {
        if current == nil {
          current = Runbook.Step(text: part.isEmpty ? trimmed : part, line: line.number)
        }
        commands.append(line.text)
      }
    }
    finish(&steps)
  }

  private static func isOrder(_ comment: String) -> Bool {
    Reading.beginsWithVerb(comment.trimming { "#-/ ".unicodeScalars.contains($0) })
  }
}

extension String {
  fileprivate var startsWithNumberedComment: Bool {
    let rest = trimming { "#-/ ".unicodeScalars.contains($0) }
    return rest.first?.isNumber ?? false
  }
}
