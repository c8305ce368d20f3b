/// What a terminal answers when it is asked for its background: `ESC ] 11 ; rgb:RRRR/GGGG/BBBB BEL`.
package struct BackgroundAnswer: Hashable, Sendable {
  /// Red, green and blue from 0 to 1.
  package var red, green, blue: Double

  /// Light enough for dark letters: by the luminance that an eye sees.
  package var isLight: Bool { 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.5 }

  /// The question. A terminal that does not know it stays silent.
  static let question = "\u{1B}]11;?\u{1B}\\"

  /// From what stands between `ESC ]` and its end; nil for any other answer.
  init?(_ body: some Sequence<UInt8>) {
    let text = String(decoding: Array(body), as: UTF8.self)
    guard text.hasPrefix("11;rgb") else { return nil }
    let parts = text.dropFirst(6).drop { $0 == "a" || $0 == ":" }.split(separator: "/")
    guard parts.count >= 3 else { return nil }
    let values = parts.prefix(3).map { part -> Double? in
      guard (1...4).contains(part.count), let value = Int(part, radix: 16) else { return nil }
      return Double(value) / Double((1 << (4 * part.count)) - 1)
    }
    guard let red = values[0], let green = values[1], let blue = values[2] else { return nil }
    (self.red, self.green, self.blue) = (red, green, blue)
  }
}
