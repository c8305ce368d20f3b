/// What a request says before its body.
package struct RequestHead: Sendable {
  package var method: String
  /// As it was sent: `/v1/incidents?all=1`.
  package var target: String
  /// In the order in which they came.
  package var headers: [Header]
  /// The address of whoever asks, as text.
  package var peer: String

  package init(method: String, target: String, headers: [Header], peer: String) {
    (self.method, self.target, self.headers, self.peer) = (method, target, headers, peer)
  }

  /// The values of all headers of a name, which is given in lower case.
  package func values(_ name: String) -> [String] {
    headers.filter { $0.name.lowercased() == name }.map(\.value)
  }

  package func value(_ name: String) -> String? { values(name).first }
}

package struct Header: Hashable, Sendable {
  package var name: String
  package var value: String

  package init(_ name: String, _ value: String) { (self.name, self.value) = (name, value) }
}

package struct Request: Sendable {
  package var head: RequestHead
  package var body: [UInt8]

  package init(head: RequestHead, body: [UInt8]) { (self.head, self.body) = (head, body) }
}

package struct Response: Sendable {
  package var status: Int
  package var headers: [Header]
  package var body: [UInt8]

  package init(_ status: Int, headers: [Header] = [], body: [UInt8] = []) {
    (self.status, self.headers, self.body) = (status, headers, body)
  }
}

/// Answers the requests of a listener.
package protocol Responder: Sendable {
  /// Judges a request by what stands before its body. Called on the listener's own thread: it must not wait.
  func admit(_ head: RequestHead) -> Admission

  /// Answers a request whose body is there. Called on the listener's own thread: what takes time is done elsewhere.
  func answer(_ request: Request, _ reply: Reply)

  /// Told of a request that was refused because its body is over the limit.
  func refused(_ head: RequestHead, over limit: Int)
}

/// Whether the body of a request is read.
package enum Admission: Sendable {
  /// Up to so many bytes.
  case read(limit: Int)
  case refuse(Response)
}

/// What every connection is held to.
package struct ListenerLimits: Sendable {
  package var connections = 256
  /// Bytes of all bodies that are being read.
  package var bodies = 64 << 20
  /// Bytes of all headers and the target together.
  package var headBytes = 16 << 10
  package var headers = 100
  /// Seconds until the first byte of a request is followed by the end of its headers, and that a quiet connection is kept.
  package var headSeconds: Int64 = 15
  /// Seconds for a body, however it trickles in.
  package var bodySeconds: Int64 = 60
  /// Seconds until an answer is there.
  package var answerSeconds: Int64 = 60

  package init() {}
}
