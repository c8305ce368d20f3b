/// A line of text being typed, with a cursor.
package struct LineEditor: Hashable, Sendable {
  private var characters: [Character]
  /// How many characters stand before the cursor.
  package private(set) var cursor: Int { didSet { open = 0 } }
  /// How many characters before the cursor the next words take the place of.
  private var open = 0
  /// Whether the text is only offered: what is typed first takes its place, and moving in it keeps it.
  package private(set) var isOffered = false

  package init(_ text: String = "") {
    characters = Array(text)
    cursor = characters.count
  }

  /// A text that the first words typed take the place of.
  package init(offering text: String) {
    self.init(text)
    isOffered = !text.isEmpty
  }

  package var text: String { String(characters) }
  package var isEmpty: Bool { characters.isEmpty }
  package var beforeCursor: String { String(characters[..<cursor]) }

  package mutating func insert(_ text: String) {
    replaceOffer()
    let new = Array(text)
    characters.replaceSubrange((cursor - open)..<cursor, with: new)
    cursor += new.count - open
  }

  package mutating func deleteBackward() {
    if replaceOffer() { return }
    guard cursor > 0 else { return }
    cursor -= 1
    characters.remove(at: cursor)
  }

  package mutating func deleteForward() {
    if replaceOffer() { return }
    guard cursor < characters.count else { return }
    characters.remove(at: cursor)
  }

  package mutating func deleteWord() {
    if replaceOffer() { return }
    let end = cursor
    while cursor > 0, characters[cursor - 1] == " " { cursor -= 1 }
    while cursor > 0, characters[cursor - 1] != " " { cursor -= 1 }
    characters.removeSubrange(cursor..<end)
  }

  package mutating func deleteToStart() {
    isOffered = false
    characters.removeSubrange(..<cursor)
    cursor = 0
  }

  package mutating func deleteToEnd() {
    isOffered = false
    characters.removeSubrange(cursor...)
  }

  /// Takes an offered text away as a whole; true: there was one.
  @discardableResult private mutating func replaceOffer() -> Bool {
    guard isOffered else { return false }
    (characters, cursor, isOffered) = ([], 0, false)
    return true
  }

  package mutating func move(by distance: Int) {
    isOffered = false
    cursor = min(max(0, cursor + distance), characters.count)
  }

  /// Moves up or down by whole lines, keeping the column where the line is long enough.
  package mutating func moveLine(by distance: Int) {
    isOffered = false
    var starts = [0]
    for (index, character) in characters.enumerated() where character.isNewline {
      starts.append(index + 1)
    }
    let line = (starts.lastIndex { $0 <= cursor }) ?? 0
    let wanted = min(max(0, line + distance), starts.count - 1)
    let end = wanted + 1 < starts.count ? starts[wanted + 1] - 1 : characters.count
    cursor = min(starts[wanted] + cursor - starts[line], end)
  }

  /// Moves behind the next of some words, from the beginning again where none follows; what is typed there replaces it.
  package mutating func move(behindOneOf words: [String]) {
    isOffered = false
    let all = words.filter { !$0.isEmpty }.map(Array.init)
    for start in [cursor, 0] {
      for index in start..<max(start, characters.count) {
        guard let found = all.first(where: { characters[index...].starts(with: $0) }) else {
          continue
        }
        cursor = index + found.count
        open = found.count
        return
      }
    }
  }

  package mutating func moveToStart() { (cursor, isOffered) = (0, false) }
  package mutating func moveToEnd() { (cursor, isOffered) = (characters.count, false) }
}
