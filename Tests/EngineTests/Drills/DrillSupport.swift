import Engine
import EventLog

extension Scenario {
  static let drillID = "2026-11-21-drill-checkout-502"

  /// A drill that was declared at one o'clock, with a script.
  static func drill(
    _ script: [Injection], percent: Int = 100, detected: String? = nil,
    original: [Incident.Milestone: Int] = [:]
  ) throws -> Self {
    var scenario = try Scenario(.twoSeverities)
    scenario.log = MemoryLog()
    scenario.incident = Incident()
    var declaration = Declaration(
      id: drillID, title: "Checkout 502", severity: "P1", detected: detected.map(time),
      procedure: .twoSeverities, isDrill: true)
    declaration.speedPercent = percent
    var drill = Drill(source: "2026-03-02-checkout-502", head: "9:abc", script: script)
    drill.original = original
    declaration.drill = drill
    let now = time("01:00")
    scenario.record(try Incident.declare(declaration, at: now), at: now, by: "mira")
    return scenario
  }

  /// Writes down what fell due, each by its own author as the program does.
  mutating func look(at instant: Timestamp) {
    for draft in incident.unrecordedFirings(at: instant) {
      let author = draft.author ?? Author(actor: "muster", source: "test")
      incident.apply(log.append(draft, author: author, at: instant))
    }
  }

  mutating func look(_ now: String) { look(at: Self.time(now)) }

  /// What was told, as `HH:MM actor kind`.
  var told: [String] {
    log.events.filter { $0.source == Drill.way }.sorted { $0.stamp < $1.stamp }.map {
      "\($0.effective.rfc3339.dropFirst(11).prefix(5)) \($0.actor) \($0.kindName)"
    }
  }
}
