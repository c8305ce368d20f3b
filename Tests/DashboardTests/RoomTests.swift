import Dashboard
import Display
import Engine
import EventLog
import Testing

/// Room goes to what somebody must read: titles, rules, other incidents; nothing is cut beside it.
struct RoomTests {
  private let world: World
  private let others: [OpenIncident]

  init() throws {
    world = try World.busy()
    others = try (1...4).map { number in
      var other = try World(
        severity: number == 1 ? "SEV-1" : "SEV-2", title: "Other incident number \(number)")
      if number % 2 == 0 { try other.at(20, "kai", .acknowledge) }
      var summary = OpenIncident(
        other.incident, at: other.start + .seconds(3600), in: TimeContext(zone: .utc))
      summary.id += "-\(number)"
      return summary
    }
  }

  private func model(_ size: Size, on screen: Model.Screen = .console) -> Model {
    var model = world.model(screen, size: size)
    let own = OpenIncident(world.incident, at: world.now, in: model.context)
    _ = model.update(.listed([own] + others), at: world.now)
    return model
  }

  private func press(_ keys: [Key], _ model: inout Model) {
    for key in keys { _ = model.update(.keys([key]), at: model.present + .seconds(1)) }
  }

  private func rows(_ model: Model) -> [String] { model.frame(size: model.size).rows }

  @Test func `a prompt names its incident in full where its keys stand below`() {
    var model = model(Size(width: 80, height: 30))
    press([.character("n")], &model)
    let title = world.incident.shownTitle
    #expect(rows(model).contains { $0.contains(" Note ") && $0.contains(title) })
  }

  // MARK: - The header

  @Test(arguments: [Size(width: 60, height: 20), Size(width: 80, height: 24)])
  func `a title is whole before anything stands beside it`(size: Size) {
    let rows = rows(model(size))
    #expect(rows[0].contains("Checkout returns 502 for all carts"), "\(rows[0])")
    #expect(rows[..<3].contains { $0.contains("2 NOT ACK") }, "\(rows[..<3])")
  }

  @Test(arguments: 110...120) func `the id is in sight`(width: Int) {
    let rows = rows(model(Size(width: width, height: 30)))
    #expect(rows[..<3].contains { $0.contains(world.incident.id) }, "\(rows[..<3])")
  }

  @Test func `what others need is a number of something at every size`() {
    for width in 20...120 {
      for height in [3, 5, 7, 9, 12, 24] {
        let text = model(Size(width: width, height: height)).frame(
          size: Size(width: width, height: height)
        ).text
        #expect(!text.contains("+4!") && !text.contains("+4 \n"), "\(width)x\(height)\n\(text)")
      }
    }
  }

  @Test func `only the first duty has a filled ground`() {
    let frame = model(Size(width: 120, height: 30)).frame(size: Size(width: 120, height: 30))
    let letters = frame.legend.split(separator: "\n").filter { $0.contains("countdown.breached") }
    let letter = letters.first?.first
    let filled = frame.roles.split(separator: "\n").enumerated().filter { _, row in
      letter.map { row.contains($0) } ?? false
    }.map(\.offset)
    #expect(filled == [1], "\(filled)")
  }

  // MARK: - Other incidents

  @Test(arguments: [(Size(width: 160, height: 45), 2), (Size(width: 240, height: 67), 4)])
  func `a large console lists the other incidents`(size: Size, count: Int) {
    let rows = rows(model(size))
    #expect(rows.contains { $0.contains("4 others open (I)") })
    // The line that announces a breach elsewhere is no row of the list.
    let listed = rows.count {
      $0.contains("Other incident number") && !$0.contains("other incident:")
    }
    #expect(listed == count, "\(rows.joined(separator: "\n"))")
  }

  @Test func `the switcher tells the next step of the list of incidents`() {
    var model = model(Size(width: 120, height: 30))
    press([.character("I")], &model)
    let row = rows(model).first { $0.contains("Other incident number 1") } ?? ""
    #expect(row.contains("CALL Secondary") && row.contains("OVER"), "\(row)")
  }

  @Test func `the frame of the switcher stands still while it is narrowed`() {
    for size in [Size(width: 80, height: 24), Size(width: 120, height: 30)] {
      var model = model(size)
      press([.character("I")], &model)
      func frame() -> [Int] {
        rows(model).enumerated().filter { $1.contains("╔") || $1.contains("╚") }.map(\.offset)
      }
      let first = frame()
      for keys in [[Key.character("n")], [.character("5")], [.escape], [.tab]] {
        press(keys, &model)
        #expect(frame() == first, "\(size) \(keys)")
      }
    }
  }

  @Test(arguments: [40, 50, 60, 64, 80]) func `the switcher names titles`(width: Int) {
    var model = model(Size(width: width, height: 20))
    press([.character("I")], &model)
    let text = model.frame(size: model.size).text
    #expect(text.contains("Other incid"), "\(text)")
  }

  @Test(arguments: [60, 70, 80, 100]) func `the counts of the wall are not cut`(width: Int) {
    let size = Size(width: width, height: 24)
    let row = rows(model(size, on: .wall)).first { $0.contains("ALSO") } ?? ""
    #expect(row.contains("SEV-2 ×3") && !row.contains("…"), "\(row)")
  }

  @Test func `a stale wall hides no incident`() {
    var model = model(Size(width: 80, height: 24), on: .wall)
    _ = model.update(.readFailed("permission denied"), at: model.present + .seconds(6))
    _ = model.update(.tick, at: model.present + .seconds(7))
    let text = model.frame(size: model.size).text
    #expect(text.contains("ALSO OPEN") && text.contains("last read"), "\(text)")
  }

  // MARK: - Nothing cut

  @Test func `entries are wrapped where the timeline has rows to spare`() throws {
    var world = try World()
    try world.at(60, "mira", .note(String(repeating: "word ", count: 14) + "end"))
    let size = Size(width: 80, height: 30)
    var model = world.model(size: size)
    _ = model.update(.keys([.character("4")]), at: model.present)
    #expect(model.frame(size: size).text.contains("end"))
  }

  @Test func `what is typed is broken between words`() throws {
    var model = world.model(size: Size(width: 40, height: 20))
    press([.character("n")], &model)
    press("customers in the south see their carts vanish".map(Key.character), &model)
    let text = model.frame(size: model.size).text
    #expect(text.contains("their ") && text.contains("║ carts vanish"), "\(text)")
  }

  @Test(arguments: ["escalation due", "timer 25", "update to"])
  func `a search finds what stands on the screen`(words: String) {
    var model = world.model()
    press([.character("/")], &model)
    press(words.map(Key.character), &model)
    #expect(!model.timeline.matches.isEmpty)
  }

  @Test func `a step of a runbook that was noted is ticked in the list`() throws {
    var world = try World(severity: "P0", procedure: "saas")
    let book = try #require(world.incident.procedure.runbooks.first)
    try world.at(
      60, "kai", .note("Runbook \(book.title), step 1 done: \(book.steps[0].text)"))
    var model = world.model(size: Size(width: 120, height: 40))
    press([.character("b")], &model)
    let text = model.frame(size: model.size).text
    #expect(
      text.contains("[x] 1. ") && text.contains("kai)") && text.contains("[ ] 2. "), "\(text)")
  }

  @Test(arguments: [
    ("show", Overlay.report(.brief)), ("verify", .report(.verification)), ("log", nil),
  ])
  func `the palette takes verbs that only read`(verb: String, shown: Overlay?) {
    var model = world.model()
    press([.character(":")] + verb.map(Key.character) + [.enter], &model)
    #expect(model.prompt == nil && model.overlay == shown)
    if verb == "log" { #expect(model.focus == .timeline) }
  }
}
