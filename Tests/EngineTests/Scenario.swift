import Engine
import EventLog
import Testing

/// An incident that a test declares, works and asks: given events, when a command, then events and deadlines.
///
/// Times are `HH:MM` or `HH:MM:SS` of Saturday 2026-11-21 UTC, or `dd HH:MM` of that November.
struct Scenario {
  var log = MemoryLog()
  var incident = Incident()
  var context = TimeContext()

  init(
    _ procedure: Procedure, severity: String? = "P1", declared: String = "01:00",
    detected: String? = nil, started: String? = nil, occurred: String? = nil
  ) throws {
    let declaration = Declaration(
      id: "2026-11-21-checkout-502", title: "Checkout 502", severity: severity,
      detected: detected.map(Self.time), started: started.map(Self.time), procedure: procedure)
    let now = Self.time(declared)
    let draft = try Incident.declare(declaration, occurred: occurred.map(Self.time), at: now)
    record(draft, at: now, by: "mira")
  }

  static func time(_ text: String) -> Timestamp {
    let parts = text.split(separator: " ")
    let day = parts.count == 2 ? String(parts[0]) : "21"
    let clock = parts.last.map(String.init) ?? ""
    let seconds = clock.count == 5 ? clock + ":00" : clock
    guard let time = Timestamp(rfc3339: "2026-11-\(day)T\(seconds).000Z") else {
      preconditionFailure("no time: \(text)")
    }
    return time
  }

  @discardableResult
  mutating func record(_ draft: EventDraft, at now: Timestamp, by actor: String) -> RecordedEvent {
    let event = log.append(draft, author: Author(actor: actor, source: "test"), at: now)
    incident.apply(event)
    return event
  }

  /// Decides a command and records what it becomes.
  @discardableResult
  mutating func at(
    _ now: String, _ command: Command, occurred: String? = nil, by actor: String = "mira"
  ) throws -> RecordedEvent {
    let draft = try incident.decide(
      command, occurred: occurred.map(Self.time), at: Self.time(now))
    return record(draft, at: Self.time(now), by: actor)
  }

  /// What any process does that looks at the clock: writes down what fell due.
  @discardableResult
  mutating func notice(_ now: String) -> [RecordedEvent] {
    incident.unrecordedFirings(at: Self.time(now)).map {
      record($0, at: Self.time(now), by: "muster")
    }
  }

  func deadline(_ id: String, at now: String) -> Deadline? {
    incident.deadlines(at: Self.time(now), in: context).first { $0.id == id }
  }

  func state(_ id: String, at now: String) -> Deadline.State? {
    deadline(id, at: now)?.state
  }

  func due(_ id: String, at now: String = "01:00") -> Timestamp? {
    deadline(id, at: now)?.due
  }

  /// The same incident as its log tells it from the beginning, as far as a filter lets it.
  func replayed(where isIncluded: (RecordedEvent) -> Bool = { _ in true }) -> Incident {
    Incident(replaying: log.events.filter(isIncluded))
  }
}

extension Procedure {
  /// P1 with a short path, P2 with a longer one; everything that has a clock.
  static let twoSeverities: Procedure = {
    var procedure = Procedure(name: "test", source: .init(path: "test.md", sha256: ""))
    var worst = Severity(id: "P1", name: "Critical", rank: 1, line: 7)
    worst.targets = [
      .init(kind: .respond, within: .seconds(900), text: "15 minutes", line: 7),
      .init(kind: .triage, within: .seconds(1800), text: "30 minutes", line: 8),
      .init(kind: .mitigate, within: .seconds(3600), text: "1 hour", line: 9),
      .init(kind: .resolve, within: .seconds(14_400), text: "4 hours", line: 10),
      .init(
        kind: .communicate, within: .seconds(600), audience: "customers", text: "10 minutes",
        line: 11),
    ]
    var second = Severity(id: "P2", name: "Major", rank: 2, line: 12)
    second.targets = [.init(kind: .respond, within: .seconds(3600), text: "1 hour", line: 12)]
    var third = Severity(id: "P3", name: "Minor", rank: 3, line: 13)
    third.targets = [
      .init(kind: .respond, within: .businessDays(1), text: "next business day", line: 13)
    ]
    procedure.severities = [worst, second, third]
    procedure.escalation = [
      EscalationStep(
        severity: "P1", level: 1, to: "Engineering Lead", after: 900, text: "15 min", line: 284),
      EscalationStep(
        severity: "P1", level: 2, to: "CEO", after: 2700, text: "45 min", line: 285),
      EscalationStep(
        severity: "P2", level: 1, to: "Engineering Lead", after: 3600, text: "1 hour", line: 286),
    ]
    procedure.cadence = [
      Cadence(severity: "P1", every: 1800, maximum: 3600, text: "every 30-60 minutes", line: 20)
    ]
    procedure.phases = [
      Phase(id: "detection", title: "Detection", window: .init(start: 0, end: 300), line: 30),
      Phase(id: "triage", title: "Triage", window: .init(start: 300, end: 900), line: 31),
      Phase(id: "fixing", title: "Fixing", window: .init(start: 300, end: 600), line: 32),
      Phase(id: "open-ended", title: "After", window: .init(start: 1800, end: nil), line: 33),
    ]
    procedure.watch = [
      Watch(seconds: 3600, maximum: 7200, after: .mitigated, text: "1-2 hours after fix", line: 40)
    ]
    procedure.postmortem = [
      PostmortemDuty(what: .draft, within: .seconds(172_800), text: "within 48 hours", line: 50)
    ]
    procedure.silence = SilenceRule(seconds: 1200, line: 0)
    procedure.checklist = [
      ChecklistItem(id: "site-up", text: "Is the site up?", phase: "detection", line: 60),
      ChecklistItem(id: "logs", text: "What do the logs say?", phase: "detection", line: 61),
      ChecklistItem(
        id: "time", text: "Time detected", phase: "triage", kind: .field, line: 62),
      ChecklistItem(
        id: "p2-only", text: "Tell support", phase: "triage", severities: ["P2"], line: 63),
    ]
    return procedure
  }()

  /// Each step counts from the one before; the third waits for a person's judgement.
  static let chain: Procedure = {
    var procedure = Procedure(name: "chain", source: .init(path: "chain.md", sha256: ""))
    procedure.severities = [Severity(id: "P1", name: "Critical", rank: 1, line: 1)]
    procedure.escalation = [
      EscalationStep(level: 1, to: "On-call", after: 0, line: 2),
      EscalationStep(
        level: 2, to: "Lead", after: 1800, since: .previous, unless: .acknowledged, line: 3),
      EscalationStep(
        level: 3, to: "Manager", after: 3600, since: .previous, unless: .mitigated, line: 4),
      EscalationStep(
        level: 4, to: "CTO", after: nil, condition: "if business impact", line: 5),
    ]
    return procedure
  }()
}
