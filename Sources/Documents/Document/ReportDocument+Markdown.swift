import Display

extension ReportDocument {
  /// The report as GitHub-flavoured Markdown. Whatever markup its words contain means nothing in it.
  package var markdown: String {
    var lines = ["# " + Harmless.markdown(title)]
    for warning in warnings { lines += ["", "> **" + Harmless.markdown(warning) + "**"] }
    if !facts.isEmpty {
      lines.append("")
      lines += facts.map {
        "- **\(Harmless.markdown($0.name)):** \(Harmless.markdown($0.value))"
      }
    }
    for section in sections {
      lines += [
        "",
        String(repeating: "#", count: section.level) + " "
          + Harmless.markdown(section.title),
      ]
      for block in section.blocks { lines += [""] + Self.markdown(block) }
    }
    if !footer.isEmpty {
      lines += ["", "---"]
      for line in footer { lines += ["", Harmless.markdown(line)] }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func markdown(_ block: Block) -> [String] {
    switch block {
    case .paragraph(let phrase): [markdown(phrase)]
    case .bullets(let phrases): phrases.map { "- " + markdown($0) }
    case .checks(let items): items.map { "- [\($0.isDone ? "x" : " ")] " + markdown($0.1) }
    case .table(let header, let rows):
      [
        row(header.map(Harmless.markdown)), "|" + String(repeating: "---|", count: header.count),
      ] + rows.map { row($0.map(markdown)) }
    case .distribution(let title, let distribution):
      [Harmless.markdown(title), "", "```text"] + DistributionPlot.lines(distribution, width: 72)
        + ["```"]
    case .chart: ["_The drawn timeline is in the HTML form of this report._"]
    }
  }

  private static func row(_ cells: [String]) -> String {
    "| " + cells.joined(separator: " | ") + " |"
  }

  private static func markdown(_ phrase: Phrase) -> String {
    phrase.runs.map { run in
      let text = Harmless.markdown(run.text)
      switch run.style {
      case .plain: return text
      case .strong: return around(text, "**")
      case .quiet: return around(text, "_")
      case .open: return "**\\[" + text + "\\]**"
      }
    }.joined()
  }

  /// Emphasis must touch its words: blanks at the ends stay outside.
  private static func around(_ text: String, _ mark: String) -> String {
    let start = text.prefix { $0 == " " }
    let inner = text.dropFirst(start.count)
    let end = inner.reversed().prefix { $0 == " " }
    guard inner.count > end.count else { return text }
    return start + mark + inner.dropLast(end.count) + mark + String(end)
  }
}
