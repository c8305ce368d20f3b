/// Cuts a text into words that compare: lower case, no accents, an ideograph each a word of its own.
enum FoldedWords {
  static func cut(_ text: String) -> [String] {
    var words: [String] = []
    var word = ""
    func finish() {
      if !word.isEmpty { words.append(word) }
      word = ""
    }
    let scalars = Array(text.unicodeScalars)
    for (index, scalar) in scalars.enumerated() {
      if scalar.isIdeograph {
        finish()
        words.append(String(scalar))
      } else if let letter = scalar.folded {
        word += letter
      } else if scalar.isApostrophe {
        if !isContraction(scalars, index) { finish() }
      } else if !scalar.isMark {
        finish()
      }
    }
    finish()
    return words
  }

  /// "doesn't" is one word, "l'incident" and "P1'de" are two.
  private static func isContraction(_ scalars: [Unicode.Scalar], _ index: Int) -> Bool {
    var ending = ""
    for scalar in scalars[(index + 1)...].prefix(3) {
      guard let letter = scalar.folded else { break }
      ending += letter
    }
    return ["t", "s", "re", "ll", "ve", "d", "m"].contains(ending)
  }
}

extension Unicode.Scalar {
  /// Characters that are written without spaces, each taken for a word: Han, kana, Hangul and Thai.
  var isIdeograph: Bool {
    (0x3040...0x30FF).contains(value) || (0x3400...0x9FFF).contains(value)
      || (0xF900...0xFAFF).contains(value) || (0xAC00...0xD7AF).contains(value)
      || (0x0E01...0x0E3A).contains(value) || (0x0E40...0x0E4E).contains(value)
  }

  var isApostrophe: Bool { self == "'" || self == "’" }

  /// A mark on the letter before, or a sign that is not seen.
  var isMark: Bool {
    (0x300...0x36F).contains(value) || value == 0x200D || value == 0xFE0F || value == 0xAD
  }

  /// The letter or digit in lower case without its accent; nil for everything else.
  var folded: String? {
    switch value {
    case 48...57, 97...122: return String(self)
    case 65...90: return properties.lowercaseMapping
    case 0..<128: return nil
    default:
      if properties.numericType == .decimal, let digit = properties.numericValue {
        return String(Int(digit))
      }
      guard properties.isAlphabetic, !isMark else { return nil }
      let lower = properties.lowercaseMapping.unicodeScalars.first ?? self
      return Self.bases[lower] ?? String(lower)
    }
  }

  private static let bases: [Unicode.Scalar: String] = {
    var bases: [Unicode.Scalar: String] = [
      "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "ı": "i", "đ": "d", "ё": "е",
    ]
    for (base, accented) in [
      ("a", "àáâãäåāăąảạằắẳẵặầấẩẫậ"), ("c", "çćč"), ("e", "èéêëēęěẻẽẹềếểễệ"),
      ("i", "ìíîïīỉĩị"), ("n", "ñńň"), ("o", "òóôõöōőỏọồốổỗộơờớởỡợ"),
      ("u", "ùúûüūůűủũụưừứửữự"), ("y", "ýÿỳỷỹỵ"), ("s", "śšşș"), ("z", "źżž"), ("g", "ğ"),
      ("r", "ř"), ("t", "ťţț"), ("d", "ď"),
    ] {
      for character in accented.unicodeScalars { bases[character] = base }
    }
    return bases
  }()
}
