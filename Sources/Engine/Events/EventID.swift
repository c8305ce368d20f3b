/// The identity of an event: a UUID, version 7 when fresh, name-based where the same fact may arrive twice.
package struct EventID: Hashable, Sendable {
  package var high: UInt64
  package var low: UInt64

  package init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// A version-7 UUID (RFC 9562) from an instant and 74 random bits of the caller's.
  package init(version7At instant: Timestamp, random: (UInt64, UInt64)) {
    let milliseconds = UInt64(clamping: instant.milliseconds) & 0xFFFF_FFFF_FFFF
    high = milliseconds << 16 | 0x7000 | random.0 & 0x0FFF
    low = 0x8000_0000_0000_0000 | random.1 & 0x3FFF_FFFF_FFFF_FFFF
  }

  /// A version-8 UUID (RFC 9562) from 16 bytes of a digest of a name.
  package init(digest bytes: some Collection<UInt8>) {
    precondition(bytes.count >= 16, "a digest of at least 16 bytes")
    var words: (UInt64, UInt64) = (0, 0)
    for (index, byte) in bytes.prefix(16).enumerated() {
      if index < 8 {
        words.0 = words.0 << 8 | UInt64(byte)
      } else {
        words.1 = words.1 << 8 | UInt64(byte)
      }
    }
    high = words.0 & ~0xF000 | 0x8000
    low = words.1 & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
  }

  /// Reads the 36 characters of a UUID, in either case.
  package init?(_ bytes: Span<UInt8>, _ range: Range<Int>) {
    guard range.count == 36, range.upperBound <= bytes.count else { return nil }
    var words: (UInt64, UInt64) = (0, 0)
    var digits = 0
    for offset in 0..<36 {
      let byte = bytes[unchecked: range.lowerBound + offset]
      if offset == 8 || offset == 13 || offset == 18 || offset == 23 {
        guard byte == 45 else { return nil }
        continue
      }
      let digit: UInt64
      switch byte {
      case 48...57: digit = UInt64(byte) - 48
      case 97...102: digit = UInt64(byte) - 87
      case 65...70: digit = UInt64(byte) - 55
      default: return nil
      }
      if digits < 16 { words.0 = words.0 << 4 | digit } else { words.1 = words.1 << 4 | digit }
      digits += 1
    }
    (high, low) = words
  }

  package init?(_ text: String) {
    var text = text
    guard let id = text.withUTF8({ Self($0.span, 0..<$0.count) }) else { return nil }
    self = id
  }

  /// The UUID as 36 lower-case characters.
  package var description: String {
    var text = ""
    for (index, word) in [high, low].enumerated() {
      for position in 0..<16 {
        let count = index * 16 + position
        if count == 8 || count == 12 || count == 16 || count == 20 { text += "-" }
        text += String(word >> UInt64(60 - position * 4) & 15, radix: 16)
      }
    }
    return text
  }
}
