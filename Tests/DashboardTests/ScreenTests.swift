import Dashboard
import Display
import Engine
import Testing

struct ScreenTests {
  static let sizes = [
    Size(width: 40, height: 12), Size(width: 80, height: 24), Size(width: 120, height: 30),
    Size(width: 160, height: 45), Size(width: 240, height: 67),
  ]

  @Test(arguments: sizes) func `the console at a size`(size: Size) throws {
    let model = try World.busy().model(size: size)
    expectSnapshot(model.frame(size: size).text, "console-\(size.width)x\(size.height)")
  }

  @Test(arguments: sizes) func `the wall at a size`(size: Size) throws {
    let model = try World.busy().model(.wall, size: size)
    expectSnapshot(model.frame(size: size).text, "wall-\(size.width)x\(size.height)")
  }

  @Test func `the roles of the console`() throws {
    let size = Size(width: 80, height: 24)
    let frame = try World.busy().model(size: size).frame(size: size)
    expectSnapshot(frame.roles + frame.legend, "console-80x24-roles")
  }
}

struct StateTests {
  private let size = Size(width: 80, height: 24)

  /// A screen after keys, in the pinned world.
  private func text(_ keys: String, size: Size = Size(width: 80, height: 24)) throws -> String {
    var model = try World.busy().model(size: size)
    for character in keys {
      let key: Key = character == "⏎" ? .enter : .character(character)
      _ = model.update(.keys([key]), at: model.now)
    }
    return model.frame(size: size).text
  }

  @Test(arguments: [
    ("note", "n-12m rolled back"), ("status", "s"), ("palette", ":sta"), ("resolve", "R"),
    ("help", "?"), ("snooze", "S20m"), ("entry", "4j⏎"), ("incident", "1"), ("zoom", "2z"),
    ("contacts", "o"),
  ]) func `what lies over the panes`(name: String, keys: String) throws {
    expectSnapshot(try text(keys), "over-\(name)")
  }

  @Test func `nothing open, on both screens`() throws {
    let world = try World.busy()
    for screen in [Model.Screen.console, .wall] {
      let model = world.modelWithNothingOpen(screen)
      expectSnapshot(
        model.frame(size: size).text, "\(screen == .wall ? "wall" : "console")-nothing-open")
    }
  }

  @Test(arguments: [Size(width: 80, height: 24), Size(width: 120, height: 30)])
  func `a store in which nothing was ever declared tells a newcomer what this is`(
    size: Size
  ) throws {
    let world = try World.busy()
    var model = world.modelWithNothingOpen(.console)
    model.size = size
    model.isNewStore = true
    let text = model.frame(size: size).text
    for line in [
      "MUSTER", "muster demo", "muster drill bad-deployment", "muster procedure check",
      "what was understood", "muster procedure review", ":declare Checkout returns 502",
      "'standard' applies",
    ] {
      #expect(text.contains(line), "\(line)")
    }
    let open = OpenIncident(world.incident, at: world.now, in: model.context)
    _ = model.update(.listed([open]), at: world.now)
    // It is gone again before it could be read.
    _ = model.update(.openFailed(open.id, "it is not there"), at: world.now)
    _ = model.update(.listed([]), at: world.now)
    #expect(!model.isNewStore)
    #expect(model.frame(size: size).text.contains("NO OPEN INCIDENT"))
  }

  @Test func `not acknowledged, and nobody reached`() throws {
    var world = try World()
    world.now = world.start + .seconds(400)
    for draft in world.incident.unrecordedFirings(at: world.now) {
      world.append(draft, by: "muster")
    }
    expectSnapshot(world.model().frame(size: size).text, "console-unacknowledged")
    expectSnapshot(world.model(.wall).frame(size: size).text, "wall-unacknowledged")
  }

  @Test func `a narrow window names what broke beside what nobody has acknowledged`() throws {
    var world = try World()
    world.now = world.start + .seconds(4500)
    for draft in world.incident.unrecordedFirings(at: world.now) {
      world.append(draft, by: "muster")
    }
    let size = Size(width: 40, height: 12)
    var model = world.model(size: size)
    // The duty needs both rows below, so that the mark stands beside the title.
    model.storeContacts = [
      Contact(
        role: "Secondary on call", name: "Anastasia Wolkowa-Petersen", contact: "+62 21 555 0103",
        line: 0)
    ]
    let row = model.frame(size: size).rows[0]
    #expect(row.contains("Check") && row.contains("NOT ACK"), "\(row)")
  }

  @Test
  func `a wall says stale when nothing was read for five seconds, and its heart stands still`()
    throws
  {
    let world = try World.busy()
    var model = world.model(.wall)
    _ = model.update(.tick, at: world.now + .seconds(4))
    #expect(!model.frame(size: size).text.contains("STALE"))
    let beat = model.reads
    _ = model.update(.readFailed("permission denied"), at: world.now + .seconds(5))
    _ = model.update(.tick, at: world.now + .seconds(6))
    #expect(model.frame(size: size).text.contains("last read"))
    #expect(model.reads == beat)
    _ = model.update(.looked, at: world.now + .seconds(7))
    #expect(!model.frame(size: size).text.contains("STALE"))
    #expect(model.reads == beat + 1)
    _ = model.update(.late(.seconds(6)), at: world.now + .seconds(8))
    #expect(model.frame(size: size).text.contains("late"))
  }

  @Test func `several incidents stand on the wall, one line each`() throws {
    let world = try World.busy()
    var model = world.model(.wall)
    var summaries = [OpenIncident(world.incident, at: world.now, in: model.context)]
    for number in 1...7 {
      var other = summaries[0]
      other.id = "2026-11-21-other-\(number)"
      other.title = "Other incident \(number)"
      other.rank = 2
      other.severity = "SEV-2"
      summaries.append(other)
    }
    _ = model.update(.listed(summaries), at: world.now)
    let text = model.frame(size: size).text
    #expect(text.contains("Other incident 1"))
    #expect(text.contains("SEV-2 ×7"))
  }

  @Test func `damage, training and an unread procedure are told on every screen`() throws {
    let world = try World.busy()
    for screen in [Model.Screen.console, .wall] {
      var model = world.model(screen)
      _ = model.update(.damage(["a.jsonl:7: bad hash"]), at: world.now)
      _ = model.update(.tick, at: world.now + .seconds(20))
      #expect(model.frame(size: Size(width: 120, height: 30)).text.contains("DAMAGED a.jsonl:7"))
    }
  }

  @Test func `a pane with rows to spare lends them to one that would cut its own`() {
    let size = Size(width: 160, height: 45)
    func rows(_ wanted: [Pane: Int]) -> [Int?] {
      let layout = ConsoleLayout(size, focus: .escalation, isZoomed: false, wanted: wanted)
      return Pane.allCases.map { layout.rect(of: $0)?.height }
    }
    let shares = rows([:])
    // Nothing moves while nobody lacks anything.
    #expect(rows([.escalation: 4, .checklist: 4, .incident: 4, .timeline: 3]) == shares)
    let lent = rows([.escalation: 11, .checklist: 30, .incident: 9, .timeline: 3])
    #expect(lent[3] == 5 && lent[2] ?? 0 > shares[2] ?? 0)
    // Where everybody lacks rows each keeps its share.
    let full = rows([.escalation: 90, .checklist: 90, .incident: 90, .timeline: 90])
    #expect(full == shares)
  }

}
