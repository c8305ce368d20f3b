import Dashboard
import Display
import Engine
import EventLog
import Procedures
import Testing

@Suite struct DrillTests {
  private static let start = Timestamp(rfc3339: "2026-11-21T01:35:26.000Z") ?? .distantPast

  /// A drill whose clock runs so fast, and the model that shows it.
  private static func drill(
    _ screen: Model.Screen, _ size: Size, percent: Int = 1000, script: [Injection] = []
  ) throws -> (model: Model, log: MemoryLog) {
    var declaration = Declaration(
      id: "2026-11-21-drill-checkout-502", title: "Checkout 502", severity: "SEV-1",
      procedure: try #require(BuiltInProcedures.named("standard")).read(), isDrill: true)
    declaration.speedPercent = percent
    declaration.drill = Drill(source: "bad-deployment", script: script)
    var log = MemoryLog()
    log.append(try Incident.declare(declaration, at: start), at: start)
    var model = Model(
      screen, size: size, at: start, context: TimeContext(zone: .utc), actor: "mira")
    let incident = Incident(replaying: log.events)
    _ = model.update(.opened(incident, log.events), at: start)
    _ = model.update(
      .listed([OpenIncident(incident, at: start, in: model.context)]), at: start)
    return (model, log)
  }

  @Test(
    arguments: [Model.Screen.console, .wall],
    [
      Size(width: 20, height: 3), Size(width: 24, height: 5), Size(width: 31, height: 20),
      Size(width: 34, height: 8), Size(width: 40, height: 12), Size(width: 40, height: 18),
      Size(width: 60, height: 13), Size(width: 80, height: 24), Size(width: 120, height: 30),
      Size(width: 160, height: 45), Size(width: 240, height: 67),
    ])
  func `both screens say DRILL at every size`(screen: Model.Screen, size: Size) throws {
    let text = try Self.drill(screen, size).model.frame(size: size).text
    #expect(text.contains("DRILL"), "\(size)\n\(text)")
    if screen == .console, size.width >= 80 { #expect(text.contains(" DRILL 10× ")) }
  }

  @Test func `the title of the window and what is notified say DRILL`() throws {
    var (model, _) = try Self.drill(.console, Size(width: 80, height: 24))
    // Six minutes of its clock: nobody has acknowledged.
    let effects = model.update(.tick, at: Self.start + .seconds(36))
    let titles = effects.compactMap { if case .title(let text) = $0 { text } else { nil } }
    let notices = effects.compactMap { if case .notify(let text) = $0 { text } else { nil } }
    #expect(titles.first?.hasPrefix("DRILL SEV-1") == true)
    #expect(notices.first?.hasPrefix("DRILL SEV-1 overdue:") == true)
    #expect(model.plainText.hasPrefix("DRILL SEV-1"))
  }

  @Test func `no screen tells what is still to come`() throws {
    let script = [Injection(after: 60, .alert(title: "secret ending"))]
    let size = Size(width: 160, height: 45)
    for screen in [Model.Screen.wall, .console] {
      var (model, _) = try Self.drill(screen, size, script: script)
      _ = model.update(.tick, at: Self.start + .seconds(5))
      #expect(!model.frame(size: size).text.contains("secret ending"))
    }
  }

  @Test func `closing a drill offers its debrief, which a key opens`() throws {
    var (model, log) = try Self.drill(.console, Size(width: 80, height: 24))
    var incident = Incident(replaying: log.events)
    let now = Self.start + .seconds(10)
    let closing = log.append(
      try incident.decide(.close(.cancelled, reason: nil), at: now), at: now)
    incident.apply(closing)
    _ = model.update(.recorded([closing], in: incident.id), at: now)
    #expect(model.frame(size: model.size).text.contains("Read its debrief?"))
    let effects = model.update(.keys([.character("y")]), at: now)
    #expect(effects.contains { if case .report(.debrief, _) = $0 { true } else { false } })
    _ = model.update(.report(.debrief, of: incident.id, ["the times"]), at: now)
    #expect(model.frame(size: model.size).text.contains("the times"))
  }

  @Test func `a real incident has no debrief`() throws {
    var model = try World.busy().model()
    #expect(model.unavailable(.debrief) == "this is not a drill")
    #expect(!model.frame(size: model.size).text.contains("DRILL"))
    #expect(model.update(.tick, at: model.present).isEmpty)
  }
}
