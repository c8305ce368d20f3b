import Display
import Engine
import Wording

extension Model {
  /// One thing that is known, or a row of it.
  typealias Fact = (name: String, value: String, role: StyleRole)

  /// What is known of the incident: names in front, values behind.
  private var facts: [Fact] {
    guard let incident else { return [] }
    var facts: [Fact] = []
    func add(_ name: String, _ value: String?, _ role: StyleRole = .text) {
      if let value, !value.isEmpty { facts.append((name, value, role)) }
    }
    let impact = incident.impact
    add(
      "Impact", impact.summary ?? (isReadOnly ? "not said" : "not said yet (i)"),
      impact.summary == nil ? .textDim : .text)
    add("Services", impact.services)
    add("Users", impact.users)
    add("Revenue", impact.revenue)
    if let commander = incident.commander {
      add("Commander", "\(commander.name) since \(clock.minute(commander.since, today: now))")
    } else {
      add("Commander", isReadOnly ? "nobody" : "nobody (A)", .countdownSoon)
    }
    if let offer = incident.pendingHandover {
      add(
        "Hand-over", "offered to \(offer.value.name), not accepted yet\(isReadOnly ? "" : " (H)")",
        .countdownSoon)
    }
    let others = incident.assignments.filter { $0.role != Incident.commanderRole }
    add("Roles", others.map { "\($0.role) \($0.name)" }.joined(separator: " \(glyphs.separator) "))
    add("Missing", missingDeliveryText, .countdownBreached)
    add("Promises", promises.words, promises.broken > 0 ? .countdownSoon : .text)
    add("Phase", phaseTitle)
    if let reopened = incident.reopenings.last?.stamp.effective {
      add("Episode", "\(incident.episode), reopened \(clock.minute(reopened, today: now))")
    }
    add("Times", times(of: incident))
    add(
      "Tasks",
      standing.openTasks.map { "\($0.who): \($0.text)" }
        .joined(separator: " \(glyphs.separator) "))
    add("Decided", incident.decisions.last?.value.words)
    for rule in incident.rulingSeverity?.rules ?? [] {
      add(rule.label, rule.line > 0 ? "\(rule.text) :\(rule.line)" : rule.text, .textDim)
    }
    if let why = incident.procedureNotRead {
      add("Procedure", "NOT READ: \(why)", .countdownBreached)
    }
    add("Procedure", "\(incident.procedure.name) · \(incident.procedure.source.path)", .textDim)
    return facts
  }

  private func times(of incident: Incident) -> String {
    let milestones: [(Incident.Milestone, String)] = [
      (.started, "began"), (.detected, "detected"), (.declared, "declared"),
      (.acknowledged, "ack"), (.mitigated, "mitigated"), (.resolved, "resolved"),
    ]
    return milestones.compactMap { milestone, name in
      incident.time(of: milestone).map { "\(name) \(clock.minute($0, today: now))" }
    }.joined(separator: " \(glyphs.separator) ")
  }

  /// The columns of the names: of the longest one, as far as the values keep most of the width.
  private func nameColumns(_ facts: [Fact], _ width: Int) -> Int {
    min((facts.map { TextWidth.columns($0.name) }.max() ?? 0) + 2, max(11, width / 4), width / 3)
  }

  /// What is known, line by line in a width; every value in at most so many rows.
  func incidentLines(width: Int, most limit: Int? = nil) -> [Fact] {
    let facts = facts
    var lines: [Fact] = []
    let room = max(1, width - nameColumns(facts, width))
    for fact in facts {
      let wrapped = TextWidth.wrap(fact.value, to: room)
      let most = max(1, min(limit ?? wrapped.count, wrapped.count))
      for (index, line) in wrapped.prefix(most).enumerated() {
        let isCut = index == most - 1 && wrapped.count > most
        let text = isCut ? TextWidth.truncate(line + " " + wrapped[most], to: room) : line
        lines.append((index == 0 ? fact.name : "", text, fact.role))
      }
    }
    return lines
  }

  func drawIncident(in frame: inout Frame, _ area: Rect) {
    var lines = incidentLines(width: area.width)
    // Where rows are short, a long value may not push everything else away.
    if lines.count > area.height, !isZoomed { lines = incidentLines(width: area.width, most: 2) }
    let column = nameColumns(facts, area.width)
    let room = max(1, area.width - column)
    let offset = focus == .incident ? min(scroll, max(0, lines.count - area.height)) : 0
    for row in 0..<area.height where offset + row < lines.count {
      let line = lines[offset + row]
      let rest = lines.count - offset - row
      if row == area.height - 1, rest > 1, area.height > 2 {
        let more = Point(x: area.x + column, y: area.y + row)
        frame.write("+ \(rest) more", at: more, width: room, role: .textDim)
        return
      }
      frame.write(line.name, at: area.row(row).origin, width: column - 1, role: .textDim)
      frame.write(
        line.value, at: Point(x: area.x + column, y: area.y + row), width: room, role: line.role)
    }
  }
}
