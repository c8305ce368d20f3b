import Glibc

/// The rows so far, printed as they come.
struct Table {
  private(set) var rows: [Row] = []
  private static let widths = [46, 22, 30, 12, 12, 12]

  init() {
    Self.show(["what", "ours", "beside", "figure", "must", "aim"], "")
    print(String(repeating: "-", count: Self.widths.reduce(0, +) + 8))
  }

  mutating func add(_ row: Row) {
    rows.append(row)
    Self.show([row.what, row.ours, row.peer, row.figure, row.must, row.aim], row.verdict.rawValue)
  }

  var hasMissed: Bool { rows.contains { $0.verdict == .missed } }

  private static func show(_ cells: [String], _ verdict: String) {
    var line = ""
    for (cell, width) in zip(cells, widths) {
      line += cell + String(repeating: " ", count: max(1, width - cell.count))
    }
    print(line + verdict)
    fflush(nil)
  }
}
