/// Reads the boxes and arrows of a Mermaid flow chart.
enum Mermaid {
  static func rungs(_ lines: [TextLine]) -> [Rung] {
    var names: [String: String] = [:]
    var rungs: [Rung] = []
    var seen: Set<String> = []
    for line in lines {
      guard line.text.contains("--") || line.text.contains("==") || line.text.contains("-.") else {
        if let (id, name) = node(line.text) { names[id] = name }
        continue
      }
      var last: String?
      for (text, label) in parts(line.text) {
        guard let (id, name) = node(text) else { continue }
        if let name { names[id] = name }
        if let from = last {
          if rungs.isEmpty, let first = names[from] {
            rungs.append(Rung(name: first, line: line.number))
            seen.insert(from)
          }
          // Two arrows that name severities lead to one person for each of them.
          let isOwn = !SeverityWord.numbered(in: label).isEmpty
          if seen.insert(id).inserted || isOwn && seen.insert(id + label).inserted {
            var rung = Rung(name: names[id] ?? id, clause: label, line: line.number)
            rung.from = names[from]
            rungs.append(rung)
          }
        }
        last = id
      }
    }
    // What sets it off stands at its root; whoever has it first is somebody.
    if rungs.count > 1, rungs[0].clause.isEmpty, !Folded(rungs[0].name).has(.role),
      Folded(rungs[1].name).has(.role)
    {
      rungs.removeFirst()
      rungs[0].from = nil
    }
    return people(rungs)
  }

  /// The boxes that name somebody. A box that asks is a decision, not a person.
  private static func people(_ rungs: [Rung]) -> [Rung] {
    rungs.filter { !$0.name.contains("?") && !isEvent($0.name) }.map { rung in
      var rung = rung
      if rung.clause.isEmpty {
        let named = Ladder.named(rung.name, line: rung.line)
        rung.name = named.name
        rung.clause = named.clause
      }
      if let found = Ladder.level(rung.name), !found.rest.isEmpty, found.isApart {
        rung.name = found.rest
      }
      if let receiver = Ladder.receiver(rung.name) { rung.name = receiver }
      return rung
    }
  }

  /// Where it begins or ends: "Alert fires", "Fixed and closed".
  private static func isEvent(_ name: String) -> Bool {
    let folded = Folded(name)
    return !folded.has(.role)
      && folded.has(any: [.resolve, .statusResolved, .detect, .incident, .triage, .declare])
  }

  /// "A[On call]" as id and name.
  private static func node(_ text: String) -> (String, String?)? {
    let text = text.trimmed
    let id = String(text.prefix { $0.isLetter || $0.isNumber || $0 == "_" })
    guard !id.isEmpty, !["graph", "flowchart", "subgraph", "end", "style", "classDef"].contains(id)
    else {
      return nil
    }
    let rest = text.dropFirst(id.count).trimmingPrefix { $0 == " " }
    guard let open = rest.first, "[({>".contains(open) else { return (id, nil) }
    let name = String(rest).trimming { "[](){}>\"/\\ ;".unicodeScalars.contains($0) }
      .replacingBreaks
    return (id, name)
  }

  /// The nodes of one line, each with the label of the arrow that leads to it.
  private static func parts(_ text: String) -> [(String, String)] {
    var parts: [(String, String)] = []
    var current = ""
    var label = ""
    var depth = 0
    var index = text.startIndex
    while index < text.endIndex {
      let character = text[index]
      if "[({".contains(character) { depth += 1 }
      if "])}".contains(character) { depth -= 1 }
      if depth == 0, character == "-" || character == "=" {
        parts.append((current, label))
        current = ""
        label = ""
        var arrow = ""
        while index < text.endIndex,
          !(arrow.hasSuffix(">")
            || (arrow.count > 2 && text[index].isLetter && arrow.contains(" ")))
        {
          arrow.append(text[index])
          index = text.index(after: index)
          if arrow.count > 80 { break }
        }
        let inside = arrow.trimming { "-=>.| ".unicodeScalars.contains($0) }
        label = inside
        if index < text.endIndex, text[index] == "|" {
          let rest = text[text.index(after: index)...]
          if let close = rest.firstIndex(of: "|") {
            label = String(rest[..<close]).trimming { "\" ".unicodeScalars.contains($0) }
            index = text.index(after: close)
          }
        }
        continue
      }
      current.append(character)
      index = text.index(after: index)
    }
    parts.append((current, label))
    return parts
  }
}

extension String {
  fileprivate var replacingBreaks: String {
    split(separator: "<br").enumerated().map { index, part in
      index == 0 ? String(part) : " " + String(part.drop { $0 != ">" }.dropFirst())
    }.joined()
  }
}
