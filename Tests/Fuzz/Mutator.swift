/// Makes new inputs out of old ones: cut, doubled, spliced, sprinkled with what readers stumble over.
struct Mutator: RandomNumberGenerator {
  private let corpus: [[UInt8]]
  private var state: UInt64

  private static let stumblingBlocks: [String] = [
    "|", "\n|---|---|\n", "```", "\n- [ ] ", "\n1. ", "\n# ", "P0", "SEV-1", "15 min", "< 1 hour",
    "24-48 hours", "99999999999999999999", "-1", "0", "next business day", "↓", "→", "\u{202E}",
    "\u{1F469}\u{200D}\u{1F4BB}", "\u{0}", "---\n", "&a ", "*a", "!!", "{", "}", "[", "]", ":",
    "\"",
    "\\", "\\u0000", "\\ud800", "\r\n", "\t", ">", "![[]()", "<!--", "-->", "(if not resolved in",
    "every", "within", "\u{00E2}\u{20AC}\u{201C}", "工作日", "分钟",
  ]

  init(corpus: [[UInt8]], seed: UInt64) {
    self.corpus = corpus.isEmpty ? [[]] : corpus
    state = seed
  }

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return (state ^ state >> 33) &* 0xFF51_AFD7_ED55_8CCD
  }

  mutating func input() -> [UInt8] {
    var input = corpus.randomElement(using: &self) ?? []
    for _ in 0..<Int.random(in: 1...12, using: &self) { change(&input) }
    return Array(input.prefix(128 * 1024 + 64))
  }

  private mutating func change(_ input: inout [UInt8]) {
    let place = Int.random(in: 0...input.count, using: &self)
    let stretch = place..<min(input.count, place + Int.random(in: 0...200, using: &self))
    switch Int.random(in: 0..<7, using: &self) {
    case 0: input.removeSubrange(stretch)
    case 1:
      let block = Self.stumblingBlocks.randomElement(using: &self) ?? ""
      input.insert(contentsOf: block.utf8, at: place)
    case 2: input.insert(contentsOf: Array(input[stretch]), at: place)
    case 3 where !stretch.isEmpty: input[place] = UInt8.random(in: 0...255, using: &self)
    case 4:
      let other = corpus.randomElement(using: &self) ?? []
      input = Array(input.prefix(place)) + other.suffix(from: min(place, other.count))
    case 5:
      let block = Self.stumblingBlocks.randomElement(using: &self) ?? ""
      let count = Int.random(in: 1...400, using: &self)
      input.insert(contentsOf: String(repeating: block, count: count).utf8, at: place)
    default: input.replaceSubrange(stretch, with: input[stretch].reversed())
    }
  }
}
