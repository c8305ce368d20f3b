internal import CSystem
internal import Engine

/// Looks for an identity in the bytes of a log.
struct IdentitySearch {
  private static let block = 1 << 18
  let id: EventID
  /// Everything before it was looked at.
  private(set) var offset = 0

  init(_ id: EventID) {
    self.id = id
  }

  /// Goes on up to an offset that is the beginning of a line; the first event of that identity, if there is one.
  mutating func advance(
    to end: Int, in file: OpenFile, path: String
  ) throws(LogError) -> RecordedEvent? {
    let wanted = Array(id.description.utf8)
    while offset < end {
      let bytes = try file.bytes(offset..<min(end, offset + Self.block), path: path)
      if bytes.isEmpty { return nil }
      var search = 0
      while let place = Self.find(wanted, in: bytes, from: search) {
        if let event = try event(around: offset + place, before: end, in: file, path: path) {
          return event
        }
        search = place + wanted.count
      }
      let isLast = offset + bytes.count >= end
      // An identity may lie across the border of two blocks.
      offset = isLast ? end : offset + bytes.count - wanted.count + 1
    }
    return nil
  }

  private static func find(_ wanted: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
    bytes.withUnsafeBufferPointer { bytes in
      wanted.withUnsafeBufferPointer { wanted in
        guard let base = bytes.baseAddress, let text = wanted.baseAddress,
          let found = muster_find(base + start, bytes.count - start, text, wanted.count)
        else { return nil }
        return found - base
      }
    }
  }

  /// The event of the line around an offset, if it is of this identity and not merely names it.
  private func event(
    around place: Int, before end: Int, in file: OpenFile, path: String
  ) throws(LogError) -> RecordedEvent? {
    let start = max(0, place - EventCoding.maximumLineCount)
    let limit = min(end, place + EventCoding.maximumLineCount)
    let bytes = try file.bytes(start..<limit, path: path)
    let middle = place - start
    guard middle < bytes.count else { return nil }
    let lineStart = bytes[..<middle].lastIndex(of: 10).map { $0 + 1 } ?? 0
    let lineEnd = bytes[middle...].firstIndex(of: 10) ?? bytes.count
    guard let event = EventCoding.event(in: bytes[lineStart..<lineEnd]), event.id == id else {
      return nil
    }
    return event.compacted()
  }
}
