import Engine

extension Reading {
  /// Reads the stretches of the response: numbered phases, steps of a process, headings with a window.
  mutating func readPhases() {
    var claimed: Set<Int> = []
    for (index, section) in outline.sections.enumerated() {
      guard let title = section.title, !section.isBoldLine, section.level > 1 || isPlainTop(index),
        !outline.ancestors(of: index).contains(where: { claimed.contains($0) }),
        !isExcludedFromPhases(index)
      else { continue }
      guard isPhase(index, title) else { continue }
      claimed.insert(index)
      add(index, title)
    }
    readPhaseTables()
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
    procedure.phases.append(Phase(id: id, title: title.name, window: window, line: line))
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
    if title.folded.has(any: Self.notPhaseTitles) { return true }
    // A definition of a severity, or a level of an escalation.
    if SeverityEntryReader.entry(title.raw, line: 0, allowWords: false) != nil, title.marker == nil
    {
      return true
    }
    return Ladder.level(title.raw) != nil && title.marker == nil
  }

  private static let notPhases = [
    "template*", "contact*", "glossary", "appendix", "references", "metrics", "模板", "example*",
    "vendor*", "known issues",
  ]
  private static let notPhaseTitles = [
    "role", "roles", "cadence", "contact*", "template*", "tool", "tools", "severity", "severities",
    "priority levels", "overview", "purpose", "scope", "metric*", "matrix", "schedule", "glossary",
    "frequency", "channels", "contents", "policy", "tracking", "responsibilities", "path", "chain",
    "sla", "slas", "training", "definitions", "levels", "rota", "roster", "checklist template",
  ]

  private func isPhase(_ index: Int, _ title: SectionTitle) -> Bool {
    let section = outline.sections[index]
    let hasWindow = title.spans.contains { Self.window($0) != nil }
    if title.marker == .phase { return true }
    if title.marker == .step { return siblings(index) { $0.marker == .step } >= 2 }
    if title.marker == .scenario { return false }
    if hasWindow, isTimeOfStage(title, index) { return true }
    if title.number != nil, siblings(index, where: { $0.number != nil }) >= 2,
      isProcessChild(index, title)
    {
      return true
    }
    if title.number == nil, isProcessParent(section.parent),
      title.folded.has(any: Vocabulary.stage),
      siblings(index, where: { $0.folded.has(any: Vocabulary.stage) }) >= 2
    {
      return true
    }
    if isStageRow(index, title) { return true }
    if title.folded.has(any: [
      "initial response", "first response", "immediate response", "immediate actions",
      "first steps", "first 15 minutes", "first minutes", "resposta inicial", "respuesta inicial",
      "erste schritte",
    ]),
      section.blocks.contains(where: \.isList)
    {
      return true
    }
    return isReview(index, title)
  }

  /// The window belongs to something done: not "Response time (15 min)".
  private func isTimeOfStage(_ title: SectionTitle, _ index: Int) -> Bool {
    if title.folded.has(any: ["time", "sla", "target", "every", "timeout", "updates"]) {
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
    return title(parent, has: Vocabulary.process)
      && !title(parent, has: Vocabulary.postmortem + ["on call", "communication*", "template*"])
  }

  private func isProcessChild(_ index: Int, _ title: SectionTitle) -> Bool {
    let section = outline.sections[index]
    guard let parent = section.parent else { return false }
    if isProcessParent(parent) { return true }
    let numbered = siblings(index) { $0.number != nil }
    let staged = siblings(index) { $0.number != nil && Self.isBareStage($0) }
    return staged * 3 >= numbered * 2 && numbered >= 3 && title.folded.has(any: Vocabulary.stage)
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

  private static let notBare = [
    "process", "procedure*", "plan", "workflow", "contacts", "classification", "guide", "matrix",
    "time", "times", "team", "targets", "policy", "template*", "metrics", "goals", "levels",
  ]

  private static let bareStages = [
    "detect*", "identif*", "acknowledg*", "assess*", "assessment", "triage", "declar*", "mobili*",
    "contain*", "mitigat*", "investigat*", "diagnos*", "eradicat*", "recover*", "resol*",
    "restor*", "verif*", "closure", "close", "post mortem", "postmortem", "post incident*",
    "remediat*", "respond", "response", "deteccion", "deteccao", "contencion", "contencao",
    "recuperacion", "recuperacao", "mitigacion", "mitigacao", "resolucion", "resolucao",
    "erkennung",
    "eindammung", "behebung", "wiederherstellung", "nachbereitung", "检测", "檢測", "响应", "響應", "恢复",
    "恢復", "复盘", "復盤", "triagem", "triaje", "learn",
  ]

  /// What is done after the incident, under a heading of its own.
  private func isReview(_ index: Int, _ title: SectionTitle) -> Bool {
    let section = outline.sections[index]
    guard section.level <= 3, title.folded.has(any: Vocabulary.postmortem),
      !title.folded.has(any: [
        "template*", "policy", "metric*", "meeting", "when", "timeline", "questions",
        "document", "example*", "tracking", "guidelines", "culture", "principles", "owner",
        "required", "root cause analysis",
      ])
    else { return false }
    let rest = title.folded.has(any: [
      "process", "action*", "activit*", "review", "reviews", "follow up",
      "procedure", "steps", "phase", "tasks", "checklist",
    ])
    let hasWork = outline.tree(of: index).contains { below in
      outline.sections[below].blocks.contains { $0.isList }
    }
    return rest || title.folded.words.count <= 2 && hasWork
  }

  private mutating func readPhaseTables() {
    guard procedure.phases.isEmpty else { return }
    for (index, section) in outline.sections.enumerated()
    where !isAside(index) && !isRunbookLike(index) {
      for table in section.blocks where table.kind == .table {
        guard let header = table.rows.first, header.cells.count >= 2 else { continue }
        let heads = header.cells.map { Folded($0) }
        guard
          let name = heads.firstIndex(where: {
            $0.has(any: ["phase", "stage", "fase", "etapa", "阶段", "階段"])
          }),
          let time = heads.indices.first(where: {
            $0 != name
              && heads[$0].has(any: [
                "time", "window", "timeframe", "duration", "when", "timeline", "target", "tempo",
                "tiempo", "zeit",
              ])
          })
        else { continue }
        for row in table.rows.dropFirst()
        where row.cells.indices.contains(max(name, time)) && !Folded(row.cells[name]).isEmpty {
          let title = SectionTitle(TextLine(number: row.line, text: row.cells[name]))
          let window = SpanReader.spans(in: row.cells[time]).first.flatMap { Self.window($0) }
          let id = uniqueID(title.name.slug, or: "phase")
          procedure.phases.append(Phase(id: id, title: title.name, window: window, line: row.line))
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
