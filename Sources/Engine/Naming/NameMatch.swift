/// Finds which of several things people mean by a few letters: the one rule for items, roles, phases, steps, statuses and
/// whatever else has a name.
///
/// A name in full counts before whole words of one, these before its beginning, that before beginnings of its other words,
/// and those before initials. Letters in the middle of a word never count: `all` is no part of “Call the lead”.
package struct NameMatch: Hashable, Sendable {
  /// Places of what fits best, in order; empty where nothing fits.
  package let places: [Int]

  /// The only one that fits; nil for none and for several.
  package var only: Int? { places.count == 1 ? places[0] : nil }

  /// Looks for what was typed among things of which each may have several names.
  package init(_ typed: String, among things: [[String]]) {
    let wanted = Self.words(of: typed)
    guard !wanted.isEmpty else {
      places = []
      return
    }
    let names = things.map { $0.map(Self.words) }
    for fit in Self.fits {
      let found = names.indices.filter { names[$0].contains { fit(wanted, $0) } }
      if !found.isEmpty {
        places = found
        return
      }
    }
    places = []
  }

  /// The same where each thing has one name.
  package init(_ typed: String, among names: [String]) {
    self.init(typed, among: names.map { [$0] })
  }

  /// How words may fit a name, the best way first.
  private static let fits: [@Sendable ([String], [String]) -> Bool] = [
    { $0 == $1 },
    { wanted, name in holds(name, wanted, ==) },
    { wanted, name in wanted.allSatisfy(name.contains) },
    { wanted, name in
      name.count >= wanted.count && zip(name, wanted).allSatisfy(begins)
    },
    { wanted, name in holds(name, wanted, begins) },
    { wanted, name in wanted.allSatisfy { word in name.contains { begins($0, word) } } },
    { wanted, name in
      wanted.count == 1 && wanted[0].count > 1 && wanted[0] == String(name.compactMap(\.first))
    },
  ]

  /// Whether a word begins with another; a number never begins a longer one: `1` is no part of `10`.
  private static func begins(_ word: String, _ beginning: String) -> Bool {
    guard word.hasPrefix(beginning) else { return false }
    guard beginning.last?.isNumber == true else { return true }
    return word.dropFirst(beginning.count).first?.isNumber != true
  }

  /// The place of the name that stands for another: the same in whole words, else one that is in it or that it is in, word
  /// for word, else an abbreviation of it. `Lead` stands for `Lead 1` only where there is no other.
  package static func place(of name: String, among names: [String]) -> Int? {
    let wanted = words(of: name)
    guard !wanted.isEmpty else { return nil }
    let all = names.map(words)
    if let same = all.firstIndex(of: wanted) { return same }
    let parts = all.indices.filter { place in
      !all[place].isEmpty && (holds(all[place], wanted, ==) || holds(wanted, all[place], ==))
    }
    if let same = parts.first(where: { numbers(in: all[$0]) == numbers(in: wanted) }) {
      return same
    }
    return parts.count == 1 ? parts[0] : names.firstIndex { areOne($0, name) }
  }

  private static func numbers(in words: [String]) -> [String] {
    words.filter { $0.contains(where: \.isNumber) }
  }

  /// Whether two names are one, each word in full or abbreviated on either side: `Eng Manager` and `Engineering Manager`,
  /// `Sr. Mgr` and `Senior Manager`.
  package static func areOne(_ one: String, _ other: String) -> Bool {
    let (one, other) = (words(of: one), words(of: other))
    guard !one.isEmpty, one.count == other.count else { return false }
    return zip(one, other).allSatisfy { one, other in
      one == other || isShort(one, for: other) || isShort(other, for: one)
    } && (one == other || one.count > 1)
  }

  /// Whether a word abbreviates a longer one: its beginning, or its first and last letter with some between.
  private static func isShort(_ short: String, for word: String) -> Bool {
    guard short.count > 1, short.count < word.count, !word.contains(where: \.isNumber) else {
      return false
    }
    if word.hasPrefix(short) { return true }
    guard short.first == word.first, short.last == word.last else { return false }
    var rest = Substring(word)
    for letter in short {
      guard let place = rest.firstIndex(of: letter) else { return false }
      rest = rest[rest.index(after: place)...]
    }
    return true
  }

  /// Whether words stand in a name one after the other.
  private static func holds(
    _ name: [String], _ wanted: [String], _ fits: (String, String) -> Bool
  ) -> Bool {
    guard name.count >= wanted.count else { return false }
    return (0...name.count - wanted.count).contains { start in
      zip(name[start...], wanted).allSatisfy(fits)
    }
  }

  /// Words in lower case, without what stands between them; where a script writes no blanks, every sign is a word.
  static func words(of text: String) -> [String] {
    var words: [String] = []
    var word = ""
    for letter in text.lowercased() {
      if isWordOfItsOwn(letter) {
        if !word.isEmpty { words.append(word) }
        words.append(String(letter))
        word = ""
      } else if letter.isLetter || letter.isNumber || letter == "'" || letter == "’" {
        word.append(letter)
      } else if !word.isEmpty {
        words.append(word)
        word = ""
      }
    }
    if !word.isEmpty { words.append(word) }
    return words
  }

  /// Signs of scripts without blanks between words: Han, kana, Thai, Lao, Khmer, Burmese.
  private static func isWordOfItsOwn(_ letter: Character) -> Bool {
    guard !letter.isASCII, let scalar = letter.unicodeScalars.first else { return false }
    switch scalar.value {
    case 0x0E00...0x0EFF, 0x1000...0x109F, 0x1780...0x17FF, 0x3040...0x30FF, 0x3400...0x4DBF,
      0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3FFFF:
      return true
    default: return false
    }
  }
}
