/// A word of a text that may be a part of a time.
struct TimeWord {
  /// In lower case, with ASCII digits, colons and hyphens, without brackets and what closes it.
  let text: String
  /// The same as it was typed.
  let typed: String
  /// Whether a comma, a colon or a bracket closes it: nothing behind it belongs to it.
  let isClosed: Bool
  let end: Substring.Index

  init(_ word: Substring) {
    end = word.endIndex
    var letters = Array(word)
    var isClosed = false
    if letters.count > 1, let first = letters.first, "[(".contains(first) { letters.removeFirst() }
    while letters.count > 1, let last = letters.last, Self.closing.contains(last) {
      letters.removeLast()
      isClosed = true
    }
    self.isClosed = isClosed
    let plain = letters.map(Self.plain)
    typed = String(plain)
    text = typed.lowercased()
  }

  /// What ends a time that stands in front of words.
  static let closing = ",:;])："

  /// Digits of any script as ASCII ones, the colons and hyphens of other keyboards as the usual ones.
  static func plain(_ letter: Character) -> Character {
    if letter.isASCII { return letter }
    switch letter {
    case "：", "∶": return ":"
    case "–", "—", "−", "‑", "‐": return "-"
    default: break
    }
    if letter.unicodeScalars.count == 1, let scalar = letter.unicodeScalars.first,
      scalar.properties.numericType == .decimal, let digit = letter.wholeNumberValue
    {
      return Character(String(digit))
    }
    return letter
  }

  /// The words of a text.
  static func words(of text: String, most: Int = 12) -> [TimeWord] {
    text.split(maxSplits: most, whereSeparator: \.isWhitespace).prefix(most).flatMap(pieces)
  }

  /// `昨天晚上8:10` in its three pieces; any other word in one.
  private static func pieces(of word: Substring) -> [TimeWord] {
    guard let first = word.first, !first.isASCII || word.contains(where: { dayEnds.contains($0) })
    else {
      return [TimeWord(word)]
    }
    var pieces: [TimeWord] = []
    var rest = word
    while let end = glued(rest), end < rest.endIndex {
      pieces.append(TimeWord(rest[..<end]))
      rest = rest[end...]
    }
    return pieces + [TimeWord(rest)]
  }

  /// Where the day or the part of the day ends that stands directly before more of a time.
  private static func glued(_ word: Substring) -> Substring.Index? {
    if let name = TimeLexicon.gluedBeginnings.first(where: { word.hasPrefix($0) }) {
      return word.index(word.startIndex, offsetBy: name.count)
    }
    let day = word.prefix { plain($0).isASCII && plain($0).isNumber || "年月년월".contains($0) }
    guard day.contains(where: { "月월".contains($0) }), let sign = word[day.endIndex...].first,
      dayEnds.contains(sign)
    else { return nil }
    return word.index(after: day.endIndex)
  }

  private static let dayEnds = "日일号"
}
