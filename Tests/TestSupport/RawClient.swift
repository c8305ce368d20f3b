internal import Glibc

/// A client that sends exactly the bytes it is told, for servers that must not be fooled.
package final class RawClient {
  private let socket: Int32

  package struct Failure: Error { package var code: Int32 }

  package init(port: Int, seconds: Int = 10) throws {
    socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard socket >= 0 else { throw Failure(code: errno) }
    var limit = timeval(tv_sec: seconds, tv_usec: 0)
    setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(UInt16(port).bigEndian)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let socket = socket
    let status = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard status == 0 else { throw Failure(code: errno) }
  }

  deinit { close(socket) }

  /// False where the other side has gone.
  @discardableResult
  package func send(_ text: String) -> Bool { send(Array(text.utf8)) }

  @discardableResult
  package func send(_ bytes: [UInt8]) -> Bool {
    var sent = 0
    while sent < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        Glibc.send(
          socket, buffer.baseAddress?.advanced(by: sent), bytes.count - sent,
          Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return false }
      sent += count
    }
    return true
  }

  /// What comes next; nothing where the other side has closed, or says nothing for so long.
  package func next() -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    let count = recv(socket, &bytes, bytes.count, 0)
    return count > 0 ? Array(bytes.prefix(count)) : []
  }

  /// Everything that comes until the other side closes.
  package func rest() -> String {
    var all: [UInt8] = []
    while case let bytes = next(), !bytes.isEmpty { all += bytes }
    return String(decoding: all, as: UTF8.self)
  }

  /// What comes until it holds a text, or until nothing more does.
  package func until(_ text: String) -> String {
    var all = ""
    while !all.contains(text), case let bytes = next(), !bytes.isEmpty {
      all += String(decoding: bytes, as: UTF8.self)
    }
    return all
  }

  /// One answer with its body, by its Content-Length.
  package func answer() -> (status: Int, head: String, body: String) {
    var all: [UInt8] = []
    while true {
      if let end = Self.end(of: all) {
        let head = String(decoding: all[..<end], as: UTF8.self)
        let length = head.split(separator: "\r\n").first {
          $0.lowercased().hasPrefix("content-length:")
        }.flatMap { Int($0.drop { $0 != ":" }.dropFirst().filter { $0 != " " }) }
        if let length, all.count >= end + 4 + length {
          let status = head.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
          return (status, head, String(decoding: all[(end + 4)...], as: UTF8.self))
        }
      }
      let bytes = next()
      if bytes.isEmpty { return (0, String(decoding: all, as: UTF8.self), "") }
      all += bytes
    }
  }

  private static func end(of bytes: [UInt8]) -> Int? {
    guard bytes.count >= 4 else { return nil }
    return (0...bytes.count - 4).first { bytes[$0..<$0 + 4].elementsEqual([13, 10, 13, 10]) }
  }
}
