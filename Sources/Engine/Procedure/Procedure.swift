/// How a team handles outages, as read from its own document: every fact with the line it stands on.
///
/// Lines are 1-based; line 0 means that the fact was assumed, and a remark says so. Spans are whole seconds.
package struct Procedure: Hashable, Sendable {
  package var name: String
  package var source: Source
  package var calendar: BusinessCalendar?
  package var severities: [Severity] = []
  package var statuses: [Status] = []
  package var phases: [Phase] = []
  package var checklist: [ChecklistItem] = []
  package var escalation: [EscalationStep] = []
  package var cadence: [Cadence] = []
  package var notices: [Notice] = []
  package var watch: [Watch] = []
  package var templates: [Template] = []
  package var runbooks: [Runbook] = []
  package var decisions: [DecisionQuestion] = []
  package var roles: [Role] = []
  package var contacts: [Contact] = []
  package var oncall: [OnCallTurn] = []
  package var postmortem: [PostmortemDuty] = []
  package var metrics: [MetricDefinition] = []
  package var silence: SilenceRule?
  package var remarks: [Remark] = []

  package init(name: String, source: Source) {
    self.name = name
    self.source = source
  }

  /// The document that was read.
  package struct Source: Hashable, Sendable {
    package var path: String
    /// SHA-256 of its bytes, 64 lower-case hexadecimal characters.
    package var sha256: String

    package init(path: String, sha256: String) {
      self.path = path
      self.sha256 = sha256
    }
  }
}

/// How long something may take: a span of the clock, or business time where the text says so.
package enum Allowance: Hashable, Sendable {
  /// Whole seconds; of a range the earlier end, with the later one beside it.
  case seconds(Int, maximum: Int? = nil)
  /// The close of the n-th business day after the start.
  case businessDays(Int)
  case businessHours(Int)
}

/// How bad an incident is, and what that obliges to.
package struct Severity: Hashable, Sendable {
  package var id: String
  package var name: String
  /// 1 is the worst.
  package var rank: Int
  package var targets: [Target] = []
  /// Who is told and who joins, in the document's words: shown at declaration.
  package var rules: [Rule] = []
  package var line: Int

  package init(id: String, name: String, rank: Int, line: Int) {
    self.id = id
    self.name = name
    self.rank = rank
    self.line = line
  }

  package struct Target: Hashable, Sendable {
    package var kind: Kind
    package var within: Allowance
    /// Whom a `communicate` target is about.
    package var audience: String?
    /// The document's words, quoted beside the countdown.
    package var text: String
    package var line: Int

    package init(
      kind: Kind, within: Allowance, audience: String? = nil, text: String, line: Int
    ) {
      self.kind = kind
      self.within = within
      self.audience = audience
      self.text = text
      self.line = line
    }

    package enum Kind: String, CaseIterable, Sendable {
      case acknowledge, respond, triage, mitigate, resolve, communicate
    }
  }

  package struct Rule: Hashable, Sendable {
    package var label: String
    package var text: String
    package var line: Int

    package init(label: String, text: String, line: Int) {
      self.label = label
      self.text = text
      self.line = line
    }
  }
}

/// A word for where an incident stands; behaviour hangs on its role, never on its name.
package struct Status: Hashable, Sendable {
  package var id: String
  package var name: String
  package var role: Role
  package var line: Int

  package init(id: String, name: String, role: Role, line: Int) {
    self.id = id
    self.name = name
    self.role = role
    self.line = line
  }

  package enum Role: String, CaseIterable, Sendable {
    case open, mitigated, resolved
  }
}

/// A stretch of the response, with the window that the document gives it.
package struct Phase: Hashable, Sendable {
  package var id: String
  package var title: String
  /// Seconds; nil where the document gives none.
  package var window: Window?
  package var line: Int

  package init(id: String, title: String, window: Window? = nil, line: Int) {
    self.id = id
    self.title = title
    self.window = window
    self.line = line
  }

  package struct Window: Hashable, Sendable {
    package var start: Int
    /// Nil: open-ended ("30+ minutes").
    package var end: Int?

    package init(start: Int, end: Int?) {
      self.start = start
      self.end = end
    }
  }
}

/// Something to do, to find out or to fill in.
package struct ChecklistItem: Hashable, Sendable {
  package var id: String
  package var text: String
  /// The id of the phase it belongs to.
  package var phase: String?
  /// 0 for an item of its own, 1 and more for parts of the one before with a smaller depth.
  package var depth: Int
  package var kind: Kind
  /// The severities it is meant for; empty: all.
  package var severities: [String] = []
  package var line: Int

  package init(
    id: String, text: String, phase: String? = nil, depth: Int = 0, kind: Kind = .task,
    severities: [String] = [], line: Int
  ) {
    self.id = id
    self.text = text
    self.phase = phase
    self.depth = depth
    self.kind = kind
    self.severities = severities
    self.line = line
  }

  package enum Kind: String, CaseIterable, Sendable {
    case task, field, command
  }
}

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

/// How often an audience hears from the team.
package struct Cadence: Hashable, Sendable {
  package var severity: String?
  package var every: Int
  /// The later end of a range ("every 15-30 minutes").
  package var maximum: Int?
  package var audience: String?
  package var text: String
  package var line: Int

  package init(
    severity: String? = nil, every: Int, maximum: Int? = nil, audience: String? = nil,
    text: String = "", line: Int
  ) {
    self.severity = severity
    self.every = every
    self.maximum = maximum
    self.audience = audience
    self.text = text
    self.line = line
  }
}

/// An update that is owed once ("once after 2 business days"), not again and again.
package struct Notice: Hashable, Sendable {
  package var severity: String?
  package var within: Allowance
  package var audience: String?
  package var text: String
  package var line: Int

  package init(
    severity: String? = nil, within: Allowance, audience: String? = nil, text: String = "",
    line: Int
  ) {
    self.severity = severity
    self.within = within
    self.audience = audience
    self.text = text
    self.line = line
  }
}

/// How long to look on after a fix.
package struct Watch: Hashable, Sendable {
  package var seconds: Int
  package var maximum: Int?
  package var after: Anchor
  package var text: String
  package var line: Int

  package init(seconds: Int, maximum: Int? = nil, after: Anchor, text: String = "", line: Int) {
    self.seconds = seconds
    self.maximum = maximum
    self.after = after
    self.text = text
    self.line = line
  }

  package enum Anchor: String, CaseIterable, Sendable {
    case mitigated, resolved
  }
}

/// A text to be sent, with places to fill in.
package struct Template: Hashable, Sendable {
  package var id: String
  package var title: String
  package var body: String
  /// The severities it is meant for; empty: all.
  package var severities: [String] = []
  package var line: Int

  package init(id: String, title: String, body: String, severities: [String] = [], line: Int) {
    self.id = id
    self.title = title
    self.body = body
    self.severities = severities
    self.line = line
  }
}

/// What to try when a known thing is broken.
package struct Runbook: Hashable, Sendable {
  package var id: String
  package var title: String
  package var steps: [Step] = []
  package var line: Int

  package init(id: String, title: String, steps: [Step] = [], line: Int) {
    self.id = id
    self.title = title
    self.steps = steps
    self.line = line
  }

  package struct Step: Hashable, Sendable {
    package var text: String
    /// Lines for a shell, to be copied by a person, never run by the product.
    package var command: String?
    package var line: Int

    package init(text: String, command: String? = nil, line: Int) {
      self.text = text
      self.command = command
      self.line = line
    }
  }
}

/// One question of a decision tree.
package struct DecisionQuestion: Hashable, Sendable {
  package var question: String
  package var yes: String?
  package var no: String?
  package var line: Int

  package init(question: String, yes: String?, no: String?, line: Int) {
    self.question = question
    self.yes = yes
    self.no = no
    self.line = line
  }
}

/// A part that a person takes in the response.
package struct Role: Hashable, Sendable {
  package var name: String
  package var duties: [String]
  package var line: Int

  package init(name: String, duties: [String] = [], line: Int) {
    self.name = name
    self.duties = duties
    self.line = line
  }
}

package struct Contact: Hashable, Sendable {
  package var role: String?
  package var name: String?
  package var contact: String?
  package var line: Int

  package init(role: String?, name: String?, contact: String?, line: Int) {
    self.role = role
    self.name = name
    self.contact = contact
    self.line = line
  }
}

/// Who is on call on which days of the week.
package struct OnCallTurn: Hashable, Sendable {
  package var days: [Weekday]
  package var primary: String?
  package var secondary: String?
  package var line: Int

  package init(days: [Weekday], primary: String?, secondary: String?, line: Int) {
    self.days = days
    self.primary = primary
    self.secondary = secondary
    self.line = line
  }
}

/// What is owed after the incident, and by when.
package struct PostmortemDuty: Hashable, Sendable {
  package var severity: String?
  /// In words ("impact over 30 minutes"), where the duty is conditional.
  package var condition: String?
  package var what: What
  /// Nil: owed, but no time is stated.
  package var within: Allowance?
  package var text: String
  package var line: Int

  package init(
    severity: String? = nil, condition: String? = nil, what: What, within: Allowance?,
    text: String = "", line: Int
  ) {
    self.severity = severity
    self.condition = condition
    self.what = what
    self.within = within
    self.text = text
    self.line = line
  }

  package enum What: String, CaseIterable, Sendable {
    case draft, review, meeting
  }
}

/// A metric of the team's own: the time from one milestone to another.
package struct MetricDefinition: Hashable, Sendable {
  package var id: String
  package var from: String
  package var to: String
  package var line: Int

  package init(id: String, from: String, to: String, line: Int) {
    self.id = id
    self.from = from
    self.to = to
    self.line = line
  }
}

/// After how long without any entry an acknowledged incident counts as forgotten.
package struct SilenceRule: Hashable, Sendable {
  package var seconds: Int
  package var line: Int

  package init(seconds: Int, line: Int) {
    self.seconds = seconds
    self.line = line
  }
}

/// What a reader of the document should know about how it was read.
package struct Remark: Hashable, Sendable {
  package var line: Int
  package var kind: Kind
  package var text: String

  package init(line: Int, kind: Kind, text: String) {
    self.line = line
    self.kind = kind
    self.text = text
  }

  package enum Kind: String, CaseIterable, Sendable {
    /// Two readings; the one that alerts earlier was taken.
    case ambiguous
    /// Not stated, and taken to be so.
    case assumed
    /// Damaged text, mended.
    case repaired
    /// Looked like a rule and was not understood.
    case unread
    /// Can never take effect.
    case unreachable
  }
}

/// When a team works, for targets in business time.
package struct BusinessCalendar: Hashable, Sendable {
  /// IANA name; nil: the store's.
  package var zone: String?
  package var days: [Weekday]
  /// Minutes after midnight.
  package var from: Int
  package var to: Int
  package var holidays: [CivilDate]
  package var line: Int

  package init(
    zone: String? = nil, days: [Weekday], from: Int, to: Int, holidays: [CivilDate] = [],
    line: Int = 0
  ) {
    self.zone = zone
    self.days = days
    self.from = from
    self.to = to
    self.holidays = holidays
    self.line = line
  }

  /// Monday to Friday, 09:00 to 17:00: what is assumed where nothing is stated.
  package static let assumed = Self(
    days: [.monday, .tuesday, .wednesday, .thursday, .friday], from: 9 * 60, to: 17 * 60)
}
