import Dashboard
import Display
import Engine
import Testing

@Suite("The wall")
struct WallTests {
  static let sizes = [
    Size(width: 80, height: 24), Size(width: 110, height: 32), Size(width: 120, height: 30),
    Size(width: 160, height: 45), Size(width: 240, height: 67),
  ]

  /// The busy incident with its path overdue, and so many other open ones.
  private func model(_ size: Size, others: Int = 4) throws -> Model {
    var world = try World.busy()
    world.now = world.start + .seconds(4200)
    var model = world.model(.wall, size: size)
    var listed = [OpenIncident(world.incident, at: world.now, in: model.context)]
    for number in 0..<others {
      var other = try World(
        severity: "SEV-\(number % 4 + 1)", title: "Other incident number \(number)")
      if number % 2 == 0 { try other.at(20, "kai", .acknowledge) }
      var summary = OpenIncident(other.incident, at: world.now, in: model.context)
      summary.id += "-\(number)"
      listed.append(summary)
    }
    _ = model.update(.listed(listed), at: world.now)
    return model
  }

  @Test(arguments: sizes) func `a wall with five open incidents, at each size`(size: Size) throws {
    let model = try model(size)
    expectSnapshot(model.frame(size: size).text, "wall-five-\(size.width)x\(size.height)")
  }

  /// The share of cells at each size, with four and with sixty other incidents open.
  @Test(arguments: [
    (80, 24, 0.5, 0.5), (110, 32, 0.5, 0.5), (120, 30, 0.5, 0.5), (160, 45, 0.5, 0.5),
    (240, 67, 0.5, 0.5),
  ])
  func `what must be read from far away takes most of the wall`(
    width: Int, height: Int, few: Double, many: Double
  ) throws {
    let size = Size(width: width, height: height)
    let shares = try [4, 60].map { try model(size, others: $0).wallShareOfGreatThings }
    #expect(shares[0] >= few && shares[1] >= many, "\(size) \(shares)")
  }

  @Test(arguments: sizes)
  func `sixty open incidents fill the rows that are free`(size: Size) throws {
    let rows = try model(size, others: 60).frame(size: size).rows
    let shown = rows.reduce(0) { $0 + $1.split(separator: "Other incident number ").count - 1 }
    let empty = rows.dropLast().count { $0.allSatisfy { $0 == " " } }
    #expect(shown >= size.height / 9)
    #expect(empty <= 3, "\(empty) empty rows while incidents are hidden")
    #expect(shown == 60 || rows.contains { $0.contains("+\(60 - shown) not shown") })
  }

  @Test func `whom to call and the number are on every wall that has room for them`() throws {
    for width in stride(from: 20, through: 240, by: 11) {
      for height in stride(from: 4, through: 67, by: 7) {
        let size = Size(width: width, height: height)
        let text = try model(size).frame(size: size).text
        guard width >= 32 else { continue }
        let packed = text.filter { $0 != " " }
        let isSaid =
          packed.contains("+62215550101") || packed.contains("+62215550102")
          || packed.contains("+62215550103") || text.contains("█")
        #expect(isSaid, "\(width)x\(height)\n\(text)")
      }
    }
  }

}
