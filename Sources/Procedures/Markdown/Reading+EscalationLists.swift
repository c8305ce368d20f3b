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
    if level == nil, arrows.count < 2, let own = ofSeverities(text, line: line.number) {
      return own
    }
    if arrows.count == 2 {
      rung = drawn(arrows[0], arrows[1].trimmed, line: line.number)
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
      let name = Folded(rung.name)
      // "If it is down" is nobody; the sentence is read for whom it names.
      if name.begins(with: .condition), !name.has(.role) { return nil }
      cutCondition(of: &rung)
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

  /// "P1: call the director after 30 minutes": the severities are whose rule it is, and nobody's name.
  private func ofSeverities(_ text: String, line: Int) -> Rung? {
    let parts = text.split(separator: ":", maxSplits: 1).map { String($0).trimmed }
    guard parts.count == 2, !Folded(parts[0]).has(.role), Folded(parts[0]).words.count <= 6,
      Ladder.receiver(parts[1]) != nil
    else { return nil }
    let severities = names.named(by: parts[0])
    guard !severities.isEmpty else { return nil }
    var rung = Ladder.named(parts[1], line: line)
    rung.name = (Ladder.receiver(rung.name) ?? Ladder.receiver(parts[1]) ?? "").trimmed
    rung.severities = severities
    rung.isOwn = true
    return rung.name.isEmpty ? nil : rung
  }

  /// "CEO if the press is involved": the condition is no part of the name.
  private func cutCondition(of rung: inout Rung) {
    guard rung.clause.isEmpty else { return }
    let name = rung.name.cutting(before: .condition)
    guard name.count < rung.name.count, Folded(name).has(.role),
      name.split(separator: " ").count <= 5
    else { return }
    rung.clause = String(rung.name.dropFirst(name.count)).trimmed
    rung.name = name
  }

  /// "Escalate to the Head of Product:" above a list of grounds, each a rule of its own. False where it is none.
  mutating func readGrounds(_ list: Block, under lead: Block?, in section: Int) -> Bool {
    guard list.isList, let lead, case .paragraph = lead.kind, let last = lead.lines.last,
      path(section, has: [.escalate]), !path(section, has: [.notPath])
    else { return false }
    let said = last.text.withoutMarks.trimmed
    let grounds = list.children.compactMap(\.firstLine)
    guard said.hasSuffix(":"), let to = Ladder.receiver(String(said.dropLast())),
      Folded(to).has(.role) || to.first?.isUppercase == true, !grounds.isEmpty,
      grounds.count == list.children.count,
      !list.children.contains(where: \.isBox),
      !grounds.contains(where: { Folded($0.text).has(.role) || Ladder.receiver($0.text) != nil })
    else { return false }
    pathLines.insert(last.number)
    take(last.number)
    for ground in grounds {
      pathLines.insert(ground.number)
      take(ground.number)
      let text = ground.text.withoutMarks.trimmed
      let clause = RungClause(text, isCondition: true)
      let severities = names.mentioned(in: text)
      let isPlain = !severities.isEmpty && Folded(text).words.count <= 3
      for severity in severities.map(Optional.some) + (severities.isEmpty ? [nil] : []) {
        append(
          EscalationStep(
            severity: severity, level: 2, to: to, after: clause.after, since: .start,
            unless: clause.unless ?? .resolved, condition: isPlain ? nil : clause.condition,
            text: "\(said) \(text)", line: ground.number))
      }
    }
    return true
  }

  /// "Team lead → 15 min", "No answer → team lead", "Alert fires → on-call engineer", "P1 → CTO is called at once".
  private func drawn(_ first: String, _ second: String, line: Int) -> Rung {
    let first = first.trimming { " :-–".unicodeScalars.contains($0) }
    let ground = Folded(first)
    let severities = names.mentioned(in: first)
    let isTimed = SpanReader.spans(in: first).first?.measure == .clock
    let isGround =
      !ground.has(.role) || RungClause.stop(ground) != nil || !severities.isEmpty
      || ground.begins(with: .condition) && !ground.has(.oncall)
    let named = Folded(second).has(.role) || Ladder.receiver(second) != nil
    guard isTimed || isGround && named else {
      return Rung(name: first, clause: second, line: line)
    }
    var rung = Rung(name: second, clause: first, line: line)
    let found = Folded(second)
    let called = found.has(any: [.call, .called]) ? ReceiverFinder(second).receiver() : nil
    rung.name = Ladder.receiver(second) ?? called ?? second.withoutLevel
    rung.severities = severities
    if !isTimed, let span = SpanReader.spans(in: second).first, span.measure == .clock {
      rung.clause += " " + second
    }
    return rung
  }
}

extension String {
  /// "On-call engineer" of "On-call engineer (level 1)".
  fileprivate var withoutLevel: String {
    guard hasSuffix(")"), let open = lastIndex(of: "("),
      Ladder.level(String(self[index(after: open)...].dropLast())) != nil
    else { return self }
    return String(self[..<open]).trimmed
  }
}
