package import Engine
internal import Glibc

/// Between an event and its line in a log.
package enum EventCoding {
  /// Bytes from the comma before `"hash"` to the end of a line.
  package static let sealCount = 75

  /// Longest line that is read as an event, without its line feed.
  package static let maximumLineCount = 1 << 20

  /// Greatest number of an event that can be read.
  package static let maximumSequence = 999_999_999_999_999_999

  /// Newest format of a log that this version writes.
  package static let format = 1

  /// The bytes of a line without its line feed, sealed over the 64 characters of its predecessor.
  package static func line(
    sequence: Int, id: EventID, recorded: Timestamp, occurred: Timestamp?, author: Author,
    kind: String, data: EventData, after previous: [UInt8]
  ) -> [UInt8] {
    var line = [UInt8]()
    line.reserveCapacity(320 + data.bytes.count)
    line.append(contentsOf: #"{"seq":"#.utf8)
    line.append(contentsOf: String(sequence).utf8)
    line.append(contentsOf: #","id":""#.utf8)
    line.append(contentsOf: id.description.utf8)
    line.append(contentsOf: #"","recorded":""#.utf8)
    line.append(contentsOf: recorded.rfc3339Bytes)
    if let occurred, occurred != recorded {
      line.append(contentsOf: #"","occurred":""#.utf8)
      line.append(contentsOf: occurred.rfc3339Bytes)
    }
    line.append(contentsOf: #"","actor":"#.utf8)
    JSON.write(author.actor, into: &line)
    line.append(contentsOf: #","source":"#.utf8)
    JSON.write(author.source, into: &line)
    line.append(contentsOf: #","kind":"#.utf8)
    JSON.write(kind, into: &line)
    line.append(contentsOf: #","data":"#.utf8)
    append(data, to: &line)
    let hash = seal(line, after: previous)
    line.append(contentsOf: #","hash":""#.utf8)
    line.append(contentsOf: hash)
    line.append(contentsOf: #""}"#.utf8)
    return line
  }

  /// A payload that came from elsewhere may spread over lines; a line of the log never does.
  private static func append(_ data: EventData, to line: inout [UInt8]) {
    let isOneLine = data.bytes.first == 123 && !data.bytes.contains { $0 < 32 }
    if isOneLine { line.append(contentsOf: data.bytes) } else { data.json.write(into: &line) }
  }

  private static func seal(_ body: [UInt8], after previous: [UInt8]) -> [UInt8] {
    previous.withUnsafeBufferPointer { previous in
      body.withUnsafeBufferPointer { Digest.hex(previous, $0) }
    }
  }

  /// Reads the bytes of a line without its line feed; nil where they are no event.
  ///
  /// Keys may stand in any order, the first of a name counts, others are stepped over. The seal is not judged here.
  package static func event(in line: ArraySlice<UInt8>) -> RecordedEvent? {
    line.withUnsafeBufferPointer { bytes -> RecordedEvent? in
      guard bytes.count <= maximumLineCount, let base = bytes.baseAddress else { return nil }
      var envelope = Envelope()
      guard envelope.read(base, bytes.count) else { return nil }
      return envelope.event(line: line)
    }
  }
}
