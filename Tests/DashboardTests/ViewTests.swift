import Dashboard
import Display
import Engine
import EventLog
import Testing

/// What outlasts a run, and what is read again.
struct ViewTests {
  private func press(_ text: String, _ model: inout Model) -> [Effect] {
    text.flatMap { character in
      model.update(.keys([character == "⏎" ? .enter : .character(character)]), at: model.now)
    }
  }

  @Test func `a view that was left is the same in the next run`() throws {
    let world = try World.busy()
    var first = world.model()
    _ = press("\\N by:kai⏎zZ", &first)
    let view = try ViewState(first.viewState.text)
    #expect(view == first.viewState)
    #expect(view != ViewState())

    var second = world.model()
    second.clock.showsUTC = first.clock.showsUTC == false
    _ = second.update(.viewRestored(view), at: world.now)
    #expect(second.viewState == view)
    #expect(second.focus == .timeline)
    #expect(second.timeline.rows.count == first.timeline.rows.count)
    let text = second.frame(size: second.size).text
    #expect(text.contains("shows only N by:kai, as last time"))
  }

  @Test func `the place where somebody was reading is kept for its incident alone`() throws {
    let world = try World.busy()
    var first = world.model()
    _ = press("4jjjjjjjjjjjj", &first)
    #expect(!first.timeline.follows)
    let view = try ViewState(first.viewState.text)
    var second = world.model()
    _ = second.update(.viewRestored(view), at: world.now)
    #expect(!second.timeline.follows && second.timeline.offset == first.timeline.offset)

    var elsewhere = view
    elsewhere.place?.incident = "2026-11-21-another"
    var third = world.model()
    _ = third.update(.viewRestored(elsewhere), at: world.now)
    #expect(third.timeline.follows)
  }

  @Test(arguments: [
    ("reading x\n", 1), ("reading x 1 y\n", 1), ("focus 9\n", 1),
    ("focus 4\nzoom yes\nnothing\n", 3), ("utc perhaps\n", 1), ("\u{0}\n", 1),
  ])
  func `a damaged view is refused with its line`(text: String, line: Int) {
    #expect(throws: ViewState.Damage.self) { try ViewState(text) }
    do throws(ViewState.Damage) {
      _ = try ViewState(text)
    } catch {
      #expect(error.line == line)
    }
  }

  @Test func `the wall takes no view`() throws {
    let world = try World.busy()
    var wall = world.model(.wall)
    let before = wall.frame(size: wall.size).text
    let view = try ViewState("focus 4\nzoom yes\nfilter by:nobody\n")
    #expect(wall.update(.viewRestored(view), at: world.now).isEmpty)
    #expect(wall.frame(size: wall.size).text == before)
  }

  @Test func `what to do next stays in sight wherever the pick goes`() throws {
    var model = try World.busy().model()
    func rows() -> [String] {
      let lines = model.frame(size: model.size).text.split(separator: "\n").map(String.init)
      let title = lines.firstIndex { $0.contains("2 Escalation") } ?? 0
      return Array(lines[(title + 1)...].prefix { $0.hasPrefix("║") })
    }
    let next = try #require(rows().first)
    _ = press("2" + String(repeating: "j", count: 40), &model)
    #expect(rows().first == next)
    let last = try #require(model.deadlines.last)
    #expect(rows().last?.contains(last.label) == true, "\(last.label) in \(rows())")
  }

  @Test func `a theme is chosen by name or from a list`() throws {
    var model = try World.busy().model()
    #expect(press(":theme quiet⏎", &model).contains(.theme("quiet")))
    model.themes = ["default", "quiet", "wall"]
    _ = press(":theme⏎", &model)
    #expect(press("qui⏎", &model) == [.theme("quiet")])
    _ = press(":theme qu", &model)
    _ = model.update(.keys([.tab]), at: model.now)
    #expect(press("⏎", &model).contains(.theme("quiet")))
  }

  @Test(arguments: [Model.Screen.console, .wall])
  func `older words are read when they are on screen, and once where they are not found`(
    screen: Model.Screen
  ) throws {
    let world = try World.busy()
    var model = Model(
      screen, size: Size(width: 80, height: 24), at: world.now,
      context: TimeContext(zone: World.jakarta), actor: "mira")
    let loads = model.update(.opened(world.incident, []), at: world.now).filter {
      if case .load = $0 { true } else { false }
    }
    #expect(loads.count == 1)
    var other = model
    #expect(model.update(.loaded([]), at: world.now).isEmpty)
    let later = model.update(.tick, at: world.now + .seconds(1))
    #expect(!later.contains { if case .load = $0 { true } else { false } })

    #expect(!other.frame(size: other.size).text.contains("Rolled back api"))
    _ = other.update(.loaded(world.log.events), at: world.now)
    #expect(other.frame(size: other.size).text.contains("Rolled back api"))
  }
}
