/// Bytes as text of letters, digits, `+`, `/` and `=`, by RFC 4648.
package enum Base64 {
  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  package static func encode(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count + 2) / 3 * 4)
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let bits = group.reduce(0) { $0 << 8 | UInt32($1) } << (8 * UInt32(3 - group.count))
      for place in 0..<4 {
        text.append(
          place <= group.count ? alphabet[Int(bits >> UInt32(18 - 6 * place) & 63)] : 61)
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// Nil for anything but whole groups of the alphabet.
  package static func decode(_ text: String) -> [UInt8]? {
    let signs = Array(text.utf8)
    guard signs.count.isMultiple(of: 4) else { return nil }
    let padding = signs.suffix(2).count { $0 == 61 }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(signs.count / 4 * 3)
    var bits: UInt32 = 0
    for (index, sign) in signs.enumerated() {
      var value: UInt32 = 0
      if index < signs.count - padding {
        guard let known = value64(sign) else { return nil }
        value = known
      }
      bits = bits << 6 | value
      if index % 4 == 3 {
        bytes += [UInt8(bits >> 16 & 255), UInt8(bits >> 8 & 255), UInt8(bits & 255)]
        bits = 0
      }
    }
    return Array(bytes.dropLast(padding))
  }

  private static func value64(_ sign: UInt8) -> UInt32? {
    switch sign {
    case 65...90: UInt32(sign - 65)
    case 97...122: UInt32(sign - 71)
    case 48...57: UInt32(sign + 4)
    case 43: 62
    case 47: 63
    default: nil
    }
  }
}
