import Engine
import EventLog
import Testing
import Wording

struct EventWordsTests {
  private static let start = Timestamp(milliseconds: 1_795_000_000_000)

  /// The sentence of an event in an incident of which nothing else is known.
  private func words(_ kind: EventKind, _ data: EventData) -> String {
    var log = MemoryLog()
    let event = log.append(EventDraft(kind, data), at: Self.start)
    return Entry(event, in: Incident(), zone: .utc).text
  }

  @Test(arguments: [
    (
      EventKind.incidentDeclared,
      EventData(["title": .string("Carts"), "severity": .string("P1")]),
      "Declared: Carts (P1)"
    ),
    (
      .timerStarted, EventData(["text": .string("timer"), "seconds": .whole(300)]), "Timer 5 min"
    ),
    (
      .incidentDeclared, EventData(["title": .string("Carts")]),
      "Declared: Carts (severity unknown)"
    ),
    (
      .incidentClosed,
      EventData(["outcome": .string("false_alarm"), "reason": .string("a test")]),
      "Closed as false alarm: a test"
    ),
    (
      .severityChanged, EventData(["severity": .string("P1"), "reason": .string("more")]),
      "Severity P1 (was unknown): more"
    ),
    (
      .statusChanged, EventData(["status": .string("identified"), "text": .string("a deploy")]),
      "Status: Identified: a deploy"
    ),
    (
      .milestoneSet,
      EventData(["milestone": .string("started"), "at": .time(start - .hours(24))]),
      "Time started: 2026-11-17 11:06 UTC"
    ),
    (
      .impactUpdated, EventData(["summary": .string("carts"), "users": .string("500")]),
      "Impact: carts; users: 500"
    ),
    (
      .itemSkipped, EventData(["text": .string("Page bo"), "reason": .string("asleep")]),
      "[-] Page bo (skipped): asleep"
    ),
    (
      .roleReleased, EventData(["role": .string("Scribe"), "name": .string("bo")]),
      "Scribe released (was bo)"
    ),
    (
      .handoverOffered, EventData(["role": .string("Scribe"), "to": .string("bo")]),
      "Hand-over of Scribe offered to bo"
    ),
    (
      .taskAssigned,
      EventData(["who": .string("bo"), "text": .string("logs"), "seconds": .whole(600)]),
      "Task for bo: logs, within 10 min"
    ),
    (
      .decisionMade,
      EventData([
        "question": .string("Roll back?"), "choice": .string("yes"),
        "objections": .array([.string("bo: data")]),
      ]), "Decided: Roll back? → yes (objections: bo: data)"
    ),
    (
      .updateSent,
      EventData([
        "audience": .string("customers"), "text": .string("We look"),
        "next": .time(start + .minutes(30)),
      ]), "Update to customers (next by 11:36 UTC): We look"
    ),
    (
      .deliveryFailed,
      EventData([
        "subject": .string("update:17"), "target": .string("page"), "attempt": .whole(3),
        "error": .string("exit 7"),
      ]), "Update 17 not delivered to page (attempt 3): exit 7"
    ),
    (
      .escalationFired,
      EventData([
        "to": .string("CEO"), "late_seconds": .whole(120), "rule": .string("after 45 min"),
      ]),
      "Escalation due: call CEO: after 45 min (noticed 2 min late)"
    ),
    (
      .escalationFired, EventData(["to": .string("CEO"), "manual": .bool(true)]),
      "Escalated by hand: call CEO"
    ),
    (
      .escalationAcknowledged, EventData(["to": .string("CEO"), "name": .string("Ada")]),
      "Reached CEO (Ada)"
    ),
    (.clockStepped, EventData(["seconds": .whole(-90)]), "Clock set back by 1 min 30 s"),
    (.alertResolved, EventData(["title": .string("disk")]), "Alert resolved: disk"),
  ])
  func `an event is one sentence`(kind: EventKind, data: EventData, sentence: String) {
    #expect(words(kind, data) == sentence)
  }

  @Test(arguments: EventKind.allCases)
  func `an event without any field still says what happened`(kind: EventKind) {
    let isTyped = [.noteAdded, .findingAdded, .hypothesisAdded].contains(kind)
    #expect(words(kind, EventData([:])).isEmpty == isTyped)
  }

  private static func declared() throws -> (MemoryLog, Incident) {
    var log = MemoryLog()
    var incident = Incident()
    let procedure = Procedure(name: "x", source: .init(path: "x.md", sha256: ""))
    let draft = try Incident.declare(
      Declaration(id: "2026-11-18-x", title: "x", severity: nil, procedure: procedure), at: start)
    incident.apply(log.append(draft, at: start))
    return (log, incident)
  }

  @Test func `a correction takes the place of the words until it is retracted itself`() throws {
    var (log, incident) = try Self.declared()
    func record(_ draft: EventDraft) { incident.apply(log.append(draft, at: Self.start)) }
    record(try incident.decide(.note("frist"), at: Self.start))
    record(try incident.decide(.correct(entry: 2, text: "first"), at: Self.start))
    func text() -> String { Entry(log.events[1], in: incident, zone: .utc).text }
    #expect(text() == "first")
    record(try incident.decide(.retract(entry: 3, secret: false, reason: nil), at: Self.start))
    #expect(text() == "frist")
  }

  @Test func `a corrected update is still one, and to whom`() throws {
    var (log, incident) = try Self.declared()
    func record(_ draft: EventDraft) { incident.apply(log.append(draft, at: Self.start)) }
    record(
      try incident.decide(
        .sendUpdate(.init(text: "helo", audience: "customers", next: nil)), at: Self.start))
    record(try incident.decide(.correct(entry: 2, text: "hello"), at: Self.start))
    #expect(Entry(log.events[1], in: incident, zone: .utc).text == "Update to customers: hello")
  }
}
