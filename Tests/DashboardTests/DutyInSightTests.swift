import Dashboard
import Display
import Engine
import Testing

@Suite("The next duty is always in sight")
struct DutyInSightTests {
  static let widths = [20, 27, 31, 32, 40, 50, 63, 64, 80, 84, 110, 120, 160, 200, 240]
  static let heights = [3, 4, 6, 7, 9, 10, 12, 15, 18, 20, 24, 30, 36, 45, 60, 67]
  static let name = "Ana Ruiz"
  static let number = "+62 21 555 0101"

  /// An incident whose path calls somebody by name, with four others open.
  private func model() throws -> Model {
    var world = try World.busy()
    try world.at(2600, "mira", .triage)
    world.now = world.start + .seconds(4200)
    var model = world.model(.console, size: Size(width: 80, height: 24))
    var listed = [OpenIncident(world.incident, at: world.now, in: model.context)]
    for number in 1...4 {
      var other = listed[0]
      other.id += "-\(number)"
      other.title = "Other incident \(number)"
      listed.append(other)
    }
    _ = model.update(.listed(listed), at: world.now)
    return model
  }

  private func press(_ text: String, _ model: inout Model) {
    for character in text {
      let key: Key = character == "⏎" ? .enter : .character(character)
      _ = model.update(.keys([key]), at: model.now)
    }
  }

  private func check(_ model: Model, _ what: String) {
    for width in Self.widths {
      for height in Self.heights where (width + height) % 2 == 0 || width < 64 {
        let size = Size(width: width, height: height)
        var model = model
        _ = model.update(.resized(size), at: model.present)
        let text = model.frame(size: size).text
        #expect(text.contains(Self.name), "\(size), \(what)\n\(text)")
        #expect(text.contains(Self.number), "\(size), \(what)\n\(text)")
      }
    }
  }

  @Test(arguments: ["1", "2", "3", "4", "2z", "4z"])
  func `whatever is focused or zoomed`(keys: String) throws {
    var model = try model()
    press(keys, &model)
    check(model, keys)
  }

  @Test(arguments: ["?", "I", "o", "b", "D", "M", "2j⏎", "3⏎", "4j⏎", "R", "n12:00 x", "s", ":sta"])
  func `whatever lies over the panes`(keys: String) throws {
    var model = try model()
    press(keys, &model)
    check(model, keys)
  }
}
