import Display

extension ReportDocument {
  /// The report as plain lines, wrapped to a width; harmless on a terminal.
  package func lines(width: Int = 100) -> [String] {
    var lines = wrapped(title, width)
    for warning in warnings { lines += wrapped("! " + warning, width) }
    let column = facts.map { TextWidth.columns(Sanitizer.clean($0.name)) }.max() ?? 0
    for fact in facts {
      let name = Sanitizer.clean(fact.name)
      let gap = String(repeating: " ", count: column - TextWidth.columns(name) + 2)
      lines += hanging(name + gap, fact.value, width)
    }
    for section in sections {
      lines += [
        "", Sanitizer.clean(section.level > 2 ? section.title : section.title.uppercased()),
      ]
      for block in section.blocks { lines += self.lines(of: block, width) }
    }
    if !footer.isEmpty { lines.append("") }
    for line in footer { lines += wrapped(line, width) }
    return lines
  }

  private func lines(of block: Block, _ width: Int) -> [String] {
    switch block {
    case .paragraph(let phrase): hanging("  ", Self.text(phrase), width)
    case .bullets(let phrases): phrases.flatMap { hanging("  - ", Self.text($0), width) }
    case .checks(let items):
      items.flatMap { hanging($0.isDone ? "  [x] " : "  [ ] ", Self.text($0.1), width) }
    case .table(let header, let rows):
      TextTable(header: header, rows: rows.map { $0.map(Self.text) }).lines(width: width)
    case .distribution(let title, let distribution):
      ["", "  " + Sanitizer.clean(title)] + DistributionPlot.lines(distribution, width: width)
    case .chart: []
    }
  }

  private static func text(_ phrase: Phrase) -> String {
    phrase.runs.map { $0.style == .open ? "[\($0.text)]" : $0.text }.joined()
  }

  /// A beginning, and the text behind it, wrapped so that it stays to the right of the beginning.
  private func hanging(
    _ start: String, _ text: String, _ width: Int, indent stated: Int? = nil
  ) -> [String] {
    let indent = stated ?? TextWidth.columns(start)
    let body = wrapped(text, max(20, width - indent))
    guard let first = body.first else { return [start] }
    return [start + first]
      + body.dropFirst().map { String(repeating: " ", count: indent) + $0 }
  }

  private func wrapped(_ text: String, _ width: Int) -> [String] {
    TextWidth.wrap(Sanitizer.clean(text), to: width)
  }
}
