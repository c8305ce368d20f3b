import Display
import Testing

@Suite struct GeometryTests {
  @Test(arguments: [0, 1, 2, 5, 80])
  func `splits cover the rectangle and nothing else`(amount: Int) {
    let rect = Rect(x: 3, y: 2, width: 20, height: 10)
    let (top, below) = rect.split(top: amount)
    #expect(top.height + below.height == 10 && below.y == top.maxY && below.maxY == rect.maxY)
    let (above, bottom) = rect.split(bottom: amount)
    #expect(above.height + bottom.height == 10 && bottom.maxY == rect.maxY)
    #expect(bottom.height == min(amount, 10))
    let (left, right) = rect.split(left: amount)
    #expect(left.width + right.width == 20 && right.x == left.maxX)
    #expect(rect.split(right: amount).right.width == min(amount, 20))
  }

  @Test func `columns differ by one at most`() {
    let columns = Rect(x: 1, y: 0, width: 11, height: 2).columns(3)
    #expect(columns.map(\.width) == [4, 4, 3] && columns.map(\.x) == [1, 5, 9])
  }

  @Test func `what is too small becomes empty`() {
    #expect(Rect(x: 0, y: 0, width: 1, height: 1).inset().isEmpty)
    #expect(Rect(x: 0, y: 0, width: -4, height: 3).width == 0)
    let apart = Rect(x: 0, y: 0, width: 2, height: 2).intersection(
      Rect(x: 5, y: 5, width: 2, height: 2))
    #expect(apart.isEmpty)
    #expect(
      Rect(x: 0, y: 0, width: 10, height: 10).centered(Size(width: 4, height: 40)).height == 10)
  }
}
