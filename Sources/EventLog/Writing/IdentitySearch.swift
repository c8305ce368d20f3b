internal import CLinux
internal import Engine

/// Looks for an identity in the bytes of a log; every line is judged at most once, however often it names it.
struct IdentitySearch {
  private static let block = 1 << 18
  let id: EventID
  private let wanted: [UInt8]
  /// Everything before it was looked at.
  private(set) var offset = 0

  init(_ id: EventID) {
    self.id = id
    wanted = Array(id.description.utf8)
  }

  /// Goes on up to an offset that is the beginning of a line; the first event of that identity, if there is one.
  mutating func advance(
    to end: Int, in file: OpenFile, path: String
  ) throws(LogError) -> RecordedEvent? {
    while offset < end {
      let bytes = try file.bytes(offset..<min(end, offset + Self.block), path: path)
      if bytes.isEmpty { return nil }
      let isLast = offset + bytes.count >= end
      // An identity may lie across the border of two blocks.
      var next = isLast ? end : offset + bytes.count - wanted.count + 1
      var search = 0
      while let place = find(in: bytes, from: search) {
        let line = try self.line(around: place, of: bytes, before: end, in: file, path: path)
        if let event = EventCoding.event(in: line.bytes), event.id == id {
          return event.compacted()
        }
        search = line.end - offset
        next = max(next, line.end)
        if search >= bytes.count { break }
      }
      offset = min(next, end)
    }
    return nil
  }

  private func find(in bytes: [UInt8], from start: Int) -> Int? {
    bytes.withUnsafeBufferPointer { bytes in
      wanted.withUnsafeBufferPointer { wanted in
        guard let base = bytes.baseAddress, let text = wanted.baseAddress,
          let found = muster_find(base + start, bytes.count - start, text, wanted.count)
        else { return nil }
        return found - base
      }
    }
  }

  /// The line around a place in the block that begins at `offset`, as far as a line can reach, and where it ends.
  private func line(
    around place: Int, of block: [UInt8], before end: Int, in file: OpenFile, path: String
  ) throws(LogError) -> (bytes: ArraySlice<UInt8>, end: Int) {
    let feedBefore = block[..<place].lastIndex(of: 10)
    let feedAfter = block[place...].firstIndex(of: 10)
    if let feedAfter, feedBefore != nil || offset == 0 {
      return (block[(feedBefore.map { $0 + 1 } ?? 0)..<feedAfter], offset + feedAfter + 1)
    }
    let start = max(0, offset + place - EventCoding.maximumLineCount)
    let limit = min(end, offset + place + EventCoding.maximumLineCount)
    let bytes = try file.bytes(start..<limit, path: path)
    let middle = min(offset + place - start, bytes.count)
    let lineStart = bytes[..<middle].lastIndex(of: 10).map { $0 + 1 } ?? 0
    let lineEnd = bytes[middle...].firstIndex(of: 10) ?? bytes.count
    return (bytes[lineStart..<lineEnd], start + lineEnd + 1)
  }
}
