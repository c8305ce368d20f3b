import Engine
import EventLog

/// An incident in which everything happens that a log can tell.
enum FullIncident {
  static let start = Timestamp(milliseconds: 1_795_222_800_000)

  static func fold(_ events: some Sequence<RecordedEvent>) -> Incident {
    Incident(replaying: events)
  }

  /// Nothing leaves a drill, so that a real incident has what a drill has not, and the other way round.
  static func log(isDrill: Bool = true) -> MemoryLog {
    var log = MemoryLog()
    for (index, fact) in ([declaration(isDrill)] + facts).enumerated() {
      append(fact, to: &log, number: index)
    }
    refer(in: &log)
    return log
  }

  /// The same events in an order that nobody would write them in, some of them twice.
  static func shuffled(_ seed: UInt64) -> [RecordedEvent] {
    var random = Random(state: seed &+ 1)
    let events = log().events
    var order = Array(events.dropFirst().indices)
    for index in order.indices.dropLast() {
      order.swapAt(index, index + random.below(order.count - index))
    }
    let twice = (0..<5).map { _ in order[random.below(order.count)] }
    return [events[0]] + (order + twice).map { events[$0] }
  }

  private struct Random {
    var state: UInt64

    mutating func below(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
  }

  private typealias Fact = (kind: EventKind, data: JSON)

  private static func append(_ fact: Fact, to log: inout MemoryLog, number: Int) {
    // One is written by a clock that is behind, and one by a clock that is far behind.
    let now = start + .minutes(Int64(number == 7 ? 5 : number == 11 ? 1 : number))
    let occurred = number % 5 == 4 ? now - .minutes(7) : nil
    var draft = EventDraft(
      fact.kind, occurred: occurred, EventData(bytes: fact.data.bytes[...]))
    if number % 3 == 2 { draft.identity = .named("fact \(number)") }
    let actor = ["mira", "kai", "the duty manager"][number % 3]
    let source = fact.data["inject"] == nil ? "console" : Drill.way
    log.append(draft, author: Author(actor: actor, source: source), at: now)
  }

  /// What refers to earlier events, by their identity.
  private static func refer(in log: inout MemoryLog) {
    func first(_ kind: EventKind) -> JSON {
      .string(log.events.first { $0.kind == kind }?.id.description ?? "")
    }
    let facts: [Fact] = [
      (.taskFinished, ["ref": first(.taskAssigned), "task": 1]),
      (.timerCancelled, ["ref": first(.timerStarted), "timer": 1]),
      (.actionDone, ["ref": first(.actionAdded), "action": 1]),
      (.entryCorrected, ["ref": first(.findingAdded), "entry": 1, "text": "corrected"]),
      (.entryRetracted, ["ref": first(.noteAdded), "secret": true, "reason": "private"]),
    ]
    for fact in facts { append(fact, to: &log, number: log.events.count) }
  }

  private static func declaration(_ isDrill: Bool) -> Fact {
    (
      .incidentDeclared,
      [
        "format": 1, "id": "2026-11-21-full", "title": "Everything at once", "severity": "P1",
        "detected": "2026-11-21T00:50:00.000Z", "started": "2026-11-21T00:40:00.000Z",
        "drill": .bool(isDrill), "speed_percent": 150, "procedure_not_read": "no such file",
        "procedure": Procedure.twoSeverities.json,
        "exercise": [
          "source": "checkout", "head": "7:ab", "original": ["acknowledged": 60], "left_out": 2,
          "script": [
            [
              "after_seconds": 60, "kind": "alert.fired", "actor": "ada",
              "data": ["title": "5xx", "alert": "k"],
            ],
            ["after_seconds": 90, "kind": "note.added", "data": ["text": "look"]],
          ],
        ],
      ]
    )
  }

  private static let facts: [Fact] =
    course + people + checklist + calls + aftermath

  private static let course: [Fact] = [
    (.incidentAcknowledged, [:]), (.incidentTriaged, [:]),
    (.severityChanged, ["severity": "P2"]), (.statusChanged, ["status": "identified"]),
    (.statusChanged, ["status": "odd", "role": "mitigated"]),
    (.milestoneSet, ["milestone": "mitigated", "at": "2026-11-21T01:30:00.000Z"]),
    (
      .impactUpdated,
      ["summary": "checkout", "services": "web", "users": "half", "revenue": "some"]
    ),
    (.phaseEntered, ["phase": "triage"]),
    (.incidentClosed, ["outcome": "false_alarm", "reason": "none"]),
    (.incidentReopened, ["reason": "it was one"]),
    (.procedureReloaded, ["procedure": Procedure.chain.json]),
  ]

  private static let people: [Fact] = [
    (.roleAssigned, ["role": "Scribe", "name": "kai"]), (.roleReleased, ["role": "scribe"]),
    (.handoverOffered, ["role": "Incident Commander", "to": "noor"]),
    (.handoverAccepted, ["role": "Incident Commander", "name": "noor"]),
    (.taskAssigned, ["text": "look at the replica", "who": "kai", "seconds": 600]),
    (.timerStarted, ["text": "ask again", "seconds": 300]),
    (.decisionMade, ["question": "roll back?", "choice": "yes", "objections": ["slow"]]),
    (.noteAdded, ["text": "a note"]), (.findingAdded, ["text": "a finding"]),
    (.hypothesisAdded, ["text": "a guess"]), (.unknown, ["text": "from the future"]),
  ]

  private static let checklist: [Fact] = [
    (.itemChecked, ["item": "site-up"]), (.itemUnchecked, ["item": "site-up"]),
    (.itemSkipped, ["item": "logs", "reason": "none there"]),
    (.itemAdded, ["item": "added-1", "text": "call the bank", "phase": "triage"]),
    (.fieldFilled, ["item": "time", "value": "00:50"]),
  ]

  private static let calls: [Fact] = [
    (
      .updateSent,
      [
        "status": "identified", "audience": "customers", "channel": "mail", "text": "we know",
        "next": "2026-11-21T02:00:00.000Z", "via": ["mail"], "from": "mira@ops1",
      ]
    ),
    (
      .escalationFired,
      ["step": "lead", "to": "Lead", "level": 2, "episode": 1, "round": 1, "manual": true]
    ),
    (.escalationAcknowledged, ["step": "lead", "name": "ada"]),
    (.escalationSnoozed, ["deadline": "escalation:ceo", "seconds": 600, "reason": "asleep"]),
    (.escalationExhausted, ["episode": 1]),
    (.deliverySucceeded, ["subject": "update:9", "target": "mail", "attempt": 1]),
    (.deliveryFailed, ["subject": "update:9", "target": "sms", "attempt": 2, "error": "no"]),
    (.deliveryStarted, ["subject": "step:1/lead/1", "target": "phone/ada", "attempt": 3]),
    (
      .deliveryFailed,
      [
        "subject": "step:1/lead/1", "target": "phone/ada", "attempt": 3, "error": "no",
        "final": true, "not_before": "2026-11-21T01:50:00.000Z", "reference": "x 17",
      ]
    ),
    (.alertFired, ["alert": "web/5xx", "title": "5xx", "inject": 1]),
    (.alertResolved, ["alert": "web/5xx"]), (.alertFired, ["alert": "db", "title": "db"]),
  ]

  private static let aftermath: [Fact] = [
    (.actionAdded, ["text": "pool size", "owner": "kai", "due": "2026-12-01T00:00:00.000Z"]),
    (.postmortemPublished, ["what": "draft", "where": "wiki"]),
    (.postmortemWaived, ["what": "meeting", "reason": "small"]),
    (.clockStepped, ["seconds": -3]), (.logRepaired, [:]), (.damageAccepted, ["reason": "known"]),
  ]
}
