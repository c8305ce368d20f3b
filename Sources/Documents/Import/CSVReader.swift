/// Comma-separated values as RFC 4180 has them; semicolons and tabs separate where the header says so.
enum CSVReader {
  typealias Row = (line: Int, cells: [String])

  static func firstRow(of text: String) -> [String]? { table(of: text, limit: 1).rows.first?.cells }

  /// Every row with the 1-based line it begins on, and the line of a quote that nothing closes.
  static func table(of text: String, limit: Int = .max) -> (rows: [Row], unclosed: Int?) {
    let scalars = Array(text.unicodeScalars.drop { $0 == "\u{FEFF}" })
    let separator = separator(of: scalars)
    var page = Page()
    var index = 0
    while index < scalars.count, page.rows.count < limit {
      let scalar = scalars[index]
      index += 1
      if scalar == "\n" { page.line += 1 }
      guard page.quote != nil else {
        page.take(scalar, separator: separator)
        continue
      }
      if scalar != "\"" {
        page.cell.append(scalar)
      } else if index < scalars.count, scalars[index] == "\"" {
        page.cell.append(scalar)
        index += 1
      } else {
        page.quote = nil
      }
    }
    if page.isWithinRow, page.rows.count < limit { page.endRow() }
    return (page.rows, page.quote)
  }

  /// The rows read so far and the one that is being read.
  private struct Page {
    var rows: [Row] = []
    var cells: [String] = []
    var cell = String.UnicodeScalarView()
    /// The line on which the quote around the cell was opened; nil: the cell is not quoted.
    var quote: Int?
    var line = 1
    private var start = 1

    var isWithinRow: Bool { !cell.isEmpty || !cells.isEmpty }

    /// Takes a character outside quotes.
    mutating func take(_ scalar: Unicode.Scalar, separator: Unicode.Scalar) {
      switch scalar {
      case "\"" where cell.isEmpty: quote = line
      case separator: endCell()
      case "\n": endRow()
      case "\r": break
      default: cell.append(scalar)
      }
    }

    mutating func endRow() {
      endCell()
      rows.append((start, cells))
      (cells, start) = ([], line)
    }

    private mutating func endCell() {
      let text = String(cell).drop { $0 == " " }
      cells.append(String(text.reversed().drop { $0 == " " }.reversed()))
      cell = .init()
    }
  }

  private static func separator(of scalars: [Unicode.Scalar]) -> Unicode.Scalar {
    let header = scalars.prefix { $0 != "\n" }
    let candidates: [Unicode.Scalar] = [",", ";", "\t"]
    return candidates.max { one, other in
      header.count { $0 == one } < header.count { $0 == other }
    } ?? ","
  }
}
