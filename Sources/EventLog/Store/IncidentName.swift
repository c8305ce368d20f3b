package import Engine

/// The ids of incidents: `2026-11-21-checkout-errors`, the only thing that ever becomes a path.
package enum IncidentName {
  package static let maximumCount = 80

  package static func isValid(_ id: String) -> Bool {
    let bytes = Array(id.utf8)
    guard bytes.count > 11, bytes.count <= maximumCount, bytes[10] == 45, bytes[11] != 45,
      CivilDate(id.prefix(10)) != nil
    else { return false }
    return bytes.allSatisfy { $0 == 45 || $0 >= 48 && $0 <= 57 || $0 >= 97 && $0 <= 122 }
  }

  /// The id of a day and a title, with room for a number behind it.
  package static func make(title: String, on day: CivilDate) -> String {
    var slug = ""
    for scalar in title.unicodeScalars {
      if slug.utf8.count > 60 { break }
      let letters = letters(of: scalar)
      if !letters.isEmpty {
        slug += letters
      } else if !slug.isEmpty, slug.last != "-" {
        slug += "-"
      }
    }
    if slug.utf8.count > 60 {
      slug = String(slug.prefix(60))
      // Better a word less than half of one.
      if let dash = slug.lastIndex(of: "-"), slug.distance(from: slug.startIndex, to: dash) > 20 {
        slug = String(slug[..<dash])
      }
    }
    while slug.last == "-" { slug.removeLast() }
    return "\(day.description)-\(slug.isEmpty ? "incident" : slug)"
  }

  /// The id of a title and the day of an instant.
  package static func make(title: String, at instant: Timestamp) -> String {
    let day = instant.milliseconds.quotientAndRemainderRoundedDown(by: 86_400_000).0
    return make(title: title, on: CivilDate(daysSince1970: Int(day)))
  }

  /// The plain letters and digits that a character stands for: `ä` is `a`, `ß` is `ss`, `/` is none.
  private static func letters(of scalar: Unicode.Scalar) -> String {
    if scalar.isASCII {
      let character = Character(scalar)
      return character.isLetter || character.isNumber ? character.lowercased() : ""
    }
    guard let name = scalar.properties.name, name.hasPrefix("LATIN ") else { return "" }
    let words = name.split(separator: " ")
    guard words.count >= 4, words[2] == "LETTER" else { return "" }
    if words[3] == "SHARP" { return "ss" }
    return words[3].count <= 2 ? words[3].lowercased() : ""
  }
}
