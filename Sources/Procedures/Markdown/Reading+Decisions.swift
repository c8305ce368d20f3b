import Engine

extension Reading {
  /// Reads decision trees drawn as text: a question, and what follows from yes and from no.
  mutating func readDecisions() {
    for section in outline.sections {
      for block in section.blocks where block.isFence && block.fenceRole == .tree {
        readTree(block.lines)
      }
    }
  }

  private mutating func readTree(_ lines: [TextLine]) {
    /// Open questions by how far they are indented.
    var open: [(indent: Int, index: Int)] = []
    var found: [DecisionQuestion] = []
    for line in lines where !Folded(line.text).isEmpty {
      let indent = line.text.unicodeScalars.prefix { $0.folded == nil && !$0.isIdeograph }.count
      let folded = Folded(line.text)
      let isYes = folded.begins(with: .yes)
      let isNo = folded.begins(with: .no)
      if isYes || isNo {
        while let last = open.last, last.indent >= indent, open.count > 1 { open.removeLast() }
        guard let question = open.last else { continue }
        let answer = Self.answer(line.text)
        if isYes { found[question.index].yes = answer } else { found[question.index].no = answer }
        if answer.hasSuffix("?") || answer.hasSuffix("？") {
          found.append(DecisionQuestion(question: answer, yes: nil, no: nil, line: line.number))
          open.append((indent + 1, found.count - 1))
        }
        take(line.number)
      } else if line.text.contains("?") || line.text.contains("？") {
        let question = line.text.trimming {
          ($0.folded == nil && !$0.isIdeograph) && $0 != "?" && $0 != "？" && $0 != ")"
        }
        found.append(DecisionQuestion(question: question, yes: nil, no: nil, line: line.number))
        open.removeAll { $0.indent >= indent }
        open.append((indent, found.count - 1))
        take(line.number)
      }
    }
    procedure.decisions += found.filter { $0.yes != nil || $0.no != nil }
  }

  private static func answer(_ text: String) -> String {
    var rest = text.trimming {
      $0.folded == nil && !$0.isIdeograph && !"?)".unicodeScalars.contains($0)
    }
    let word = rest.prefix { $0.isLetter }
    rest = String(rest.dropFirst(word.count))
    return rest.trimming { "-—–>→:= │├└┬".unicodeScalars.contains($0) }
  }
}
