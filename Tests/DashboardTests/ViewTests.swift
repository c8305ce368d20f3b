import Dashboard
import Display
import Engine
import EventLog
import Testing
import Wording

/// What outlasts a run, and what is read again.
struct ViewTests {
  private func press(_ text: String, _ model: inout Model) -> [Effect] {
    var last: Character?
    return text.flatMap { character in
      let pause: Duration = last == "⏎" ? .seconds(1) : .zero
      last = character
      return model.update(
        .keys([character == "⏎" ? .enter : .character(character)]), at: model.now + pause)
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

  @Test func `after a restart the newest entry is in sight, and what came meanwhile is counted`()
    throws
  {
    var world = try World.busy()
    var first = world.model()
    _ = press("4jjjjjjjjjjjj", &first)
    #expect(!first.timeline.follows)
    let view = try ViewState(first.viewState.text)
    try world.at(2600, "kai", .note("Somebody else wrote this"))
    try world.at(2601, "kai", .note("And this is the newest"))

    var second = world.model()
    _ = second.update(.viewRestored(view), at: world.now)
    let text = second.frame(size: second.size).text
    #expect(second.timeline.follows && text.contains("And this is the newest"))
    #expect(text.contains("following +2"), "\(text)")
    #expect(second.toasts.last?.text == "2 entries since you last looked at \(world.incident.id)")
    _ = press("4f", &second)
    #expect(!second.frame(size: second.size).text.contains("following +2"))

    // The view may be read before the log is.
    var early = Model(
      .console, size: second.size, at: world.now, context: second.context, actor: "mira")
    _ = early.update(.viewRestored(view), at: world.now)
    _ = early.update(.opened(world.incident, world.log.events), at: world.now)
    #expect(early.frame(size: early.size).text.contains("following +2"))
  }

  @Test func `what was seen is kept for each incident by itself`() throws {
    let world = try World.busy()
    let other = "2026-11-21-another"
    let view = try ViewState("focus 2\nseen \(other) 3\n")
    var model = world.model()
    _ = model.update(.viewRestored(view), at: world.now)
    #expect(model.timeline.unseen == 0)
    #expect(model.viewState.seen == [other: 3, world.incident.id: world.incident.sequence])
  }

  @Test(arguments: [
    ("seen x\n", 1), ("seen x y\n", 1), ("seen x -1\n", 1), ("focus 9\n", 1),
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
      let title = lines.firstIndex { $0.contains("2 Due") } ?? 0
      return Array(lines[(title + 1)...].prefix { !$0.hasPrefix("──") })
    }
    func duty() -> String { model.frame(size: model.size).rows[1] }
    let next = duty()
    #expect(next.contains("OVER"))
    _ = press("2" + String(repeating: "j", count: 40), &model)
    #expect(duty() == next)
    let last = try #require(model.deadlines.last)
    #expect(rows().contains { $0.contains(last.label) }, "\(last.label) in \(rows())")
  }

  @Test func `a theme is chosen by name or from a list`() throws {
    var model = try World.busy().model()
    #expect(press(":theme quiet⏎", &model).contains(.theme("quiet")))
    model.themes = ["default", "quiet", "wall"]
    _ = press(":theme⏎", &model)
    #expect(press("qui⏎", &model).last == .theme("quiet"))
    _ = press(":theme qu", &model)
    _ = model.update(.keys([.tab]), at: model.now)
    #expect(press("⏎", &model).contains(.theme("quiet")))
  }

  @Test func `a theme is shown while it is chosen, and the one in use comes back`() throws {
    var model = try World.busy().model()
    model.themes = ["default", "quiet", "wall"]
    #expect(
      !press(":theme⏎", &model).contains { if case .previewTheme = $0 { true } else { false } })
    #expect(model.update(.keys([.down]), at: model.now) == [.previewTheme("quiet")])
    #expect(model.update(.keys([.escape]), at: model.now) == [.previewTheme(nil)])
    #expect(press(":theme wal", &model).isEmpty)
    #expect(press("l", &model) == [.previewTheme("wall")])
    #expect(model.update(.keys([.backspace]), at: model.now) == [.previewTheme(nil)])
    #expect(press("l", &model) == [.previewTheme("wall")])
    let chosen = model.update(.keys([.enter]), at: model.now)
    #expect(chosen.contains(.theme("wall")) && !chosen.contains(.previewTheme(nil)))
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
    #expect(model.update(.loaded([], in: world.incident.id), at: world.now).isEmpty)
    let later = model.update(.tick, at: world.now + .seconds(1))
    #expect(!later.contains { if case .load = $0 { true } else { false } })

    #expect(!other.frame(size: other.size).text.contains("Rolled back api"))
    _ = other.update(.loaded(world.log.events, in: world.incident.id), at: world.now)
    #expect(other.frame(size: other.size).text.contains("Rolled back api"))
  }

  @Test(arguments: [Model.Screen.console, .wall])
  func `a zone that is not loaded stays marked, whoever asked for it`(screen: Model.Screen) throws {
    let world = try World.busy()
    func text(_ change: (inout Model) -> Void) -> String {
      var model = world.model(screen, size: Size(width: 140, height: 40))
      change(&model)
      return model.frame(size: model.size).text
    }
    let missing = TimeZoneRules.standIn(for: "Asia/Jakrta")
    #expect(!text { _ in }.contains("ZONE NOT LOADED"))
    #expect(text { $0.clock.zone = missing }.contains("ZONE NOT LOADED"))
    #expect(text { $0.context.zone = missing }.contains("ZONE NOT LOADED"))
  }
}
