import Listener
import Synchronization
import TestSupport
import Testing

/// Answers with what it was asked, and notes what it was told.
private final class Echo: Responder {
  let refused = Atomic(0)
  let answered = Atomic(0)
  let kept = Mutex<[Reply]>([])

  func admit(_ head: RequestHead) -> Admission {
    head.target == "/no" ? .refuse(Response(401)) : .read(limit: 1 << 20)
  }

  func answer(_ request: Request, _ reply: Reply) {
    answered.add(1, ordering: .relaxed)
    switch request.head.target {
    case "/never": kept.withLock { $0.append(reply) }
    case "/stream":
      reply.begin(Response(200, headers: [Header("Content-Type", "text/plain")]))
      reply.write(Array("one\n".utf8))
      reply.write(Array("two\n".utf8))
      reply.end()
    case "/large": reply.send(Response(200, body: [UInt8](repeating: 65, count: 8 << 20)))
    default: reply.send(Response(200, body: Array("\(request.head.method) ".utf8) + request.body))
    }
  }

  func refused(_ head: RequestHead, over limit: Int) { refused.add(1, ordering: .relaxed) }
}

struct ListenerTests {
  private let echo = Echo()
  private let listener: Listener

  init() throws {
    var limits = ListenerLimits()
    limits.headSeconds = 1
    limits.bodySeconds = 1
    limits.answerSeconds = 1
    limits.connections = 8
    limits.bodies = 1 << 20
    listener = try Listener(host: "127.0.0.1", port: 0, limits: limits, echo)
  }

  /// The status that raw bytes are answered with, and whether the connection is closed then.
  private func ask(_ text: String) throws -> (status: Int, all: String) {
    let client = try RawClient(port: listener.port)
    client.send(text)
    let all = client.rest()
    return (all.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0, all)
  }

  @Test func `requests on one connection are answered in order`() throws {
    let client = try RawClient(port: listener.port)
    client.send("GET /a HTTP/1.1\r\nHost: h\r\n\r\n")
    #expect(client.answer().body == "GET ")
    client.send("POST /b HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhe")
    client.send("llo")
    #expect(client.answer().body == "POST hello")
    client.send(
      "POST /c HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n")
    #expect(client.answer().body == "POST abc")
    client.send(
      "GET /d HTTP/1.1\r\nHost: h\r\n\r\nGET /e HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
    #expect(client.rest().components("HTTP/1.1 200").count == 3)
    listener.stop()
  }

  @Test(arguments: [
    "GET / HTTP/1.1\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
    "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 3\r\n\r\nabc",
    "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
    "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
    "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +3\r\n\r\nabc",
    "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -3\r\n\r\nabc",
    "POST / HTTP/1.1\r\nHost : a\r\n\r\n",
    "GET / HTTP/1.1\nHost: a\n\n",
    "GET / HTTP/1.1\r\nHost: a\r\n folded: b\r\n\r\n",
    "GET http://evil.example.org/ HTTP/1.1\r\nHost: a\r\n\r\n",
    "GET /\u{e4} HTTP/1.1\r\nHost: a\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
    "CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n",
    "\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}\u{0}\u{1}\u{fc}\u{3}\r\n\r\n",
  ])
  func `what is not well framed is refused, and the connection closed`(request: String) throws {
    let hidden = "GET /hidden HTTP/1.1\r\nHost: a\r\n\r\n"
    let (status, all) = try ask(request + hidden)
    #expect(status == 400, "\(all)")
    #expect(all.components("HTTP/1.1 ").count == 2, "\(all)")
    #expect(echo.answered.load(ordering: .relaxed) == 0)
    listener.stop()
  }

  @Test func `headers have a limit`() throws {
    let long = String(repeating: "x", count: 17 << 10)
    #expect(try ask("GET / HTTP/1.1\r\nHost: a\r\nX: \(long)\r\n\r\n").status == 431)
    let many = (0..<101).map { "X\($0): 1\r\n" }.joined()
    #expect(try ask("GET / HTTP/1.1\r\nHost: a\r\n\(many)\r\n").status == 431)
    listener.stop()
  }

  @Test func `a body over the limit is refused, said or chunked, and told`() throws {
    #expect(
      try ask("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9999999\r\n\r\n").status == 413)
    let chunk = "10000\r\n" + String(repeating: "x", count: 65536) + "\r\n"
    let chunked = String(repeating: chunk, count: 17) + "0\r\n\r\n"
    #expect(
      try ask("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + chunked).status
        == 413)
    #expect(echo.refused.load(ordering: .relaxed) == 2)
    listener.stop()
  }

  @Test func `one that is refused by its head is answered before its body is there`() throws {
    let (status, _) = try ask("POST /no HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\nabc")
    #expect(status == 401)
    #expect(echo.answered.load(ordering: .relaxed) == 0)
    listener.stop()
  }

  @Test func `who waits for a go-ahead gets one`() throws {
    let client = try RawClient(port: listener.port)
    client.send(
      "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n")
    #expect(client.until("\r\n\r\n").hasPrefix("HTTP/1.1 100"))
    client.send("abc")
    #expect(client.answer().body == "POST abc")
    #expect(try ask("POST / HTTP/1.1\r\nHost: a\r\nExpect: tea\r\n\r\n").status == 417)
    listener.stop()
  }

  @Test func `headers and bodies that trickle in, and answers that do not come, have an end`()
    throws
  {
    let silent = try RawClient(port: listener.port)
    let head = try RawClient(port: listener.port)
    let body = try RawClient(port: listener.port)
    let unanswered = try RawClient(port: listener.port)
    head.send("GET / HTTP/1.1\r\nHo")
    body.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nab")
    unanswered.send("GET /never HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
    #expect(silent.rest() == "")
    #expect(head.rest() == "")
    #expect(body.rest().hasPrefix("HTTP/1.1 408"))
    let answer = unanswered.rest()
    #expect(answer.hasPrefix("HTTP/1.1 503"))
    #expect(answer.contains("Retry-After: 5"))
    // What comes too late goes nowhere.
    for reply in echo.kept.withLock({ $0 }) { reply.send(Response(200)) }
    listener.stop()
  }

  @Test func `connections have a limit, and those that end make room`() throws {
    var clients = try (0..<8).map { _ in try RawClient(port: listener.port) }
    for client in clients {
      client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
      #expect(client.answer().status == 200)
    }
    let ninth = try RawClient(port: listener.port)
    ninth.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
    #expect(ninth.rest() == "")
    clients[0].send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
    #expect(clients[0].rest().hasPrefix("HTTP/1.1 200"))
    clients = []
    var status = 0
    for _ in 0..<500 where status != 200 {
      status = try ask("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").status
    }
    #expect(status == 200)
    listener.stop()
  }

  @Test func `all bodies together have a limit`() throws {
    var limits = ListenerLimits()
    limits.bodies = 1 << 20
    let listener = try Listener(host: "127.0.0.1", port: 0, limits: limits, echo)
    func ask(_ text: String) throws -> Int {
      let client = try RawClient(port: listener.port)
      client.send(text)
      return client.rest().split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
    }
    let half = String(repeating: "x", count: 600 << 10)
    let head = "POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: "
    var status = 0
    for _ in 0..<50 where status != 503 {
      let first = try RawClient(port: listener.port)
      first.send("\(head)\(half.utf8.count + 1)\r\n\r\n" + half)
      status = try ask("\(head)\(half.utf8.count)\r\n\r\n" + half)
      // Which of the two came too late is left to them.
      if status != 503, first.send("x") { status = first.answer().status }
    }
    #expect(status == 503)
    listener.stop()
  }

  @Test func `a stream ends by itself, and a large answer comes whole`() throws {
    let (_, all) = try ask("GET /stream HTTP/1.1\r\nHost: a\r\n\r\n")
    #expect(all.contains("one\n") && all.contains("two\n"))
    let large = try ask("GET /large HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").all
    #expect(large.utf8.count > 8 << 20)
    listener.stop()
  }
}

extension String {
  fileprivate func components(_ separator: String) -> [Substring] {
    split(separator: separator, omittingEmptySubsequences: false)
  }
}
