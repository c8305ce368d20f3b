package import Engine

extension SituationReport {
  /// The report as `muster show --json` prints it: instants RFC 3339 in UTC, spans whole seconds, negative when over.
  package var json: JSON {
    .object([
      "id": .string(id),
      "title": .string(title),
      "now": .string(now.rfc3339),
      "drill": .bool(isDrill),
      "open": .bool(isOpen),
      "outcome": .orNull(outcome?.rawValue),
      "severity": .string(severity ?? "unknown"),
      "status": .string(status.id),
      "status_name": .string(status.name),
      "status_role": .string(status.role.rawValue),
      "episode": .whole(episode),
      "phase": .orNull(phase?.id),
      "phase_title": .orNull(phase?.title),
      "impact": .object([
        "summary": .orNull(impact.summary), "services": .orNull(impact.services),
        "users": .orNull(impact.users), "revenue": .orNull(impact.revenue),
      ]),
      "times": .object(
        times.map { JSON.Member($0.milestone.rawValue, .orNull($0.at?.rfc3339)) }),
      "clock_start": .orNull(clockStart?.rfc3339),
      "roles": .object(roles.map { JSON.Member($0.role, .string($0.name)) }),
      "unclaimed_roles": .array(unclaimedRoles.map(JSON.string)),
      "handover_offered_to": .orNull(handoverOfferedTo),
      "checklist": .array(checklist.map(Self.json(of:))),
      "deadlines": .array(deadlines.map { Self.json(of: $0, at: now) }),
      "next_update_due": .orNull(nextUpdateDue?.rfc3339),
      "promise_counts": promises.json,
      "deliveries": .array(dispatches.map(\.json)),
      "next": next.map { next in
        .object([
          "action": .string(next.name), "deadline": .orNull(next.deadline?.id),
        ])
      } ?? .null,
      "procedure": procedureJSON,
      "alerts": alertsJSON,
      "entries": entriesJSON,
      "clock_steps": .whole(counts.clockSteps),
      "head": head.map {
        .object(["seq": .whole($0.sequence), "hash": .string($0.hash)])
      } ?? .null,
      "damage": .array(damage.map(\.json)),
      "unsynced_since": .orNull(unsyncedSince?.rfc3339),
      "kept_elsewhere": .whole(keptElsewhere),
      "settings_unread": .orNull(settingsUnread),
      "agent": agent.json,
      "attempts": .array(tracks.map(\.json)),
    ])
  }

  private var procedureJSON: JSON {
    .object([
      "name": .string(procedure.name), "path": .string(procedure.path),
      "sha256": .string(procedure.sha256), "not_read": .orNull(procedure.notRead),
    ])
  }

  private var alertsJSON: JSON {
    .array(
      alerts.map {
        .object([
          "title": .string($0.title), "count": .whole($0.count),
          "first": .string($0.first.rfc3339), "last": .string($0.last.rfc3339),
        ])
      })
  }

  private var entriesJSON: JSON {
    .object([
      "count": .whole(counts.entries), "late": .whole(counts.late),
      "unknown": .whole(counts.unknown), "last": .orNull(lastEntry?.rfc3339),
    ])
  }

  /// A deadline with its state and what is left of it at an instant.
  package static func json(of deadline: Deadline, at now: Timestamp) -> JSON {
    .object([
      "id": .string(deadline.id),
      "kind": .string(deadline.kind.rawValue),
      "label": .string(deadline.label),
      "due": .orNull(deadline.due?.rfc3339),
      "latest": .orNull(deadline.latest?.rfc3339),
      "remaining_seconds": deadline.remaining(at: now).map { .integer($0.wholeSeconds) } ?? .null,
      "state": .string(deadline.state.rawValue),
      "rule": deadline.rule.map {
        .object(["text": .string($0.text), "line": .whole($0.line)])
      } ?? .null,
      "settled": .orNull(deadline.settled?.rfc3339),
      "by": .orNull(deadline.by),
      "reason": .orNull(deadline.reason),
      "step": deadline.step.map { step in
        .object([
          "to": .string(step.to), "level": .whole(step.level),
          "unless": .string(step.unless.rawValue), "condition": .orNull(step.condition),
          "round": .whole(step.round), "fired_recorded": .orNull(step.firedRecorded?.rfc3339),
        ])
      } ?? .null,
    ])
  }

  private static func json(of item: Incident.ItemState) -> JSON {
    .object([
      "id": .string(item.item.id), "number": .whole(item.number), "text": .string(item.item.text),
      "phase": .orNull(item.item.phase), "depth": .whole(item.item.depth),
      "kind": .string(item.item.kind.rawValue), "state": .string(item.state.rawValue),
      "by": .orNull(item.by), "at": .orNull(item.at?.rfc3339), "reason": .orNull(item.reason),
      "value": .orNull(item.value),
      "details": item.item.details.isEmpty ? nil : .array(item.item.details.map(\.json)),
      "line": .whole(item.item.line),
    ])
  }
}

extension SituationReport.Damage {
  package var json: JSON {
    .object([
      "file": .string(file), "line": .whole(line), "offset": .whole(offset),
      "what": .string(what), "accepted": .bool(isAccepted),
    ])
  }
}

extension NextStep {
  /// The action's name in JSON.
  var name: String {
    switch action {
    case .call: "call"
    case .exhausted: "exhausted"
    case .acknowledge: "acknowledge"
    case .setSeverity: "set_severity"
    case .overdue: "overdue"
    case .approaching: "approaching"
    case .close: "close"
    }
  }
}

extension JSON {
  /// A string, or null where there is none.
  package static func orNull(_ text: String?) -> JSON { text.map(JSON.string) ?? .null }
  package static func whole(_ value: Int) -> JSON { .integer(Int64(value)) }
}
