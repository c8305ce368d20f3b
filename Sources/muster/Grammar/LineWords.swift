/// The words of a line that was typed into a console.
///
/// Quotes hold words together where they stand around them; a quote that nothing closes, and one within a word, is a sign
/// like any other.
struct LineWords {
  struct Word {
    /// Without the quotes around it.
    var text: String
    /// As it was typed, with blanks before it where there are more than one.
    var typed: String
    /// Where it begins in the line.
    var start: String.Index
  }

  private(set) var words: [Word] = []
  let line: String
  /// Whether a blank follows the last word.
  let endsInBlank: Bool

  init(_ line: String) {
    self.line = line
    endsInBlank = line.last?.isWhitespace ?? true
    var place = line.startIndex
    while place < line.endIndex {
      let gap = line[place...].prefix(while: \.isWhitespace)
      place = gap.endIndex
      guard place < line.endIndex else { break }
      let end = Self.end(of: line, from: place)
      let raw = line[place..<end]
      let isPlainGap = gap.count <= 1 && gap.allSatisfy { $0 == " " }
      words.append(
        Word(
          text: Self.bare(raw), typed: (isPlainGap ? "" : String(gap)) + raw, start: place))
      place = end
    }
  }

  /// The words as the parser takes them, those in quotes marked as such.
  var arguments: [String] {
    words.map { word in
      // An option keeps its shape; a time in front of a text is no option.
      if word.text.hasPrefix("-"), word.typed.first != "\"", word.typed.first != "'" {
        return word.text
      }
      return Arguments.marked(word.text, typed: word.typed)
    }
  }

  /// Where a word ends that begins at a place.
  private static func end(of line: String, from start: String.Index) -> String.Index {
    var place = start
    if let quote = opening(of: line[start...]) {
      let inside = line.index(after: quote)
      if let closing = closing(line[quote], of: line, from: inside) { place = closing }
    }
    while place < line.endIndex, !line[place].isWhitespace { place = line.index(after: place) }
    return place
  }

  /// The quote that a word begins with, also behind `--reason=`.
  private static func opening(of word: Substring) -> String.Index? {
    if let first = word.first, first == "\"" || first == "'" { return word.startIndex }
    guard word.hasPrefix("--") else { return nil }
    let name = word.prefix { !$0.isWhitespace && $0 != "=" }
    guard name.endIndex < word.endIndex, word[name.endIndex] == "=" else { return nil }
    let quote = word.index(after: name.endIndex)
    guard quote < word.endIndex, word[quote] == "\"" || word[quote] == "'" else { return nil }
    return quote
  }

  /// The quote that closes another: one behind which no letter goes on, as it does in `kai's`.
  private static func closing(
    _ quote: Character, of line: String, from start: String.Index
  ) -> String.Index? {
    var place = start
    while place < line.endIndex {
      let next = line.index(after: place)
      if line[place] == quote,
        next == line.endIndex || !(line[next].isLetter || line[next].isNumber)
      {
        return place
      }
      place = next
    }
    return nil
  }

  /// The word without the quotes that hold it together.
  private static func bare(_ raw: Substring) -> String {
    guard let quote = opening(of: raw), let last = raw.lastIndex(of: raw[quote]), last > quote
    else {
      return String(raw)
    }
    let (before, behind) = (raw[..<quote], raw[raw.index(after: last)...])
    return String(before) + String(raw[raw.index(after: quote)..<last]) + String(behind)
  }
}
