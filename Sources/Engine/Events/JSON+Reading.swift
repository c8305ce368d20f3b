/// Why a text is not JSON.
package struct JSONError: Error, Hashable, Sendable {
  /// Offset of the first byte that does not fit, from the beginning of what was read.
  package var offset: Int
  package var expected: String
}

extension JSON {
  /// Nesting beyond this is refused, so that no input can exhaust the stack.
  package static let maximumDepth = 64

  package init(parsing text: String) throws(JSONError) {
    try self.init(parsing: Array(text.utf8)[...])
  }

  /// Reads one value that fills all the bytes but for white space around it.
  package init(parsing bytes: ArraySlice<UInt8>) throws(JSONError) {
    var reader = JSONReader(bytes)
    self = try reader.value(depth: 0)
    reader.skipSpace()
    if !reader.isAtEnd { throw reader.error("the end") }
  }
}

/// A strict reader of RFC 8259 that keeps members in order.
private struct JSONReader {
  private let bytes: ArraySlice<UInt8>
  private var index: Int

  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    index = bytes.startIndex
  }

  var isAtEnd: Bool { index == bytes.endIndex }

  func error(_ expected: String) -> JSONError {
    JSONError(offset: index - bytes.startIndex, expected: expected)
  }

  mutating func skipSpace() {
    while index < bytes.endIndex, case let byte = bytes[index],
      byte == 32 || byte == 10 || byte == 13 || byte == 9
    {
      index += 1
    }
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard index < bytes.endIndex, bytes[index] == byte else { return false }
    index += 1
    return true
  }

  mutating func value(depth: Int) throws(JSONError) -> JSON {
    guard depth < JSON.maximumDepth else { throw error("less nesting") }
    skipSpace()
    guard index < bytes.endIndex else { throw error("a value") }
    switch bytes[index] {
    case 123: return .object(try members(depth: depth))
    case 91: return .array(try elements(depth: depth))
    case 34: return .string(try string())
    case 116: return try word("true", .bool(true))
    case 102: return try word("false", .bool(false))
    case 110: return try word("null", .null)
    default: return try number()
    }
  }

  private mutating func word(_ word: StaticString, _ value: JSON) throws(JSONError) -> JSON {
    guard
      bytes[index...].starts(
        with: UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
    else { throw error("a value") }
    index += word.utf8CodeUnitCount
    return value
  }

  private mutating func members(depth: Int) throws(JSONError) -> [JSON.Member] {
    index += 1
    var members: [JSON.Member] = []
    skipSpace()
    if take(125) { return members }
    while true {
      skipSpace()
      guard index < bytes.endIndex, bytes[index] == 34 else { throw error("a member's name") }
      let key = try string()
      skipSpace()
      guard take(58) else { throw error("a colon") }
      members.append(JSON.Member(key, try value(depth: depth + 1)))
      skipSpace()
      if take(125) { return members }
      guard take(44) else { throw error("a comma or a closing brace") }
    }
  }

  private mutating func elements(depth: Int) throws(JSONError) -> [JSON] {
    index += 1
    var elements: [JSON] = []
    skipSpace()
    if take(93) { return elements }
    while true {
      elements.append(try value(depth: depth + 1))
      skipSpace()
      if take(93) { return elements }
      guard take(44) else { throw error("a comma or a closing bracket") }
    }
  }

  private mutating func string() throws(JSONError) -> String {
    let start = index
    index += 1
    while index < bytes.endIndex {
      switch bytes[index] {
      case 34:
        index += 1
        guard let text = JSONString.decode(bytes[start + 1..<index - 1]) else {
          index = start
          throw error("a well-formed string")
        }
        return text
      case 92: index += 2
      case 0..<32: throw error("no control character in a string")
      default: index += 1
      }
    }
    index = start
    throw error("the end of the string")
  }

  private mutating func number() throws(JSONError) -> JSON {
    let start = index
    _ = take(45)
    let firstDigit = index
    digits()
    guard index > firstDigit, bytes[firstDigit] != 48 || index == firstDigit + 1 else {
      index = start
      throw error("a value")
    }
    var isWhole = true
    if take(46) {
      isWhole = false
      let first = index
      digits()
      guard index > first else { throw error("a digit") }
    }
    if index < bytes.endIndex, bytes[index] | 32 == 101 {
      isWhole = false
      index += 1
      if !take(43) { _ = take(45) }
      let first = index
      digits()
      guard index > first else { throw error("a digit") }
    }
    let text = String(decoding: bytes[start..<index], as: UTF8.self)
    if isWhole, let value = Int64(text) { return .integer(value) }
    guard let value = Double(text), value.isFinite else { throw error("a number that fits") }
    return .number(value)
  }

  private mutating func digits() {
    while index < bytes.endIndex, bytes[index] >= 48, bytes[index] <= 57 { index += 1 }
  }
}

/// What stands between the quotes of a JSON string.
package enum JSONString {
  /// The text, or nil where an escape or the UTF-8 is not well formed.
  package static func decode(_ bytes: ArraySlice<UInt8>) -> String? {
    if let plain = plain(bytes) { return plain }
    guard bytes.contains(92) else { return String(validating: bytes, as: UTF8.self) }
    var decoded = [UInt8]()
    decoded.reserveCapacity(bytes.count)
    var index = bytes.startIndex
    while index < bytes.endIndex {
      let byte = bytes[index]
      guard byte == 92 else {
        decoded.append(byte)
        index += 1
        continue
      }
      guard index + 1 < bytes.endIndex else { return nil }
      index += 2
      switch bytes[index - 1] {
      case 34: decoded.append(34)
      case 92: decoded.append(92)
      case 47: decoded.append(47)
      case 98: decoded.append(8)
      case 102: decoded.append(12)
      case 110: decoded.append(10)
      case 114: decoded.append(13)
      case 116: decoded.append(9)
      case 117:
        guard let scalar = scalar(bytes, &index) else { return nil }
        decoded.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
      default: return nil
      }
    }
    return String(validating: decoded, as: UTF8.self)
  }

  /// The text of bytes that are all ASCII and no escape, as nearly all are. Written for the replay path.
  private static func plain(_ bytes: ArraySlice<UInt8>) -> String? {
    bytes.withUnsafeBufferPointer { bytes -> String? in
      var all: UInt8 = 0
      var escapes = 0
      for byte in bytes {
        all |= byte
        escapes &+= byte == 92 ? 1 : 0
      }
      return all < 128 && escapes == 0 ? String(decoding: bytes, as: UTF8.self) : nil
    }
  }

  /// Reads the four digits of an escape at `index`, and a second escape where the first is half a pair.
  private static func scalar(_ bytes: ArraySlice<UInt8>, _ index: inout Int) -> Unicode.Scalar? {
    guard let first = unit(bytes, &index) else { return nil }
    guard first & 0xFC00 == 0xD800 else { return Unicode.Scalar(first) }
    guard index + 1 < bytes.endIndex, bytes[index] == 92, bytes[index + 1] == 117 else {
      return nil
    }
    index += 2
    guard let second = unit(bytes, &index), second & 0xFC00 == 0xDC00 else { return nil }
    return Unicode.Scalar(0x10000 + ((first & 0x3FF) << 10) + (second & 0x3FF))
  }

  private static func unit(_ bytes: ArraySlice<UInt8>, _ index: inout Int) -> UInt32? {
    guard index + 4 <= bytes.endIndex,
      let value = UInt32(String(decoding: bytes[index..<index + 4], as: UTF8.self), radix: 16),
      bytes[index] != 43, bytes[index] != 45
    else { return nil }
    index += 4
    return value
  }
}
