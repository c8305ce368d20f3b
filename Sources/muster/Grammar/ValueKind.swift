import ArgumentParser
import Dashboard
import Engine

/// Kinds of words that verbs take, by the name that their help gives them: where the words for them come from.
enum ValueKind: String, CaseIterable {
  case severity, status, phase, item, role, step, level, incident, audience, template, theme
  case task, timer, action, person, outcome, milestone, verb

  /// A word that can be typed, and what it means.
  struct Candidate {
    var word: String
    var help: String
  }

  /// The words of a kind, those that are likelier wanted first.
  func candidates(in situation: Situation) -> [Candidate] {
    switch self {
    case .theme: return situation.themes.map { Candidate(word: $0, help: "") }
    case .verb:
      return ConsoleReader.verbs.map {
        Candidate(word: $0.name, help: $0.type.configuration.abstract)
      }
    case .incident:
      return situation.incidents.map { Candidate(word: $0.id, help: $0.title) }
    case .outcome:
      return Incident.Outcome.allCases.map { Candidate(word: $0.rawValue, help: "") }
    case .milestone:
      return Incident.Milestone.allCases.filter { $0 != .declared }.map {
        Candidate(word: $0.rawValue, help: "")
      }
    case .severity, .status, .phase, .item, .role, .step, .level, .audience, .template, .task,
      .timer, .action, .person:
      guard let incident = situation.incident else { return [] }
      return candidates(of: incident, in: situation)
    }
  }

  private func candidates(of incident: Incident, in situation: Situation) -> [Candidate] {
    switch self {
    case .severity:
      incident.procedure.severities.map { severity in
        Candidate(word: severity.id, help: severity.name == severity.id ? "" : severity.name)
      }
    case .status:
      incident.knownStatuses.map { status in
        let isNow = status.id == incident.status.change.status
        return Candidate(word: status.id, help: isNow ? "\(status.name) (now)" : status.name)
      }
    case .phase:
      incident.procedure.phases.map { phase in
        Candidate(
          word: phase.id, help: phase.id == incident.phaseID ? "\(phase.title) (now)" : phase.title)
      }
    case .item:
      (incident.checklist.filter { $0.state == .open }
        + incident.checklist.filter { $0.state != .open }).map { item in
          let mark = item.state == .open ? "" : " (\(item.state.rawValue))"
          return Candidate(word: item.item.id, help: "\(item.number) \(item.item.text)\(mark)")
        }
    case .role:
      incident.knownRoles.map { role in
        Candidate(word: role, help: incident.holder(ofRole: role)?.name ?? "nobody")
      }
    case .step, .level: Self.steps(situation.deadlines)
    case .audience:
      incident.audiences.compactMap { $0.map { Candidate(word: $0, help: "") } }
    case .template:
      (incident.procedure.templates + TemplateChoice.builtIn).map {
        Candidate(word: $0.id, help: $0.title)
      }
    case .task: Self.numbered(situation.deadlines, .task)
    case .timer: Self.numbered(situation.deadlines, .timer)
    case .action: Self.numbered(situation.deadlines, .action)
    case .person:
      incident.knownPeople(situation.directory).map { Candidate(word: $0, help: "") }
    case .theme, .verb, .incident, .outcome, .milestone: []
    }
  }

  /// Steps of the path: those that are being called first.
  private static func steps(_ deadlines: [Deadline]) -> [Candidate] {
    let steps = deadlines.filter { $0.step != nil }
    let called = steps.filter { $0.state == .fired }
    return (called + steps.filter { $0.state != .fired }).map { step in
      let level = step.step.map { "level \($0.level), " } ?? ""
      return Candidate(word: step.label, help: "\(level)\(step.state.rawValue)")
    }.reduce(into: []) { known, step in
      if !known.contains(where: { $0.word == step.word }) { known.append(step) }
    }
  }

  /// Tasks, timers and actions go by their entry's number.
  private static func numbered(_ deadlines: [Deadline], _ kind: Deadline.Kind) -> [Candidate] {
    deadlines.filter { $0.kind == kind && $0.state.isRunning }.compactMap { deadline in
      deadline.id.split(separator: ":").last.flatMap { Int($0) }.map {
        Candidate(word: "\($0)", help: deadline.label)
      }
    }
  }
}
