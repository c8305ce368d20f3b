/// The YAML block at the very top of a document, between two lines of dashes.
enum FrontMatter {
  /// The block's text without its fences, or nil where there is none.
  static func text(_ bytes: [UInt8]) -> [UInt8]? {
    guard let range = range(bytes) else { return nil }
    return Array(bytes[range.inner])
  }

  /// The document with the block's lines emptied, so that all others keep their numbers.
  static func blanked(_ bytes: [UInt8]) -> [UInt8] {
    guard let range = range(bytes) else { return bytes }
    return bytes[..<range.end].filter { $0 == 10 } + bytes[range.end...]
  }

  private static func range(_ bytes: [UInt8]) -> (inner: Range<Int>, end: Int)? {
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    guard let first = lineEnd(bytes, start), isFence(bytes[start..<first], "---") else {
      return nil
    }
    var at = first + 1
    while at < bytes.count {
      let end = lineEnd(bytes, at) ?? bytes.count
      if isFence(bytes[at..<end], "---") || isFence(bytes[at..<end], "...") {
        return (first + 1..<at, end)
      }
      at = end + 1
    }
    return nil
  }

  private static func lineEnd(_ bytes: [UInt8], _ start: Int) -> Int? {
    start < bytes.count ? bytes[start...].firstIndex(of: 10) : nil
  }

  private static func isFence(_ line: ArraySlice<UInt8>, _ fence: String) -> Bool {
    var line = line
    while let last = line.last, last == 32 || last == 13 || last == 9 { line.removeLast() }
    return line.elementsEqual(fence.utf8)
  }
}
