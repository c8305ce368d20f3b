package import Engine

extension PostmortemReport {
  /// The report for programs: instants RFC 3339 in UTC, spans whole seconds.
  package var json: JSON {
    .object([
      "situation": situation.json,
      "summary": .array(summary.map(JSON.string)),
      "timeline": .array(timeline.map(\.json)),
      "hidden": .whole(hiddenCount),
      "findings": .array(findings.map(\.json)),
      "root_cause": rootCause.map { .string($0) },
      "hypotheses": .array(hypotheses.map(\.json)),
      "decisions": .array(decisions.map(\.json)),
      "went_well": .array(wentWell.map(JSON.string)),
      "went_wrong": .array(wentWrong.map(JSON.string)),
      "actions": .array(actions.map(\.json)),
      "duties": .array(duties.map(\.json)),
      "time_in": .array(
        spent.map {
          .object([
            "kind": .string($0.kind.rawValue), "name": .string($0.name),
            "seconds": .integer($0.span.wholeSeconds),
          ])
        }),
      "metrics": .array(metrics.flatMap { episode in episode.metrics.map { $0.json(episode) } }),
      "targets": .array(conduct.targets.map(\.json)),
      "promises": .array(conduct.promises.map(\.json)),
      "silences": .array(conduct.silences.map(\.json)),
      "gaps": .array(conduct.gaps.map(\.json)),
      "left_open": .array(conduct.leftOpen.map { .string($0.item.text) }),
      "skipped": .array(
        conduct.skipped.map {
          .object([
            "item": .string($0.item.id), "text": .string($0.item.text),
            "reason": .orNull($0.reason),
          ])
        }),
      "people": .array(people.map(JSON.string)),
      "template": .orNull(template?.id),
      "open": .array(openPlaces.map(JSON.string)),
    ])
  }
}

extension Metric {
  fileprivate func json(_ episode: EpisodeMetrics) -> JSON {
    .object([
      "id": .string(id), "title": .string(title), "episode": .whole(episode.episode),
      "formula": .string(formula), "from": .orNull(from?.rfc3339), "to": .orNull(to?.rfc3339),
      "seconds": duration.map { .integer($0.wholeSeconds) } ?? .null,
      "state": .string(state), "defined_by": .string(isOfProcedure ? "procedure" : "default"),
      "line": .whole(line),
    ])
  }

  private var state: String {
    switch value {
    case .measured: "measured"
    case .notRecorded: "not_recorded"
    case .invalid: "invalid"
    case .unknownAnchor: "unknown_anchor"
    }
  }
}

extension Conduct.TargetOutcome {
  package var json: JSON {
    .object([
      "kind": .string(kind.rawValue), "label": .string(label), "episode": .whole(episode),
      "due": .string(due.rfc3339), "settled": .orNull(settled?.rfc3339),
      "result": .string(result.rawValue), "by": .orNull(by),
    ])
  }
}

extension Conduct.Promise {
  package var json: JSON {
    .object([
      "seq": .whole(sequence), "audience": .orNull(audience), "by": .string(by),
      "made": .string(made.rfc3339), "due": .string(due.rfc3339),
      "answered": .orNull(answered?.rfc3339), "result": .string(result.rawValue),
    ])
  }
}

extension Conduct.Gap {
  package var json: JSON {
    .object(
      [JSON.Member("episode", .whole(episode)), JSON.Member("audience", .orNull(audience))]
        + every.members("every_seconds")
        + [JSON.Member("count", .whole(count)), JSON.Member("longest", longest.json)])
  }
}

extension Conduct.Silence {
  /// With how long it lasted.
  package var json: JSON {
    .object([
      "from": .string(from.rfc3339), "to": .string(to.rfc3339),
      "seconds": .integer(span.wholeSeconds),
    ])
  }
}
