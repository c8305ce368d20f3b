/// Comma-separated values as RFC 4180 has them; semicolons and tabs separate where the header says so.
enum CSVReader {
  static func firstRow(of text: String) -> [String]? { table(of: text, limit: 1).rows.first?.cells }

  /// Every row with the 1-based line it begins on, and the line of a quote that nothing closes.
  static func table(
    of text: String, limit: Int = .max
  ) -> (rows: [(line: Int, cells: [String])], unclosed: Int?) {
    let scalars = Array(text.unicodeScalars.drop { $0 == "\u{FEFF}" })
    let separator = separator(of: scalars)
    var rows: [(line: Int, cells: [String])] = []
    var cells: [String] = []
    var cell = String.UnicodeScalarView()
    var isQuoted = false
    var opened = 1
    var line = 1
    var start = 1
    var index = 0
    while index < scalars.count, rows.count < limit {
      let scalar = scalars[index]
      index += 1
      if scalar == "\n" { line += 1 }
      if isQuoted {
        if scalar != "\"" {
          cell.append(scalar)
        } else if index < scalars.count, scalars[index] == "\"" {
          cell.append(scalar)
          index += 1
        } else {
          isQuoted = false
        }
        continue
      }
      switch scalar {
      case "\"" where cell.isEmpty: (isQuoted, opened) = (true, line)
      case separator:
        cells.append(trimmed(cell))
        cell = .init()
      case "\n":
        cells.append(trimmed(cell))
        rows.append((start, cells))
        (cells, cell, start) = ([], .init(), line)
      case "\r": break
      default: cell.append(scalar)
      }
    }
    if !cell.isEmpty || !cells.isEmpty, rows.count < limit {
      cells.append(trimmed(cell))
      rows.append((start, cells))
    }
    return (rows, isQuoted ? opened : nil)
  }

  private static func trimmed(_ cell: String.UnicodeScalarView) -> String {
    let text = String(cell).drop { $0 == " " }
    return String(text.reversed().drop { $0 == " " }.reversed())
  }

  private static func separator(of scalars: [Unicode.Scalar]) -> Unicode.Scalar {
    let header = scalars.prefix { $0 != "\n" }
    let candidates: [Unicode.Scalar] = [",", ";", "\t"]
    return candidates.max { one, other in
      header.count { $0 == one } < header.count { $0 == other }
    } ?? ","
  }
}
