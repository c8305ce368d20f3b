/// A word, number or sign of a text, with where it stands.
struct Token: Sendable {
  enum Kind: Sendable { case word, number, sign }

  var kind: Kind
  /// Folded: lower case, no accents. An ideograph is a word of its own.
  var text: String
  var value: Double = 0
  /// Offsets in the text's scalars.
  var start: Int
  var end: Int
  /// No space stands before it.
  var isGlued: Bool
}

/// A text cut into tokens.
struct TokenizedText: Sendable {
  let scalars: [Unicode.Scalar]
  let tokens: [Token]

  init(_ text: String) {
    scalars = Array(text.unicodeScalars)
    tokens = Self.cut(scalars)
  }

  private static func cut(_ scalars: [Unicode.Scalar]) -> [Token] {
    var tokens: [Token] = []
    var index = 0
    var isGlued = false
    while index < scalars.count {
      let scalar = scalars[index]
      if scalar.properties.isWhitespace || scalar.isMark {
        index += 1
        isGlued = false
        continue
      }
      var token = Token(
        kind: .sign, text: String(scalar), start: index, end: index + 1, isGlued: isGlued)
      if isDigit(scalar) {
        (token.value, token.end) = number(scalars, index)
        token.kind = .number
        token.text = String(String.UnicodeScalarView(scalars[index..<token.end]))
      } else if scalar == "½" {
        token.kind = .number
        token.value = 0.5
      } else if scalar.isIdeograph {
        token.kind = .word
      } else if let first = scalar.folded {
        token.kind = .word
        token.text = first
        while token.end < scalars.count, !scalars[token.end].isIdeograph,
          !isDigit(scalars[token.end])
        {
          if let next = scalars[token.end].folded {
            token.text += next
          } else if !scalars[token.end].isMark {
            break
          }
          token.end += 1
        }
      }
      index = token.end
      isGlued = true
      tokens.append(token)
    }
    return tokens
  }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { digit(scalar) != nil }

  /// The value of a decimal digit of any writing.
  private static func digit(_ scalar: Unicode.Scalar) -> Double? {
    if (48...57).contains(scalar.value) { return Double(scalar.value - 48) }
    guard scalar.value > 127, scalar.properties.numericType == .decimal else { return nil }
    return scalar.properties.numericValue
  }

  /// Reads `15`, `1.5`, `1,5`, `2,000`.
  private static func number(_ scalars: [Unicode.Scalar], _ start: Int) -> (Double, Int) {
    var index = start
    var value = 0.0
    while index < scalars.count, let digit = digit(scalars[index]) {
      value = value * 10 + digit
      index += 1
    }
    guard index + 1 < scalars.count, scalars[index] == "." || scalars[index] == ",",
      isDigit(scalars[index + 1])
    else { return (value, index) }
    var digits = 0
    var fraction = 0.0
    var scale = 1.0
    var end = index + 1
    while end < scalars.count, let digit = digit(scalars[end]) {
      fraction = fraction * 10 + digit
      scale *= 10
      digits += 1
      end += 1
    }
    if scalars[index] == ",", digits == 3 { return (value * 1000 + fraction, end) }
    return (value + fraction / scale, end)
  }
}
