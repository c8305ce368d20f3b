internal import NIOCore
internal import NIOHTTP1

/// One connection: reads a request at a time within the limits, and writes what it is answered.
///
/// Lives on the thread of its event loop only.
final class Connection: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  private enum State {
    case idle
    case reading(RequestHead, limit: Int, body: [UInt8], keepsOpen: Bool)
    case answering(Reply, keepsOpen: Bool)
    case streaming(Reply)
    /// An answer was sent before all of the request was there: the rest is thrown away.
    case discarding
  }

  private let responder: any Responder
  private let limits: ListenerLimits
  private let gauge: ConnectionGauge
  private var state = State.idle
  private var context: ChannelHandlerContext?
  private var alarm: Scheduled<Void>?
  private var count = 0
  private var peer = ""
  /// Bytes of a body that is being read.
  var held = 0

  init(_ responder: any Responder, _ limits: ListenerLimits, _ gauge: ConnectionGauge) {
    (self.responder, self.limits, self.gauge) = (responder, limits, gauge)
  }

  func handlerAdded(context: ChannelHandlerContext) {
    self.context = context
    peer = context.remoteAddress?.ipAddress ?? "unknown"
  }

  func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

  func channelActive(context: ChannelHandlerContext) {
    peer = context.remoteAddress?.ipAddress ?? peer
    setAlarm(limits.headSeconds) { $0.close() }
    context.fireChannelActive()
  }

  func channelInactive(context: ChannelHandlerContext) {
    alarm?.cancel()
    switch state {
    case .answering(let reply, _), .streaming(let reply): reply.leave()
    case .idle, .reading, .discarding: break
    }
    state = .discarding
    gauge.release(self)
    gauge.leave()
    context.fireChannelInactive()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) { close() }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head): begin(head)
    case .body(let bytes): take(bytes)
    case .end: finish()
    }
  }

  // MARK: - Requests

  private func begin(_ head: HTTPRequestHead) {
    guard case .idle = state else { return }
    let keepsOpen = head.isKeepAlive && head.version.minor >= 1
    let asked = RequestHead(
      method: head.method.rawValue, target: head.uri,
      headers: head.headers.map { Header($0.name, $0.value) }, peer: peer)
    if let problem = FramingRules.problem(of: asked, isOld: head.version.minor == 0, limits) {
      return refuse(problem)
    }
    switch responder.admit(asked) {
    case .refuse(let response): refuse(response)
    case .read(let limit):
      if let stated = asked.value("content-length").flatMap({ Int($0) }), stated > limit {
        return refuse(tooLarge: asked, limit)
      }
      state = .reading(asked, limit: limit, body: [], keepsOpen: keepsOpen)
      setAlarm(limits.bodySeconds) { $0.refuse(Response(408)) }
      if asked.value("expect") != nil {
        write(.head(HTTPResponseHead(version: .http1_1, status: .continue)), flushes: true)
      }
    }
  }

  private func take(_ bytes: ByteBuffer) {
    guard case .reading(let head, let limit, var body, let keepsOpen) = state else { return }
    // Out of the state, so that adding to it copies nothing.
    state = .discarding
    let count = body.count + bytes.readableBytes
    guard count <= limit else { return refuse(tooLarge: head, limit) }
    guard gauge.hold(bytes.readableBytes, for: self) else { return refuse(.overloaded) }
    body.append(contentsOf: bytes.readableBytesView)
    state = .reading(head, limit: limit, body: body, keepsOpen: keepsOpen)
  }

  private func finish() {
    guard case .reading(let head, _, let body, let keepsOpen) = state, let context else { return }
    count += 1
    gauge.release(self)
    let reply = Reply(self, number: count, on: context.eventLoop)
    state = .answering(reply, keepsOpen: keepsOpen)
    setAlarm(limits.answerSeconds) { connection in
      connection.send(.overloaded, as: connection.count)
    }
    responder.answer(Request(head: head, body: body), reply)
  }

  private func refuse(tooLarge head: RequestHead, _ limit: Int) {
    responder.refused(head, over: limit)
    refuse(.tooLarge(limit))
  }

  /// Answers what is not to be read, and closes: nobody knows where the next request would begin.
  private func refuse(_ response: Response) {
    guard let context else { return }
    state = .discarding
    gauge.release(self)
    let written = context.eventLoop.makePromise(of: Void.self)
    write(response, keepsOpen: false, written)
    // The other side may still be sending; closing at once could take the answer away from it.
    let channel = context.channel
    written.futureResult.whenComplete { _ in channel.close(mode: .output, promise: nil) }
    setAlarm(2) { $0.close() }
  }

  // MARK: - Answers

  func send(_ response: Response, as number: Int) {
    guard case .answering(let reply, let keepsOpen) = state, number == count, let context else {
      return
    }
    reply.leave()
    state = keepsOpen ? .idle : .discarding
    setAlarm(limits.headSeconds) { $0.close() }
    let written = keepsOpen ? nil : closing(context)
    write(response, keepsOpen: keepsOpen, written)
  }

  func begin(_ response: Response, as number: Int) {
    guard case .answering(let reply, _) = state, number == count else { return }
    alarm?.cancel()
    state = .streaming(reply)
    var headers = HTTPHeaders(response.headers.map { ($0.name, $0.value) })
    headers.replaceOrAdd(name: "Connection", value: "close")
    write(
      .head(
        HTTPResponseHead(
          version: .http1_1, status: .init(statusCode: response.status), headers: headers)))
    write(bytes: response.body, flushes: true)
  }

  func write(_ bytes: [UInt8], as number: Int) {
    guard case .streaming(let reply) = state, number == count, let context else { return }
    guard context.channel.isWritable else {
      reply.leave()
      return close()
    }
    write(bytes: bytes, flushes: true)
  }

  func end(as number: Int) {
    guard case .streaming(let reply) = state, number == count else { return }
    reply.leave()
    state = .discarding
    setAlarm(limits.headSeconds) { $0.close() }
    write(.end(nil), flushes: true, context.map(closing))
  }

  /// Closes once everything before is with the system.
  private func closing(_ context: ChannelHandlerContext) -> EventLoopPromise<Void> {
    let promise = context.eventLoop.makePromise(of: Void.self)
    let channel = context.channel
    promise.futureResult.whenComplete { _ in channel.close(promise: nil) }
    return promise
  }

  private func write(
    _ response: Response, keepsOpen: Bool, _ written: EventLoopPromise<Void>?
  ) {
    var headers = HTTPHeaders(response.headers.map { ($0.name, $0.value) })
    headers.replaceOrAdd(name: "Content-Length", value: String(response.body.count))
    if !keepsOpen { headers.replaceOrAdd(name: "Connection", value: "close") }
    let status = HTTPResponseStatus(statusCode: response.status)
    write(.head(HTTPResponseHead(version: .http1_1, status: status, headers: headers)))
    if !response.body.isEmpty { write(bytes: response.body) }
    write(.end(nil), flushes: true, written)
  }

  private func write(bytes: [UInt8], flushes: Bool = false) {
    guard let context else { return }
    write(.body(.byteBuffer(context.channel.allocator.buffer(bytes: bytes))), flushes: flushes)
  }

  private func write(
    _ part: HTTPServerResponsePart, flushes: Bool = false, _ written: EventLoopPromise<Void>? = nil
  ) {
    guard let context else {
      written?.fail(ChannelError.ioOnClosedChannel)
      return
    }
    context.write(wrapOutboundOut(part), promise: written)
    if flushes { context.flush() }
  }

  private func close() { context?.close(promise: nil) }

  /// Does something unless the state changes within so many seconds.
  private func setAlarm(_ seconds: Int64, _ body: @escaping (Connection) -> Void) {
    alarm?.cancel()
    guard let context else { return }
    let bound = NIOLoopBound((self, body), eventLoop: context.eventLoop)
    alarm = context.eventLoop.scheduleTask(in: .seconds(seconds)) {
      let (connection, body) = bound.value
      body(connection)
    }
  }
}

extension Response {
  /// Try again in a moment.
  package static let overloaded = Self(
    503, headers: [Header("Retry-After", "5"), Header("Content-Type", "application/json")],
    body: Array(#"{"error":"too much at once; try again in 5 seconds"}"#.utf8))

  static func tooLarge(_ limit: Int) -> Self {
    Self(
      413, headers: [Header("Content-Type", "application/json")],
      body: Array(#"{"error":"the body may have \#(limit) bytes"}"#.utf8))
  }
}
