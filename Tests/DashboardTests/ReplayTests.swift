import Dashboard
import Display
import Engine
import EventLog
import Testing
import Wording
import muster

/// The console over a past incident.
struct ReplayTests {
  private let world: World
  private var model: Model

  init() throws {
    world = try World.busy()
    let playback = try #require(Playback(of: world.log.events))
    model = Model(
      .console, size: Size(width: 120, height: 30), at: world.now,
      context: TimeContext(zone: World.jakarta), actor: "mira")
    model.clock.showsUTC = true
    model.reader = ConsoleReader()
    _ = model.update(.replaying(playback), at: world.now)
  }

  @discardableResult
  private mutating func press(_ keys: Key..., after seconds: Int = 0) -> [Effect] {
    keys.flatMap { model.update(.keys([$0]), at: model.present + .seconds(seconds)) }
  }

  private mutating func type(_ text: String) {
    for character in text { press(.character(character)) }
    press(.enter)
  }

  private mutating func jump(_ text: String) {
    press(.character("t"))
    type(text)
  }

  private func instant(_ seconds: Int) -> Timestamp { world.start + .seconds(seconds) }

  /// What the log says of a moment, folded without any of what is tested here.
  private func expected(_ vantage: Vantage) -> Incident {
    Incident(replaying: world.log.events.filter { vantage.sees($0) })
  }

  private func expectShown(
    _ vantage: Vantage, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let shown = try #require(model.incident, sourceLocation: sourceLocation)
    let wanted = expected(vantage)
    #expect(model.now == vantage.at, sourceLocation: sourceLocation)
    #expect(shown.timeline.rows == wanted.timeline.rows, sourceLocation: sourceLocation)
    let deadlines = (
      shown.deadlines(at: vantage.at, in: model.context),
      wanted.deadlines(at: vantage.at, in: model.context)
    )
    let isSame = deadlines.0 == deadlines.1 && shown.checklist == wanted.checklist
    #expect(isSame, "deadlines or checklist differ", sourceLocation: sourceLocation)
  }

  @Test mutating func `it begins at the declaration and stands still`() throws {
    _ = model.update(.tick, at: world.now + .minutes(5))
    #expect(model.now == world.start)
    #expect(model.frame(size: model.size).text.contains("PAUSED 10×"))
    try expectShown(Vantage(at: world.start))
  }

  @Test(arguments: [1, 10, 600])
  mutating func `where it stands while it plays follows from the present`(speed: Int) throws {
    press(.character(":"))
    type("speed \(speed)")
    press(.character(" "))
    for second in [1, 2, 3, 7] {
      _ = model.update(.tick, at: world.now + .seconds(second))
      let moment = min(instant(second * speed), instant(2410))
      try expectShown(Vantage(at: moment))
    }
  }

  @Test mutating func `it stops at the end and plays from the start again`() throws {
    press(.character("$"))
    #expect(model.frame(size: model.size).text.contains(" END "))
    press(.character(" "))
    #expect(model.now == world.start)
    #expect(model.playback?.isPlaying == true)
  }

  @Test mutating func `stepping goes from entry to entry, there and back`() throws {
    var moments: [Timestamp] = [model.now]
    while model.playback?.isAtEnd == false {
      press(.right)
      try expectShown(Vantage(at: model.now))
      moments.append(model.now)
    }
    #expect(Set(moments) == Set(world.log.events.map(\.effective)))
    for moment in moments.dropLast().reversed() {
      press(.left)
      #expect(model.now == moment)
      try expectShown(Vantage(at: moment))
    }
    press(.left)
    #expect(model.now == world.start)
  }

  @Test(
    arguments: [
      ("01:45", 574), ("01:45:00", 574), ("2026-11-21 01:45", 574), ("+10m", 600),
      ("T+10m", 600), ("t+00:10:00", 600), ("#4", 330), ("end", 2410), ("start", 0), ("23:00", 0),
      ("09:00", 2410),
    ])
  mutating func `a jump goes to a time of the incident`(text: String, seconds: Int) throws {
    jump(text)
    try expectShown(Vantage(at: instant(seconds)))
  }

  @Test(arguments: ["25:00", "soon", "#99", "T+x", "+", ""])
  mutating func `a jump to nowhere says so and stays`(text: String) throws {
    jump(text)
    #expect(model.prompt?.problem != nil)
    #expect(model.now == world.start)
  }

  @Test mutating func `what was written later is left out on request`() throws {
    let late = try #require(world.log.events.first { $0.effective == instant(200) })
    func isShown(_ model: Model) -> Bool {
      model.incident?.timeline.row(sequence: late.sequence) != nil
    }
    jump("T+300s")
    #expect(isShown(model))
    #expect(model.frame(size: model.size).text.contains("Pager did not ring"))
    press(.character("K"))
    #expect(!isShown(model))
    #expect(model.frame(size: model.size).text.contains("AS KNOWN THEN"))
    try expectShown(Vantage(at: instant(300), knowledge: .then))
    jump("T+981s")
    try expectShown(Vantage(at: instant(981), knowledge: .then))
    #expect(isShown(model))
    press(.character("K"))
    try expectShown(Vantage(at: instant(981)))
  }

  @Test mutating func `any way to a moment shows the same`() throws {
    var random = SystemRandomNumberGenerator()
    let ways: [Key] = [
      .left, .right, .character("{"), .character("}"), .character("K"), .character("0"),
      .character("$"), .character(" "), .character("]"), .character("["),
    ]
    for _ in 0..<400 {
      press(ways.randomElement(using: &random) ?? .left, after: Int.random(in: 0...3))
      let playback = try #require(model.playback)
      try expectShown(playback.vantage)
    }
  }

  @Test(arguments: Array("anmsvpidFyATuerShRCO".map { $0 }))
  mutating func `no key records, rings or leads to another incident`(key: Character) {
    press(.character("$"))
    let effects = press(.character(key)) + model.update(.tick, at: world.now + .seconds(9))
    for effect in effects {
      switch effect {
      case .append, .declare, .bell, .notify, .open: Issue.record("\(effect)")
      default: break
      }
    }
    #expect(!model.isRecording)
  }

  @Test mutating func `words of the palette are refused like keys`() {
    for line in ["note this is new", "declare another", "ack", "update text"] {
      press(.character(":"))
      let effects = line.flatMap { press(.character($0)) } + press(.enter)
      #expect(effects == [.remember(line)], "\(line)")
      #expect(
        model.prompt?.problem?.contains("replay") == true
          || model.frame(size: model.size).text.contains("replay"))
      press(.escape)
      press(.escape)
    }
  }

  @Test(arguments: [(20, 3), (30, 6), (40, 9), (40, 12), (80, 24), (120, 30), (240, 67)])
  mutating func `it is told for a replay at every size`(width: Int, height: Int) {
    let text = model.frame(size: Size(width: width, height: height)).text
    #expect(text.contains("REPLAY"))
  }

  @Test mutating func `the screen of a moment`() {
    jump("T+20m")
    for size in [Size(width: 80, height: 24), Size(width: 120, height: 30)] {
      expectSnapshot(model.frame(size: size).text, "replay-\(size.width)x\(size.height)")
    }
  }
}
