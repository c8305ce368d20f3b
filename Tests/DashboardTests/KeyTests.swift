import Dashboard
import Display
import Engine
import EventLog
import Testing

/// What keys ask for: *given a screen, when these keys, then these effects*.
struct KeyTests {
  /// Types a text and special keys: `⏎` Enter, `⎋` Escape, `⇥` Tab, `↑`, `↓`, `⌫`.
  private func keys(_ text: String) -> [Key] {
    text.map { character in
      switch character {
      case "⏎": .enter
      case "⎋": .escape
      case "⇥": .tab
      case "↑": .up
      case "↓": .down
      case "⌫": .backspace
      default: .character(character)
      }
    }
  }

  /// Presses keys one read after the other.
  private func press(_ text: String, _ model: inout Model) -> [Effect] {
    var typed: [Effect] = []
    var last: Key?
    for key in keys(text) {
      // What follows an answer is pressed when it has been seen.
      let pause: Duration = last == .enter && key != .enter ? .seconds(1) : .zero
      typed += model.update(.keys([key]), at: model.now + pause)
      last = key
    }
    return typed
  }

  private func commands(_ effects: [Effect]) -> [Command] {
    effects.compactMap { if case .append(let appending) = $0 { appending.command } else { nil } }
  }

  @Test(arguments: [
    ("nlooks like the pool⏎", Command.note("looks like the pool")),
    ("Fpool is full⏎", .finding("pool is full")),
    ("ypool too small⏎", .hypothesis("pool too small")),
    ("my", .mitigate),
    ("v↓⏎y", .setSeverity("SEV-2")),
    ("sident⏎", .setStatus("identified")),
    ("pstab⏎", .enterPhase("stabilise")),
    ("dRoll back? -> no⏎", .decide(question: "Roll back?", choice: "no", objections: [])),
    ("iall carts⏎", nil),
    ("t10m look again⏎", .startTimer("look again", .minutes(10))),
    ("Tbo: read the logs (15m)⏎", .assignTask("read the logs", who: "bo", timeBox: .minutes(15))),
    ("hkai⏎", .offerHandover(to: "kai")),
    ("Ascribe⏎ana⏎", .assign(role: "Scribe", name: "ana")),
    ("3 ", .check("call")),
    ("3jxnot needed⏎", .skip("scope", reason: "not needed")),
    (":note hello there⏎", .note("hello there")),
    (":status monitoring⏎y", .setStatus("monitoring")),
    (":check call⏎", .check("call")),
    (":item add Ask the provider⏎", .addItem("Ask the provider", phase: nil)),
    (":timer 5m tea⏎", .startTimer("tea", .minutes(5))),
    (
      ":actions add Alert on pool use --owner Ana Li⏎",
      .addAction("Alert on pool use", owner: "Ana Li", due: nil)
    ),
    (":actions done pool⏎", nil),
    (
      ":postmortem done draft --where https://wiki.example/17⏎",
      .publishPostmortem(.draft, place: "https://wiki.example/17")
    ),
    (
      ":postmortem waive review --reason no payment failed⏎",
      .waivePostmortem(.review, reason: "no payment failed")
    ),
    (
      ":decide Roll back? --choice yes --reason it broke then⏎",
      .decide(question: "Roll back?", choice: "yes", objections: [], reason: "it broke then")
    ),
    (":snooze timer:14 10m --reason waiting for bo⏎", nil),
    ("Hx", nil),
    ("n⎋", nil),
    ("n   ⏎", nil),
  ])
  func `keys become a command`(typed: String, expected: Command?) throws {
    var model = try World.busy().model()
    let asked = commands(press(typed, &model))
    guard let expected else { return }
    #expect(asked == [expected])
    #expect(model.prompt == nil)
  }

  @Test(arguments: [
    "R", "m", "v↓⏎", ":status resolved⏎", "C⏎", ":resolve⏎", "e⏎", "u⏎⏎All is well⏎",
    ":update All is well⏎", "4jX⏎",
  ])
  func `what is outward or final asks, and Enter alone does nothing`(typed: String) throws {
    var model = try World.busy().model()
    #expect(commands(press(typed, &model)).isEmpty)
    guard case .confirm = model.overlay else {
      // Closing what is not resolved is refused before it is asked.
      #expect(model.prompt?.problem != nil)
      return
    }
    #expect(commands(press("⏎⏎ ⏎", &model)).isEmpty)
    #expect(model.overlay != nil)
    var refused = model
    #expect(commands(press("n", &refused)).isEmpty)
    #expect(refused.overlay == nil)
    #expect(commands(press("y", &model)).count == 1)
  }

  @Test(arguments: ["m", ":mitigate⏎", ":mitigated⏎", ":status monitoring⏎", "smonit⏎"])
  func `mitigated asks on every way to it where it ends a clock, and on none where it ends nothing`(
    typed: String
  ) throws {
    var busy = try World.busy().model()
    #expect(commands(press(typed, &busy)).isEmpty)
    guard case .confirm = busy.overlay else {
      Issue.record("nothing is asked")
      return
    }
    var world = try World()
    var procedure = world.incident.procedure
    (procedure.escalation, procedure.cadence) = ([], [])
    try world.at(10, "mira", .reloadProcedure(procedure, changes: []))
    var quiet = world.model()
    #expect(commands(press(typed, &quiet)).count == 1)
    #expect(quiet.overlay == nil)
  }

  @Test(arguments: ["-12m rolled back", "02:05 rolled back"])
  func `a time in front of a note back-dates it, and Escape keeps it as text`(typed: String) throws
  {
    var model = try World.busy().model()
    let effects = press("n\(typed)⏎", &model)
    let then = model.now - .seconds(12 * 60 + (typed.hasPrefix("02") ? 43 : 0))
    guard case .append(let appending)? = effects.first else {
      Issue.record("nothing was asked to be recorded")
      return
    }
    #expect(appending.command == .note("rolled back"))
    #expect(appending.occurred == then)

    var other = try World.busy().model()
    _ = press("n\(typed)", &other)
    #expect(other.frame(size: other.size).text.contains("12 min ago"))
    let asText = press("⎋⏎", &other)
    guard case .append(let plain)? = asText.first else {
      Issue.record("nothing was asked to be recorded")
      return
    }
    #expect(plain.command == .note(typed))
    #expect(plain.occurred == nil)
  }

  @Test(arguments: ["-12 rolled back", "+5m later", "25:99 foo"])
  func `a time that is not understood is refused wherever a note is typed`(
    typed: String
  ) throws {
    var model = try World.busy().model()
    #expect(commands(press("n\(typed)⏎", &model)).isEmpty)
    let problem = try #require(model.prompt?.problem)
    let word = String(typed.prefix { $0 != " " })
    #expect(problem.contains(word) || problem.contains("in the future"))
    #expect(commands(press("⎋⏎", &model)) == [.note(typed)])

    var line = try World.busy().model()
    #expect(commands(press(":note \(typed)⏎", &line)).isEmpty)
    #expect(line.prompt?.problem != nil)
  }

  @Test func `a paste or a burst in normal mode changes nothing and says so`() throws {
    for burst in [
      [Key.paste("declare\nq\nyes\n")], keys("declare q yes"), keys("mmmmmmmmm"),
      keys("declare⏎q⏎"), keys("yes⏎"),
    ] {
      var model = try World.busy().model()
      let before = (model.overlay, model.prompt, model.focus)
      #expect(model.update(.keys(burst), at: model.now).isEmpty)
      #expect((model.overlay, model.prompt, model.focus) == before)
      #expect(model.frame(size: model.size).text.contains("ignored"))
    }
  }

  @Test func `a paste into a note is its text, line feeds and all`() throws {
    var model = try World.busy().model()
    _ = press("n", &model)
    #expect(model.update(.keys([.paste("one\nq\n:resolve")]), at: model.now).isEmpty)
    #expect(commands(press("⏎", &model)) == [.note("one\nq\n:resolve")])
  }

  @Test func `words that were not recorded come back to where they were typed`() throws {
    var model = try World.busy().model()
    let effects = press("nprecious words⏎", &model)
    guard case .append(let appending)? = effects.first else {
      Issue.record("nothing was asked to be recorded")
      return
    }
    #expect(model.prompt == nil)
    _ = model.update(
      .notRecorded(appending.ticket, .failed("NOT RECORDED: disk full")), at: model.now)
    #expect(model.prompt?.line.text == "precious words")
    #expect(model.frame(size: model.size).text.contains("NOT RECORDED: disk full"))
  }

  @Test func `words that are kept elsewhere are not offered to be typed again`() throws {
    var model = try World.busy().model()
    let effects = press("nprecious words⏎", &model)
    guard case .append(let appending)? = effects.first else {
      Issue.record("nothing was asked to be recorded")
      return
    }
    _ = model.update(
      .notRecorded(appending.ticket, .kept("NOT RECORDED: disk full; kept")), at: model.now)
    #expect(model.prompt == nil)
    #expect(model.frame(size: model.size).text.contains("NOT RECORDED: disk full; kept"))
  }

  @Test func `nothing changes on screen before the log has it`() throws {
    var world = try World.busy()
    var model = world.model()
    let before = model.incident?.sequence
    _ = press("m", &model)
    #expect(model.incident?.isMitigated == false)
    let known = world.log.events.count
    try world.at(2540, "mira", .mitigate)
    _ = model.update(
      .recorded(Array(world.log.events[known...]), in: world.incident.id), at: world.now)
    #expect(model.incident?.isMitigated == true)
    #expect(model.incident?.sequence != before)
  }

  @Test func `the picked entry stays when others come in, and the pane says how many`() throws {
    var world = try World.busy()
    var model = world.model()
    _ = press("4jjj", &model)
    let picked = model.timeline.selected
    let known = world.log.events.count
    try world.at(2541, "kai", .note("something new"))
    try world.at(2542, "kai", .note("late one"), happened: 100)
    let top = model.timeline.row(at: model.timeline.offset)
    _ = model.update(
      .recorded(Array(world.log.events[known...]), in: world.incident.id), at: world.now)
    #expect(model.timeline.selected == picked)
    #expect(model.timeline.row(at: model.timeline.offset) == top)
    #expect(model.frame(size: model.size).text.contains("PAUSED +2"))
    _ = press("f", &model)
    #expect(model.timeline.follows)
  }

  @Test func `searching jumps, counts, steps and goes back`() throws {
    var model = try World.busy().model()
    _ = press("4/right after", &model)
    #expect(model.timeline.matches.count == 1)
    #expect(model.timeline.selected?.sequence == model.timeline.matches.first)
    _ = press("⏎", &model)
    #expect(model.frame(size: model.size).text.contains("1 of 1"))
    #expect(commands(press("n", &model)).isEmpty)
    _ = press("⎋", &model)
    #expect(model.timeline.query.isEmpty)
    _ = press("/nothing like it⎋", &model)
    #expect(model.timeline.query.isEmpty)
  }

  @Test func `the filter shows what it lets through, and Escape ends it`() throws {
    var model = try World.busy().model()
    let all = model.timeline.rows.count
    _ = press("\\N by:kai⏎", &model)
    #expect(model.timeline.rows.count == 2)
    #expect(model.frame(size: model.size).text.contains("only N by:kai"))
    _ = press("⎋", &model)
    #expect(model.timeline.rows.count == all)
  }

  @Test func `a new breach rings once and takes no focus`() throws {
    let world = try World.busy()
    var model = world.model()
    _ = press("nhalf a sent", &model)
    let later = world.now + .seconds(300)
    let effects = model.update(.tick, at: later)
    #expect(effects.filter { $0 == .bell }.count == 1)
    let told = effects.compactMap { if case .notify(let text) = $0 { text } else { nil } }
    #expect(told.count == 1)
    #expect(told.first?.contains("overdue: bo: replica lag (2026-11-21-checkout-502)") == true)
    #expect(model.prompt?.line.text == "half a sent")
    #expect(!model.update(.tick, at: later + .seconds(1)).contains(.bell))
  }

  @Test func `on the wall keys do nothing, and leaving asks`() throws {
    var wall = try World.busy().model(.wall)
    #expect(press("anmR:⏎ 4jX", &wall).isEmpty)
    #expect(wall.prompt == nil)
    #expect(press("q", &wall).isEmpty)
    #expect(press("⏎", &wall).isEmpty)
    #expect(press("qy", &wall) == [.quit])
  }

  @Test func `a read-only screen refuses whatever records, and says why`() throws {
    for request in Request.allCases where request.records && request != .declare {
      var model = try World.busy().model()
      _ = model.update(.readOnly(true), at: model.now)
      #expect(model.unavailable(request)?.contains("read-only") == true, "\(request)")
    }
    var model = try World.busy().model()
    _ = model.update(.readOnly(true), at: model.now)
    #expect(commands(press("a:note hello⏎", &model)).isEmpty)
  }

  @Test func `every request has a key or a word, and no key has two meanings`() {
    var conflicts: [String] = []
    _ = Keymap(remapping: [:], conflicts: &conflicts)
    #expect(conflicts.isEmpty)
    _ = Keymap(
      remapping: ["note": ["a"], "nonsense": ["x"], "zoom": ["no-key"]], conflicts: &conflicts)
    #expect(conflicts.count == 3)
  }

  @Test func `an unknown command names the nearest one`() throws {
    var model = try World.busy().model()
    _ = press(":statsu monitoring⏎", &model)
    #expect(model.prompt?.problem?.contains("status") == true)
  }

  @Test func `who was reached is back-dated by a time in front`() throws {
    var world = try World()
    world.now = world.start + .seconds(400)
    var model = world.model()
    let effects = press("2r-5m niran⏎", &model)
    let appending = try #require(
      effects.compactMap { if case .append(let appending) = $0 { appending } else { nil } }.first)
    guard case .reached(_, let name) = appending.command else {
      Issue.record("\(appending.command)")
      return
    }
    #expect(name == "niran" && appending.occurred == world.now - .minutes(5))
  }

  @Test func `words typed on where nothing can be recorded are no commands`() throws {
    var model = try World().model()
    _ = model.update(.readOnly(true), at: model.now)
    for letter in "nwe look" {
      _ = model.update(.keys([.character(letter)]), at: model.now)
    }
    #expect(model.overlay == nil && model.prompt == nil)
  }

}
