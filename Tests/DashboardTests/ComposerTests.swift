import Dashboard
import Display
import Engine
import EventLog
import Testing

/// Updates on the console: composed, looked at, sent, delivered.
struct ComposerTests {
  private func press(_ text: String, _ model: inout Model) -> [Effect] {
    let keys: [Key] = text.map { character in
      switch character {
      case "⏎": .enter
      case "⎋": .escape
      case "⇥": .tab
      case "↓": .down
      case "⌫": .ctrl("u")
      default: .character(character)
      }
    }
    return keys.flatMap { model.update(.keys([$0]), at: model.now) }
  }

  private func sent(_ effects: [Effect]) -> Command.OutgoingUpdate? {
    for case .append(let appending) in effects {
      if case .sendUpdate(let update) = appending.command { return update }
    }
    return nil
  }

  private func model(_ world: World, size: Size = Size(width: 100, height: 40)) -> Model {
    var model = world.model(size: size)
    model.ways = [
      DeliveryWay(name: "mail"), DeliveryWay(name: "page", audiences: ["customers"]),
      DeliveryWay(name: "board", audiences: ["board"]),
    ]
    model.login = "mira@ops1"
    return model
  }

  @Test func `what goes out is copied as it goes out, before and after`() throws {
    var world = try World.busy()
    var model = model(world)
    _ = press("u⏎⏎⏎", &model)
    guard case .confirm(let question) = model.overlay, let text = question.text else {
      Issue.record("nothing is asked: \(model.prompt?.title ?? "no prompt")")
      return
    }
    #expect(press("c", &model) == [.copy(text)])
    #expect(model.overlay == .confirm(question))
    try world.at(2540, "mira", .sendUpdate(.init(text: text, audience: "customers")))
    model = self.model(world)
    _ = press("4k", &model)
    #expect(press("Y", &model) == [.copy(text)])
  }

  @Test func `withheld words are not copied either`() throws {
    var world = try World.busy()
    try world.at(2540, "mira", .note("token=SECRET-4711"))
    let entry = try #require(world.log.events.last?.sequence)
    var model = model(world)
    _ = press("4k", &model)
    #expect(press("Y", &model) == [.copy("token=SECRET-4711")])
    try world.at(2545, "mira", .retract(entry: entry, secret: true, reason: nil))
    model = self.model(world)
    _ = press("4kj", &model)
    #expect(model.timeline.selected?.sequence == entry)
    for effect in press("Yc", &model) { #expect(!"\(effect)".contains("SECRET")) }
    #expect(model.prompt?.line.text.contains("SECRET") != true)
  }

  @Test func `the usual update is a few times Enter, and a yes`() throws {
    let world = try World.busy()
    var model = model(world)
    #expect(press("u", &model).isEmpty)
    let first = try #require(model.prompt?.choices.first)
    #expect(first.text == "to customers")
    #expect(first.detail.contains("OVER since"))
    #expect(press("⏎⏎⏎", &model).isEmpty)
    guard case .confirm(let question) = model.overlay else {
      Issue.record("nothing is asked: \(model.prompt?.title ?? "no prompt")")
      return
    }
    let update = try #require(sent(press("y", &model)))
    let newest = try #require(world.log.events.last)
    let head = "\(newest.sequence):\(newest.hash ?? "none")"
    #expect(question.text == update.text)
    #expect(update.head == head)
    #expect(update.text.hasSuffix("\n\n-- \nlog \(head)\n"))
    #expect((update.audience, update.status) == ("customers", "investigating"))
    #expect(update.next == model.now + .minutes(20))
    #expect((update.via, update.from) == (["mail", "page"], "mira@ops1"))
  }

  @Test func `an update about the past is recorded and goes nowhere, and the question says so`()
    throws
  {
    var model = model(try World.busy())
    _ = press(":update We looked at the graphs --audience customers --at -5m⏎", &model)
    #expect(model.frame(size: model.size).text.contains("about the past: it is recorded"))
    let update = try #require(sent(press("y", &model)))
    #expect(update.audience == "customers")
    #expect(update.via.isEmpty)
  }

  @Test func `what was asked first is in the words: the promise, and the number`() throws {
    var world = try World.busy()
    let body = "Update #[number]. Next update: [time]. [what we know]"
    var procedure = world.incident.procedure
    procedure.templates = [
      Template(id: "status-update", title: "Status update for customers", body: body, line: 7)
    ]
    let reload = Command.reloadProcedure(procedure, changes: [])
    try world.at(2540, "mira", reload)
    var model = model(world)
    let row = "Status update"
    _ = press("u\(row)⏎⌫45m⏎", &model)
    let text = try #require(model.prompt?.line.text)
    // 45 minutes after 02:17:46 UTC, in the team's zone; the second one that customers get.
    #expect(text.hasPrefix("Update #2. Next update: 10:02 WIB."))
    #expect(text.contains("[what we know]"))
    // It is marked as open here and in the question, and Tab leads to it.
    #expect(model.frame(size: model.size).text.contains("still open: [what we know]"))
    _ = press("⏎", &model)
    guard case .confirm(let question) = model.overlay else {
      Issue.record("nothing is asked")
      return
    }
    #expect(question.warnings == ["STILL OPEN: [what we know]"])
    #expect(model.frame(size: model.size).text.contains("STILL OPEN: [what we know]"))
    // A no leads back to the words.
    #expect(press("n", &model).isEmpty)
    #expect(model.prompt?.line.text == text)
    for _ in 0..<3 { _ = model.update(.keys([.home]), at: model.now) }
    _ = press("⇥", &model)
    #expect(model.prompt?.line.beforeCursor.hasSuffix("[what we know]") == true)
    _ = model.update(.keys(Array(repeating: .ctrl("w"), count: 3)), at: model.now)
    _ = press("a lock⏎", &model)
    guard case .confirm(let again) = model.overlay else {
      Issue.record("nothing is asked again")
      return
    }
    #expect(again.warnings.isEmpty)
    #expect(sent(press("y", &model))?.text.contains("a lock\n\n-- \nlog") == true)
  }

  @Test func `words typed at an open place take its place, and nothing else does`() {
    var line = LineEditor("We know [what] of [it].")
    line.move(behindOneOf: ["[what]", "[it]"])
    line.insert("m")
    line.insert("uch")
    #expect(line.text == "We know much of [it].")
    line.move(behindOneOf: ["[it]"])
    line.move(by: -1)
    line.move(by: 1)
    line.insert("x")
    #expect(line.text == "We know much of [it]x.")
    line.move(behindOneOf: ["[it]"])
    line.deleteWord()
    line.insert("that")
    #expect(line.text == "We know much of thatx.")
  }

  @Test func `a long text can be read to its end before the yes, which stays in sight`() throws {
    var model = model(try World.busy(), size: Size(width: 80, height: 24))
    _ = press("u⏎⏎⌫", &model)
    let text = (1...60).map { "line \($0) of it" }.joined(separator: "\n")
    _ = model.update(.keys([.paste(text)]), at: model.now)
    _ = press("⏎", &model)
    func shows(_ words: String) -> Bool { model.frame(size: model.size).text.contains(words) }
    #expect(shows("Send this update"))
    #expect(shows("y yes"))
    #expect(!shows("line 60 of it"))
    _ = model.update(.keys([.end]), at: model.now)
    #expect(shows("log "))
    #expect(shows("line 60 of it"))
    #expect(shows("y yes"))
    _ = model.update(.keys([.home]), at: model.now)
    #expect(shows("Send this update"))
  }

  @Test func `in a drill the words say so, and they go nowhere`() throws {
    var world = try World.busy()
    let now = world.now
    world.incident = Incident()
    world.log = MemoryLog()
    let procedure = try World().incident.procedure
    world.append(
      try Incident.declare(
        Declaration(id: "2026-11-21-drill", title: "d", procedure: procedure, isDrill: true),
        at: now), by: "mira")
    var model = model(world)
    _ = press("u⏎⏎⌫We look⏎", &model)
    #expect(model.frame(size: model.size).text.contains("DRILL: this is an exercise"))
    #expect(model.frame(size: model.size).text.contains("nothing is"))
    let update = try #require(sent(press("y", &model)))
    #expect(update.via.isEmpty)
    #expect(update.text.hasPrefix("DRILL: this is an exercise"))
  }

  @Test func `the palette's update is looked at in the same way`() throws {
    var model = model(try World.busy())
    _ = press(":update All is well --audience customers --next 30m⏎", &model)
    let update = try #require(sent(press("y", &model)))
    #expect(update.text.hasPrefix("All is well\n\n-- \nlog "))
    #expect(update.via == ["mail", "page"])
  }

  // MARK: - Delivering

  /// A world with an update that goes by some ways.
  private func world(_ ways: [String], from: String = "mira@ops1") throws -> World {
    var world = try World.busy()
    var update = Command.OutgoingUpdate(text: "We look", audience: "customers")
    (update.via, update.from) = (ways, from)
    try world.at(2540, "mira", .sendUpdate(update))
    return world
  }

  private func tried(_ world: inout World, at seconds: Int, attempt: Int, error: String?) throws {
    let outcome = Command.recordDelivery(
      DeliveryResult(
        subject: "update:\(world.incident.updates.last?.stamp.sequence ?? 0)", target: "page",
        isSuccess: error == nil, attempt: attempt, error: error))
    try world.at(seconds, "muster", outcome)
  }

  @Test func `an attempt is in sight as long as it goes on`() throws {
    let world = try world(["page"])
    var model = model(world)
    let number = try #require(world.incident.updates.last?.stamp.sequence)
    let attempt = Delivering(incident: world.incident.id, update: number, target: "page")
    #expect(model.frame(size: model.size).text.contains("NOT DELIVERED YET page"))
    _ = model.update(.delivering([attempt]), at: world.now)
    #expect(model.frame(size: model.size).text.contains("DELIVERING page"))
    _ = model.update(.deliveryEnded(attempt), at: world.now)
    #expect(model.frame(size: model.size).text.contains("NOT DELIVERED YET page"))
  }

  @Test func `what failed stays in sight until it is there`() throws {
    var world = try world(["page"])
    try tried(&world, at: 2541, attempt: 1, error: "exit 7: no route")
    var model = model(world)
    for screen in [Model.Screen.console, .wall] {
      let shown = world.model(screen, size: Size(width: 110, height: 40))
      let text = shown.frame(size: shown.size).text
      #expect(text.contains("NOT DELIVERED page, left to mira@ops1"), "\(screen)")
    }
    for (screen, width, height) in [
      (Model.Screen.wall, 80, 24), (.wall, 60, 14), (.wall, 40, 10), (.console, 40, 8),
      (.console, 60, 14), (.console, 80, 24), (.console, 30, 4),
    ] {
      let shown = world.model(screen, size: Size(width: width, height: height))
      let text = shown.frame(size: shown.size).text
      #expect(text.contains("NOT DELIVERED"), "\(screen) \(width)x\(height)")
    }
    let frame = model.frame(size: model.size).text
    #expect(frame.contains("NOT DELIVERED page, retry in 00:05"))
    #expect(frame.contains("exit 7: no route"))

    for attempt in 2...10 {
      try tried(&world, at: 2541 + attempt, attempt: attempt, error: "exit 7")
    }
    model = self.model(world)
    _ = model.update(.tick, at: world.now + .days(1))
    #expect(model.frame(size: model.size).text.contains("NOT DELIVERED page, given up"))

    try tried(&world, at: 2600, attempt: 11, error: nil)
    model = self.model(world)
    #expect(!model.frame(size: model.size).text.contains("NOT DELIVERED"))
  }

  @Test func `promises are counted in pane 1`() throws {
    var world = try World.busy()
    let next = world.now + .minutes(1)
    try world.at(2540, "mira", .sendUpdate(.init(text: "x", audience: "board", next: next)))
    try world.at(2541, "mira", .sendUpdate(.init(text: "y", audience: "board")))
    try world.at(2542, "mira", .sendUpdate(.init(text: "y", audience: "dev", next: next)))
    var model = model(world, size: Size(width: 120, height: 50))
    _ = model.update(.tick, at: world.now + .minutes(5))
    #expect(model.frame(size: model.size).text.contains("1 kept, 1 broken"))
  }
}
