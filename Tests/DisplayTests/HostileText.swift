/// A repeatable stream of numbers (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

/// Texts that have broken screens: each kind of trouble once, and mixtures of all of them.
enum HostileText {
  static let pieces: [String] = [
    "", " ", "plain", "a\tb", "one\ntwo", "one\r\ntwo", "rub\rout", "bell\u{07}", "back\u{08}",
    "\u{1B}[2J\u{1B}]0;title\u{07}", "\u{9B}31m", "\u{00}", "\u{7F}", "日本語", "e\u{301}",
    "\u{301}", "e" + String(repeating: "\u{301}", count: 12), "👩‍💻", "⚠️", "👍🏽", "🇩🇪",
    "\u{202E}gpj.exe", "\u{2066}x\u{2069}", "\u{200B}", "\u{FEFF}", "\u{E0041}\u{E007F}",
    "\u{E000}",
    "\u{10FFFF}", "\u{1FAE8}", "한국어", "\u{1112}\u{1161}\u{11AB}", "क्षि", "שלום", "✅🔥", "\u{2028}",
    "\u{AD}", "\u{3164}", "ﷺ", "\u{FFFD}",
  ]

  static func mixture(seed: UInt64) -> String {
    var generator = SeededGenerator(seed: seed)
    var text = ""
    for _ in 0..<Int.random(in: 0...12, using: &generator) {
      if Bool.random(using: &generator) {
        text += pieces.randomElement(using: &generator) ?? ""
      } else {
        let value = UInt32.random(in: 0...0x10FFFF, using: &generator)
        text.unicodeScalars.append(Unicode.Scalar(value) ?? "\u{FFFD}")
      }
    }
    return text
  }

  static let all = pieces + (0..<400).map { mixture(seed: $0) }
}
