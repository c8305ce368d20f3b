import Dashboard
import Display
import Engine
import EventLog
import Testing

/// What happened where since somebody looked, over all open incidents.
struct ActivityTests {
  private let alpha: World
  private let beta: World

  init() throws {
    func world(_ name: String, _ second: Int) throws -> World {
      var world = try World(
        severity: "SEV-2", title: "\(name) is down", id: "2026-11-21-\(name.lowercased())")
      try world.at(second, "kai", .note("first words of \(name)"))
      try world.at(second + 60, "kai", .note("second words of \(name)"))
      return world
    }
    (alpha, beta) = (try world("Alpha", 60), try world("Beta", 90))
  }

  private func model() -> Model {
    var model = alpha.model(size: Size(width: 100, height: 30))
    let open = [alpha, beta].map { OpenIncident($0.incident, at: $0.now, in: model.context) }
    _ = model.update(.listed(open), at: beta.now)
    return model
  }

  private func press(_ keys: [Key], _ model: inout Model) -> [Effect] {
    keys.flatMap { model.update(.keys([$0]), at: beta.now) }
  }

  private func tell(_ model: inout Model) {
    let entries = [alpha, beta].flatMap {
      ActivityEntry.newest(of: $0.incident, $0.log.events, in: .utc)
    }
    _ = model.update(.activity(entries), at: beta.now)
  }

  @Test(arguments: [[Key.character("E")], [.character("I"), .ctrl("e")]])
  func `it asks for all that is open, and lists the newest first`(keys: [Key]) throws {
    var model = model()
    let effects = press(keys, &model)
    #expect(effects.contains(.activity(["2026-11-21-alpha", "2026-11-21-beta"])))
    tell(&model)
    let rows = model.frame(size: model.size).rows.filter { $0.contains("words of") }
    let order = ["second words of Beta", "second words of Alpha", "first words of Beta"]
    for (row, words) in zip(rows, order) { #expect(row.contains(words), "\(rows)") }
    #expect(model.frame(size: model.size).text.contains("3 since you last looked"))
  }

  @Test func `letters narrow it, and Enter goes to the entry where it is`() throws {
    var model = model()
    _ = press([.character("E")], &model)
    tell(&model)
    #expect(press("first beta".map { .character($0) }, &model).isEmpty)
    #expect(press([.enter], &model) == [.open("2026-11-21-beta")])
    _ = model.update(.opened(beta.incident, beta.log.events), at: beta.now)
    #expect(model.incident?.id == "2026-11-21-beta")
    #expect(model.focus == .timeline)
    #expect(model.timeline.selected?.sequence == 2)
  }

  @Test func `it is read again when something is written while it lies open`() throws {
    var model = model()
    _ = press([.character("E")], &model)
    tell(&model)
    var later = beta
    try later.at(300, "kai", .note("news"))
    let open = [alpha, later].map { OpenIncident($0.incident, at: $0.now, in: model.context) }
    #expect(
      model.update(.listed(open), at: later.now).contains { effect in
        if case .activity = effect { true } else { false }
      })
  }
}
