import Dashboard
import Display
import Engine
import EventLog
import Testing

/// The keys of pane 2 act on the row under the cursor, which is there as soon as the pane has the focus.
struct RowTests {
  private func press(_ text: String, _ model: inout Model) -> [Effect] {
    text.flatMap { character in
      let key: Key =
        switch character {
        case "⏎": .enter
        case "⎋": .escape
        default: .character(character)
        }
      return model.update(.keys([key]), at: model.present + .seconds(1))
    }
  }

  private func commands(_ effects: [Effect]) -> [Command] {
    effects.compactMap { if case .append(let it) = $0 { it.command } else { nil } }
  }

  /// A model with the cursor of pane 2 on a row.
  private func model(
    at id: (Deadline) -> Bool, size: Size = Size(width: 120, height: 30), in world: World? = nil
  ) throws -> Model {
    var model = try (world ?? World.busy()).model(size: size)
    _ = press("2g", &model)
    for _ in model.deadlines
    where model.deadlines.first(where: { $0.id == model.selectedDeadline }).map(id) != true {
      _ = press("j", &model)
    }
    return model
  }

  @Test func `r on a row that is no call records nobody, and says why`() throws {
    var world = try World.busy()
    world.now = world.start + .seconds(4200)
    for kind in [Deadline.Kind.triage, .update, .timer] {
      var model = try model(at: { $0.kind == kind }, in: world)
      #expect(press("r", &model).isEmpty)
      #expect(model.prompt == nil && model.overlay == nil)
      #expect(model.toasts.last?.text.contains("is not a call") == true)
      #expect(!model.promisedHints.contains { $0.request == .reached })
    }
    var over = try model(at: { $0.label == "Secondary on call" }, in: world)
    #expect(press("r", &over).isEmpty && over.prompt == nil)
    #expect(over.toasts.last?.text.contains("is not to be called: ended") == true)
    var call = try model(at: { $0.label == "Head of Engineering" }, in: world)
    _ = press("r", &call)
    #expect(call.prompt?.purpose == .reached(step: "escalation:head-of-engineering"))
  }

  @Test func `words that are typed on behind a refused key are no commands`() throws {
    var model = try model(at: { $0.kind == .triage })
    _ = model.update(.keys([.character("r")]), at: model.present)
    for key in "am".map(Key.character) {
      #expect(model.update(.keys([key]), at: model.present).isEmpty)
    }
    #expect(model.prompt == nil && model.overlay == nil)
  }

  @Test func `S on a row without a clock says so, on another one asks for how long`() throws {
    for label in ["Watch after the fix", "Secondary on call"] {
      var model = try model(at: { $0.label == label })
      _ = press("S", &model)
      #expect(model.prompt == nil)
      #expect(model.toasts.last?.text.contains("no clock runs") == true)
    }
    var model = try World.busy().model()
    let first = try #require(model.deadlines.first)
    _ = press("2S", &model)
    #expect(model.prompt?.purpose == .snooze(deadline: first.id))
  }

  @Test func `Space and the row in full mark as triaged`() throws {
    for keys in [" ", "⏎ "] {
      var model = try model(at: { $0.kind == .triage })
      #expect(model.promisedHints.contains { $0.request == .tick && $0.words == "triaged" })
      #expect(commands(press(keys, &model)) == [.triage])
    }
  }

  @Test(arguments: [
    ("escalation:head-of-engineering", "r reached"), ("triage", "Space triaged"),
    ("update:customers", "u send the update"), ("mitigate", "m mitigated"),
  ])
  func `a row in full shows the key that meets it`(id: String, words: String) throws {
    var model = try model(at: { $0.id == id })
    _ = press("⏎", &model)
    let text = model.frame(size: model.size).text
    #expect(text.contains(words), "\(text)")
  }

  @Test func `a row in full quotes the passage of the document, and tells what was recorded`()
    throws
  {
    var model = try model(at: { $0.label == "Engineering Lead" })
    let asked = press("⏎", &model)
    #expect(asked.contains { if case .document = $0 { true } else { false } })
    let line = try #require(model.deadlines.first { $0.label == "Engineering Lead" }?.rule?.line)
    let lines = (1...200).map { "what line \($0) says" }
    let page = DocumentPage(
      name: "standard.yaml",
      rows: lines.enumerated().map { .init(line: $0 + 1, pieces: [.init($1, .plain)]) },
      lines: lines)
    _ = model.update(.document(page, of: model.incident?.id), at: model.present)
    let text = model.frame(size: model.size).text
    for number in line - 2...line + 2 { #expect(text.contains("what line \(number) says")) }
    #expect(text.contains("01:50  fell due: to be called"), "\(text)")
    #expect(text.contains("01:52  reached by kai"), "\(text)")
    // It is at hand for the next row.
    #expect(press("⎋jj⏎", &model).allSatisfy { if case .document = $0 { false } else { true } })
  }

  @Test func `the cursor is there with the focus, and the first key moves it`() throws {
    var model = try World.busy().model()
    _ = press("2j", &model)
    #expect(model.selectedDeadline == model.deadlines[1].id)
    _ = press("4", &model)
    let newest = try #require(model.timeline.row(at: 0))
    #expect(model.promisedHints.contains { $0.request == .retract })
    var other = model
    _ = press("c", &other)
    #expect(other.prompt?.purpose == .correct(entry: newest.sequence) || other.prompt == nil)
    _ = press("j", &model)
    #expect(model.timeline.selected == model.timeline.row(at: 1)?.stamp)
  }

  // MARK: - Bars and rules

  @Test func `the bar of what was met ends where it was met, and what was called off has none`()
    throws
  {
    let size = Size(width: 120, height: 30)
    let rows = try World.busy().model(size: size).frame(size: size).rows
    let met = try #require(rows.first { $0.contains("First update to customers") })
    #expect(met.contains("met 01:44  ███████░"), "\(met)")
    let wide = Size(width: 160, height: 45)
    let all = try World.busy().model(size: wide).frame(size: wide).rows
    let ended = try #require(all.first { $0.contains("- Secondary on call") })
    #expect(!ended.contains("█") && !ended.contains("▶"), "\(ended)")
  }

  @Test func `what is over by more of its window has a bar that says so`() throws {
    let size = Size(width: 120, height: 30)
    let rows = try World.busy().model(size: size).frame(size: size).rows
    // 27 of 15 minutes, and 13 of 20.
    #expect(rows.contains { $0.contains("! Triage") && $0.contains("██▒▒▒▒▒▶") })
    #expect(rows.contains { $0.contains("! Update to customers") && $0.contains("████▒▒▒▶") })
  }

  @Test(arguments: [Size(width: 160, height: 45), Size(width: 240, height: 67)])
  func `a rule stands in full with each countdown that runs where rows are free, and once`(
    size: Size
  ) throws {
    for keys in ["2", "2z"] {
      var model = try World.busy().model(size: size)
      _ = press(keys, &model)
      let rows = model.frame(size: size).rows.dropFirst(3)
      for words in [
        "customers hear from us every 20 minutes", "customers are safe again within 1 hour",
      ] {
        #expect(rows.count { $0.contains("“\(words)”") } == 1, "\(keys): \(words)")
      }
    }
  }
}

/// What lies open takes no words for keys.
struct StrayKeyTests {
  @Test func `words typed into an item in full tick nothing`() throws {
    var model = try World.busy().model()
    for key in [Key.character("3"), .enter] { _ = model.update(.keys([key]), at: model.present) }
    let card = model.overlay
    for key in "nbo is on it".map(Key.character) {
      #expect(model.update(.keys([key]), at: model.present + .milliseconds(120)).isEmpty)
    }
    #expect(model.overlay == card && model.prompt == nil)
    let later = model.present + .seconds(1)
    #expect(!model.update(.keys([.character(" ")]), at: later).isEmpty)
  }
}
