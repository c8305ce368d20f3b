/// Who is called when, unless.
package struct EscalationStep: Hashable, Sendable {
  /// Nil: at every severity.
  package var severity: String?
  /// 1, 2, 3 … in the order of the path.
  package var level: Int
  package var from: String?
  package var to: String
  /// Nil: no time is stated, the step is offered by hand.
  package var after: Int?
  package var since: Anchor
  package var unless: StopCondition
  /// What only a person can judge ("if business impact"); such a step has no clock.
  package var condition: String?
  /// The target whose time is the delay ("if not acknowledged within the SLA"): where `after` is nil, the step
  /// is due when that target of the incident's severity is.
  package var relativeTo: Severity.Target.Kind?
  package var text: String
  package var line: Int

  package init(
    severity: String? = nil, level: Int, from: String? = nil, to: String, after: Int?,
    since: Anchor = .start, unless: StopCondition = .resolved, condition: String? = nil,
    relativeTo: Severity.Target.Kind? = nil, text: String = "", line: Int
  ) {
    self.severity = severity
    self.level = level
    self.from = from
    self.to = to
    self.after = after
    self.since = since
    self.unless = unless
    self.condition = condition
    self.relativeTo = relativeTo
    self.text = text
    self.line = line
  }

  package enum Anchor: String, CaseIterable, Sendable {
    /// The clock start.
    case start
    /// The previous step's due time.
    case previous
  }

  package enum StopCondition: String, CaseIterable, Sendable {
    case acknowledged, mitigated, resolved
  }
}

extension EscalationStep: FactOfSeverity {
  package init?(json: JSON) {
    guard let to = json["to"]?.string else { return nil }
    self.init(
      severity: json["severity"]?.string, level: json.int("level") ?? 1,
      from: json["from"]?.string, to: to, after: json.int("after_seconds"),
      since: json.word("since") ?? .start, unless: json.word("unless") ?? .resolved,
      condition: json["condition"]?.string, relativeTo: json.word("relative_to"),
      text: json["text"]?.string ?? "", line: json.int("line") ?? 0)
  }

  package var json: JSON {
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
