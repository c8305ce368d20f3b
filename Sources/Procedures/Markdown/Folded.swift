/// Text made comparable: lower case, no accents, one space between words, none around ideographs.
struct Folded: Sendable {
  /// Begins and ends with a space, so that whole words can be searched.
  let bytes: [UInt8]
  let words: [String]

  init(_ text: String) {
    var bytes: [UInt8] = [32]
    var words: [String] = []
    var word = ""
    var lastIsIdeograph = false
    func finish(_ bytes: inout [UInt8]) {
      guard !word.isEmpty else { return }
      if bytes.last != 32 { bytes.append(32) }
      bytes.append(contentsOf: word.utf8)
      bytes.append(32)
      words.append(word)
      word = ""
    }
    for scalar in text.unicodeScalars {
      if scalar.isIdeograph {
        finish(&bytes)
        if lastIsIdeograph, bytes.last == 32 { bytes.removeLast() }
        bytes.append(contentsOf: String(scalar).utf8)
        words.append(String(scalar))
        lastIsIdeograph = true
      } else if let letter = scalar.folded {
        word += letter
        lastIsIdeograph = false
      } else if scalar == "'" || scalar == "’" || (0x300...0x36F).contains(scalar.value) {
        continue
      } else {
        finish(&bytes)
        lastIsIdeograph = false
      }
    }
    finish(&bytes)
    if bytes.last != 32 { bytes.append(32) }
    self.bytes = bytes
    self.words = words
  }

  /// Whether the phrase stands in the text; `ack*` stands for every word that begins so.
  func has(_ phrase: String) -> Bool { position(of: phrase) != nil }

  func has(any phrases: [String]) -> Bool { phrases.contains { position(of: $0) != nil } }

  /// Where the phrase stands first, as an offset that only compares.
  func position(of phrase: String) -> Int? {
    // Runs thousands of times a document: no copies.
    phrase.utf8.withContiguousStorageIfAvailable { find($0) }
      ?? Array(phrase.utf8).withUnsafeBufferPointer { find($0) }
  }

  private func find(_ phrase: UnsafeBufferPointer<UInt8>) -> Int? {
    let isPrefix = phrase.last == 42
    let count = isPrefix ? phrase.count - 1 : phrase.count
    guard count > 0, let first = phrase.first else { return nil }
    // Ideographs stand without spaces; all else is a whole word, or the beginning of one.
    let before = first < 0x80 ? 1 : 0
    let after = isPrefix || phrase[count - 1] >= 0x80 ? 0 : 1
    return bytes.withUnsafeBufferPointer { bytes in
      var start = 0
      let last = bytes.count - count - before - after
      search: while start <= last {
        defer { start += 1 }
        if before == 1, bytes[start] != 32 { continue }
        for offset in 0..<count where bytes[start + before + offset] != phrase[offset] {
          continue search
        }
        if after == 1, bytes[start + before + count] != 32 { continue }
        return start
      }
      return nil
    }
  }

  var isEmpty: Bool { words.isEmpty }
}

extension Unicode.Scalar {
  /// Chinese, Japanese and Korean characters, which are written without spaces.
  var isIdeograph: Bool {
    (0x3040...0x30FF).contains(value) || (0x3400...0x9FFF).contains(value)
      || (0xF900...0xFAFF).contains(value) || (0xAC00...0xD7AF).contains(value)
  }

  /// The letter or digit in lower case without its accent; nil for everything else.
  var folded: String? {
    switch value {
    case 48...57, 97...122: return String(self)
    case 65...90: return properties.lowercaseMapping
    case 0..<128: return nil
    default:
      guard properties.isAlphabetic || properties.numericType == .decimal else { return nil }
      return Self.bases[properties.lowercaseMapping] ?? properties.lowercaseMapping
    }
  }

  private static let bases: [String: String] = {
    var bases: [String: String] = ["ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "ı": "i"]
    for (base, accented) in [
      ("a", "àáâãäåāăą"), ("c", "çćč"), ("e", "èéêëēęě"), ("i", "ìíîïī"), ("n", "ñńň"),
      ("o", "òóôõöōő"), ("u", "ùúûüūůű"), ("y", "ýÿ"), ("s", "śšş"), ("z", "źżž"), ("g", "ğ"),
      ("r", "ř"), ("t", "ťţ"), ("d", "ď"),
    ] {
      for character in accented.unicodeScalars { bases[String(character)] = base }
    }
    return bases
  }()
}

extension String {
  /// Without spaces at its ends.
  var trimmed: String { trimming { $0.properties.isWhitespace } }

  /// Without the scalars at both ends that the condition holds for.
  func trimming(_ isDropped: (Unicode.Scalar) -> Bool) -> String {
    var view = unicodeScalars[...]
    while let first = view.first, isDropped(first) { view.removeFirst() }
    while let last = view.last, isDropped(last) { view.removeLast() }
    return String(view)
  }

  /// Without signs, spaces and pictures before the first letter, digit or bracket.
  var withoutLeadingSigns: String {
    var view = unicodeScalars[...]
    while let first = view.first, first.folded == nil, !first.isIdeograph,
      !["[", "(", "<", "{", "#", "@", "`", "\"", "_", "~", "$", "/", ">", "≤", "≥", "“"].contains(
        first)
    {
      view.removeFirst()
    }
    return String(view).trimmed
  }

  /// Without the marks of emphasis and code.
  var withoutMarks: String {
    String(unicodeScalars.filter { $0 != "*" && $0 != "`" }).trimmed
  }

  /// An identifier of letters, digits and dashes from the first words.
  var slug: String {
    var slug = ""
    for scalar in unicodeScalars {
      if let letter = scalar.folded {
        slug += letter
      } else if scalar.isIdeograph {
        slug.unicodeScalars.append(scalar)
      } else if !slug.isEmpty, slug.last != "-" {
        slug += "-"
      }
      if slug.unicodeScalars.count >= 48 { break }
    }
    while slug.last == "-" { slug.removeLast() }
    return slug
  }
}
