import Documents
import Engine
import EventLog
import Procedures
import Testing

/// An incident with everything in it: two episodes, late, corrected, retracted and withdrawn entries, hostile words,
/// kept and broken promises, steps that fell due, a fix that did not hold, follow-ups.
struct RichIncident {
  var log = MemoryLog()
  var incident = Incident()

  static let hostile =
    "<script>alert(1)</script> [x](javascript:alert(1)) ![i](https://evil.example/p.png) "
    + "@everyone | `rm` \u{202E}evil\u{1B}[31m"

  static func time(_ clock: String) -> Timestamp {
    guard let time = Timestamp(rfc3339: "2026-11-21T\(clock):00.000Z") else {
      preconditionFailure("no time: \(clock)")
    }
    return time
  }

  static let now = time("06:30")

  init(_ procedure: Procedure) throws {
    let ordered = procedure.severities.sorted { $0.rank < $1.rank }
    let worst = try #require(ordered.first).id
    let declaration = Declaration(
      id: "2026-11-21-checkout-502", title: "Checkout answers 502",
      severity: ordered.dropFirst().first?.id, detected: Self.time("00:55"), procedure: procedure)
    record(try Incident.declare(declaration, at: Self.time("00:58")), "00:58", "mira")
    try opening(worst: worst)
    try working()
    try fixing()
    try afterwards()
    try again()
  }

  var source: ReportSource { source(at: Self.now) }

  func source(at now: Timestamp) -> ReportSource {
    let events = log.events.filter { $0.effective <= now }
    // A head of zeros, so that a golden document does not change with every word of a procedure.
    let head = SituationReport.Head(
      sequence: events.last?.sequence ?? 0, hash: String(repeating: "0", count: 64))
    return ReportSource(of: Incident(replaying: events), events: events, at: now, head: head)
  }

  @discardableResult
  private mutating func record(_ draft: EventDraft, _ at: String, _ actor: String) -> Int {
    let source = actor == "muster" ? "console" : "cli/\(actor)@ops1"
    let event = log.append(
      draft, author: Author(actor: actor, source: source), at: Self.time(at))
    incident.apply(event)
    return event.sequence
  }

  /// Writes down what fell due, then what was done.
  @discardableResult
  private mutating func at(
    _ time: String, _ command: Command, occurred: String? = nil, by actor: String = "mira"
  ) throws -> Int {
    for draft in incident.unrecordedFirings(at: Self.time(time)) { record(draft, time, "muster") }
    let draft = try incident.decide(
      command, occurred: occurred.map(Self.time), at: Self.time(time))
    return record(draft, time, actor)
  }

  // MARK: - The story

  private mutating func opening(worst: String) throws {
    try at(
      "00:59", .alert(.init(title: "5xx over 2 %", key: "5xx")), occurred: "00:55",
      by: "alertmanager")
    try at("01:01", .acknowledge)
    try at("01:01", .assign(role: "ic", name: "Mira"))
    try at("01:02", .assign(role: Incident.commanderRole, name: "Mira Okafor"))
    try at("01:04", .setMilestone(.started, Self.time("00:50")))
    try at(
      "01:05",
      .updateImpact(
        .init(summary: "Every second payment fails", services: "checkout", users: "about 4,000")))
    try at("01:06", .setSeverity(worst, reason: "payments are affected"))
    try at(
      "01:08",
      .sendUpdate(
        .init(
          text: "We are looking into failing payments.", audience: "customers",
          next: Self.time("01:28"))))
  }

  private mutating func working() throws {
    try at("01:10", .hypothesis("The deploy of 00:40 leaks connections"), by: "ana")
    try at("01:12", .assignTask("compare the pools", who: "Ana", timeBox: .minutes(10)))
    try at("01:20", .finishTask("compare the pools"), by: "ana")
    try at("01:21", .finding("Pool exhausted since 00:49"), by: "ana")
    try at(
      "01:22",
      .decide(
        question: "Roll back the deploy?", choice: "yes", objections: ["Ben: loses the fix"],
        reason: "it went out just before"))
    let wrong = try at("01:24", .note("Rolled back at 01:23 by Ana"), by: "ben")
    try at("01:26", .correct(entry: wrong, text: "Rollback started at 01:23 by Ana"), by: "ben")
    try at(
      "01:35",
      .sendUpdate(
        .init(
          text: "We are undoing a change.", audience: "customers", next: Self.time("02:05"))))
    if !incident.procedure.escalation.isEmpty {
      try at("01:37", .reached(step: stepToReach, name: "Ines"), by: "ben")
    }
    try at("01:38", .offerHandover(to: "Dev"))
    try at("01:39", .acceptHandover(by: "Dev"), by: "Dev")
    try at("01:40", .note(RichIncident.hostile), by: "ben")
    let leak = try at("01:42", .note("token=SECRET-4711"), by: "ben")
    try at("01:43", .retract(entry: leak, secret: true, reason: "a credential"), by: "ben")
    let mistake = try at("01:44", .note("wrong incident, sorry"), by: "ben")
    try at("01:45", .retract(entry: mistake, secret: false, reason: "wrong incident"), by: "ben")
    if let item = incident.checklist.first { try at("01:46", .check(item.item.id)) }
    if let item = incident.checklist.dropFirst().first {
      try at("01:47", .skip(item.item.id, reason: "nobody free"))
    }
  }

  private var stepToReach: String {
    incident.firings.entries.first?.value.step ?? "1"
  }

  private mutating func fixing() throws {
    try enterPhase(1, "01:50")
    try at("01:55", .note("Errors at 40 %, falling"), occurred: "01:30", by: "ana")
    try at(
      "02:04",
      .sendUpdate(
        .init(
          text: "Payments work again for most.", audience: "customers", next: Self.time("02:40"))))
    try at("02:06", .mitigate)
    try at("02:16", .setStatus(incident.status(withRole: .open).id, text: "errors are back"))
    try at("02:41", .mitigate)
    try at(
      "02:45", .alert(.init(title: "5xx over 2 %", key: "5xx", isResolved: true)),
      by: "alertmanager")
    try at("03:20", .sendUpdate(.init(text: "This is over.", audience: "customers")))
    try enterPhase(2, "03:25")
    try at("03:30", .resolve)
  }

  private mutating func enterPhase(_ index: Int, _ time: String) throws {
    let phases = incident.procedure.phases
    if phases.indices.contains(index) { try at(time, .enterPhase(phases[index].id)) }
  }

  private mutating func afterwards() throws {
    try at("03:40", .addAction("Alert on pool use", owner: "Ana", due: Self.time("05:30")))
    try at("03:41", .addAction("Limit connections per pod", owner: nil, due: nil), by: "ben")
    let done = try at(
      "03:42", .addAction("Write to the provider", owner: "Ben", due: Self.time("06:00")))
    try at("03:50", .finishAction("\(done)"), by: "ben")
    try at("04:00", .close(.resolved, reason: nil))
    try at("04:10", .publishPostmortem(.draft, place: "wiki/checkout-502"), by: "ana")
    try at("04:20", .waivePostmortem(.meeting, reason: "discussed at once"), by: "ana")
  }

  private mutating func again() throws {
    try at("05:00", .reopen(reason: "errors again"), by: "ana")
    try at("05:03", .acknowledge, by: "ana")
    try at("05:20", .finding("One pod kept the old image"), by: "ana")
    try at("05:40", .resolve, by: "ana")
    try at("06:00", .close(.resolved, reason: nil))
  }
}

/// Built-in procedures by name.
enum BuiltIns {
  static let names = BuiltInProcedures.all.map(\.name)

  static func read(_ name: String) throws -> Procedure {
    var procedure = try #require(BuiltInProcedures.named(name)).read()
    procedure.source.sha256 = String(repeating: "0", count: 64)
    return procedure
  }
}
