/// What becomes of the rows that a list leaves empty: what its rows had to cut is told below them.
enum SpareRows {
  /// The places of a list that are told in full: from the first one on, each that has anything to tell and for which the
  /// rows suffice.
  ///
  /// - Parameters:
  ///   - places: In the order in which they come to their turn.
  ///   - spare: How many rows are left empty otherwise.
  ///   - lines: How many rows a place takes for what it has no room for.
  /// - Returns: The places that are told in full.
  static func places(_ places: Range<Int>, spare: Int, _ lines: (Int) -> Int) -> Set<Int> {
    var spare = spare
    var told: Set<Int> = []
    for place in places where spare > 0 {
      let count = lines(place)
      guard count > 0, count <= spare else { continue }
      told.insert(place)
      spare -= count
    }
    return told
  }
}
