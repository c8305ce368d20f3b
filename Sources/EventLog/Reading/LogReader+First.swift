package import Engine
internal import Glibc

extension LogReader {
  /// The first event alone, without reading on; nil where the first line is none.
  package static func firstEvent(path: String) throws(LogError) -> RecordedEvent? {
    let file = try OpenFile.open(path, flags: O_RDONLY)
    var count = 16 << 10
    while true {
      let bytes = try file.bytes(0..<count, path: path)
      if let end = bytes.firstIndex(of: 10) { return EventCoding.event(in: bytes[..<end]) }
      if bytes.count < count || count > EventCoding.maximumLineCount { return nil }
      count *= 4
    }
  }
}
