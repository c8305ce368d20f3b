/// A rectangle of cells; empty ones are allowed everywhere and draw nothing.
package struct Rect: Hashable, Sendable {
  package var x: Int
  package var y: Int
  package var width: Int
  package var height: Int

  package init(x: Int, y: Int, width: Int, height: Int) {
    self.x = x
    self.y = y
    self.width = max(0, width)
    self.height = max(0, height)
  }

  package init(_ size: Size) { self.init(x: 0, y: 0, width: size.width, height: size.height) }

  package var origin: Point { Point(x: x, y: y) }
  package var size: Size { Size(width: width, height: height) }
  package var minX: Int { x }
  package var minY: Int { y }
  /// The first column to the right of the rectangle.
  package var maxX: Int { x + width }
  /// The first row below the rectangle.
  package var maxY: Int { y + height }
  package var isEmpty: Bool { width == 0 || height == 0 }

  package func contains(_ point: Point) -> Bool {
    point.x >= minX && point.x < maxX && point.y >= minY && point.y < maxY
  }

  package func intersection(_ other: Rect) -> Rect {
    let left = max(minX, other.minX)
    let top = max(minY, other.minY)
    return Rect(
      x: left, y: top, width: min(maxX, other.maxX) - left, height: min(maxY, other.maxY) - top)
  }

  /// The rectangle without a margin of so many cells on each side; too small ones become empty.
  package func inset(by amount: Int = 1) -> Rect { inset(horizontal: amount, vertical: amount) }

  package func inset(horizontal: Int, vertical: Int) -> Rect {
    Rect(
      x: x + min(horizontal, width), y: y + min(vertical, height), width: width - 2 * horizontal,
      height: height - 2 * vertical)
  }

  package func offset(dx: Int, dy: Int) -> Rect {
    Rect(x: x + dx, y: y + dy, width: width, height: height)
  }

  /// One row of the rectangle, counted from its top; empty when there is no such row.
  package func row(_ index: Int) -> Rect {
    Rect(x: x, y: y + index, width: width, height: index >= 0 && index < height ? 1 : 0)
  }

  /// The upper part of so many rows (at most all of them) and the rest.
  package func split(top rows: Int) -> (top: Rect, rest: Rect) {
    let rows = min(max(0, rows), height)
    return (
      Rect(x: x, y: y, width: width, height: rows),
      Rect(x: x, y: y + rows, width: width, height: height - rows)
    )
  }

  package func split(bottom rows: Int) -> (rest: Rect, bottom: Rect) {
    let parts = split(top: height - min(max(0, rows), height))
    return (parts.top, parts.rest)
  }

  /// The left part of so many columns (at most all of them) and the rest.
  package func split(left columns: Int) -> (left: Rect, rest: Rect) {
    let columns = min(max(0, columns), width)
    return (
      Rect(x: x, y: y, width: columns, height: height),
      Rect(x: x + columns, y: y, width: width - columns, height: height)
    )
  }

  package func split(right columns: Int) -> (rest: Rect, right: Rect) {
    let parts = split(left: width - min(max(0, columns), width))
    return (parts.left, parts.rest)
  }

  /// Equal columns from left to right; the first ones are a cell wider where it does not come out even.
  package func columns(_ count: Int) -> [Rect] {
    guard count > 0 else { return [] }
    var left = x
    return (0..<count).map { index in
      let share = width / count + (index < width % count ? 1 : 0)
      defer { left += share }
      return Rect(x: left, y: y, width: share, height: height)
    }
  }

  /// A rectangle of the given size in the middle of this one, cut to it.
  package func centered(_ size: Size) -> Rect {
    let width = min(size.width, width)
    let height = min(size.height, height)
    return Rect(
      x: x + (self.width - width) / 2, y: y + (self.height - height) / 2, width: width,
      height: height)
  }
}
