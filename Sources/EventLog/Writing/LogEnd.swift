internal import Engine
internal import Glibc

/// The end of a log as its next writer needs it.
struct LogEnd {
  var chain = Chain()
  /// Offset behind the last line feed; what lies behind it is torn.
  var offset = 0

  /// Looks at the last lines only, at the whole log where they do not say enough.
  static func find(in file: OpenFile, count: Int, path: String) throws(LogError) -> LogEnd {
    if count == 0 { return LogEnd() }
    for window in [4096, 1 << 16, 4 << 20] {
      let start = max(0, count - window)
      let bytes = try file.bytes(start..<count, path: path)
      if let end = find(in: bytes, startingAt: start) { return end }
      if start == 0 { break }
    }
    var scan = LogScan()
    let now = Timestamp(milliseconds: 0)
    while try scan.takeBlock(from: file, path: path, at: now, { _ in }) {}
    return LogEnd(chain: scan.chain, offset: scan.offset)
  }

  /// Follows the chain from the newest line whose seal holds; nil where there is none in sight.
  private static func find(in bytes: [UInt8], startingAt start: Int) -> LogEnd? {
    var lines = bytes.split(separator: 10, omittingEmptySubsequences: false)
    let tail = lines.removeLast()
    let offset = start + tail.startIndex
    var anchor = lines.count - 1
    while anchor >= 0 {
      if let chain = chain(endingAt: anchor, of: lines, isWholeFile: start == 0) {
        var end = LogEnd(chain: chain, offset: offset)
        for line in lines[(anchor + 1)...] {
          let number = EventCoding.event(in: line)?.sequence
          line.withUnsafeBufferPointer { end.chain.passBad($0, readAs: number) }
        }
        return end
      }
      anchor -= 1
    }
    return nil
  }

  private static func chain(
    endingAt index: Int, of lines: [ArraySlice<UInt8>], isWholeFile: Bool
  ) -> Chain? {
    let earlier = lines[..<index].last { line in
      line.withUnsafeBufferPointer { bytes in
        bytes.baseAddress.map { Seal.stands($0, bytes.count) } ?? false
      }
    }
    guard
      let previous = earlier.map({ Array($0.suffix(66).prefix(64)) })
        ?? (isWholeFile ? Digest.zero : nil)
    else { return nil }
    guard holds(lines[index], after: previous), let event = EventCoding.event(in: lines[index])
    else { return nil }
    return Chain(previous: Array(lines[index].suffix(66).prefix(64)), sequence: event.sequence)
  }

  static func holds(_ line: ArraySlice<UInt8>, after previous: [UInt8]) -> Bool {
    line.withUnsafeBufferPointer { bytes in
      previous.withUnsafeBufferPointer { previous in
        guard let line = bytes.baseAddress, let previous = previous.baseAddress else {
          return false
        }
        return Chain.holds(line, bytes.count, after: previous)
      }
    }
  }
}
