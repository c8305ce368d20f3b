/// A style as it is written: `ink on paper bold underline`.
///
/// Colours are names of the theme's palette, `default`, the sixteen names, 0 to 255 or `#rrggbb`.
struct StyleText: Hashable {
  var foreground: String?
  var background: String?
  var attributes: Attributes = []

  /// What is wrong with a style's text.
  enum Mistake: Error, Hashable {
    case groundMissing
    case tooMuch(String)
  }

  init(_ text: String) throws(Mistake) {
    var words = text.split(whereSeparator: { $0 == " " || $0 == "\t" })[...]
    if let first = words.first, Self.attributes[String(first)] == nil, first != "on" {
      foreground = String(words.removeFirst())
    }
    if words.first == "on" {
      words.removeFirst()
      guard let ground = words.popFirst(), Self.attributes[String(ground)] == nil else {
        throw .groundMissing
      }
      background = String(ground)
    }
    for word in words {
      guard let attribute = Self.attributes[String(word)] else { throw .tooMuch(String(word)) }
      attributes.insert(attribute)
    }
  }

  /// `plain` says that there is none.
  static let attributes: [String: Attributes] = [
    "plain": [], "bold": .bold, "dim": .dim, "underline": .underline, "reverse": .reverse,
    "italic": .italic,
  ]
}
