/// What a terminal shows after the bytes it was sent: as much of an xterm as programs on curses make use of.
///
/// Every character takes one cell but for the wide ones of East Asia and the combining ones; colours are dropped.
struct VirtualScreen {
  let columns: Int
  let rows: Int
  private var cells: [[Unicode.Scalar]]
  private var row = 0
  private var column = 0
  private var region: ClosedRange<Int>
  private var saved = (row: 0, column: 0)
  private var last: Unicode.Scalar = " "
  private var pending: [UInt8] = []

  init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
    cells = Array(repeating: Array(repeating: " ", count: columns), count: rows)
    region = 0...rows - 1
  }

  var lines: [String] {
    cells.map { line in
      var text = String.UnicodeScalarView()
      text.append(contentsOf: line.filter { $0 != "\0" })
      return String(text)
    }
  }

  func contains(_ text: String) -> Bool {
    let wanted = Array(text.unicodeScalars)
    return cells.contains { line in
      let line = line.filter { $0 != "\0" }
      guard line.count >= wanted.count else { return false }
      return (0...line.count - wanted.count).contains { start in
        wanted.indices.allSatisfy { line[start + $0] == wanted[$0] }
      }
    }
  }

  mutating func feed(_ bytes: UnsafeRawBufferPointer) {
    pending.append(contentsOf: bytes)
    var index = 0
    while index < pending.count, let next = step(index) { index = next }
    pending.removeFirst(index)
  }

  /// Takes one character or sequence; answers the index behind it, nil where its end has not come yet.
  private mutating func step(_ index: Int) -> Int? {
    let byte = pending[index]
    switch byte {
    case 27: return escape(index)
    case 8: column = max(0, column - 1)
    case 9: column = min(columns - 1, (column / 8 + 1) * 8)
    case 10, 11, 12: lineFeed()
    case 13: column = 0
    case 0..<32: break
    default: return character(index)
    }
    return index + 1
  }

  private mutating func character(_ index: Int) -> Int? {
    let lead = pending[index]
    let count = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
    guard index + count <= pending.count else { return nil }
    let text = String(decoding: pending[index..<index + count], as: UTF8.self)
    if let scalar = text.unicodeScalars.first { put(scalar) }
    return index + count
  }

  private mutating func put(_ scalar: Unicode.Scalar) {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return
    default: break
    }
    let width = Self.isWide(scalar) ? 2 : 1
    if column + width > columns {
      column = 0
      lineFeed()
    }
    cells[row][column] = scalar
    if width == 2 { cells[row][column + 1] = "\0" }
    column += width
    last = scalar
  }

  private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
      0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF,
      0x1F900...0x1F9FF:
      true
    default: false
    }
  }

  private mutating func escape(_ index: Int) -> Int? {
    guard index + 1 < pending.count else { return nil }
    switch pending[index + 1] {
    case 91: return control(index)
    case 93, 80, 95, 94: return string(index)
    case 40, 41, 42, 43, 35, 37: return index + 3 <= pending.count ? index + 3 : nil
    case 55: saved = (row, column)
    case 56: (row, column) = saved
    case 68: lineFeed()
    case 69:
      column = 0
      lineFeed()
    case 77: reverseFeed()
    default: break
    }
    return index + 2
  }

  /// A string for the terminal itself, up to BEL or ST.
  private func string(_ index: Int) -> Int? {
    var end = index + 2
    while end < pending.count {
      if pending[end] == 7 { return end + 1 }
      if pending[end] == 27 { return end + 2 <= pending.count ? end + 2 : nil }
      end += 1
    }
    return nil
  }

  private mutating func control(_ index: Int) -> Int? {
    var end = index + 2
    while end < pending.count, !(64...126).contains(pending[end]) { end += 1 }
    guard end < pending.count else { return nil }
    let body = pending[index + 2..<end]
    if let first = body.first, (60...63).contains(first) { return end + 1 }
    let parameters = body.split(separator: 59, omittingEmptySubsequences: false).map { digits in
      digits.reduce(0) { (48...57).contains($1) ? $0 * 10 + Int($1 - 48) : $0 }
    }
    perform(pending[end], parameters)
    return end + 1
  }

  private mutating func perform(_ final: UInt8, _ parameters: [Int]) {
    let first = parameters.first ?? 0
    let count = max(1, first)
    switch UnicodeScalar(final) {
    case "A": row = max(0, row - count)
    case "B": row = min(rows - 1, row + count)
    case "C": column = min(columns - 1, column + count)
    case "D": column = max(0, column - count)
    case "G", "`": column = min(columns, count) - 1
    case "d": row = min(rows, count) - 1
    case "H", "f":
      row = min(rows, count) - 1
      column = min(columns, max(1, parameters.count > 1 ? parameters[1] : 1)) - 1
    case "J": eraseScreen(first)
    case "K": eraseLine(first)
    case "X": blank(row, column..<min(columns, column + count))
    case "@": cells[row].insert(contentsOf: repeatElement(" ", count: count), at: column); cut(row)
    case "P": cells[row].removeSubrange(column..<min(columns, column + count)); cut(row)
    case "L": if region.contains(row) { scroll(down: count, in: row...region.upperBound) }
    case "M": if region.contains(row) { scroll(up: count, in: row...region.upperBound) }
    case "S": scroll(up: count, in: region)
    case "T": scroll(down: count, in: region)
    case "b": for _ in 0..<count { put(last) }
    case "r":
      let bottom = parameters.count > 1 && parameters[1] > 0 ? parameters[1] : rows
      if count <= bottom, bottom <= rows { region = count - 1...bottom - 1 }
      (row, column) = (0, 0)
    default: break
    }
  }

  private mutating func cut(_ row: Int) {
    let line = cells[row] + Array(repeating: " ", count: columns)
    cells[row] = Array(line.prefix(columns))
  }

  private mutating func blank(_ row: Int, _ range: Range<Int>) {
    for column in range { cells[row][column] = " " }
  }

  private mutating func eraseLine(_ mode: Int) {
    switch mode {
    case 0: blank(row, min(column, columns)..<columns)
    case 1: blank(row, 0..<min(columns, column + 1))
    default: blank(row, 0..<columns)
    }
  }

  private mutating func eraseScreen(_ mode: Int) {
    if mode < 2 { eraseLine(mode) }
    let others = mode == 0 ? row + 1..<rows : mode == 1 ? 0..<row : 0..<rows
    for other in others { blank(other, 0..<columns) }
  }

  private mutating func lineFeed() {
    if row == region.upperBound {
      scroll(up: 1, in: region)
    } else {
      row = min(rows - 1, row + 1)
    }
  }

  private mutating func reverseFeed() {
    if row == region.lowerBound {
      scroll(down: 1, in: region)
    } else {
      row = max(0, row - 1)
    }
  }

  private mutating func scroll(up count: Int, in range: ClosedRange<Int>) {
    for line in range {
      cells[line] =
        line + count <= range.upperBound
        ? cells[line + count] : Array(repeating: " ", count: columns)
    }
  }

  private mutating func scroll(down count: Int, in range: ClosedRange<Int>) {
    for line in range.reversed() {
      cells[line] =
        line - count >= range.lowerBound
        ? cells[line - count] : Array(repeating: " ", count: columns)
    }
  }
}
