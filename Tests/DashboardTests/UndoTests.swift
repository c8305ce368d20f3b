import Dashboard
import Display
import Engine
import EventLog
import Testing

/// What acts at once can be undone by a key for ten seconds.
struct UndoTests {
  /// Presses a key, has what it asks for recorded, and answers the screen as it is then.
  private func screen(
    after typed: String, in world: inout World
  ) throws -> (model: Model, entry: Int) {
    var model = world.model()
    let effects = typed.flatMap { letter in
      model.update(.keys([letter == "⏎" ? .enter : .character(letter)]), at: model.now)
    }
    let appending = try #require(
      effects.compactMap { if case .append(let appending) = $0 { appending } else { nil } }.first)
    world.append(try world.incident.decide(appending.command, at: world.now), by: "mira")
    let event = try #require(world.log.events.last)
    _ = model.update(.recorded([event], in: world.incident.id), at: world.now)
    _ = model.update(
      .appended(appending.ticket, sequence: event.sequence), at: world.now)
    return (model, event.sequence)
  }

  private func undone(_ effects: [Effect]) -> Int? {
    for case .append(let appending) in effects {
      if case .undo(let entry) = appending.command { return entry }
    }
    return nil
  }

  @Test(arguments: ["3 ", "a", "nlooks fine⏎", "Tbo: look⏎", "t10m tea⏎", "Ascribe⏎ana⏎"])
  func `for ten seconds u asks to undo, then it composes an update`(typed: String) throws {
    var world = try World()
    let (model, entry) = try screen(after: typed, in: &world)
    #expect(model.frame(size: model.size).text.contains("· u undoes"))

    var soon = model
    #expect(soon.update(.keys([.character("u")]), at: world.now + .seconds(9)).isEmpty)
    #expect(soon.frame(size: soon.size).text.contains("Undo entry \(entry)"))
    var other = soon
    #expect(undone(soon.update(.keys([.character("y")]), at: world.now + .seconds(9))) == entry)
    // Whoever wanted to send an update presses the key again.
    #expect(undone(other.update(.keys([.character("u")]), at: world.now + .seconds(9))) == nil)
    #expect(other.overlay == nil && other.prompt?.title.hasPrefix("Update") == true)
    // Words that were typed are there again.
    let words = typed.contains("⏎") ? typed.dropLast().split(separator: "⏎").last : nil
    #expect(words?.hasSuffix(soon.prompt?.line.text ?? "?") ?? (soon.prompt == nil))

    var late = model
    #expect(undone(late.update(.keys([.character("u")]), at: world.now + .seconds(11))) == nil)
    #expect(late.prompt != nil)
    #expect(!late.frame(size: late.size).text.contains("undo"))
  }

  @Test func `another key leaves the undo to be seen in the hints`() throws {
    var world = try World()
    var (model, entry) = try screen(after: "a", in: &world)
    _ = model.update(.keys([.character("1")]), at: world.now + .seconds(2))
    #expect(model.frame(size: model.size).text.contains("u undo "))
    _ = model.update(.keys([.character("u")]), at: world.now + .seconds(3))
    #expect(undone(model.update(.keys([.character("y")]), at: world.now + .seconds(3))) == entry)
  }

  @Test func `what was asked about beforehand is not undone by the key of an update`() throws {
    var world = try World()
    var (model, _) = try screen(after: "Ry", in: &world)
    #expect(world.incident.isResolved)
    #expect(!model.frame(size: model.size).text.contains("undo"))
    #expect(undone(model.update(.keys([.character("u")]), at: world.now + .seconds(2))) == nil)
    #expect(model.prompt?.title.hasPrefix("Update") == true)
  }

  @Test func `what was overtaken is not undone`() throws {
    var world = try World()
    var (model, _) = try screen(after: "3 ", in: &world)
    try world.at(1, "kai", .note("on it"))
    try world.at(1, "kai", .uncheck("ack"))
    for event in world.log.events.suffix(2) {
      #expect(model.frame(size: model.size).text.contains("u undoes"))
      _ = model.update(.recorded([event], in: world.incident.id), at: world.now)
    }
    #expect(!model.frame(size: model.size).text.contains("u undoes"))
  }
}
