/// Finds a text in the bytes of lines, without making strings of them. Small letters find capital ones too.
struct ByteSearch {
  private let wanted: [UInt8]
  private let ignoresCase: Bool

  init(_ query: String) {
    ignoresCase = query == query.lowercased()
    // The log writes quotes and backslashes escaped.
    var bytes: [UInt8] = []
    for byte in query.utf8 {
      if byte == 34 || byte == 92 { bytes.append(92) }
      bytes.append(byte)
    }
    wanted = bytes
  }

  /// Whether the text occurs anywhere in bytes.
  func matches(_ bytes: ArraySlice<UInt8>) -> Bool {
    matches(bytes, in: 0..<Int32(clamping: bytes.count))
  }

  /// Whether the text occurs in a part of a line, given by offsets from its beginning.
  func matches(_ line: ArraySlice<UInt8>, in range: Range<Int32>) -> Bool {
    guard let first = wanted.first else { return true }
    let count = wanted.count
    return line.withUnsafeBufferPointer { bytes in
      let end = min(Int(range.upperBound), bytes.count) - count
      var index = max(0, Int(range.lowerBound))
      while index <= end {
        if fold(bytes[index]) == first {
          var length = 1
          while length < count, fold(bytes[index + length]) == wanted[length] { length += 1 }
          if length == count { return true }
        }
        index += 1
      }
      return false
    }
  }

  @inline(__always) private func fold(_ byte: UInt8) -> UInt8 {
    ignoresCase && byte >= 65 && byte <= 90 ? byte | 32 : byte
  }
}
