import Dashboard
import Display
import Engine
import EventLog
import Testing

/// The keys on the screen are the keys of what has the focus.
struct HintTests {
  private func press(_ text: String, _ model: inout Model) {
    for character in text {
      let key: Key = character == "⏎" ? .enter : .character(character)
      _ = model.update(.keys([key]), at: model.present + .seconds(1))
    }
  }

  /// Screens with every pane focused, something picked or not, while searching, undoing, looking back and read-only.
  private func screens() throws -> [(name: String, model: Model)] {
    var screens: [(String, Model)] = []
    var plain = try World.busy().model(size: Size(width: 240, height: 50))
    for pane in "1234" {
      for after in ["", "j", "jjj", "z"] {
        var model = plain
        press("\(pane)\(after)", &model)
        screens.append(("\(pane)\(after)", model))
      }
    }
    press("4/pool⏎", &plain)
    screens.append(("searching", plain))
    press("j", &plain)
    screens.append(("searching, moved", plain))
    var world = try World.busy()
    try world.at(2537, "mira", .note("just now"))
    for pane in "1234" {
      var model = world.model(size: Size(width: 240, height: 50))
      let effects = model.update(.keys([.character(pane)]), at: model.now)
      #expect(effects.isEmpty)
      _ = model.update(.keys([.character("n")]), at: model.now)
      _ = model.update(.keys([.character("x")]), at: model.now)
      for effect in model.update(.keys([.enter]), at: model.now) {
        guard case .append(let appending) = effect else { continue }
        _ = model.update(
          .appended(appending.ticket, sequence: world.incident.sequence), at: model.now)
      }
      screens.append(("undoable in \(pane)", model))
      _ = model.update(.readOnly(true), at: model.now)
      screens.append(("read-only in \(pane)", model))
    }
    return screens
  }

  @Test func `each hinted key asks for what its hint says, and can be done`() throws {
    for (name, model) in try screens() {
      let hints = model.promisedHints
      #expect(hints.count > 2, "\(name)")
      #expect(Set(hints.map(\.key)).count == hints.count, "\(name): \(hints)")
      for hint in hints where !hint.key.hasPrefix(":") || hint.key == ":" {
        let request = model.keymap.keys(of: hint.request).first {
          Keymap.shown($0) == hint.key
        }.flatMap(Key.init(name:)).flatMap { model.keymap.request(for: $0, in: model.contexts) }
        #expect(request == hint.request, "\(name): \(hint.key) \(hint.words)")
        #expect(model.unavailable(hint.request) == nil, "\(name): \(hint.key) \(hint.words)")
      }
    }
  }

  @Test func `while an undo is offered its key is not promised to anything else`() throws {
    for (name, model) in try screens() where name.hasPrefix("undoable") {
      #expect(model.promisedHints.first?.request == .undo, "\(name)")
      #expect(!model.promisedHints.contains { $0.request == .update }, "\(name)")
    }
  }

  /// Keys that open something over the panes.
  @Test(arguments: ["?", "M", "o", "b", "D", "I", "E", "2j⏎", "3⏎", "4j⏎", "4jjjj⏎", "w", "W", "R"])
  func `each key hinted in what lies open does something there`(opening: String) throws {
    for isReadOnly in [false, true] {
      var model = try World.busy().model(size: Size(width: 160, height: 50))
      _ = model.update(.readOnly(isReadOnly), at: model.now)
      press(opening, &model)
      guard model.overlay != nil else { continue }
      for hint in model.overlayHints {
        guard let key = Self.key(hint.key) else { continue }
        var tried = model
        _ = tried.update(.keys([key]), at: model.present)
        let told = tried.toasts.dropFirst(model.toasts.count).map(\.text)
        #expect(
          !told.contains { $0.contains("does nothing here") || $0.contains("read-only") },
          "\(opening), \(hint): \(told)")
      }
    }
  }

  private static func key(_ hint: String) -> Key? {
    switch hint.lowercased() {
    case "enter": .enter
    case "esc": .escape
    case "tab": .tab
    case "space": .character(" ")
    case "^e": .ctrl("e")
    default: hint.count == 1 ? .character(Character(hint)) : nil
    }
  }

  @Test func `Space on a row of pane 2 does what the hint says`() throws {
    var world = try World.busy()
    try world.at(2537, "mira", .assignTask("look at the lag", who: "bo", timeBox: .minutes(5)))
    for (id, expected) in [
      ("timer:", Command.Kind.cancelTimer), ("task:", .finishTask), ("escalation:", nil),
    ] as [(String, Command.Kind?)] {
      var model = world.model(size: Size(width: 160, height: 50))
      press("2", &model)
      for _ in model.deadlines where model.selectedDeadline?.hasPrefix(id) != true {
        press("j", &model)
      }
      let hint = model.promisedHints.first { $0.request == .tick }
      #expect((hint != nil) == (expected != nil), "\(id)")
      let effects = model.update(.keys([.character(" ")]), at: model.present)
      let kinds = effects.compactMap { effect in
        if case .append(let appending) = effect { appending.command.kind } else { nil }
      }
      #expect(kinds == [expected].compactMap { $0 }, "\(id)")
    }
  }

  @Test func `a small window shows what goes out, and how to read on`() throws {
    var model = try World.busy().model(size: Size(width: 40, height: 12))
    for key in [Key.character("u"), .enter, .enter, .ctrl("u"), .character("A")] {
      _ = model.update(.keys([key]), at: model.now)
    }
    let long = (1...12).map { "line \($0) of what is said" }.joined(separator: "\n")
    _ = model.update(.keys([.paste(long)]), at: model.now)
    _ = model.update(.keys([.enter]), at: model.now)
    let rows = model.frame(size: model.size).rows
    #expect(rows.count { $0.contains("of what is said") } >= 3, "\(rows)")
    #expect(rows.contains { $0.contains("y yes") && $0.contains("↑↓ scroll") }, "\(rows)")
    for _ in 0..<12 { _ = model.update(.keys([.down]), at: model.now) }
    #expect(model.frame(size: model.size).text.contains("line 12"))
  }
}
