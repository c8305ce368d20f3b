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

  /// Reads the 36 characters of a UUID, in either case. Written for the replay path.
  package init?(_ bytes: Span<UInt8>, _ range: Range<Int>) {
    let start = range.lowerBound
    guard range.count == 36, range.upperBound <= bytes.count,
      bytes[unchecked: start + 8] == 45, bytes[unchecked: start + 13] == 45,
      bytes[unchecked: start + 18] == 45, bytes[unchecked: start + 23] == 45
    else { return nil }
    var digits = HexDigits()
    let high =
      digits.take(bytes, start, start + 4) << 32 | digits.take(bytes, start + 9, start + 14)
    let low =
      digits.take(bytes, start + 19, start + 24) << 32 | digits.take(bytes, start + 28, start + 32)
    guard digits.areWellFormed else { return nil }
    self.init(high: high, low: low)
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

/// Reads hexadecimal digits eight at a time, a byte of a word each.
private struct HexDigits {
  private var bad: UInt64 = 0

  var areWellFormed: Bool { bad == 0 }

  /// The value of two stretches of four digits.
  @inline(__always)
  mutating func take(_ bytes: Span<UInt8>, _ first: Int, _ second: Int) -> UInt64 {
    let raw = bytes.bytes
    let front = unsafe raw.unsafeLoadUnaligned(fromUncheckedByteOffset: first, as: UInt32.self)
    let back = unsafe raw.unsafeLoadUnaligned(fromUncheckedByteOffset: second, as: UInt32.self)
    return value(UInt64(UInt32(littleEndian: front)) | UInt64(UInt32(littleEndian: back)) << 32)
  }

  /// Letters have bit 6 set and low halves of 1 to 6, digits have bits 4 and 5 set and low halves of 0 to 9.
  @inline(__always)
  private mutating func value(_ word: UInt64) -> UInt64 {
    let each: UInt64 = 0x0101_0101_0101_0101
    let letter = word >> 6 & each
    let low = word & (each &* 15)
    bad |= (word | letter << 5) & (each &* 0xF0) ^ (each &+ letter) &* 0x30
    let overDigit = (low &+ each &* 6) >> 4 & ~letter
    let overLetter = (low &+ each &* 9) >> 4 & letter
    let underLetter = ~((low &+ each &* 15) >> 4) & letter
    bad |= (overDigit | overLetter | underLetter) & each
    var packed = (low &+ letter &* 9).byteSwapped
    packed = (packed | packed >> 4) & 0x00FF_00FF_00FF_00FF
    packed = (packed | packed >> 8) & 0x0000_FFFF_0000_FFFF
    return (packed | packed >> 16) & 0xFFFF_FFFF
  }
}
