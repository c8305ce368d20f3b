/// What one or two columns of the screen can hold: a base character with at most four marks.
package struct Glyph: Hashable, Sendable {
  package var base: Unicode.Scalar
  /// Combining marks in order; unused places are zero.
  package private(set) var marks: SIMD4<UInt32>
  /// Columns: 1 or 2.
  package var width: Int

  package init(_ base: Unicode.Scalar, width: Int = 1) {
    self.base = base
    self.marks = .zero
    self.width = width
  }

  package var hasMarks: Bool { marks[0] != 0 }

  /// Adds a combining mark; a fifth one is dropped.
  mutating func add(_ mark: Unicode.Scalar) {
    for index in 0..<4 where marks[index] == 0 {
      marks[index] = mark.value
      return
    }
  }

  package func append(to scalars: inout String.UnicodeScalarView) {
    scalars.append(base)
    for index in 0..<4 where marks[index] != 0 {
      if let mark = Unicode.Scalar(marks[index]) { scalars.append(mark) }
    }
  }
}
