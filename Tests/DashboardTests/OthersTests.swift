import Dashboard
import Display
import Engine
import EventLog
import Testing

/// What is told of the other open incidents, and in which place.
struct OthersTests {
  private let world: World

  init() throws {
    world = try World.busy()
  }

  /// An acknowledged incident of a severity, seen so many seconds after it was declared.
  private func summary(
    _ number: Int, severity: String = "SEV-2", seconds: Int64 = 60, isAcknowledged: Bool = true
  ) throws -> OpenIncident {
    var other = try World(severity: severity, title: "Other incident \(number)")
    if isAcknowledged { try other.at(20, "kai", .acknowledge) }
    var summary = OpenIncident(
      other.incident, at: other.start + .seconds(seconds), in: TimeContext(zone: .utc))
    summary.id += "-\(number)"
    return summary
  }

  private func model(
    _ size: Size, _ others: [OpenIncident], on screen: Model.Screen = .console
  ) -> Model {
    var model = world.model(screen, size: size)
    let own = OpenIncident(world.incident, at: world.now, in: model.context)
    _ = model.update(.listed([own] + others), at: world.now)
    return model
  }

  private func press(_ keys: [Key], _ model: inout Model) -> [Effect] {
    let now = model.present + .seconds(1)
    return keys.flatMap { model.update(.keys([$0]), at: now) }
  }

  private func type(_ text: String, _ model: inout Model) -> [Effect] {
    press(text.map { Key.character($0) }, &model)
  }

  private func text(_ model: Model) -> String { model.frame(size: model.size).text }

  // MARK: - Roles

  @Test(arguments: [
    ("ic", "Incident Commander"), ("comms", "Communications Lead"),
    ("commander", "Incident Commander"),
  ])
  func `a role is chosen by the same words as with the verb`(typed: String, role: String) {
    var model = model(Size(width: 80, height: 24), [])
    _ = type("A", &model)
    _ = type(typed, &model)
    _ = press([.enter], &model)
    #expect(model.prompt?.purpose == .assign(role: role))
  }

  @Test func `what was recorded is named when it is`() throws {
    var world = self.world
    var model = world.model()
    _ = type("A", &model)
    _ = type("ic", &model)
    _ = press([.enter], &model)
    _ = type("zoe", &model)
    let effects = press([.enter], &model)
    let ticket = try #require(
      effects.compactMap { if case .append(let it) = $0 { it.ticket } else { nil } }.first)
    world.append(
      try world.incident.decide(
        .assign(role: "Incident Commander", name: "zoe", isNew: false), at: world.now), by: "mira")
    let event = try #require(world.log.events.last)
    _ = model.update(.recorded([event], in: world.incident.id), at: model.present)
    _ = model.update(.appended(ticket, sequence: event.sequence), at: model.present)
    let told = try #require(model.toasts.last?.text)
    #expect(told.contains("Incident Commander") && told.contains("zoe"), "\(told)")
  }

  // MARK: - Leaving

  @Test func `leaving asks once where another incident is grave or not acknowledged`() throws {
    let quiet = try World(severity: "SEV-3")
    func leave(_ others: [OpenIncident]) throws -> [Effect] {
      var quiet = quiet
      try quiet.at(20, "kai", .acknowledge)
      var model = quiet.model()
      _ = model.update(.listed(others), at: quiet.now)
      return press([.character("q")], &model)
    }
    #expect(try leave([summary(1, severity: "SEV-3")]) == [.quit])
    #expect(try leave([summary(1, severity: "SEV-1")]) == [])
    #expect(try leave([summary(1, severity: "SEV-3", isAcknowledged: false)]) == [])
  }

  // MARK: - The header

  @Test func `counts of other incidents always say that they are of others`() throws {
    let over = try summary(1, seconds: 7200)
    for width in 32...160 {
      let model = model(Size(width: width, height: 24), [over, try summary(2, seconds: 7200)])
      let row = try #require(model.frame(size: model.size).rows.first)
      guard row.contains("over") else { continue }
      #expect(row.contains("+2: ") || row.contains("others: "), "\(row)")
    }
  }

  @Test func `a blank stands between the severity and the count at any width`() throws {
    let others = try (1...59).map { try summary($0, isAcknowledged: false) }
    for width in 20...100 {
      let model = model(Size(width: width, height: 12), others)
      let row = try #require(model.frame(size: model.size).rows.first)
      #expect(!row.contains("SEV-1+"), "\(width): \(row)")
    }
  }

  @Test func `trouble of another incident is told in the switcher`() throws {
    var other = try summary(1)
    other.hasProcedure = false
    var model = model(Size(width: 40, height: 24), [other])
    _ = type("I", &model)
    #expect(text(model).contains("PROCEDURE NOT READ"), "\(text(model))")
  }

  // MARK: - The wall

  @Test func `what is over stands on the wall before what runs, and the count of the rest says so`()
    throws
  {
    let running = try (1...9).map { number in
      var one = try summary(number, severity: "SEV-1", isAcknowledged: false)
      one.due = world.now + .minutes(10)
      return one
    }
    var late = try summary(77, severity: "SEV-3")
    late.due = world.now + .seconds(-60)
    let model = model(Size(width: 80, height: 24), running + [late], on: .wall)
    let shown = text(model)
    #expect(shown.contains("Other incident 77"))
    #expect(shown.contains("not ack)"))
  }

  @Test func `the wall turns to an incident in which something is over`() throws {
    let calm = try World(severity: "SEV-1")
    var model = calm.model(.wall)
    let own = OpenIncident(calm.incident, at: calm.now, in: model.context)
    var late = try summary(1, severity: "SEV-3")
    late.due = calm.now + .seconds(-60)
    let effects = model.update(.listed([own, late]), at: calm.now)
    #expect(effects.contains(.open(late.id)))
  }

  // MARK: - Contacts

  @Test(arguments: [30, 40, 50, 60, 80, 120])
  func `the number of a contact is on screen at every width`(width: Int) {
    var model = model(Size(width: width, height: 60), [])
    _ = type("o", &model)
    #expect(text(model).contains("+62 21 555 0103"), "\(text(model))")
  }
}
