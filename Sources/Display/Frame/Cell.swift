/// One place of the grid: a character's start, its right half, or a blank.
///
/// Two cells are comparable only within one frame: a character with marks is kept in the frame's
/// own table.
package struct Cell: Sendable {
  /// A scalar's value, or the place in the frame's table plus ``clusterBase``.
  var code: UInt32
  package var role: StyleRole
  /// Columns: 1, 2, or 0 for the right half of the cell before it.
  package var width: UInt8

  static let clusterBase: UInt32 = 0x20_0000

  init(_ scalar: Unicode.Scalar, role: StyleRole, width: UInt8 = 1) {
    self.code = scalar.value
    self.role = role
    self.width = width
  }

  init(code: UInt32, role: StyleRole, width: UInt8) {
    self.code = code
    self.role = role
    self.width = width
  }

  static func blank(_ role: StyleRole) -> Cell { Cell(" ", role: role) }
}
