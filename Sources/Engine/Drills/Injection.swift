/// Something that a drill tells its responders by itself, at its time.
package struct Injection: Hashable, Sendable {
  /// Seconds after the clock of the incident started.
  package var after: Int
  /// Who is said to have noticed it.
  package var actor: String
  package var event: Event
  /// Its place in the script of a drill, from 1 on, by which it is told apart in the log.
  var number = 0

  package init(after: Int, actor: String = Drill.actor, _ event: Event) {
    self.after = after
    self.actor = actor
    self.event = event
  }

  package enum Event: Hashable, Sendable {
    case alert(title: String, key: String? = nil)
    case alertOver(title: String, key: String? = nil)
    case note(String)
    case finding(String)
    case hypothesis(String)
    case impact(Incident.Impact)
  }

  /// The kinds that can be asked for alone, as people write them.
  package enum Sort: String, CaseIterable, Sendable {
    case alerts, notes, findings, hypotheses, impact
  }
}

extension Injection.Event {
  package var kind: EventKind {
    switch self {
    case .alert: .alertFired
    case .alertOver: .alertResolved
    case .note: .noteAdded
    case .finding: .findingAdded
    case .hypothesis: .hypothesisAdded
    case .impact: .impactUpdated
    }
  }

  package var sort: Injection.Sort {
    switch self {
    case .alert, .alertOver: .alerts
    case .note: .notes
    case .finding: .findings
    case .hypothesis: .hypotheses
    case .impact: .impact
    }
  }

  /// The same as a person would have it recorded.
  package var command: Command {
    switch self {
    case .alert(let title, let key): .alert(.init(title: title, key: key))
    case .alertOver(let title, let key): .alert(.init(title: title, key: key, isResolved: true))
    case .note(let text): .note(text)
    case .finding(let text): .finding(text)
    case .hypothesis(let text): .hypothesis(text)
    case .impact(let impact): .updateImpact(impact)
    }
  }

  /// What makes it the same as another alert; nil for everything else.
  var repeatKey: String? {
    switch self {
    case .alert(let title, let key): key ?? title
    default: nil
    }
  }

  var members: [JSON.Member] {
    let values: KeyValuePairs<String, JSON?> =
      switch self {
      case .alert(let title, let key), .alertOver(let title, let key):
        ["title": .text(title), "alert": .text(key)]
      case .note(let text), .finding(let text), .hypothesis(let text): ["text": .text(text)]
      case .impact(let impact):
        [
          "summary": .text(impact.summary), "services": .text(impact.services),
          "users": .text(impact.users), "revenue": .text(impact.revenue),
        ]
      }
    return values.compactMap { key, value in value.map { JSON.Member(key, $0) } }
  }

  /// Takes what an event of a log says; nil for kinds that a drill does not tell.
  package init?(_ kind: EventKind, _ data: JSON) {
    switch kind {
    case .alertFired, .alertResolved:
      guard let title = data["title"]?.string ?? data["text"]?.string else { return nil }
      let key = data["alert"]?.string
      self =
        kind == .alertFired ? .alert(title: title, key: key) : .alertOver(title: title, key: key)
    case .noteAdded, .findingAdded, .hypothesisAdded:
      guard let text = data["text"]?.string else { return nil }
      self =
        kind == .noteAdded
        ? .note(text) : kind == .findingAdded ? .finding(text) : .hypothesis(text)
    case .impactUpdated:
      self = .impact(
        .init(
          summary: data["summary"]?.string, services: data["services"]?.string,
          users: data["users"]?.string, revenue: data["revenue"]?.string))
    default: return nil
    }
  }

  /// The same with other words, as after a correction.
  func saying(_ words: String) -> Self {
    switch self {
    case .alert(let title, let key): .alert(title: words, key: key ?? title)
    case .alertOver(let title, let key): .alertOver(title: words, key: key ?? title)
    case .note: .note(words)
    case .finding: .finding(words)
    case .hypothesis: .hypothesis(words)
    case .impact: .impact(.init(summary: words))
    }
  }
}

extension Injection {
  /// As the declaration of a drill keeps it.
  var json: JSON {
    .object([
      "after_seconds": .whole(after), "kind": .string(event.kind.rawValue),
      "actor": .string(actor), "data": .object(event.members),
    ])
  }

  init?(json: JSON) {
    guard let after = json["after_seconds"]?.integer.flatMap(Drill.span),
      let kind = json["kind"]?.string.flatMap(EventKind.init), let data = json["data"],
      let event = Event(kind, data)
    else { return nil }
    self.init(after: after, actor: json["actor"]?.string ?? Drill.actor, event)
  }
}
