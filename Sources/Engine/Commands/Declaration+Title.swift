extension Declaration {
  /// The most bytes of a title.
  package static let titleLimit = 1024

  /// A title that can be recorded, and where it had to be cut the whole of it in texts for notes: declaring never waits.
  package static func fitting(_ title: String) -> (title: String, whole: [String]) {
    guard title.utf8.count > titleLimit else { return (title, []) }
    let sign = "…"
    let cut = pieces(of: title, most: titleLimit - sign.utf8.count)[0]
    let whole = pieces(of: "Whole title: \(title)", most: Incident.textLimit)
    return (cut + sign, whole.filter { $0.contains { !$0.isWhitespace } })
  }

  /// The text in pieces of at most so many bytes, each a whole number of scalars.
  private static func pieces(of text: String, most: Int) -> [String] {
    var pieces: [String] = []
    var piece = String.UnicodeScalarView()
    var bytes = 0
    for scalar in text.unicodeScalars {
      let size = String(scalar).utf8.count
      if bytes + size > most {
        pieces.append(String(piece))
        (piece, bytes) = (String.UnicodeScalarView(), 0)
      }
      piece.append(scalar)
      bytes += size
    }
    pieces.append(String(piece))
    return pieces
  }
}
