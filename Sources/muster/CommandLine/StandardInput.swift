import Engine
import Glibc

/// Text that is given on standard input, read once however often it is asked for.
final class StandardInput {
  private var known: String?

  /// All of it without the last line feeds. A command may be decided again, when others wrote meanwhile.
  func text(limit: Int) throws(Failure) -> String {
    if let known { return known }
    let text = try Self.read(limit: limit)
    known = text
    return text
  }

  private static func read(limit: Int) throws(Failure) -> String {
    var bytes = try bytes(limit: limit)
    while bytes.last == 10 || bytes.last == 13 { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// All bytes to the end, as they are; what is over the limit is counted, so that the size can be told.
  static func bytes(limit: Int) throws(Failure) -> [UInt8] {
    var bytes: [UInt8] = []
    var total = 0
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Glibc.read(STDIN_FILENO, &buffer, buffer.count)
      if count == 0 { break }
      if count < 0 {
        if errno == EINTR { continue }
        throw Failure(.worldFailed, "standard input: \(Output.systemMessage(errno))")
      }
      total += count
      if bytes.count <= limit { bytes.append(contentsOf: buffer.prefix(count)) }
    }
    guard total <= limit + 1 else {
      throw Failure(
        .usage, "the text has \(total) bytes; the limit is \(limit) bytes")
    }
    return bytes
  }
}
