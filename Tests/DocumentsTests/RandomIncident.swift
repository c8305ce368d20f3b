import Documents
import Engine
import EventLog
import Testing

/// An incident in which anything may happen at any time, the same for the same seed.
struct RandomIncident {
  private(set) var log = MemoryLog()
  private(set) var incident = Incident()
  private(set) var now: Timestamp
  private var state: UInt64

  init(seed: UInt64, _ procedure: Procedure) throws {
    state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
    let day = Int(seed % 80)
    let start = try #require(Timestamp(rfc3339: "2026-09-03T10:00:00Z")) + .days(Int64(day))
    now = start
    let known = procedure.severities.map(\.id)
    let severity = chance(8) ? known[number(known.count)] : nil
    let declaration = Declaration(
      id: "2026-09-03-random-\(seed)", title: "Random \(seed)", severity: severity,
      detected: chance(8) ? start - .minutes(Int64(number(20))) : nil,
      started: chance(7) ? start - .minutes(Int64(number(40))) : nil, procedure: procedure)
    let draft = try Incident.declare(
      declaration, occurred: chance(2) ? start - .minutes(3) : nil, at: start)
    incident.apply(log.append(draft, at: start))
    for _ in 0..<(10 + number(40)) { step() }
    if chance(8) { finish() }
    now = now + .minutes(Int64(1 + number(chance(5) ? 10 : 300)))
  }

  var source: ReportSource { ReportSource(of: incident, events: log.events, at: now) }

  private mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state
  }

  private mutating func number(_ limit: Int) -> Int { Int(next() % UInt64(max(1, limit))) }
  /// True in so many of ten cases.
  private mutating func chance(_ tenths: Int) -> Bool { number(10) < tenths }

  private mutating func step() {
    now = now + .seconds(Int64(number(1500)))
    let command = command()
    let back = chance(3) ? now - .seconds(Int64(number(3600))) : nil
    record(command, occurred: back, by: ["mira", "ana", "Ben"][number(3)])
  }

  /// What the incident refuses in its state is left out.
  private mutating func record(_ command: Command, occurred: Timestamp? = nil, by actor: String) {
    let draft: EventDraft
    do { draft = try incident.decide(command, occurred: occurred, at: now) } catch { return }
    incident.apply(log.append(draft, author: Author(actor: actor, source: "cli"), at: now))
  }

  private mutating func command() -> Command {
    let severities = incident.procedure.severities.map(\.id)
    let audience = ["customers", "stakeholders", "Customers", nil][number(4)]
    let promise = chance(6) ? now + .minutes(Int64(5 + number(40))) : nil
    let open = incident.status(withRole: .open).id
    let items = incident.checklist.map(\.item.id)
    let entry = 1 + number(log.events.count)
    switch number(21) {
    case 0, 1: return .acknowledge
    case 2, 3: return .mitigate
    case 4: return .resolve
    case 5: return .setStatus(open, text: nil)
    case 6: return .setSeverity(severities[number(severities.count)], reason: nil)
    case 7, 8, 9: return .sendUpdate(.init(text: "word", audience: audience, next: promise))
    case 10: return .reopen(reason: nil)
    case 11: return .finding("found \(number(100))")
    case 12: return .hypothesis("may be \(number(100))")
    case 13: return .decide(question: "do \(number(100))?", choice: "yes", objections: [])
    case 14: return .addAction("act \(number(100))", owner: nil, due: now + .days(Int64(number(3))))
    case 15: return .finishAction("act")
    case 16: return .correct(entry: entry, text: "corrected")
    case 17: return .retract(entry: entry, secret: chance(3), reason: nil)
    case 18: return items.isEmpty ? .triage : .skip(items[number(items.count)], reason: "no time")
    case 19: return .setMilestone(chance(5) ? .started : .detected, now - .minutes(50))
    default: return .note("note \(number(100))")
    }
  }

  private mutating func finish() {
    let outcomes: [Incident.Outcome] = [.resolved, .resolved, .resolved, .falseAlarm, .merged]
    let outcome = outcomes[number(outcomes.count)]
    now = now + .minutes(7)
    if outcome == .resolved { record(.resolve, by: "mira") }
    now = now + .minutes(2)
    record(.close(outcome, reason: nil), by: "mira")
  }
}
