/// The bytes of a file as UTF-8, whatever program saved it.
package enum TextEncoding {
  /// Why bytes are no text that can be read for certain.
  package struct Unreadable: Error, Hashable, Sendable {
    package var line: Int

    package var what: String { "neither UTF-8 nor UTF-16 nor Windows-1252" }

    package var remedy: String {
      "convert it to UTF-8, for example with 'iconv -f SHIFT_JIS -t UTF-8'"
    }
  }

  package struct Decoded: Hashable, Sendable {
    package var bytes: [UInt8]
    /// The first line with bytes that were taken for Windows-1252; nil where there is none.
    package var firstForeignLine: Int?

    package var text: String { String(decoding: bytes, as: UTF8.self) }
  }

  /// A document that somebody saved in an old encoding is still a document: each byte that fits nowhere is taken for what it
  /// was on the systems that did so. Where such bytes stand in long runs they were something else, and a guess would give
  /// other words.
  package static func decode(_ bytes: [UInt8]) throws(Unreadable) -> Decoded {
    if let wide = utf16(bytes) { return Decoded(bytes: Array(wide.utf8)) }
    if String(validating: bytes, as: UTF8.self) != nil { return Decoded(bytes: bytes) }
    var text: [UInt8] = []
    var firstForeign: Int?
    var line = 1
    var index = 0
    var foreign = 0
    var runs = 0
    var wasForeign = false
    while index < bytes.count {
      let length = wellFormedLength(bytes[index...].prefix(4))
      if length > 0 {
        text += bytes[index..<index + length]
        if bytes[index] == 10 { line += 1 }
        index += length
      } else {
        guard let scalar = windows1252(bytes[index]) else { throw Unreadable(line: line) }
        text += Array(String(scalar).utf8)
        firstForeign = firstForeign ?? line
        foreign += 1
        if !wasForeign { runs += 1 }
        index += 1
      }
      wasForeign = length == 0
    }
    guard foreign < 4 || foreign < 2 * runs else { throw Unreadable(line: firstForeign ?? 0) }
    return Decoded(bytes: text, firstForeignLine: firstForeign)
  }

  /// Text that says by its first two bytes that it is UTF-16.
  private static func utf16(_ bytes: [UInt8]) -> String? {
    guard bytes.count >= 2, bytes.count.isMultiple(of: 2) else { return nil }
    let isLittle = bytes[0] == 0xFF && bytes[1] == 0xFE
    guard isLittle || bytes[0] == 0xFE && bytes[1] == 0xFF else { return nil }
    var units: [UInt16] = []
    for index in stride(from: 2, to: bytes.count, by: 2) {
      let (one, other) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
      units.append(isLittle ? other << 8 | one : one << 8 | other)
    }
    return String(validating: units, as: UTF16.self)
  }

  /// Bytes of the character at the beginning; 0 where there is none.
  private static func wellFormedLength(_ bytes: ArraySlice<UInt8>) -> Int {
    guard let first = bytes.first else { return 0 }
    let length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
    guard bytes.count >= length, String(validating: bytes.prefix(length), as: UTF8.self) != nil
    else { return 0 }
    return length
  }

  /// Nil for the five bytes that mean nothing there.
  private static func windows1252(_ byte: UInt8) -> Unicode.Scalar? {
    let punctuation = Array("€?‚ƒ„…†‡ˆ‰Š‹Œ?Ž??‘’“”•–—˜™š›œ?žŸ".unicodeScalars)
    guard (0x80..<0xA0).contains(byte) else { return Unicode.Scalar(byte) }
    let scalar = punctuation[Int(byte) - 0x80]
    return scalar == "?" ? nil : scalar
  }
}
