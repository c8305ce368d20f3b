import Engine

/// Paths that are written as lists.
extension Reading {
  func rungs(of list: Block, in section: Int, isPath: Bool) -> [Rung]? {
    guard path(section, has: [.escalate]) || Self.hasLevels(list) else { return nil }
    guard list.children.count >= 2, !list.children.contains(where: \.isBox) else { return nil }
    var rungs: [Rung] = []
    var timed = 0
    var levels = 0
    for item in list.children {
      guard let rung = rung(of: item) else { continue }
      if RungClause(rung.clause).after != nil { timed += 1 }
      if rung.level != nil { levels += 1 }
      rungs.append(rung)
    }
    guard rungs.count * 3 >= list.children.count * 2 else { return nil }
    let names = rungs.filter { $0.name.split(separator: " ").count <= 6 }.count
    guard names * 3 >= rungs.count * 2 else { return nil }
    if isPath { return list.isNumbered || timed + levels > 0 ? rungs : nil }
    return levels >= 2 || timed >= 2 ? rungs : nil
  }

  private static func hasLevels(_ list: Block) -> Bool {
    list.children.filter { item in
      guard let text = item.firstLine?.text, let level = Ladder.level(text) else { return false }
      return !level.rest.isEmpty
    }.count >= 2
  }

  private func rung(of item: Block) -> Rung? {
    guard let line = item.firstLine else { return nil }
    var text = item.text.withoutMarks
    guard Folded(text).words.count <= 40 else { return nil }
    var level: Int?
    if let found = Ladder.level(text) {
      level = found.level
      text = found.rest
    }
    var rung: Rung
    let arrows = text.components(separatedByArrows: true)
    if arrows.count == 2 {
      rung = Rung(
        name: arrows[0].trimming { " :-–".unicodeScalars.contains($0) },
        clause: arrows[1].trimmed, line: line.number)
      if let span = SpanReader.spans(in: rung.name).first, span.measure == .clock {
        rung = Rung(
          name: Ladder.receiver(rung.clause) ?? rung.clause, clause: rung.name, line: line.number)
      }
    } else if level == nil, let label = line.label, line.strong != nil, !line.body.isEmpty {
      if let span = SpanReader.spans(in: label).first, span.measure == .clock {
        rung = Rung(
          name: Ladder.receiver(line.body) ?? Ladder.named(line.body, line: line.number).name,
          clause: label, line: line.number)
      } else {
        rung = Ladder.named(label, line: line.number)
        rung.clause = rung.clause + " " + line.body
      }
    } else {
      rung = Ladder.named(text, line: line.number)
    }
    // Times often stand in the lines below the name.
    if RungClause(rung.clause).after == nil {
      for child in item.children.dropFirst() where child.isList {
        for sub in child.children {
          guard let below = sub.firstLine,
            Folded(below.label ?? below.text).has(any: [
              .time, .after, .condition, .escalate, .within,
            ]), RungClause(below.body).after != nil
          else { continue }
          rung.clause = below.body
          rung.clauseLine = below.number
        }
      }
    }
    if let receiver = Ladder.receiver(rung.name) { rung.name = receiver }
    rung.level = level
    rung.name = rung.name.trimming { " ,.;:".unicodeScalars.contains($0) }
    return rung.name.isEmpty ? nil : rung
  }
}
