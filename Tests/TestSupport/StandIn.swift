internal import Glibc
internal import Synchronization

/// A small server on this machine that answers as it is told, and keeps what it was asked.
package final class StandIn: Sendable {
  package let port: UInt16
  private let listener: Int32
  private let state = Mutex(State())
  private let speaks: Speech
  private let decide: (@Sendable (Request) -> Reply)?

  package enum Speech: Sendable { case http, smtp }

  /// What it answers to one request.
  package enum Reply: Sendable {
    case status(Int, [String] = [], String)
    /// Closes without a word.
    case close
    /// Says the head of an answer and then nothing more.
    case stall
    /// More than anybody wants.
    case endless
  }

  package struct Request: Sendable {
    package var line: String
    package var headers: [String]
    package var body: String

    package func header(_ name: String) -> String? {
      headers.first { $0.lowercased().hasPrefix(name.lowercased() + ": ") }
        .map { String($0.dropFirst(name.count + 2)) }
    }
  }

  private struct State {
    var replies: [Reply] = []
    var requests: [Request] = []
  }

  package struct SystemError: Error {
    package var code: Int32
  }

  /// Answers by the script, then always with an empty object; where `answer` has a say, by that.
  package init(
    _ replies: [Reply] = [], speaks: Speech = .http,
    answer: (@Sendable (Request) -> Reply)? = nil
  ) throws {
    self.speaks = speaks
    decide = answer
    listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let file = listener
    let bound = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(file, $0, size) }
    }
    guard bound == 0, listen(listener, 16) == 0 else { throw SystemError(code: errno) }
    var real = size
    _ = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(file, $0, &real) }
    }
    port = UInt16(bigEndian: address.sin_port)
    state.withLock { $0.replies = replies }
    try Self.begin { [self] in serve() }
  }

  private final class Body: Sendable {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }

  /// Runs something on a thread of its own.
  private static func begin(_ run: @escaping @Sendable () -> Void) throws {
    var thread = pthread_t()
    let error = pthread_create(
      &thread, nil,
      { context in
        if let context { Unmanaged<Body>.fromOpaque(context).takeRetainedValue().run() }
        return nil
      }, Unmanaged.passRetained(Body(run)).toOpaque())
    guard error == 0 else { throw SystemError(code: error) }
    pthread_detach(thread)
  }

  package var url: String { "http://127.0.0.1:\(port)" }

  package var requests: [Request] { state.withLock { $0.requests } }

  /// Ends it.
  package func stop() {
    // Its own thread closes it, so that the number is nobody else's before that is over.
    shutdown(listener, Int32(SHUT_RDWR))
  }

  private func serve() {
    while true {
      let file = accept(listener, nil, nil)
      guard file >= 0 else {
        close(listener)
        return
      }
      do {
        try Self.begin { [self] in
          switch speaks {
          case .http: answer(file)
          case .smtp: converse(file)
          }
          close(file)
        }
      } catch {
        close(file)
      }
    }
  }

  // MARK: - HTTP

  private func answer(_ file: Int32) {
    var bytes: [UInt8] = []
    while let request = read(file, &bytes) {
      let next = state.withLock { state -> Reply? in
        state.requests.append(request)
        return state.replies.isEmpty ? nil : state.replies.removeFirst()
      }
      let reply = decide?(request) ?? next ?? .status(200, [], "{}")
      switch reply {
      case .status(let status, let headers, let body):
        let head = ["HTTP/1.1 \(status) x", "Content-Length: \(body.utf8.count)"] + headers
        say(head.joined(separator: "\r\n") + "\r\n\r\n" + body, file)
      case .close: return
      case .stall:
        say("HTTP/1.1 200 x\r\nContent-Length: 100\r\n\r\n", file)
        // Until the other side has had enough.
        var room = [UInt8](repeating: 0, count: 16)
        _ = Glibc.read(file, &room, room.count)
        return
      case .endless:
        say("HTTP/1.1 200 x\r\nContent-Length: 99999999\r\n\r\n", file)
        let part = String(repeating: "x", count: 65_536)
        while say(part, file) {}
        return
      }
    }
  }

  /// One request from the line; nil at its end.
  private func read(_ file: Int32, _ bytes: inout [UInt8]) -> Request? {
    var room = [UInt8](repeating: 0, count: 65_536)
    while true {
      let text = String(decoding: bytes, as: UTF8.self)
      if let end = text.firstRange(of: "\r\n\r\n") {
        let lines = text[..<end.lowerBound].split(separator: "\r\n").map(String.init)
        var request = Request(line: lines.first ?? "", headers: Array(lines.dropFirst()), body: "")
        let length = request.header("Content-Length").flatMap { Int($0) } ?? 0
        let start = text[..<end.upperBound].utf8.count
        if bytes.count >= start + length {
          request.body = String(decoding: bytes[start..<start + length], as: UTF8.self)
          bytes.removeFirst(start + length)
          return request
        }
      }
      let count = Glibc.read(file, &room, room.count)
      guard count > 0 else { return nil }
      bytes += room.prefix(count)
    }
  }

  @discardableResult
  private func say(_ text: String, _ file: Int32) -> Bool {
    let bytes = Array(text.utf8)
    return send(file, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count
  }

  // MARK: - SMTP

  /// Whether a line is the answer to the question for user and password, in base64.
  private func isLogin(_ line: String) -> Bool {
    line.count >= 8 && !line.contains(" ") && !line.contains(":") || line.hasPrefix("AUTH PLAIN ")
  }

  /// `u` with the password `p` is let in.
  private func logIn(_ line: String) -> String {
    line.hasSuffix("AHUAcA==") ? "235 welcome\r\n" : "535 no\r\n"
  }

  /// Takes one mail; a reply of the script stands for the answer to its end.
  private func converse(_ file: Int32) {
    say("220 stand-in ESMTP\r\n", file)
    var request = Request(line: "", headers: [], body: "")
    var rest = ""
    var isBody = false
    var room = [UInt8](repeating: 0, count: 65_536)
    while case let count = Glibc.read(file, &room, room.count), count > 0 {
      rest += String(decoding: room.prefix(count), as: UTF8.self)
      while let end = rest.firstRange(of: "\r\n") {
        let line = String(rest[..<end.lowerBound])
        rest = String(rest[end.upperBound...])
        if isBody, line != "." {
          request.body += line + "\r\n"
          continue
        }
        if isBody {
          isBody = false
          let reply = state.withLock { state -> Reply in
            state.requests.append(request)
            return state.replies.isEmpty ? .status(250, [], "OK") : state.replies.removeFirst()
          }
          guard case .status(let status, _, let text) = reply else { return }
          say("\(status) \(text)\r\n", file)
          continue
        }
        request.headers.append(line)
        switch line.prefix(4).uppercased() {
        case "EHLO": say("250-stand-in\r\n250-AUTH PLAIN\r\n250 8BITMIME\r\n", file)
        case "AUTH" where line.count == 10: say("334 \r\n", file)
        case "DATA":
          isBody = true
          say("354 go on\r\n", file)
        case "QUIT":
          say("221 bye\r\n", file)
          return
        case _ where isLogin(line): say(logIn(line), file)
        default: say("250 OK\r\n", file)
        }
      }
    }
  }
}
