internal import CLinux
internal import Engine

/// The end of a log as its next writer needs it, read on as the log grows.
struct LogEnd {
  private(set) var scan: LogScan

  var chain: Chain { scan.chain }
  /// Offset behind the last line feed; what lies behind it is torn.
  var offset: Int { scan.offset }
  /// How far the file was read.
  var count: Int { scan.filledEnd }

  /// Looks at the last lines only, at the whole log where they do not say enough; the time is in proportion to what
  /// stands behind the newest line that holds.
  static func find(in file: OpenFile, count: Int, path: String) throws(LogError) -> LogEnd {
    let (chain, offset) = try anchor(in: file, count: count, path: path)
    var end = LogEnd(scan: LogScan(after: chain, at: offset))
    try end.readOn(in: file, upTo: count, path: path)
    return end
  }

  /// Takes what was added since.
  mutating func readOn(in file: OpenFile, upTo count: Int, path: String) throws(LogError) {
    guard count > scan.filledEnd else { return }
    scan.expectedCount = count
    let now = Timestamp(milliseconds: 0)
    while scan.filledEnd < count, try scan.takeBlock(from: file, path: path, at: now, { _ in }) {}
    scan.relax()
  }

  /// Goes on behind lines that were written here.
  mutating func skip(to offset: Int, _ chain: Chain) { scan.skip(to: offset, chain) }

  // MARK: - The newest line that holds

  /// The chain at the newest line whose seal holds, and where it ends; the beginning of the file where none is in sight.
  private static func anchor(
    in file: OpenFile, count: Int, path: String
  ) throws(LogError) -> (Chain, Int) {
    for window in [4096, 1 << 16, 1 << 20, 4 << 20] where count > 0 {
      let start = max(0, count - window)
      let bytes = try file.bytes(start..<count, path: path)
      if let (chain, offset) = anchor(in: bytes, isWholeFile: start == 0) {
        return (chain, start + offset)
      }
      if start == 0 { break }
    }
    return (Chain(), 0)
  }

  /// Goes back from the end once; every line is looked at for its seal, and checked at most once.
  private static func anchor(in bytes: [UInt8], isWholeFile: Bool) -> (Chain, Int)? {
    bytes.withUnsafeBufferPointer { buffer -> (Chain, Int)? in
      guard let base = buffer.baseAddress else { return nil }
      var candidate: Range<Int>?
      var end = lastLineFeed(base, before: buffer.count)
      while let lineEnd = end {
        let feed = lastLineFeed(base, before: lineEnd)
        let line = (feed.map { $0 + 1 } ?? 0)..<lineEnd
        if Seal.stands(base + line.lowerBound, line.count) {
          if let candidate, let chain = chain(of: bytes[candidate], after: bytes[line]) {
            return (chain, candidate.upperBound + 1)
          }
          // Where it begins before what is in sight, only its seal is of use.
          candidate = feed == nil && !isWholeFile ? nil : line
        }
        end = feed
      }
      guard isWholeFile, let candidate else { return nil }
      return chain(of: bytes[candidate], after: nil).map { ($0, candidate.upperBound + 1) }
    }
  }

  private static func lastLineFeed(_ base: UnsafePointer<UInt8>, before end: Int) -> Int? {
    muster_last_line_feed(base, end).map { $0 - base }
  }

  /// The chain behind a line, if its seal follows on that of the one before.
  private static func chain(
    of line: ArraySlice<UInt8>, after earlier: ArraySlice<UInt8>?
  ) -> Chain? {
    let previous = earlier.map { Array($0.suffix(66).prefix(64)) } ?? Digest.zero
    guard holds(line, after: previous), let event = EventCoding.event(in: line) else { return nil }
    var chain = Chain()
    chain.pass(event)
    return chain
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
