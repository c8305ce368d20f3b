import Dashboard
import Display
import Engine
import Testing

struct StormTests {
  static let hostile =
    "障害 👩\u{200D}💻 e\u{301}\u{301}\u{301} \u{202E}txet\u{202C} \u{1B}[31mred\u{7} "
    + "مرحبا " + String(repeating: "x", count: 300) + "\n\t\u{FEFF}🔥"

  /// Whatever the size and whatever lies open, every row takes exactly the width, and nothing traps.
  @Test func `a storm of sizes with popups open and hostile words`() throws {
    var world = try World(title: Self.hostile)
    for actor in ["mira", Self.hostile] {
      try world.at(10, actor, .note(Self.hostile))
    }
    try world.at(20, "mira", .addItem(Self.hostile, phase: nil))
    try world.at(30, "mira", .startTimer(Self.hostile, .minutes(5)))
    try world.at(40, "mira", .updateImpact(.init(summary: Self.hostile)))
    world.now = world.start + .seconds(4000)
    var random = Numbers()
    let openers = [
      "", "?", "n", ":", "I", "M", "o", "b", "D", "R", "4\r", "/", "v", "3j", "1", "z", "S", "A",
      "w",
      "L",
    ]
    for screen in [Model.Screen.console, .wall] {
      for _ in 0..<400 {
        var model = world.model(screen)
        for character in openers[random.next(openers.count)] {
          _ = model.update(
            .keys([character == "\r" ? .enter : .character(character)]), at: model.now)
        }
        if model.prompt != nil { _ = model.update(.keys([.paste(Self.hostile)]), at: model.now) }
        let size = Size(width: 1 + random.next(300), height: 1 + random.next(100))
        _ = model.update(.resized(size), at: model.now)
        let frame = model.frame(size: size)
        #expect(frame.size == size)
        for row in frame.rows {
          #expect(TextWidth.columns(row) == size.width)
          #expect(!row.unicodeScalars.contains { $0.value < 32 || $0.value == 0x202E })
        }
        if let cursor = frame.cursor { #expect(frame.bounds.contains(cursor)) }
      }
    }
  }

  @Test(arguments: [Glyphs.utf8, .ascii]) func `every small size has a screen`(glyphs: Glyphs)
    throws
  {
    var model = try World.busy().model()
    model.glyphs = glyphs
    for width in 1...70 {
      for height in 1...20 {
        let frame = model.frame(size: Size(width: width, height: height))
        #expect(frame.rows.allSatisfy { TextWidth.columns($0) == width })
      }
    }
  }
}

/// A small generator whose numbers are the same in every run.
struct Numbers {
  private var state: UInt64 = 0x9E37_79B9_7F4A_7C15

  mutating func next(_ bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(bound))
  }
}
