import Dashboard
import Display
import Engine
import Testing

struct ScreenTests {
  static let sizes = [
    Size(width: 40, height: 12), Size(width: 80, height: 24), Size(width: 120, height: 30),
    Size(width: 160, height: 45), Size(width: 240, height: 67),
  ]

  @Test(arguments: sizes) func `the console at a size`(size: Size) throws {
    let model = try World.busy().model(size: size)
    expectSnapshot(model.frame(size: size).text, "console-\(size.width)x\(size.height)")
  }

  @Test(arguments: sizes) func `the wall at a size`(size: Size) throws {
    let model = try World.busy().model(.wall, size: size)
    expectSnapshot(model.frame(size: size).text, "wall-\(size.width)x\(size.height)")
  }

  @Test func `the roles of the console`() throws {
    let size = Size(width: 80, height: 24)
    let frame = try World.busy().model(size: size).frame(size: size)
    expectSnapshot(frame.roles + frame.legend, "console-80x24-roles")
  }
}
