import Display

/// The words of one line of Markdown, with how they look.
enum InlineText {
  typealias Run = DocumentText.Run

  static func runs(of line: String) -> [Run] {
    let characters = Array(line)
    var runs: [Run] = []
    var plain = ""
    var index = 0
    func flush() {
      if !plain.isEmpty { runs.append(Run(plain)) }
      plain = ""
    }
    while index < characters.count {
      if characters[index] == "\\", index + 1 < characters.count,
        characters[index + 1].isASCII,
        characters[index + 1].isPunctuation
          || characters[index + 1].isSymbol
      {
        plain.append(characters[index + 1])
        index += 2
      } else if let (run, end) = marked(characters, index) {
        flush()
        runs.append(run)
        index = end
      } else {
        plain.append(characters[index])
        index += 1
      }
    }
    flush()
    return runs
  }

  private static func marked(_ text: [Character], _ index: Int) -> (Run, Int)? {
    switch text[index] {
    case "`":
      let ticks = text[index...].prefix { $0 == "`" }.count
      guard let end = closing(text, index + ticks, "`", ticks) else { return nil }
      return (Run(trimmed(text[(index + ticks)..<end]), .code), end + ticks)
    case "*", "_":
      let sign = text[index]
      let count = min(text[index...].prefix { $0 == sign }.count, 3)
      let isInWord = index > 0 && (text[index - 1].isLetter || text[index - 1].isNumber)
      guard !(sign == "_" && isInWord), index + count < text.count,
        !text[index + count].isWhitespace,
        let end = closing(text, index + count, sign, count), !text[end - 1].isWhitespace
      else { return nil }
      let inner = runs(of: String(text[(index + count)..<end])).map(\.text).joined()
      return (Run(inner, count == 1 ? .emphasis : .strong), end + count)
    case "[": return link(text, index)
    default: return nil
    }
  }

  private static func closing(
    _ text: [Character], _ start: Int, _ sign: Character, _ count: Int
  ) -> Int? {
    var index = start
    while index < text.count {
      guard text[index] == sign else {
        index += 1
        continue
      }
      let run = text[index...].prefix { $0 == sign }.count
      if run == count, index > start { return index }
      index += run
    }
    return nil
  }

  /// `[words](address)` with the address behind the words, unless it is the same.
  private static func link(_ text: [Character], _ index: Int) -> (Run, Int)? {
    guard let close = text[index...].firstIndex(of: "]"), close + 1 < text.count,
      text[close + 1] == "(", let end = text[close...].firstIndex(of: ")"), close > index + 1
    else { return nil }
    let words = String(text[(index + 1)..<close])
    let address = String(text[(close + 2)..<end])
    return (Run(words == address ? words : "\(words) (\(address))", .link), end + 1)
  }

  private static func trimmed(_ text: ArraySlice<Character>) -> String {
    guard text.first == " ", text.last == " ", text.count > 2 else { return String(text) }
    return String(text.dropFirst().dropLast())
  }

  /// The runs in rows of at most `width` columns; at least one row.
  static func wrap(_ runs: [Run], to width: Int) -> [[Run]] {
    let text = runs.map(\.text).joined()
    if TextWidth.columns(text) <= width { return [runs] }
    let looks = runs.flatMap { run in run.text.map { ($0, run.look) } }
    var next = 0
    return TextWidth.wrap(text, to: width).map { line in
      var row: [Run] = []
      for character in line {
        // What stood at a break is gone.
        while next < looks.count, looks[next].0 != character, looks[next].0.isWhitespace {
          next += 1
        }
        let look = next < looks.count ? looks[next].1 : .plain
        next += 1
        if row.last?.look == look {
          row[row.count - 1].text.append(character)
        } else {
          row.append(Run(String(character), look))
        }
      }
      return row
    }
  }
}
