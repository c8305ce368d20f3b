import Dashboard
import Display
import Engine
import EventLog
import Testing

/// An update that is being written: nothing loses it, and it says what has changed since it was begun.
struct DraftTests {
  private func press(_ text: String, _ model: inout Model) -> [Effect] {
    text.flatMap { character in
      let key: Key =
        switch character {
        case "⏎": .enter
        case "⎋": .escape
        case "⌫": .ctrl("u")
        default: .character(character)
        }
      return model.update(.keys([key]), at: model.now)
    }
  }

  /// A console in whose composer words were typed.
  private func writing(_ world: World) -> Model {
    var model = world.model(size: Size(width: 120, height: 40))
    _ = press("u⏎⏎⌫Carts work again soon", &model)
    return model
  }

  private func kept(_ effects: [Effect]) -> [Draft?] {
    effects.compactMap { if case .keepDraft(let draft, _) = $0 { .some(draft) } else { nil } }
  }

  private func text(_ model: Model) -> String { model.frame(size: model.size).text }

  @Test func `what is typed is kept within a second, once`() throws {
    let world = try World.busy()
    var model = writing(world)
    let first = kept(model.update(.tick, at: world.now + .seconds(1)))
    #expect(first.map { $0?.text } == ["Carts work again soon"])
    #expect(kept(model.update(.tick, at: world.now + .seconds(2))).isEmpty)
  }

  @Test func `the words as the template has them are nobody's draft`() throws {
    let world = try World.busy()
    var model = world.model()
    _ = press("u⏎⏎", &model)
    #expect(kept(model.update(.tick, at: world.now + .seconds(1))).isEmpty)
  }

  @Test func `after the end of a console the composer offers what was kept`() throws {
    let world = try World.busy()
    var model = writing(world)
    let effects = model.update(.tick, at: world.now + .seconds(1))
    let draft = try #require(kept(effects).first ?? nil)
    #expect(Draft(json: draft.json) == draft)

    var next = world.model(size: Size(width: 120, height: 40))
    _ = next.update(.draftsRestored([world.incident.id: draft]), at: world.now)
    #expect(text(next).contains("an update to customers was started but not sent (u)"))
    _ = press("u", &next)
    #expect(next.prompt?.choices.first?.text == "continue: to customers")
    _ = press("⏎", &next)
    #expect(next.prompt?.line.text == "Carts work again soon")
  }

  @Test func `leaving the composer keeps the words, and discarding them is a choice`() throws {
    let world = try World.busy()
    var model = writing(world)
    _ = press("⎋", &model)
    #expect(text(model).contains("the words are kept"))
    _ = model.update(.tick, at: world.now + .seconds(1))
    _ = press("udiscard⏎", &model)
    #expect(model.drafts.isEmpty)
    #expect(kept(model.update(.tick, at: world.now + .seconds(2))) == [nil])
  }

  @Test func `what was sent is kept no more, what was not recorded is`() throws {
    let world = try World.busy()
    var model = writing(world)
    _ = model.update(.tick, at: world.now + .seconds(1))
    _ = press("⏎", &model)
    let effects = press("y", &model)
    let appending = try #require(
      effects.compactMap { if case .append(let appending) = $0 { appending } else { nil } }.first)

    var failed = model
    _ = failed.update(.notRecorded(appending.ticket, .failed("disk full")), at: world.now)
    #expect(failed.prompt?.line.text == "Carts work again soon")
    #expect(failed.drafts.count == 1)

    let done = model.update(.appended(appending.ticket, sequence: 99), at: world.now)
    #expect(kept(done) == [nil])
    #expect(model.drafts.isEmpty)
  }

  @Test
  func `a draft is marked when something was said meanwhile, in the composer and in the question`()
    throws
  {
    var world = try World.busy()
    var model = writing(world)
    #expect(!text(model).contains("CHANGED SINCE YOU BEGAN"))
    let known = world.log.events.count
    try world.at(2538, "kai", .setSeverity("SEV-2"))
    try world.at(2539, "kai", .setStatus("identified"))
    try world.at(2540, "dev", .sendUpdate(.init(text: "We know why.", audience: "customers")))
    let fresh = Array(world.log.events[known...])
    _ = model.update(.recorded(fresh, in: world.incident.id), at: world.now)
    for part in [
      "CHANGED SINCE YOU BEGAN", "the status is Identified", "the severity is SEV-2",
      "dev sent an update to customers at 02:17",
    ] {
      #expect(text(model).contains(part), "\(part)")
    }
    _ = press("⏎", &model)
    guard case .confirm(let question) = model.overlay else {
      Issue.record("nothing is asked")
      return
    }
    #expect(question.warnings.contains { $0.hasPrefix("CHANGED SINCE YOU BEGAN") })
  }
}
