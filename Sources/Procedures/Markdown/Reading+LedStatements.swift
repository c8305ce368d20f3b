import Engine

/// Lists by severity under a line that says what they are about: "Acknowledge within:", "Update cadence:".
extension Reading {
  func ledStatements(in section: Int) -> [Statement] {
    guard !path(section, has: [.postmortem]) else { return [] }
    var found: [Statement] = []
    var lead: TextLine?
    for block in outline.sections[section].blocks {
      collectLed(block, under: lead, section, &found)
      lead = block.kind == .paragraph ? block.lines.last : nil
    }
    return found
  }

  private func collectLed(
    _ list: Block, under lead: TextLine?, _ section: Int, _ found: inout [Statement]
  ) {
    guard list.isList else { return }
    let label = lead.flatMap { subject($0) }
    for item in list.children {
      if let label, let line = item.firstLine, let own = line.label, !line.body.isEmpty,
        Folded(own).words.count <= 6
      {
        let severities = names.named(by: own)
        if !severities.isEmpty, !SpanReader.spans(in: line.body).isEmpty {
          found.append(
            Statement(
              severities: severities, label: label, text: line.body, line: line.number,
              section: section))
          continue
        }
      }
      for child in item.children.dropFirst() {
        collectLed(child, under: item.children.first?.lines.last, section, &found)
      }
    }
  }

  /// What a line that leads to a list promises; nil where it promises nothing, or for one severity.
  private func subject(_ lead: TextLine) -> String? {
    guard Self.leadsOn(lead.text.withoutMarks), names.mentioned(in: lead.text).isEmpty else {
      return nil
    }
    switch Topic.topics(of: lead.text).first {
    case .target, .cadence: return lead.text
    default: return nil
    }
  }
}
