/// A line of text being typed, with a cursor.
package struct LineEditor: Hashable, Sendable {
  private var characters: [Character]
  /// How many characters stand before the cursor.
  package private(set) var cursor: Int { didSet { open = 0 } }
  /// How many characters before the cursor the next words take the place of.
  private var open = 0

  package init(_ text: String = "") {
    characters = Array(text)
    cursor = characters.count
  }

  package var text: String { String(characters) }
  package var isEmpty: Bool { characters.isEmpty }
  package var beforeCursor: String { String(characters[..<cursor]) }

  package mutating func insert(_ text: String) {
    let new = Array(text)
    characters.replaceSubrange((cursor - open)..<cursor, with: new)
    cursor += new.count - open
  }

  package mutating func deleteBackward() {
    guard cursor > 0 else { return }
    cursor -= 1
    characters.remove(at: cursor)
  }

  package mutating func deleteForward() {
    guard cursor < characters.count else { return }
    characters.remove(at: cursor)
  }

  package mutating func deleteWord() {
    let end = cursor
    while cursor > 0, characters[cursor - 1] == " " { cursor -= 1 }
    while cursor > 0, characters[cursor - 1] != " " { cursor -= 1 }
    characters.removeSubrange(cursor..<end)
  }

  package mutating func deleteToStart() {
    characters.removeSubrange(..<cursor)
    cursor = 0
  }

  package mutating func deleteToEnd() { characters.removeSubrange(cursor...) }

  package mutating func move(by distance: Int) {
    cursor = min(max(0, cursor + distance), characters.count)
  }

  /// Moves up or down by whole lines, keeping the column where the line is long enough.
  package mutating func moveLine(by distance: Int) {
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

  package mutating func moveToStart() { cursor = 0 }
  package mutating func moveToEnd() { cursor = characters.count }
}
