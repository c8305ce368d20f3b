import Dashboard
import Display
import Engine
import Testing

/// A value that stands in a prompt from the beginning is offered: typing takes its place, moving keeps it.
struct OfferTests {
  private func press(_ keys: [Key], _ model: inout Model) -> [Effect] {
    keys.flatMap { model.update(.keys([$0]), at: model.now) }
  }

  private func keys(_ text: String) -> [Key] { text.map { .character($0) } }

  private func impact() throws -> Model {
    var model = try World.busy().model()
    _ = press(keys("i"), &model)
    return model
  }

  private static let offered = "all checkouts since 01:35, ~500 customers"

  @Test(arguments: [
    ([Key.character("x")], "x"), ([.backspace], ""), ([.delete], ""), ([.ctrl("w")], ""),
    ([.end, .character("!")], offered + "!"), ([.right, .character("!")], offered + "!"),
    ([.home, .character("!")], "!" + offered),
    ([.left, .backspace], "all checkouts since 01:35, ~500 custome" + "s"),
    ([.paste("new words")], "new words"), ([], offered),
  ])
  func `the first key decides`(typed: [Key], text: String) throws {
    var model = try impact()
    _ = press(typed, &model)
    #expect(model.prompt?.line.text == text)
  }

  @Test func `the screen shows that it is only offered, until it is taken`() throws {
    var model = try impact()
    #expect(model.frame(size: model.size).text.contains("type to replace this"))
    _ = press([.end], &model)
    #expect(!model.frame(size: model.size).text.contains("type to replace this"))
  }

  @Test func `within which time the next update is promised is typed over`() throws {
    var model = try World.busy().model()
    _ = press(keys("u") + [.enter] + keys("45m") + [.enter], &model)
    guard case .updateText(let plan) = model.prompt?.purpose else {
      Issue.record("\(String(describing: model.prompt?.title))")
      return
    }
    #expect(plan.next == model.now + .minutes(45))
  }

  @Test(arguments: [
    ("declared", "Checkout returns 502 for all carts"), ("replica", "bo: replica lag"),
  ])
  func `a correction begins with what was written, not with the words around it`(
    found: String, words: String
  ) throws {
    var model = try World.busy().model(size: Size(width: 120, height: 40))
    let sequence = found == "declared" ? 1 : nil
    let wanted = model.timeline.rows.last { row in
      sequence.map { row.sequence == $0 } ?? (row.kind == .timerStarted)
    }
    _ = press(keys("4"), &model)
    for _ in model.timeline.rows where model.timeline.selected?.sequence != wanted?.sequence {
      _ = press(keys("j"), &model)
    }
    _ = press(keys("c"), &model)
    #expect(model.prompt?.line.text == words)
  }

  @Test func `words to be corrected are there to be edited`() throws {
    var model = try World.busy().model()
    _ = press(keys("4/Rolled back") + [.enter], &model)
    _ = model.update(.tick, at: model.now + .seconds(1))
    _ = press(keys("c!"), &model)
    #expect(model.prompt?.line.text == "Rolled back api to 41f2!")
  }
}
