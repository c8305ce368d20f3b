/// Mends text that was UTF-8 once, read as another encoding and written as UTF-8 again.
///
/// Only runs of characters that are well-formed UTF-8 when written back in that other encoding are mended, each
/// where it stands, so that lines keep their numbers.
enum EncodingRepair {
  struct Result {
    var bytes: [UInt8]
    /// How many characters came out of the mending.
    var count = 0
    var firstLine: Int?
    var encoding = ""
  }

  static func mend(_ bytes: [UInt8]) -> Result {
    guard bytes.contains(where: { $0 >= 0x80 }) else { return Result(bytes: bytes) }
    let text = String(decoding: bytes, as: UTF8.self)
    let windows = mend(text, windows1252, "Windows-1252")
    let mac = mend(text, macRoman, "Mac Roman")
    let best = mac.count > windows.count ? mac : windows
    return best.count > 0 ? best : Result(bytes: Array(text.utf8))
  }

  private static func mend(
    _ text: String, _ table: [Unicode.Scalar: UInt8], _ encoding: String
  ) -> Result {
    var mending = Mending(table: table, result: Result(bytes: [], encoding: encoding))
    for scalar in text.unicodeScalars { mending.take(scalar) }
    mending.flush()
    return mending.result
  }

  /// One pass over a text with one encoding in mind.
  private struct Mending {
    let table: [Unicode.Scalar: UInt8]
    var result: Result
    /// Characters that may be bytes of one that was read wrongly.
    private var run: [Unicode.Scalar] = []
    private var line = 1

    init(table: [Unicode.Scalar: UInt8], result: Result) {
      self.table = table
      self.result = result
    }

    mutating func take(_ scalar: Unicode.Scalar) {
      if scalar.value >= 0x80 {
        run.append(scalar)
        return
      }
      flush()
      if scalar == "\n" { line += 1 }
      result.bytes.append(UInt8(scalar.value))
    }

    mutating func flush() {
      guard !run.isEmpty else { return }
      let raw = run.compactMap { table[$0] }
      // A lead byte and what follows it make one mended character; a lone accent stays what it is.
      if raw.count == run.count, run.count >= 2,
        let mended = String(validating: raw, as: UTF8.self),
        mended.unicodeScalars.count < run.count
      {
        add(mended)
      } else {
        flushParts()
      }
      run = []
    }

    private mutating func flushParts() {
      var index = 0
      while index < run.count {
        if let (mended, length) = character(at: index) {
          add(mended)
          index += length
        } else {
          result.bytes += Array(String(run[index]).utf8)
          index += 1
        }
      }
    }

    private func character(at index: Int) -> (String, length: Int)? {
      for length in [4, 3, 2] where index + length <= run.count {
        let raw = run[index..<index + length].compactMap { table[$0] }
        guard raw.count == length, raw[0] >= 0xC2,
          let mended = String(validating: raw, as: UTF8.self), mended.unicodeScalars.count == 1
        else { continue }
        return (mended, length)
      }
      return nil
    }

    private mutating func add(_ mended: String) {
      result.bytes += Array(mended.utf8)
      result.count += mended.unicodeScalars.count
      if result.firstLine == nil { result.firstLine = line }
    }
  }

  private static let windows1252: [Unicode.Scalar: UInt8] = table(
    """
    €\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8D}Ž\u{8F}\u{90}‘’“”•–—˜™š›œ\u{9D}žŸ
    """, rest: true)

  private static let macRoman: [Unicode.Scalar: UInt8] = table(
    """
    ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø¿¡¬√ƒ≈∆«»…\u{A0}ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄€‹›ﬁﬂ‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ\u{F8FF}ÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ
    """, rest: false)

  /// The bytes from 0x80 on; `rest` adds those that stand for themselves.
  private static func table(_ characters: String, rest: Bool) -> [Unicode.Scalar: UInt8] {
    var table: [Unicode.Scalar: UInt8] = [:]
    for (offset, scalar) in characters.unicodeScalars.enumerated() where offset < 128 {
      table[scalar] = UInt8(0x80 + offset)
    }
    if rest {
      for value in 0xA0...0xFF { table[Unicode.Scalar(UInt8(value))] = UInt8(value) }
      for value in [0x81, 0x8D, 0x8F, 0x90, 0x9D] {
        table[Unicode.Scalar(UInt8(value))] = UInt8(value)
      }
    }
    return table
  }
}
