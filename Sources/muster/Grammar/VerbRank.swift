import ArgumentParser
import Dashboard
import Engine

/// Everything that can be typed first in a line, the most useful first.
enum VerbRank {
  struct Verb {
    var name: String
    var help: String
    /// Why it can do nothing now; nil where it can.
    var reason: String?
  }

  static func ordered(_ situation: Situation) -> [Verb] {
    let verbs = ConsoleReader.verbs.map { verb in
      Verb(
        name: verb.name, help: verb.type.configuration.abstract,
        reason: situation.incident == nil && recordsOnly(verb.type)
          ? "no incident is open" : reason(verb.name, situation))
    }
    let requests = Request.allCases.filter { request in
      !verbs.contains { $0.name == request.rawValue } && !isMovement(request)
    }.map { request in
      Verb(
        name: request.rawValue, help: request.entry.help,
        reason: reason(request.rawValue, situation))
    }
    let all = verbs + requests
    let wanted = first(situation)
    return wanted.compactMap { name in all.first { $0.name == name } }
      + all.filter { !wanted.contains($0.name) }
  }

  /// What is wanted first where things stand as they do.
  private static func first(_ situation: Situation) -> [String] {
    guard let incident = situation.incident, incident.isOpen else {
      return [
        "declare", "incidents", "open", "contacts", "stats", "reopen", "actions", "postmortem",
      ]
    }
    var names: [String] = []
    if incident.acknowledgement == nil { names.append("ack") }
    if incident.severityID == nil { names.append("severity") }
    if situation.deadlines.contains(where: { $0.state == .fired && $0.step != nil }) {
      names.append("reached")
    }
    if incident.isResolved { names += ["close", "reopen", "postmortem", "actions"] }
    names += ["note", "update", "status", "check", "assign", "task", "timer", "severity"]
    if !incident.isMitigated { names.append("mitigate") }
    return names.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  /// Whether a verb can do nothing but record into an incident.
  private static func recordsOnly(_ type: any ParsableCommand.Type) -> Bool {
    let below = type.configuration.subcommands
    return type is any RecordingVerb.Type
      || (!below.isEmpty && below.allSatisfy { $0 is any RecordingVerb.Type })
  }

  private static func reason(_ name: String, _ situation: Situation) -> String? {
    let names = ["check": "tick", "uncheck": "tick", "open": "incidents"]
    guard let request = Request(rawValue: names[name] ?? name) else {
      return situation.incident == nil && !known(name) ? "no incident is open" : nil
    }
    if request == .retract || request == .correct {
      return situation.incident == nil ? "no incident is open" : nil
    }
    return situation.unavailable.contains(request) ? "not possible here" : nil
  }

  /// Words that need no incident.
  private static func known(_ name: String) -> Bool {
    ["declare", "theme", "list", "oncall", "runbook", "help", "stats"].contains(name)
  }

  /// What only keys ask for.
  private static func isMovement(_ request: Request) -> Bool {
    switch request {
    case .up, .down, .pageUp, .pageDown, .first, .last, .focusNext, .focusPrevious, .nextMatch,
      .previousMatch, .back, .palette, .tick:
      true
    default: false
    }
  }
}
