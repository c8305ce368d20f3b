extension Procedure {
  /// The procedure as `procedure show --json` prints it and as `incident.declared` keeps it.
  ///
  /// Every fact has its `line`. Durations are whole seconds; `business_days` or `business_hours` stand in place
  /// of them where the text says so, and `max_seconds` is the later end of a range. `init(json:)` reads it back.
  package var json: JSON {
    .object([
      "name": .string(name),
      "source": .object(["path": .string(source.path), "sha256": .string(source.sha256)]),
      "calendar": calendar?.json ?? .null,
      "severities": .list(severities) { $0.json },
      "statuses": .list(statuses) {
        .object([
          "id": .string($0.id), "name": .string($0.name), "role": .string($0.role.rawValue),
          "line": .whole($0.line),
        ])
      },
      "phases": .list(phases) { $0.json },
      "checklist": .list(checklist) { $0.json },
      "escalation": .list(escalation) { $0.json },
      "cadence": .array(cadence.map(\.json) + notices.map(\.json)),
      "watch": .list(watch) {
        .object([
          "seconds": .whole($0.seconds), "max_seconds": $0.maximum.map(JSON.whole),
          "after": .string($0.after.rawValue), "text": .string($0.text), "line": .whole($0.line),
        ])
      },
      "templates": .list(templates) {
        .object([
          "id": .string($0.id), "title": .string($0.title), "body": .string($0.body),
          "severities": .strings($0.severities), "line": .whole($0.line),
        ])
      },
      "runbooks": .list(runbooks) { $0.json },
      "decisions": .list(decisions) {
        .object([
          "question": .string($0.question), "yes": .maybe($0.yes), "no": .maybe($0.no),
          "line": .whole($0.line),
        ])
      },
      "roles": .list(roles) {
        .object([
          "name": .string($0.name), "duties": .strings($0.duties), "line": .whole($0.line),
        ])
      },
      "contacts": .list(contacts) {
        .object([
          "role": .maybe($0.role), "name": .maybe($0.name), "contact": .maybe($0.contact),
          "line": .whole($0.line),
        ])
      },
      "oncall": .list(oncall) {
        .object([
          "days": .strings($0.days.map(\.rawValue)), "primary": .maybe($0.primary),
          "secondary": .maybe($0.secondary), "line": .whole($0.line),
        ])
      },
      "postmortem": .list(postmortem) { $0.json },
      "metrics": .list(metrics) {
        .object([
          "id": .string($0.id), "from": .string($0.from), "to": .string($0.to),
          "line": .whole($0.line),
        ])
      },
      "silence": silence.map {
        .object(["seconds": .whole($0.seconds), "line": .whole($0.line)])
      },
      "remarks": .list(remarks) {
        .object([
          "line": .whole($0.line), "kind": .string($0.kind.rawValue), "text": .string($0.text),
        ])
      },
    ])
  }
}

extension BusinessCalendar {
  fileprivate var json: JSON {
    .object([
      "zone": .maybe(zone), "days": .strings(days.map(\.rawValue)), "from": .string(clock(from)),
      "to": .string(clock(to)), "holidays": .strings(holidays.map(\.description)),
      "line": .whole(line),
    ])
  }

  private func clock(_ minutes: Int) -> String {
    let hour = minutes / 60
    let minute = minutes % 60
    return "\(hour < 10 ? "0" : "")\(hour):\(minute < 10 ? "0" : "")\(minute)"
  }
}

extension Allowance {
  fileprivate func members(_ key: String) -> [JSON.Member] {
    switch self {
    case .seconds(let seconds, let maximum):
      [JSON.Member(key, .whole(seconds))]
        + (maximum.map { [JSON.Member("max_seconds", .whole($0))] } ?? [])
    case .businessDays(let days): [JSON.Member("business_days", .whole(days))]
    case .businessHours(let hours): [JSON.Member("business_hours", .whole(hours))]
    }
  }
}

extension Severity {
  fileprivate var json: JSON {
    .object([
      "id": .string(id), "name": .string(name), "rank": .whole(rank), "line": .whole(line),
      "targets": .list(targets) { $0.json },
      "rules": .list(rules) {
        .object([
          "label": .string($0.label), "text": .string($0.text), "line": .whole($0.line),
        ])
      },
    ])
  }
}

extension Severity.Target {
  fileprivate var json: JSON {
    .object(
      [JSON.Member("kind", .string(kind.rawValue))] + within.members("seconds")
        + (audience.map { [JSON.Member("audience", .string($0))] } ?? [])
        + [JSON.Member("text", .string(text)), JSON.Member("line", .whole(line))])
  }
}

extension Phase {
  fileprivate var json: JSON {
    .object([
      "id": .string(id), "title": .string(title),
      "window_seconds": window.map {
        .array([.whole($0.start), $0.end.map(JSON.whole) ?? .null])
      } ?? .null,
      "line": .whole(line),
    ])
  }
}

extension ChecklistItem {
  fileprivate var json: JSON {
    .object([
      "id": .string(id), "text": .string(text), "phase": .maybe(phase), "depth": .whole(depth),
      "kind": .string(kind.rawValue), "severities": .strings(severities), "line": .whole(line),
    ])
  }
}

extension EscalationStep {
  fileprivate var json: JSON {
    .object([
      "severity": .maybe(severity), "level": .whole(level), "from": .maybe(from),
      "to": .string(to), "after_seconds": after.map(JSON.whole) ?? .null,
      "since": .string(since.rawValue), "unless": .string(unless.rawValue),
      "condition": .maybe(condition),
      "relative_to": relativeTo.map { .string($0.rawValue) },
      "text": .string(text), "line": .whole(line),
    ])
  }
}

extension Cadence {
  fileprivate var json: JSON {
    .object([
      "severity": .maybe(severity), "every_seconds": .whole(every),
      "max_seconds": maximum.map(JSON.whole), "audience": .maybe(audience),
      "text": .string(text), "line": .whole(line),
    ])
  }
}

extension Notice {
  fileprivate var json: JSON {
    .object(
      [JSON.Member("severity", .maybe(severity)), JSON.Member("once", .bool(true))]
        + within.members("within_seconds")
        + [
          JSON.Member("audience", .maybe(audience)), JSON.Member("text", .string(text)),
          JSON.Member("line", .whole(line)),
        ])
  }
}

extension Runbook {
  fileprivate var json: JSON {
    .object([
      "id": .string(id), "title": .string(title),
      "steps": .list(steps) {
        .object([
          "text": .string($0.text), "command": .maybe($0.command), "line": .whole($0.line),
        ])
      },
      "line": .whole(line),
    ])
  }
}

extension PostmortemDuty {
  fileprivate var json: JSON {
    .object(
      [
        JSON.Member("severity", .maybe(severity)), JSON.Member("condition", .maybe(condition)),
        JSON.Member("what", .string(what.rawValue)),
      ] + (within?.members("within_seconds") ?? [])
        + [JSON.Member("text", .string(text)), JSON.Member("line", .whole(line))])
  }
}

extension JSON {
  fileprivate static func whole(_ value: Int) -> JSON { .integer(Int64(value)) }
  fileprivate static func maybe(_ value: String?) -> JSON { value.map { .string($0) } ?? .null }
  fileprivate static func strings(_ values: [String]) -> JSON { .array(values.map { .string($0) }) }

  fileprivate static func list<Element>(_ values: [Element], _ json: (Element) -> JSON) -> JSON {
    .array(values.map(json))
  }
}
