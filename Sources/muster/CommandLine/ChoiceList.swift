import Engine
import Wording

/// What there is to choose from, as verbs print it that were typed alone.
enum ChoiceList {
  static func statuses(of incident: Incident) -> [String] {
    let now = incident.status.change.status
    return incident.knownStatuses.map { status in
      row(status.id == now, status.id, status.name == status.id ? "" : status.name)
    }
  }

  static func severities(of incident: Incident) -> [String] {
    incident.procedure.severities.flatMap { severity in
      let meaning = SeverityGuide.words(severity)
      return [
        row(
          severity.id == incident.severityID, severity.id,
          severity.name == severity.id ? "" : severity.name)
      ] + (meaning.isEmpty ? [] : ["    \(meaning)"])
    } + (incident.severityID == nil ? ["* unknown"] : [])
  }

  static func phases(of incident: Incident) -> [String] {
    guard !incident.procedure.phases.isEmpty else { return ["the procedure has no phases"] }
    return incident.procedure.phases.enumerated().map { place, phase in
      row(phase.id == incident.phaseID, "\(place + 1) \(phase.title)", "")
    }
  }

  static func roles(of incident: Incident) -> [String] {
    let held = incident.assignments.map(\.role)
    let names = incident.knownRoles + held.filter { !incident.knownRoles.contains($0) }
    return names.map { role in
      let holder = incident.holder(ofRole: role)
      return row(holder != nil, role, holder?.name ?? "nobody")
    }
  }

  /// Every item with its number, under its phase; a phase without items is told where it holds anything else.
  static func items(of incident: Incident) -> [String] {
    let items = incident.checklist
    guard !items.isEmpty else { return ["the procedure has no checklist"] }
    var lines: [String] = []
    var phase: String?
    var rest = incident.procedure.phases[...]
    func tell(_ phase: Phase) {
      lines.append(phase.title)
      lines += phase.details.flatMap { self.lines(of: $0, indent: 6) }
    }
    for item in items {
      if item.item.phase != phase, let id = item.item.phase {
        if let at = rest.firstIndex(where: { $0.id == id }) {
          for skipped in rest[..<at] where !skipped.details.isEmpty { tell(skipped) }
          tell(rest[at])
          rest = rest[(at + 1)...]
        } else {
          lines.append(incident.procedure.phases.first { $0.id == id }?.title ?? id)
        }
      } else if item.item.phase == nil, phase != nil {
        lines.append("Any time")
      }
      phase = item.item.phase
      let mark =
        switch item.state {
        case .open: "[ ]"
        case .done: "[x]"
        case .skipped: "[-]"
        }
      let number = "\(item.number)"
      let gap = String(repeating: " ", count: max(1, 4 - number.count))
      let value = item.value.map { ": \($0)" } ?? ""
      let by = item.by.map { "  (\($0)\(item.reason.map { ", \($0)" } ?? ""))" } ?? ""
      lines.append("\(gap)\(number) \(mark) \(item.item.text)\(value)\(by)")
      lines += item.item.details.flatMap { self.lines(of: $0, indent: 11) }
    }
    for phase in rest where !phase.details.isEmpty { tell(phase) }
    return lines
  }

  private static func lines(of detail: Detail, indent: Int) -> [String] {
    detail.lines.map {
      String(repeating: " ", count: indent) + (detail.isCommand ? "$ " : "") + $0.text
    }
  }

  private static func row(_ isNow: Bool, _ name: String, _ detail: String) -> String {
    let gap = String(repeating: " ", count: max(1, 24 - name.count))
    return "\(isNow ? "*" : " ") \(name)\(detail.isEmpty ? "" : gap + detail)"
  }
}
