/// Short ids made of words, to be typed.
package enum Slug {
  /// At most 40 lower-case letters and digits with dashes between, cut at a word where one ends; `item` for nothing.
  package static func make(_ words: String) -> String {
    var slug = ""
    for word in words.lowercased().split(whereSeparator: { !$0.isLetter && !$0.isNumber }) {
      if slug.count + word.count + 1 > 40 {
        if slug.isEmpty { slug = String(word.prefix(40)) }
        break
      }
      slug += (slug.isEmpty ? "" : "-") + word
    }
    return slug.isEmpty ? "item" : slug
  }
}
