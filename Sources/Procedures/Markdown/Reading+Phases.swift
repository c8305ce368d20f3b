import Engine

extension Reading {
  /// Reads the stretches of the response: numbered phases, steps of a process, headings with a window.
  mutating func readPhases() {
    var claimed: Set<Int> = []
    for (index, section) in outline.sections.enumerated() {
      guard let title = section.title, !section.isBoldLine || isMarkedLine(index),
        section.level > 1 || isPlainTop(index),
        !outline.ancestors(of: index).contains(where: { claimed.contains($0) }),
        !isExcludedFromPhases(index)
      else { continue }
      guard isPhase(index, title) else { continue }
      claimed.insert(index)
      add(index, title)
    }
    readPhaseTables()
  }

  /// "**Phase 2: Contain**" on a line of its own, one of several.
  private func isMarkedLine(_ index: Int) -> Bool {
    guard let marker = outline.sections[index].title?.marker, marker != .scenario,
      let parent = outline.sections[index].parent
    else { return false }
    return outline.sections[parent].children.filter {
      outline.sections[$0].isBoldLine && outline.sections[$0].title?.marker == marker
    }.count >= 2
  }

  /// A document may put its phases under headings of the first level.
  private func isPlainTop(_ index: Int) -> Bool {
    outline.sections[index].level == 1 && isInner(index)
  }

  private mutating func add(_ index: Int, _ title: SectionTitle) {
    var line = outline.sections[index].line
    var window = title.spans.lazy.compactMap { Self.window($0) }.first
    if window == nil, let found = leadWindow(index) {
      window = found.window
      line = outline.sections[index].line
      take(found.line)
    }
    let id = uniqueID(title.name.slug, or: "phase")
    procedure.phases.append(
      Phase(
        id: id, title: title.name, window: window,
        isAfterIncident: Self.isAfterIncident(title.folded), line: line))
    phaseSections[index] = id
    take(line)
  }

  /// "Within 24 hours:" as the first words under the heading.
  private func leadWindow(_ index: Int) -> (window: Phase.Window, line: Int)? {
    guard let block = outline.sections[index].blocks.first, block.kind == .paragraph,
      let text = block.lines.first?.text, block.lines.count == 1,
      let span = SpanReader.spans(in: text).first, span.relation == .within, span.start <= 10,
      let window = Self.window(span)
    else { return nil }
    return (window, block.line)
  }

  /// A time within which, or from when to when.
  static func window(_ span: Span) -> Phase.Window? {
    guard span.measure == .clock, !span.isImmediate else { return nil }
    switch span.relation {
    case .every, .after: return nil
    case .over: return Phase.Window(start: span.low, end: nil)
    default:
      if let high = span.high { return Phase.Window(start: span.low, end: high) }
      if span.isOpen { return Phase.Window(start: span.low, end: nil) }
      return Phase.Window(start: 0, end: span.low)
    }
  }

  private func isExcludedFromPhases(_ index: Int) -> Bool {
    if path(index, has: Self.notPhases) || isRunbookLike(index) || isAside(index) { return true }
    guard let title = outline.sections[index].title else { return true }
    let isMarked =
      title.marker == .phase || title.marker == .step
      || title.number != nil && title.spans.contains { Self.window($0) != nil }
      || isNumberedCourse(index, title) && Self.beginsWithVerb(title.name)
    if !isMarked, title.folded.has(any: Self.notPhaseTitles) { return true }
    // A definition of a severity, or a level of an escalation.
    if SeverityEntryReader.entry(title.unnumbered, line: 0, allowWords: false) != nil,
      title.marker == nil
    {
      return true
    }
    return Ladder.level(title.raw) != nil && title.marker == nil
  }

  private static let notPhases: [Concept] = [.notPhaseChapter]
  private static let notPhaseTitles: [Concept] = [.notPhase]

  private func isPhase(_ index: Int, _ title: SectionTitle) -> Bool {
    let section = outline.sections[index]
    let hasWindow = title.spans.contains { Self.window($0) != nil }
    if title.marker == .phase { return true }
    if title.marker == .step {
      return section.isBoldLine || siblings(index) { $0.marker == .step } >= 2
    }
    if title.marker == .scenario { return false }
    if holdsMarkedParts(index) || isRoutine(index) { return false }
    if hasWindow, isTimeOfStage(title, index) { return true }
    if title.number != nil, siblings(index, where: { $0.number != nil }) >= 2,
      isProcessChild(index, title)
    {
      return true
    }
    if title.number == nil, isProcessParent(section.parent),
      title.folded.has(.stage),
      siblings(index, where: { $0.folded.has(.stage) }) >= 2
    {
      return true
    }
    if isStageRow(index, title) || isNumberedChecklist(index, title) { return true }
    if isNumberedCourse(index, title) || isNamedByDoing(index, title) { return true }
    if title.folded.has(any: [.initial]),
      section.blocks.contains(where: \.isList)
    {
      return true
    }
    return isReview(index, title)
  }

  /// A chapter whose parts are the phases is none itself.
  private func holdsMarkedParts(_ index: Int) -> Bool {
    outline.sections[index].children.filter {
      guard let marker = outline.sections[$0].title?.marker else { return false }
      return marker != .scenario
    }.count >= 2
  }

  /// What is done every day or at a time of day belongs to no incident.
  private func isRoutine(_ index: Int) -> Bool {
    outline.path(of: index).contains { above in
      guard isInner(above), let title = outline.sections[above].title else { return false }
      return title.spans.contains { $0.relation == .every }
        || title.folded.words.count <= 6
          && SpanReader.spans(in: title.raw).contains { $0.relation == .every }
    }
  }

  /// The window belongs to something done: not "Response time (15 min)".
  private func isTimeOfStage(_ title: SectionTitle, _ index: Int) -> Bool {
    if title.folded.has(any: [.time, .every, .update]) {
      return false
    }
    if let span = title.spans.first, span.relation == .every { return false }
    return names.named(by: title.name).isEmpty || !title.folded.words.isEmpty
  }

  private func siblings(_ index: Int, where condition: (SectionTitle) -> Bool) -> Int {
    guard let parent = outline.sections[index].parent else { return 0 }
    return outline.sections[parent].children.filter { child in
      !outline.sections[child].isBoldLine
        && outline.sections[child].level == outline.sections[index].level
        && (outline.sections[child].title.map(condition) ?? false)
    }.count
  }

  private func isProcessParent(_ parent: Int?) -> Bool {
    guard let parent, isInner(parent), outline.sections[parent].level > 0 else { return false }
    return title(parent, has: [.process])
      && !title(parent, has: [.postmortem, .oncall, .communication, .template])
  }

  private func isProcessChild(_ index: Int, _ title: SectionTitle) -> Bool {
    let section = outline.sections[index]
    guard let parent = section.parent else { return false }
    let numbered = siblings(index) { $0.number != nil }
    if isProcessParent(parent) {
      // Parts that name a stage are in the majority, whatever this one is called.
      return siblings(index) { $0.number != nil && $0.folded.has(.stage) } * 2 >= numbered
    }
    let staged = siblings(index) { $0.number != nil && Self.isBareStage($0) }
    return staged * 3 >= numbered * 2 && numbered >= 3 && title.folded.has(.stage)
  }

  /// One of several numbered chapters of which most are lists to tick.
  private func isNumberedChecklist(_ index: Int, _ title: SectionTitle) -> Bool {
    guard title.number != nil, let parent = outline.sections[index].parent else { return false }
    let numbered = outline.sections[parent].children.filter {
      outline.sections[$0].title?.number != nil && !outline.sections[$0].isBoldLine
    }
    guard numbered.count >= 3, hasBoxes(index) else { return false }
    return numbered.filter { hasBoxes($0) }.count * 3 >= numbered.count * 2
  }

  private func hasBoxes(_ index: Int) -> Bool {
    outline.sections[index].blocks.contains { block in
      switch block.kind {
      case .list: block.children.contains(where: \.isBox)
      case .paragraph: block.lines.contains { FenceSigns.isBox($0.text) }
      default: false
      }
    }
  }

  /// One of three and more headings side by side that are named after stages and nothing else.
  private func isStageRow(_ index: Int, _ title: SectionTitle) -> Bool {
    func isBare(_ title: SectionTitle) -> Bool { title.number == nil && Self.isBareStage(title) }
    guard isBare(title), outline.sections[index].level <= 3 else {
      return false
    }
    let parent = outline.sections[index].parent ?? 0
    let total = outline.sections[parent].children.filter { !outline.sections[$0].isBoldLine }.count
    let bare = siblings(index, where: isBare)
    return bare >= 3 && (bare * 2 >= total || bare >= 4)
  }

  /// Named after a stage and nothing else.
  private static func isBareStage(_ title: SectionTitle) -> Bool {
    title.folded.words.count <= 4 && title.folded.has(any: bareStages)
      && !title.folded.has(any: notBare)
  }

  private static let notBare: [Concept] = [.notBare]

  private static let bareStages: [Concept] = [.bareStage]

  /// What is done after the incident, under a heading of its own.
  private func isReview(_ index: Int, _ title: SectionTitle) -> Bool {
    let section = outline.sections[index]
    guard section.level <= 3, title.folded.has(.postmortem),
      !title.folded.has(any: [.notReview])
    else { return false }
    let rest = title.folded.has(any: [.followUp])
    let hasWork = outline.tree(of: index).contains { below in
      outline.sections[below].blocks.contains { $0.isList }
    }
    return rest || title.folded.words.count <= 3 && hasWork
  }

  /// About the review, or what else follows: "Post-Mortem", "Nachbereitung", "After an incident is resolved".
  private static func isAfterIncident(_ title: Folded) -> Bool {
    title.has(any: [.postmortem, .afterIncident])
  }

  private mutating func readPhaseTables() {
    guard procedure.phases.isEmpty else { return }
    for (index, section) in outline.sections.enumerated()
    where !isAside(index) && !isRunbookLike(index) {
      for table in section.blocks where table.kind == .table {
        guard let header = table.rows.first, header.cells.count >= 2,
          !isEscalationTable(table, in: index)
        else { continue }
        let heads = header.cells.map { Folded($0) }
        guard
          let name = heads.firstIndex(where: {
            $0.has(any: [.phaseWord])
          }),
          let time = heads.indices.first(where: {
            $0 != name
              && heads[$0].has(any: [.time])
          })
        else { continue }
        for row in table.rows.dropFirst()
        where row.cells.indices.contains(max(name, time)) && !Folded(row.cells[name]).isEmpty {
          let title = SectionTitle(TextLine(number: row.line, text: row.cells[name]))
          let window = SpanReader.spans(in: row.cells[time]).first.flatMap { Self.window($0) }
          let id = uniqueID(title.name.slug, or: "phase")
          procedure.phases.append(
            Phase(
              id: id, title: title.name, window: window,
              isAfterIncident: Self.isAfterIncident(title.folded), line: row.line))
          take(row.line)
        }
      }
    }
  }

  mutating func uniqueID(_ slug: String, or fallback: String) -> String {
    let base = slug.isEmpty ? fallback : slug
    if identities[fallback, default: []].insert(base).inserted { return base }
    // Goes on from the number given last, so that a thousand equal texts are numbered in one pass.
    var number = lastNumbers["\(fallback) \(base)"] ?? 1
    var id: String
    repeat {
      number += 1
      id = "\(base)-\(number)"
    } while !identities[fallback, default: []].insert(id).inserted
    lastNumbers["\(fallback) \(base)"] = number
    return id
  }

  /// The phase that a section belongs to.
  func phase(of section: Int) -> String? {
    outline.path(of: section).lazy.compactMap { phaseSections[$0] }.first
  }
}
