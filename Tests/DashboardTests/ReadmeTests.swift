import Dashboard
import Display
import Engine
import EventLog
import Testing
import Wording

/// What the README shows must be what the screens draw, so that its pictures cannot grow old.
struct ReadmeTests {
  private let pictures: [String]

  /// The blocks of text in the README.
  init() throws {
    let folder = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    let readme = try #require(readFile("/\(folder)/README.md"))
    let blocks = readme.split(separator: "```text\n", omittingEmptySubsequences: false).dropFirst()
    pictures = blocks.compactMap { $0.split(separator: "```", maxSplits: 1).first.map(String.init) }
  }

  /// One of them against a picture; where it differs, the right one is in the failure.
  private func expect(
    _ number: Int, _ drawn: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let drawn = drawn.hasSuffix("\n") ? drawn : drawn + "\n"
    try #require(number < pictures.count)
    #expect(pictures[number] == drawn, "draw it as:\n\(drawn)", sourceLocation: sourceLocation)
  }

  @Test func `the README shows the console as it is drawn`() throws {
    let size = Size(width: 120, height: 30)
    try expect(0, World.busy().model(size: size).frame(size: size).text)
  }

  @Test func `the README shows the wall as it is drawn`() throws {
    let size = Size(width: 80, height: 24)
    try expect(1, World.busy().model(.wall, size: size).frame(size: size).text)
  }

  @Test func `the README shows the bottom of a replay as it is drawn`() throws {
    let world = try World.busy()
    let size = Size(width: 120, height: 30)
    var model = Model(
      .console, size: size, at: world.now, context: TimeContext(zone: World.jakarta), actor: "mira")
    model.clock.showsUTC = true
    _ = model.update(.replaying(try #require(Playback(of: world.log.events))), at: world.now)
    for key in "tT+20m".map(Key.character) + [.enter] {
      _ = model.update(.keys([key]), at: model.present)
    }
    let lines = model.frame(size: size).text.split(separator: "\n").suffix(2)
    try expect(2, lines.joined(separator: "\n"))
  }
}
