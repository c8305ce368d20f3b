import Engine

extension Reading {
  /// Finds where the document defines its severities: of all tables, headings, lists and matrices that name
  /// some, the place that looks most like a definition.
  mutating func readSeverities(
    stated: [PartialProcedure.PartialSeverity], beside: ReadBeside
  ) {
    var entries = definedSeverities()
    if entries.isEmpty { entries = Self.entries(stated) }
    if entries.isEmpty { entries = namedElsewhere(beside) }
    if entries.isEmpty { entries = mentionedSeverities() }
    guard !entries.isEmpty else {
      assumeSeverities()
      return
    }
    names = SeverityNames(entries)
    procedure.severities = Self.ranked(entries)
    for entry in entries { take(entry.line) }
    adoptElsewhere()
  }

  /// Those that the front matter states and the text only speaks of.
  private static func entries(_ stated: [PartialProcedure.PartialSeverity]) -> [SeverityEntry] {
    stated.enumerated().map { offset, severity in
      let word = SeverityWord.numbered(in: severity.id).first
      return SeverityEntry(
        id: severity.id, key: word?.key ?? Folded(severity.id).words.joined(),
        family: word?.family ?? "", order: severity.rank ?? offset + 1,
        name: severity.name ?? severity.id, line: severity.line)
    }
  }

  private static func ranked(_ entries: [SeverityEntry]) -> [Severity] {
    let sorted = entries.enumerated().sorted {
      ($0.element.order, $0.offset) < ($1.element.order, $1.offset)
    }
    return sorted.enumerated().map { rank, entry in
      Severity(
        id: entry.element.id,
        name: entry.element.name.isEmpty ? entry.element.id : entry.element.name,
        rank: rank + 1, line: entry.element.line)
    }
  }

  /// The best candidate, and what others of the same family add to it.
  func definedSeverities() -> [SeverityEntry] {
    let candidates = severityCandidates().filter { $0.entries.count >= 2 && $0.score >= 3 }
    guard let best = candidates.max(by: { ($0.score, -$0.line) < ($1.score, -$1.line) })
    else { return [] }
    var entries = best.entries
    let family = best.entries[0].family
    if !family.isEmpty {
      for other in candidates where other.score >= 4 {
        for entry in other.entries
        where entry.family == family && !entries.contains(where: { $0.key == entry.key }) {
          entries.append(entry)
        }
      }
    }
    return entries.sorted { ($0.order, $0.line) < ($1.order, $1.line) }
  }

  private func severityCandidates() -> [SeverityCandidate] {
    var found: [SeverityCandidate] = []
    for (index, section) in outline.sections.enumerated() {
      let about = path(index, has: [.severity]) ? 2 : 0
      let aside = isAside(index) ? -3 : 0
      for block in section.blocks {
        switch block.kind {
        case .table:
          if let candidate = tableCandidate(block, index, about + aside) { found.append(candidate) }
        case .list:
          if let candidate = listCandidate(block, index, about + aside) { found.append(candidate) }
        case .fence:
          if block.fenceRole == .matrix,
            let header = block.lines.first(where: {
              SeverityWord.numbered(in: $0.text).count >= 2
            })
          {
            let entries = SeverityWord.numbered(in: header.text).map {
              SeverityEntry(
                id: $0.id, key: $0.key, family: $0.family, order: $0.number, name: "",
                line: header.number)
            }
            found.append(SeverityCandidate(entries: entries, score: 3, line: header.number))
          }
        default: break
        }
      }
      if let candidate = paragraphCandidate(section, about + aside) { found.append(candidate) }
      if let candidate = headingCandidate(section, about + aside) { found.append(candidate) }
    }
    return found
  }

  private func candidate(_ entries: [SeverityEntry], _ score: Int, _ line: Int)
    -> SeverityCandidate?
  {
    let keys = Set(entries.map(\.key))
    guard entries.count >= 2 else { return nil }
    var score = score
    if keys.count < entries.count { score -= 4 }
    let families = Set(entries.map(\.family))
    guard families.count == 1, let family = families.first else { return nil }
    if family.isEmpty {
      score += 1
    } else {
      score += SeverityWord.isWeak(family) ? 2 : 3
    }
    var unique: [SeverityEntry] = []
    for entry in entries where !unique.contains(where: { $0.key == entry.key }) {
      unique.append(entry)
    }
    return SeverityCandidate(entries: unique, score: score, line: line)
  }

  private func tableCandidate(_ table: Block, _ section: Int, _ about: Int) -> SeverityCandidate? {
    guard let header = table.rows.first, table.rows.count >= 3 else { return nil }
    let rows = table.rows.dropFirst()
    if title(section, has: [.escalate])
      || header.cells.contains(where: {
        Folded($0).has(.escalateTo)
      })
    {
      return transposed(table, about - 2)
    }
    for column in header.cells.indices.prefix(3) {
      let entries = rows.flatMap { row -> [SeverityEntry] in
        guard row.cells.indices.contains(column) else { return [] }
        return SeverityEntryReader.entries(row.cells[column], line: row.line, allowWords: true)
      }
      guard entries.count >= 2, entries.count * 3 >= rows.count * 2 else { continue }
      let isNumbered = entries.allSatisfy { !$0.family.isEmpty }
      let named = Folded(header.cells[column]).has(.severity)
      if !isNumbered, !named, about <= 0 { continue }
      if let family = entries.first?.family, SeverityWord.isWeak(family), !named,
        about <= 0
      {
        continue
      }
      var score = about + (named ? 1 : 0)
      let topics = header.cells.flatMap(Topic.topics(of:))
      if topics.contains(.description) { score += 1 }
      if topics.contains(where: { if case .target = $0 { true } else { false } }) { score += 1 }
      var named2 = entries
      fillNames(&named2, table, column)
      return candidate(named2, score, table.line)
    }
    return transposed(table, about)
  }

  /// A column beside the names may hold what they are called.
  private func fillNames(_ entries: inout [SeverityEntry], _ table: Block, _ column: Int) {
    guard let header = table.rows.first,
      let names = header.cells.indices.first(where: {
        $0 != column
          && Folded(header.cells[$0]).has(any: [.nameHead, .severity])
      })
    else { return }
    for index in entries.indices where entries[index].name.isEmpty {
      if let row = table.rows.first(where: { $0.line == entries[index].line }),
        row.cells.indices.contains(names), row.cells[names].split(separator: " ").count <= 4
      {
        entries[index].name = row.cells[names].withoutMarks
      }
    }
  }

  /// Severities across the top of a table.
  private func transposed(_ table: Block, _ about: Int) -> SeverityCandidate? {
    guard let header = table.rows.first else { return nil }
    let entries = header.cells.compactMap {
      SeverityEntryReader.entry($0, line: header.line, allowWords: about > 0)
    }
    guard entries.count >= 2, entries.count + 1 >= header.cells.count else { return nil }
    return candidate(entries, about, table.line)
  }

  private func listCandidate(_ list: Block, _ section: Int, _ about: Int) -> SeverityCandidate? {
    guard list.children.count >= 2, !path(section, has: [.postmortem]) else { return nil }
    let entries = list.children.flatMap { item -> [SeverityEntry] in
      guard let line = item.firstLine else { return [] }
      return SeverityEntryReader.entries(
        line.label ?? line.text, line: line.number, allowWords: about > 0)
    }
    guard entries.count >= 2, entries.count * 3 >= list.children.count * 2 else { return nil }
    let isTitled = title(section, has: [.severity]) && entries[0].family.isEmpty
    return candidate(entries, about - (isTitled ? 0 : 1), list.line)
  }

  /// Lines of paragraphs that each begin with a severity in bold.
  private func paragraphCandidate(_ section: Section, _ about: Int) -> SeverityCandidate? {
    var entries: [SeverityEntry] = []
    for block in section.blocks where block.kind == .paragraph {
      for line in block.lines {
        guard let label = line.label, line.strong != nil,
          let entry = SeverityEntryReader.entry(label, line: line.number, allowWords: about > 0)
        else { continue }
        entries.append(entry)
      }
    }
    return candidate(entries, about - 1, entries.first?.line ?? section.line)
  }

  private func headingCandidate(_ section: Section, _ about: Int) -> SeverityCandidate? {
    var entries: [SeverityEntry] = []
    var targets = 0
    for child in section.children {
      guard let title = outline.sections[child].title,
        let entry = SeverityEntryReader.entry(
          title.unnumbered, line: outline.sections[child].line, allowWords: about > 0)
      else { continue }
      if !path(child, has: [.postmortem]) { entries.append(entry) }
      let labels = statements(under: child, severities: [])
      if labels.contains(where: { Topic.topics(of: $0.label).contains { $0 != .people } }) {
        targets += 1
      }
    }
    guard entries.count >= 2 else { return nil }
    return candidate(entries, about + (targets >= 2 ? 2 : 0), entries[0].line)
  }

  // When the document defines none

  private mutating func namedElsewhere(_ beside: ReadBeside) -> [SeverityEntry] {
    for (number, text) in lines.enumerated() where Folded(text).has(any: Self.pointsAtSeverities) {
      for name in Self.documentNames(in: text) {
        guard let bytes = beside(name) else {
          // The name is often written without its folder; the remark is made by the mentions.
          continue
        }
        guard let other = MarkdownReader.prepare(bytes) else { continue }
        var reading = Reading(
          outline: other.outline, lines: other.lines,
          procedure: Procedure(name: name, source: procedure.source))
        guard !reading.definedSeverities().isEmpty else { continue }
        reading.readSeverities(stated: [], beside: { _ in nil })
        reading.sentences = reading.findSentences()
        reading.readTargets()
        elsewhere = (name, number, reading.procedure)
        return reading.definedSeverities().map {
          var entry = $0
          entry.line = number
          return entry
        }
      }
    }
    return []
  }

  /// Takes over what the other document promises for each severity, on the line that points there.
  private mutating func adoptElsewhere() {
    guard let (name, line, other) = elsewhere else { return }
    for severity in other.severities {
      guard let index = procedure.severities.firstIndex(where: { $0.id == severity.id }) else {
        continue
      }
      procedure.severities[index].targets = severity.targets.map {
        var target = $0
        target.line = line
        return target
      }
      procedure.severities[index].rules = severity.rules.map {
        var rule = $0
        rule.line = line
        return rule
      }
    }
    procedure.cadence += other.cadence.map {
      var cadence = $0
      cadence.line = line
      return cadence
    }
    remark(
      .assumed, line, "The severities and their times are taken from \(name) in the same folder")
  }

  static let pointsAtSeverities: [Concept] = [.severity, .stop]

  /// The names of Markdown files that a line speaks of.
  static func documentNames(in text: String) -> [String] {
    var names: [String] = []
    for part in text.split(whereSeparator: { " ()[]`\"'<>,;".contains($0) }) {
      let part = String(part).trimming { [".", ":", "*", "_"].contains($0) && $0 != "_" }
      let bare = part.split(separator: "#").first.map(String.init) ?? part
      guard bare.lowercased().hasSuffix(".md"), !bare.contains("://"), bare.utf8.count > 3,
        !names.contains(bare)
      else { continue }
      names.append(bare)
    }
    return names
  }

  /// Severities that the text speaks of without defining them.
  private mutating func mentionedSeverities() -> [SeverityEntry] {
    var families: [String: [SeverityEntry]] = [:]
    for (_, text, line) in proseLines() {
      for word in SeverityWord.numbered(in: text) where !SeverityWord.isWeak(word.family) {
        let known = families[word.family, default: []]
        guard !known.contains(where: { $0.key == word.key }) else { continue }
        families[word.family, default: []].append(
          SeverityEntry(
            id: word.id, key: word.key, family: word.family, order: word.number, name: "",
            line: line))
      }
    }
    let most = families.max {
      ($0.value.count, -$0.value[0].line) < ($1.value.count, -$1.value[0].line)
    }
    guard let entries = most?.value, entries.count >= 2 else { return [] }
    let ids = entries.map(\.id).joined(separator: ", ")
    let line = entries[0].line
    let named = lines.indices.contains(line) ? Self.documentNames(in: lines[line]) : []
    let reason =
      named.isEmpty ? "" : "; \(named[0]) is not in this document's folder, or defines none"
    remark(
      .assumed, line,
      "The severities \(ids) are named here but defined nowhere: used in this order, without targets\(reason)"
    )
    return entries.sorted { $0.order < $1.order }
  }

  private mutating func assumeSeverities() {
    let entries = (1...4).map {
      SeverityEntry(
        id: "SEV-\($0)", key: "sev\($0)", family: "sev", order: $0,
        name: ["Critical", "High", "Medium", "Low"][$0 - 1], line: 0)
    }
    names = SeverityNames(entries)
    procedure.severities = Self.ranked(entries)
    let named = lines.lazy.flatMap { SeverityWord.numbered(in: $0) }.first {
      !SeverityWord.isWeak($0.family)
    }
    let what = named.map { "The document names no severity but \($0.id)" }
    remark(
      .assumed, 0,
      what.map { "\($0): SEV-1 to SEV-4 are assumed, without further targets" }
        ?? "The document names no severities: SEV-1 to SEV-4 are assumed, without targets")
  }
}
