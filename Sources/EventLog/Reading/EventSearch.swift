internal import Engine
internal import Glibc

/// Finds events of a log in a file by their sequence, without reading all of it.
///
/// Sequences ascend from line to line, so that halving finds the place. Where damage has them not do so, what is not
/// found is looked for in every line.
struct EventSearch {
  private static let block = 1 << 16
  let path: String

  /// The first event of each sequence; those that are not there are left out.
  func find(_ sequences: Set<Int>) throws(LogError) -> [Int: RecordedEvent] {
    var found: [Int: RecordedEvent] = [:]
    guard let least = sequences.min(), let greatest = sequences.max() else { return found }
    let file = try OpenFile.open(path, flags: O_RDONLY)
    let size = FileStatus(file: file.descriptor)?.count ?? 0
    let begin = try lineStart(atOrBefore: least, in: file, size)
    try scan(file, from: begin) { event in
      if sequences.contains(event.sequence), found[event.sequence] == nil {
        found[event.sequence] = event.compacted()
      }
      return found.count < sequences.count && event.sequence < greatest
    }
    guard found.count < sequences.count, begin > 0 else { return found }
    try scan(file, from: 0) { event in
      if sequences.contains(event.sequence), found[event.sequence] == nil {
        found[event.sequence] = event.compacted()
      }
      return found.count < sequences.count
    }
    return found
  }

  /// The offset of a line whose event is no later than a sequence; 0 where none is found to be.
  private func lineStart(
    atOrBefore sequence: Int, in file: OpenFile, _ size: Int
  ) throws(LogError) -> Int {
    var low = 0
    var high = size
    while high - low > Self.block {
      let middle = low + (high - low) / 2
      guard let line = try firstEvent(after: middle, in: file), line.offset < high else { break }
      if line.sequence <= sequence { low = line.offset } else { high = middle }
    }
    return low
  }

  /// The first event that begins behind an offset; nil where there is none in sight.
  private func firstEvent(
    after offset: Int, in file: OpenFile
  ) throws(LogError) -> (offset: Int, sequence: Int)? {
    var count = 4096
    while count <= Self.block {
      let bytes = try file.bytes(offset..<offset + count, path: path)
      var rest = bytes[...]
      while let end = rest.firstIndex(of: 10) {
        rest = bytes[(end + 1)...]
        guard let next = rest.firstIndex(of: 10) else { break }
        if let event = EventCoding.event(in: rest[..<next]) {
          return (offset + rest.startIndex, event.sequence)
        }
      }
      if bytes.count < count { return nil }
      count *= 4
    }
    return nil
  }

  /// Hands over the events from the beginning of a line on, as long as more are wanted.
  private func scan(
    _ file: OpenFile, from begin: Int, _ body: (RecordedEvent) -> Bool
  ) throws(LogError) {
    var offset = begin
    var carried: [UInt8] = []
    while true {
      let bytes = try file.bytes(offset..<offset + Self.block, path: path)
      if bytes.isEmpty { return }
      offset += bytes.count
      let all = carried + bytes
      var start = all.startIndex
      while let end = all[start...].firstIndex(of: 10) {
        if let event = EventCoding.event(in: all[start..<end]), !body(event) { return }
        start = end + 1
      }
      // Longer than any line is: damage, which is no event however it goes on.
      let isTooLong = all.count - start > EventCoding.maximumLineCount
      carried = isTooLong ? [] : Array(all[start...])
    }
  }
}
