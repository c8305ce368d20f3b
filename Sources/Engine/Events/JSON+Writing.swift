extension JSON {
  /// The value as UTF-8 JSON on one line, without spaces.
  package var bytes: [UInt8] {
    var bytes = [UInt8]()
    write(into: &bytes)
    return bytes
  }

  package var text: String { String(decoding: bytes, as: UTF8.self) }

  /// The value over several lines, two spaces a level.
  package var indentedText: String {
    var bytes = [UInt8]()
    write(into: &bytes, indentation: 0)
    return String(decoding: bytes, as: UTF8.self)
  }

  package func write(into bytes: inout [UInt8]) {
    write(into: &bytes, indentation: nil)
  }

  private func write(into bytes: inout [UInt8], indentation: Int?) {
    switch self {
    case .null: bytes.append(contentsOf: "null".utf8)
    case .bool(let value): bytes.append(contentsOf: (value ? "true" : "false").utf8)
    case .integer(let value): bytes.append(contentsOf: String(value).utf8)
    case .number(let value):
      bytes.append(contentsOf: (value.isFinite ? "\(value)" : "null").utf8)
    case .string(let value): Self.write(value, into: &bytes)
    case .array(let values):
      Self.writeList(values, open: 91, close: 93, into: &bytes, indentation) {
        value, bytes, inner in
        value.write(into: &bytes, indentation: inner)
      }
    case .object(let members):
      Self.writeList(members, open: 123, close: 125, into: &bytes, indentation) {
        member, bytes, inner in
        Self.write(member.key, into: &bytes)
        bytes.append(58)
        if inner != nil { bytes.append(32) }
        member.value.write(into: &bytes, indentation: inner)
      }
    }
  }

  private static func writeList<Element>(
    _ elements: [Element], open: UInt8, close: UInt8, into bytes: inout [UInt8],
    _ indentation: Int?,
    _ write: (Element, inout [UInt8], Int?) -> Void
  ) {
    bytes.append(open)
    let inner = indentation.map { $0 + 2 }
    for (index, element) in elements.enumerated() {
      if index > 0 { bytes.append(44) }
      newLine(inner, into: &bytes)
      write(element, &bytes, inner)
    }
    if !elements.isEmpty { newLine(indentation, into: &bytes) }
    bytes.append(close)
  }

  private static func newLine(_ indentation: Int?, into bytes: inout [UInt8]) {
    guard let indentation else { return }
    bytes.append(10)
    bytes.append(contentsOf: repeatElement(32, count: indentation))
  }

  /// Appends a string literal; control characters are escaped, everything else stands as it is.
  package static func write(_ string: String, into bytes: inout [UInt8]) {
    bytes.append(34)
    for byte in string.utf8 {
      switch byte {
      case 34: bytes.append(contentsOf: [92, 34])
      case 92: bytes.append(contentsOf: [92, 92])
      case 10: bytes.append(contentsOf: [92, 110])
      case 13: bytes.append(contentsOf: [92, 114])
      case 9: bytes.append(contentsOf: [92, 116])
      case 0..<32, 127:
        let digits = Array("0123456789abcdef".utf8)
        bytes.append(contentsOf: [92, 117, 48, 48, digits[Int(byte >> 4)], digits[Int(byte & 15)]])
      default: bytes.append(byte)
      }
    }
    bytes.append(34)
  }
}
