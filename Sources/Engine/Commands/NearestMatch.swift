/// Guesses what was meant.
package enum NearestMatch {
  /// The known word nearest to one that was typed; nil where none is near. Case does not count.
  package static func find(_ word: String, among known: [String]) -> String? {
    let limit = max(1, word.count / 3)
    let scored = known.prefix(200).map { ($0, distance(word.lowercased(), $0.lowercased())) }
    guard let best = scored.min(by: { $0.1 < $1.1 }), best.1 <= limit else { return nil }
    return best.0
  }

  /// `known: a, b; did you mean a?`
  package static func remedy(_ word: String, among known: [String]) -> String {
    let shown = known.prefix(20).joined(separator: ", ") + (known.count > 20 ? ", …" : "")
    let list = known.isEmpty ? "none is defined" : "known: \(shown)"
    guard let guess = find(word, among: known) else { return list }
    return "\(list); did you mean \(guess)?"
  }

  /// Letters to insert, drop, change or swap with their neighbour.
  private static func distance(_ one: String, _ other: String) -> Int {
    let one = Array(one.prefix(60))
    let other = Array(other.prefix(60))
    var before: [Int] = []
    var previous = Array(0...other.count)
    for row in one.indices {
      var current = [row + 1]
      for column in other.indices {
        var cost = min(
          previous[column + 1] + 1, current[column] + 1,
          previous[column] + (one[row] == other[column] ? 0 : 1))
        if row > 0, column > 0, one[row] == other[column - 1], one[row - 1] == other[column] {
          cost = min(cost, before[column - 1] + 1)
        }
        current.append(cost)
      }
      before = previous
      previous = current
    }
    return previous[other.count]
  }
}
