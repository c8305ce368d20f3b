import Dashboard
import Display
import Engine
import EventLog
import Procedures
import Testing
import muster

/// The team's document over the panes.
struct DocumentTests {
  private let world: World
  private var model: Model
  private let text: String

  init() throws {
    var world = try World(severity: "P0", procedure: "saas")
    try world.at(300, "mira", .acknowledge)
    try world.at(400, "mira", .enterPhase("mitigation"))
    self.world = world
    model = world.model()
    text = try #require(BuiltInProcedures.named("saas")).text
  }

  private mutating func press(_ keys: Key...) -> [Effect] {
    keys.flatMap { model.update(.keys([$0]), at: model.now) }
  }

  private mutating func type(_ text: String) -> [Effect] {
    text.flatMap { model.update(.keys([$0 == "⏎" ? .enter : .character($0)]), at: model.now) }
  }

  /// Answers what was asked for, as the log would.
  private mutating func answer(_ effects: [Effect]) throws {
    let width = effects.compactMap { if case .document(let width) = $0 { width } else { nil } }
    let document = try #require(ProcedureDocument(Array(text.utf8)))
    let page = DocumentPage(document, path: "docs/saas.md", width: try #require(width.first))
    _ = model.update(.document(page, of: model.incident?.id), at: model.now)
  }

  private mutating func open() throws { try answer(press(.character("W"))) }

  private var screen: String { model.frame(size: model.size).text }

  private func line(of words: String) -> Int {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    return (lines.firstIndex { $0.contains(words) } ?? -1) + 1
  }

  private func isPicked(_ words: String) -> Bool {
    screen.contains("line \(line(of: words)) of")
      && screen.split(separator: "\n").contains {
        $0.contains("║ >") && $0.contains("\(line(of: words))")
      }
  }

  /// Whether the line that is picked is that of the rule in the header.
  private var isAtNextRule: Bool {
    screen.contains("line \(model.next?.rule?.line ?? 0) of")
  }

  @Test mutating func `it is asked for, and opens at the rule that the header tells`() throws {
    for pane in "124" {
      _ = press(.character(pane))
      let asked = press(.character("W"))
      #expect(asked == [.document(width: 72)])
      #expect(screen.contains("Laying out"))
      try answer(asked)
      #expect(isAtNextRule, "\(screen)")
      _ = press(.escape)
    }
  }

  @Test mutating func `it opens at the rule of the countdown that is picked`() throws {
    _ = type("2g")
    let duty = try #require(model.deadlines.first { ($0.rule?.line ?? 0) > 0 })
    while model.selectedDeadline != duty.id { _ = press(.character("j")) }
    try open()
    #expect(screen.contains("line \(duty.rule?.line ?? 0) of"), "\(screen)")
  }

  @Test mutating func `it opens at the item that is picked, also from the item in full`() throws {
    _ = type("3jj")
    let id = try #require(model.selectedItem)
    let item = try #require(model.incident?.checklist.first { $0.item.id == id })
    try open()
    #expect(screen.contains("line \(item.item.line) of"), "\(screen)")
    _ = press(.escape, .enter)
    #expect(model.overlay == .item(id))
    try open()
    #expect(model.overlay == .document)
    #expect(screen.contains("line \(item.item.line) of"))
  }

  @Test mutating func `it opens at the step of the runbook that is picked`() throws {
    _ = type("bj")
    let books = try #require(model.incident?.procedure.runbooks)
    let step = books.flatMap(\.steps)[1]
    try open()
    #expect(screen.contains("line \(step.line) of"), "\(screen)")
  }

  @Test mutating func `words are found as they are typed, and gone through`() throws {
    try open()
    _ = type("/status page")
    #expect(screen.contains("found") && screen.contains("Find in the document"))
    _ = type("⏎")
    #expect(screen.contains("“status page” 1/5"), "\(screen)")
    _ = type("n")
    #expect(screen.contains("“status page” 2/5"))
    _ = type("N")
    #expect(screen.contains("“status page” 1/5"))
    _ = type("N")
    #expect(screen.contains("“status page” 5/5"))
    _ = type("/nowhere in it⏎")
    #expect(screen.contains("nothing found"))
    _ = press(.escape)
    #expect(model.overlay == .document && model.prompt == nil)
    #expect(!screen.contains("“nowhere in it” 0"))
    _ = press(.escape)
    #expect(model.overlay == nil)
  }

  @Test mutating func `a command under the cursor is copied`() throws {
    try open()
    _ = type("/rollout restart⏎")
    #expect(press(.character("Y")) == [.copy("kubectl rollout restart deployment/api")])
    _ = type("/Verify the fix⏎")
    #expect(press(.character("Y")) == [.copy("1. Verify the fix in production")])
  }

  @Test mutating func `the usual keys move in it, and none of them reaches what is behind`() throws
  {
    try open()
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).count - 1
    _ = press(.character("G"))
    #expect(screen.contains("line \(lines) of \(lines)"))
    _ = press(.character("g"))
    #expect(screen.contains("line 1 of \(lines)"))
    _ = press(.end, .home, .pageDown, .pageUp, .ctrl("d"), .ctrl("u"), .down, .character("k"))
    #expect(screen.contains("line 1 of \(lines)"))
    #expect(press(.character("a"), .character("R"), .character("m")).isEmpty)
    #expect(model.overlay == .document && model.prompt == nil)
    _ = press(.character("q"))
    #expect(model.overlay == nil)
  }

  @Test mutating func `it stays at its line in another size, with the next duty in sight`() throws {
    try open()
    _ = press(.character("j"), .character("j"))
    let place = try #require(screen.split(separator: " line ").last?.prefix { $0 != " " })
    #expect(Int(place) ?? 0 > model.next?.rule?.line ?? 0)
    for size in [
      Size(width: 120, height: 30), Size(width: 40, height: 12), Size(width: 30, height: 5),
    ] {
      try answer(model.update(.resized(size), at: model.now))
      if size.height > 5 { #expect(screen.contains("line \(place) of"), "\(screen)") }
      #expect(model.frame(size: size).text.contains("Update to customers"))
    }
  }

  @Test mutating func `a log that keeps no document says so`() throws {
    _ = press(.character("W"))
    let page = DocumentPage(name: "OUTAGE.md", obstacle: "The log keeps no text of the document.")
    _ = model.update(.document(page, of: model.incident?.id), at: model.now)
    #expect(screen.contains("The log keeps no text"))
    #expect(press(.character("j"), .character("n"), .character("G"), .character("Y")).isEmpty)
    #expect(screen.contains("The log keeps no text"))
  }

  @Test mutating func `a typed line opens it at words`() throws {
    try answer(type(":document Before it counts⏎"))
    #expect(isPicked("### Before it counts"), "\(screen)")
    _ = press(.escape)
    try answer(type(":document⏎"))
    #expect(isAtNextRule)
  }

  @Test mutating func `in a replay it opens at what mattered then`() throws {
    let playback = try #require(Playback(of: world.log.events))
    _ = model.update(.replaying(playback), at: world.now)
    try open()
    #expect(isPicked("## Phase 1"), "\(screen)")
  }

  @Test mutating func `nothing is open, nothing is shown`() throws {
    model = world.modelWithNothingOpen(.console)
    #expect(press(.character("W")).isEmpty)
    #expect(screen.contains("no incident is open"))
  }

  @Test(arguments: [Size(width: 80, height: 24), Size(width: 120, height: 30)])
  mutating func `the document over the panes`(size: Size) throws {
    _ = model.update(.resized(size), at: model.now)
    try open()
    _ = type("/rollout⏎n")
    expectSnapshot(screen, "over-document-\(size.width)x\(size.height)")
  }
}
