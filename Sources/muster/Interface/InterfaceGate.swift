import Engine
import Integrations
import Listener

/// Who may ask an agent for what: everything that is judged before a body is read.
struct InterfaceGate: Sendable {
  /// By what names it may be asked, in lower case and without a port.
  var hosts: Set<String>
  private var tokens: [AccessToken] = []
  private let tokenPath: String?
  private var version: SettingsVersion?
  private var failures: [String: Failures] = [:]

  /// Wrong tokens of one address in the present minute.
  private struct Failures {
    var since: Timestamp
    var count = 0
  }

  /// So many wrong tokens an address may send in a minute and be told so; more are told to wait.
  static let mostFailures = 20

  /// `tokenPath` is the file that the tokens are in; it is read again whenever it has changed.
  init(hosts: Set<String>, tokenPath: String?) {
    (self.hosts, self.tokenPath) = (hosts, tokenPath)
  }

  /// Takes the tokens as their file has them now, so that one that was revoked is of no use at once; why there are none,
  /// where that is news.
  mutating func readTokens() -> String? {
    guard let tokenPath else { return nil }
    let present = SettingsVersion([tokenPath])
    if present == version { return nil }
    version = present
    do throws(Failure) { tokens = try TokenFile.read(tokenPath) } catch {
      tokens = []
      return error.message
    }
    return nil
  }

  /// A request that may go on.
  struct Admitted: Sendable {
    var route: Route
    /// Nil where none is needed.
    var token: AccessToken?
  }

  enum Judgement: Sendable {
    case admitted(Admitted)
    /// `word` is for the journal: it never holds a token.
    case refused(Response, word: String)
  }

  mutating func judge(_ head: RequestHead, at now: Timestamp) -> Judgement {
    guard isOwn(head.value("host")) else {
      return refusal(421, "this host is not served here", "foreign host")
    }
    if let refusal = refusalOfOrigin(head) { return refusal }
    guard let target = Target(head.target) else {
      return refusal(400, "no path that can be used", "bad path")
    }
    let isPost = head.method == "POST"
    let route = isPost ? target.posted : target.route
    // Who has no token learns nothing about what there is.
    if target.route == .health {
      if head.method == "GET" { return .admitted(Admitted(route: .health)) }
      return refusal(405, "this takes GET", "method", [Header("Allow", "GET")])
    }
    let token: AccessToken
    switch bearer(head, target, at: now) {
    case .success(let found): token = found
    case .failure(let refused): return .refused(refused.response, word: refused.word)
    }
    guard let route else { return refusal(404, "there is nothing here", "not found") }
    guard route.isPost == isPost, isPost || head.method == "GET" else {
      let allowed = target.methods.joined(separator: ", ")
      return refusal(405, "this takes \(allowed)", "method", [Header("Allow", allowed)])
    }
    if let scope = route.scope, !token.allows(scope) {
      return refusal(403, "the token '\(token.name)' is not for this", "scope of \(token.name)")
    }
    if target.token != nil, route.scope != .alert {
      return refusal(403, "a token in the path delivers alerts only", "token in the path")
    }
    if let problem = target.problem { return refusal(400, problem, "bad query") }
    if isPost, let refusal = refusalOfType(head, route) { return refusal }
    return .admitted(Admitted(route: route, token: token))
  }

  private func refusal(
    _ status: Int, _ error: String, _ word: String, _ headers: [Header] = []
  ) -> Judgement {
    .refused(.error(status, error, headers), word: word)
  }

  // MARK: - From where

  private func isOwn(_ host: String?) -> Bool {
    guard let host else { return false }
    return hosts.contains(Self.withoutPort(host.lowercased()))
  }

  private static func withoutPort(_ host: String) -> String {
    if host.hasPrefix("["), let end = host.firstIndex(of: "]") { return String(host[...end]) }
    return host.lastIndex(of: ":").map { String(host[..<$0]) } ?? host
  }

  /// A page of another site must not be able to use what a browser knows.
  private func refusalOfOrigin(_ head: RequestHead) -> Judgement? {
    for origin in head.values("origin") {
      let parts = origin.lowercased().split(separator: "/", omittingEmptySubsequences: false)
      let isOwn = parts.count == 3 && hosts.contains(Self.withoutPort(String(parts[2])))
      if !isOwn { return refusal(403, "a page of another site may not ask", "foreign origin") }
    }
    if head.values("sec-fetch-site").contains("cross-site") {
      return refusal(403, "a page of another site may not ask", "foreign site")
    }
    return nil
  }

  private func refusalOfType(_ head: RequestHead, _ route: Route) -> Judgement? {
    let types = head.values("content-type").map { type in
      type.lowercased().split(separator: ";")[0].filter { $0 != " " }
    }
    var known = ["application/json"]
    if route == .alerts("cloudevents") {
      known += ["application/cloudevents+json", "application/cloudevents-batch+json"]
    }
    guard types.count == 1, known.contains(types[0]) else {
      return refusal(415, "a body is \(known.joined(separator: " or "))", "content type")
    }
    guard head.values("content-encoding").isEmpty else {
      return refusal(415, "a body comes as it is, without an encoding", "content encoding")
    }
    return nil
  }

  // MARK: - With what token

  struct Refused: Error {
    var response: Response
    var word: String
  }

  private mutating func bearer(
    _ head: RequestHead, _ target: Target, at now: Timestamp
  ) -> Result<AccessToken, Refused> {
    var given = head.values("authorization").map(Self.secret)
    if let token = target.token { given.append(token) }
    guard given.count <= 1 else {
      return .failure(Refused(response: .error(400, "one token is enough"), word: "two tokens"))
    }
    if let secret = given.first.flatMap({ $0 }), let token = token(of: secret) {
      return .success(token)
    }
    let challenge = [
      Header("WWW-Authenticate", #"Bearer realm="muster""#),
      Header("WWW-Authenticate", #"Basic realm="muster", charset="UTF-8""#),
    ]
    guard !given.isEmpty else {
      return .failure(
        Refused(response: .error(401, "a token is needed", challenge), word: "no token"))
    }
    guard noteFailure(of: head.peer, at: now) else {
      let wait = [Header("Retry-After", "60")]
      return .failure(
        Refused(response: .error(429, "too many wrong tokens", wait), word: "too many wrong tokens")
      )
    }
    return .failure(
      Refused(response: .error(401, "this token is not known", challenge), word: "wrong token"))
  }

  /// The token of an `Authorization` header: behind `Bearer`, or as the password of `Basic`.
  private static func secret(_ header: String) -> String? {
    let parts = header.split(separator: " ", maxSplits: 1).map(String.init)
    guard parts.count == 2 else { return nil }
    switch parts[0].lowercased() {
    case "bearer": return parts[1]
    case "basic":
      guard let bytes = Base64.decode(parts[1]) else { return nil }
      let text = String(decoding: bytes, as: UTF8.self)
      return text.firstIndex(of: ":").map { String(text[text.index(after: $0)...]) }
    default: return nil
    }
  }

  /// All hashes are compared, each in the same time, so that how long it takes tells nothing.
  private func token(of secret: String) -> AccessToken? {
    let hash = AccessToken.hash(of: secret)
    var found: AccessToken?
    for token in tokens where MessageCode.equal(hash, token.hash) { found = token }
    return found
  }

  /// False where an address has sent too many wrong tokens; a right one is taken all the same.
  private mutating func noteFailure(of peer: String, at now: Timestamp) -> Bool {
    if failures.count > 1000 { failures = failures.filter { now - $0.value.since < .minutes(1) } }
    var failure = failures[peer] ?? Failures(since: now)
    if now - failure.since >= .minutes(1) || now < failure.since { failure = Failures(since: now) }
    failure.count += 1
    // An attacker with many addresses finds no room here.
    if failures[peer] != nil || failures.count < 10_000 { failures[peer] = failure }
    return failure.count <= Self.mostFailures
  }
}

extension Response {
  /// What everything carries that is answered.
  static let plainHeaders = [
    Header("X-Content-Type-Options", "nosniff"), Header("Cache-Control", "no-store"),
    Header("Referrer-Policy", "no-referrer"), Header("X-Frame-Options", "DENY"),
    Header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'"),
  ]

  static func error(_ status: Int, _ words: String, _ headers: [Header] = []) -> Self {
    json(status, .object(["error": .string(words)]), headers)
  }

  static func json(_ status: Int, _ value: JSON, _ headers: [Header] = []) -> Self {
    text(status, Output.harmless(value.text) + "\n", "application/json", headers)
  }

  static func text(
    _ status: Int, _ text: String, _ type: String, _ headers: [Header] = []
  ) -> Self {
    Self(
      status, headers: [Header("Content-Type", type)] + plainHeaders + headers,
      body: Array(text.utf8))
  }
}
