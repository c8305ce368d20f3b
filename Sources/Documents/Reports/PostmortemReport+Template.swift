import Engine

extension PostmortemReport {
  /// The sections of the team's own template, filled; then the parts that it has no heading for.
  func templateSections(_ template: Template) -> [ReportDocument.Section] {
    var sections: [ReportDocument.Section] = []
    var used: Set<Part> = []
    for own in Self.split(template.body) {
      let part = own.title.flatMap { Part(heading: $0) }
      var blocks: [Block]
      if let part, !used.contains(part) {
        used.insert(part)
        blocks = self.blocks(of: part)
        // Figures that the template asks for stand with what the log tells.
        if part == .timeline, own.title?.containsText("UTC") == true {
          blocks = chartBlocks + timelineBlocks(in: .utc)
        }
        let figures =
          part == .impact ? templateBlocks(own.lines, heading: own.title, in: template) : []
        if !figures.isEmpty {
          blocks = situation.impact.summary.map { [.paragraph(Phrase($0))] } ?? []
          blocks += figures
        }
      } else {
        blocks = templateBlocks(own.lines, heading: own.title, in: template)
        // What the log filled in under an earlier heading is not asked for again.
        if part != nil, Self.isOnlyOpen(blocks) { continue }
      }
      if let title = own.title {
        let isPlain = part == .summary || part == .timeline || part == nil
        sections.append(.init(isPlain ? filledTitle(title) : title, level: own.level, blocks))
      } else if !blocks.isEmpty {
        sections.append(.init("About", blocks))
      }
    }
    // What happened and to whom is read first; the rest follows the team's own parts.
    let missing = Part.allCases.filter { !used.contains($0) }
    let first = missing.filter { $0 == .summary || $0 == .impact }
    let summary = sections.firstIndex { $0.title.count > 0 && Part(heading: $0.title) == .summary }
    let begin = summary.map { $0 + 1 } ?? (sections.first?.title == "About" ? 1 : 0)
    sections.insert(contentsOf: first.map { .init($0.title, blocks(of: $0)) }, at: begin)
    for part in missing where !first.contains(part) {
      let blocks = blocks(of: part)
      if !blocks.isEmpty { sections.append(.init(part.title, blocks)) }
    }
    return sections
  }

  /// The places of the team's template and of the report that only a person can fill in.
  package var openPlaces: [String] {
    var names: [String] = []
    for section in document.sections {
      for block in section.blocks {
        for phrase in Self.phrases(of: block) {
          for (index, run) in phrase.runs.enumerated() where run.style == .open {
            let name = Self.name(of: run, behind: phrase.runs[..<index], in: section.title)
            if !names.contains(name) { names.append(name) }
          }
        }
      }
    }
    return names
  }

  /// Whether nothing but places to fill in stands in some blocks.
  private static func isOnlyOpen(_ blocks: [Block]) -> Bool {
    blocks.flatMap(phrases).flatMap(\.runs).allSatisfy { run in
      run.style == .open || !run.text.contains { $0.isLetter || $0.isNumber }
    }
  }

  /// What is to be filled in, by its section: `Impact: Revenue`; a place that only repeats its heading by that alone.
  private static func name(
    of run: Phrase.Run, behind label: ArraySlice<Phrase.Run>, in section: String
  ) -> String {
    var name = run.text
    if name == toFillIn, let label = label.last?.text {
      name = String(label.reversed().drop { ": ".contains($0) }.reversed())
    }
    return name.lowercased() == section.lowercased() ? section : "\(section): \(name)"
  }

  private static func phrases(of block: Block) -> [Phrase] {
    switch block {
    case .paragraph(let phrase): [phrase]
    case .bullets(let phrases): phrases
    case .checks(let items): items.map(\.1)
    case .table(_, let rows): rows.flatMap { $0 }
    case .chart, .distribution: []
    }
  }

  // MARK: - Reading the template

  private typealias OwnSection = (title: String?, level: Int, lines: [Substring])

  /// The template by its headings; its own title is left to the report's.
  private static func split(_ body: String) -> [OwnSection] {
    var sections: [OwnSection] = [(nil, 2, [])]
    for line in body.split(separator: "\n", omittingEmptySubsequences: false) {
      let marks = line.prefix { $0 == "#" }.count
      guard (1...6).contains(marks), line.dropFirst(marks).first == " " else {
        sections[sections.count - 1].lines.append(line)
        continue
      }
      if marks == 1 { continue }
      let title = String(line.dropFirst(marks + 1))
      sections.append((title, min(max(marks, 2), 3), []))
    }
    return sections
  }

  private func filledTitle(_ title: String) -> String {
    FilledTemplate(title, procedure: procedure, from: facts).text
  }

  /// The lines of a section with their places filled in.
  private func templateBlocks(
    _ lines: [Substring], heading: String?, in template: Template
  ) -> [Block] {
    // The heading goes along so that places know under which one they stand.
    let prefix = heading.map { "## \($0)\n" } ?? ""
    let filled = FilledTemplate(
      prefix + lines.joined(separator: "\n"), in: template.body, procedure: procedure, from: facts)
    var rows: [[Phrase.Run]] = [[]]
    for part in filled.parts {
      switch part {
      case .text(let text):
        let pieces = text.split(separator: "\n", omittingEmptySubsequences: false)
        for (index, piece) in pieces.enumerated() {
          if index > 0 { rows.append([]) }
          if !piece.isEmpty {
            rows[rows.count - 1].append(.init(text: String(piece), style: .plain))
          }
        }
      case .filled(let answer, let place):
        let gap = place.form == .question ? " " : ""
        rows[rows.count - 1].append(.init(text: gap + answer, style: .plain))
      case .open(let place):
        if place.form == .question { rows[rows.count - 1].append(.init(text: " ", style: .plain)) }
        rows[rows.count - 1].append(.init(text: Self.words(of: place), style: .open))
      }
    }
    return Self.blocks(of: heading == nil ? rows : Array(rows.dropFirst()))
  }

  /// The name of a place, with the apostrophes that its author wrote.
  private static func words(of place: TemplatePlace) -> String {
    let written = place.written.split { "[]{}<>".contains($0) }.joined()
    let isSame = written.contains { "'’".contains($0) } && TemplatePlace.key(written) == place.name
    return isSame ? written.lowercased() : place.name
  }

  private static func blocks(of rows: [[Phrase.Run]]) -> [Block] {
    var blocks: [Block] = []
    var bullets: [Phrase] = []
    func close() {
      if !bullets.isEmpty { blocks.append(.bullets(bullets)) }
      bullets = []
    }
    for row in rows {
      let text = row.map(\.text).joined()
      guard text.contains(where: { !$0.isWhitespace && $0 != "-" && $0 != "|" }) else {
        if text.allSatisfy(\.isWhitespace) { close() }
        continue
      }
      if let phrase = listed(row) {
        bullets.append(phrase)
      } else {
        close()
        blocks.append(.paragraph(emphasised(row)))
      }
    }
    close()
    return blocks
  }

  /// The words of a list item without its sign; nil for any other line.
  private static func listed(_ row: [Phrase.Run]) -> Phrase? {
    guard let first = row.first, first.style == .plain else { return nil }
    let start = first.text.drop { $0 == " " }
    for sign in ["- [ ] ", "- [x] ", "- ", "* "] where start.hasPrefix(sign) {
      var rest = row
      rest[0].text = String(start.dropFirst(sign.count))
      return emphasised(rest)
    }
    return nil
  }

  /// Two stars set words off; everything else that looks like markup is words.
  private static func emphasised(_ row: [Phrase.Run]) -> Phrase {
    var phrase = Phrase("")
    var isStrong = false
    for run in row {
      guard run.style == .plain else {
        phrase.runs.append(run)
        continue
      }
      var rest = Substring(run.text)
      while !rest.isEmpty {
        let end = rest.indices.first { rest[$0...].hasPrefix("**") } ?? rest.endIndex
        let piece = String(rest[..<end])
        phrase = phrase + (isStrong ? .strong(piece) : Phrase(piece))
        rest = rest[end...].dropFirst(2)
        if end < run.text.endIndex { isStrong.toggle() }
      }
    }
    return phrase
  }
}
