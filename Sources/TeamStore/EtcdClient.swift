internal import CLibCurl
package import Engine
internal import EventLog
internal import Glibc

/// Speaks to an etcd cluster by the JSON interface of its members, over a connection that is kept. Not for several threads at
/// once.
package final class EtcdClient {
  private let settings: TeamSettings
  private let tokenPath: String
  private var handle: UnsafeMutableRawPointer?
  /// Which endpoint is spoken to.
  private var place = 0
  private var token: String?

  /// Keeps the token of a user in a file that nobody else may read.
  package init(_ settings: TeamSettings, tokenPath: String) {
    (self.settings, self.tokenPath) = (settings, tokenPath)
  }

  deinit { if let handle { muster_curl_close(handle) } }

  /// The member that is spoken to.
  package var endpoint: String {
    settings.endpoints.isEmpty ? "" : settings.endpoints[place % settings.endpoints.count]
  }

  package func begin(at endpoint: Int) { place = endpoint }

  /// More of an answer than this is not wanted.
  private static let answerLimit = 64 << 20

  /// Asks one member after the other until an instant; what may have been done is asked again only where it is
  /// `repeatable`.
  package func call(
    _ path: String, _ body: JSON, repeatable: Bool, until deadline: ContinuousClock.Instant
  ) throws(TeamTrouble) -> JSON {
    var trouble = TeamTrouble.outOfReach("no endpoints are set")
    let bytes = body.bytes
    var hasToken = false
    var tries = settings.endpoints.count
    while tries > 0 {
      let left = deadline - .now
      guard left > .milliseconds(5) else { throw trouble }
      // So that one that does not answer leaves time for another.
      let limit = tries > 1 ? max(left / 2, min(left, .milliseconds(250))) : left
      do throws(TeamTrouble) {
        let answer = try ask(path, bytes, within: limit)
        if !hasToken, settings.user != nil, Self.wantsToken(answer) {
          hasToken = true
          try authenticate(until: deadline)
          continue
        }
        return try accept(answer, isChange: !repeatable)
      } catch {
        trouble = error
        place = (place + 1) % max(1, settings.endpoints.count)
        if case .unknown = error, !repeatable { throw error }
      }
      tries -= 1
    }
    throw trouble
  }

  // MARK: - One exchange

  private struct Answer {
    var status = 0
    var json: JSON?
    var text = ""
  }

  private func ask(
    _ path: String, _ body: [UInt8], within limit: Duration
  ) throws(TeamTrouble) -> Answer {
    let pool = TextPool()
    defer { pool.empty() }
    var request = muster_curl_request()
    fill(&request, path, pool, limit)
    let answer = try exchange(&request, body, pool)
    defer { free(answer.answer) }
    guard answer.error == 0 else { throw trouble(answer) }
    let bytes = answer.answer.map {
      [UInt8](UnsafeBufferPointer(start: $0, count: answer.answer_count))
    }
    return Self.answer(Int(answer.status), bytes ?? [])
  }

  /// Does one exchange whose answer is taken as it arrives.
  func stream(
    _ path: String, _ body: [UInt8], _ reader: WatchReader, within limit: Duration
  ) throws(TeamTrouble) {
    let pool = TextPool()
    defer { pool.empty() }
    var request = muster_curl_request()
    fill(&request, path, pool, limit)
    request.connect_milliseconds = 2000
    request.stream_context = Unmanaged.passUnretained(reader).toOpaque()
    request.stream = { context, bytes, count in
      guard let context else { return 1 }
      let reader = Unmanaged<WatchReader>.fromOpaque(context).takeUnretainedValue()
      return reader.take(UnsafeBufferPointer(start: bytes, count: count)) ? 0 : 1
    }
    defer { withExtendedLifetime(reader) {} }
    // Without it a member that has lost the others is silent for ever.
    let answer = try exchange(&request, body, pool, ["Grpc-Metadata-hasleader: true"])
    defer { free(answer.answer) }
    // Its time is over, or it was given up for what it said.
    guard answer.error == 0 || answer.error == 28 || answer.error == 23 else {
      place = (place + 1) % max(1, settings.endpoints.count)
      throw trouble(answer)
    }
  }

  /// Sends a request that is filled in but for its headers and body. The answer's bytes are for the caller to free.
  private func exchange(
    _ request: inout muster_curl_request, _ body: [UInt8], _ pool: TextPool, _ more: [String] = []
  ) throws(TeamTrouble) -> muster_curl_answer {
    var headers = ["Content-Type: application/json", "Expect:"] + more
    if settings.user != nil, let token = token ?? keptToken() {
      headers.append("Authorization: \(token)")
    }
    var answer = muster_curl_answer()
    let handle = try opened()
    pool.list(headers) { headers in
      body.withUnsafeBufferPointer { body in
        request.headers = headers.baseAddress
        request.header_count = headers.count
        request.body = body.isEmpty ? nil : body.baseAddress
        request.body_count = body.count
        muster_curl_exchange_on(handle, &request, &answer)
      }
    }
    return answer
  }

  private func fill(
    _ request: inout muster_curl_request, _ path: String, _ pool: TextPool, _ limit: Duration
  ) {
    request.url = pool.keep(endpoint + path)
    request.method = pool.keep("POST")
    request.protocols = pool.keep(endpoint.hasPrefix("http://") ? "http" : "https")
    request.ca_file = settings.ca.flatMap { pool.keep($0) }
    request.cert_file = settings.certificate.flatMap { pool.keep($0) }
    request.key_file = settings.key.flatMap { pool.keep($0) }
    request.total_milliseconds = Int(limit / .milliseconds(1))
    request.connect_milliseconds = request.total_milliseconds
    request.answer_limit = Self.answerLimit
  }

  private func opened() throws(TeamTrouble) -> UnsafeMutableRawPointer {
    if let handle { return handle }
    guard let opened = muster_curl_open() else {
      throw .outOfReach("libcurl is not on this machine; install the package libcurl4")
    }
    handle = opened
    return opened
  }

  private static func answer(_ status: Int, _ bytes: [UInt8]) -> Answer {
    var answer = Answer(status: status)
    do throws(JSONError) { answer.json = try JSON(parsing: bytes[...]) } catch {
      answer.text = String(decoding: bytes.prefix(120), as: UTF8.self)
    }
    return answer
  }

  private func trouble(_ answer: muster_curl_answer) -> TeamTrouble {
    let words = withUnsafeBytes(of: answer.message) { bytes in
      String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
    let what = "\(endpoint): \(words)"
    // Neither found, nor connected, nor trusted: nothing was said.
    let isBefore: [Int32] = [1, 3, 5, 6, 7, 35, 51, 53, 54, 58, 59, 60, 66, 77, 80, 82, 83, 90]
    return isBefore.contains(answer.error) ? .outOfReach(what) : .unknown(what)
  }

  /// Asks the member that is spoken to for a page, such as `/metrics`: its text, and what the member's clock says.
  func page(
    _ path: String, within limit: Duration
  ) throws(TeamTrouble) -> (text: String, clock: Timestamp?) {
    let pool = TextPool()
    defer { pool.empty() }
    var request = muster_curl_request()
    fill(&request, path, pool, limit)
    request.method = pool.keep("GET")
    request.wants_date = 1
    let answer = try exchange(&request, [], pool)
    defer { free(answer.answer) }
    guard answer.error == 0, answer.status == 200 else { throw trouble(answer) }
    let bytes = answer.answer.map { UnsafeBufferPointer(start: $0, count: answer.answer_count) }
    let date = withUnsafeBytes(of: answer.date) { bytes in
      String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
    return (bytes.map { String(decoding: $0, as: UTF8.self) } ?? "", HTTPDate.read(date))
  }

  // MARK: - What the members say

  private func accept(_ answer: Answer, isChange: Bool) throws(TeamTrouble) -> JSON {
    guard let json = answer.json, json.members != nil else {
      throw .outOfReach(
        "\(endpoint) is no etcd: it answered \(answer.status) \(answer.text)")
    }
    if (200..<300).contains(answer.status), json["error"] == nil { return json }
    let words = json["message"]?.string ?? json["error"]?.string ?? "status \(answer.status)"
    let what = "\(endpoint): \(words)"
    switch json["code"]?.integer {
    case 7:
      let who = settings.user.map { "user '\($0)'" } ?? "whoever has no user"
      throw .outOfReach("\(who) may not \(isChange ? "write" : "read") there: \(what)")
    // Not well formed, too big, not allowed, no space, unknown method: none of it was done.
    case 3, 5, 8, 12, 16: throw .outOfReach(what)
    default:
      throw answer.status >= 500 || answer.status == 408 ? .unknown(what) : .outOfReach(what)
    }
  }

  private static func wantsToken(_ answer: Answer) -> Bool {
    guard answer.status >= 400, let json = answer.json else { return false }
    let words = json["message"]?.string ?? json["error"]?.string ?? ""
    return json["code"]?.integer == 16 || words.contains("invalid auth token")
      || words.contains("user name is empty") || words.contains("revision of auth store is old")
  }

  // MARK: - Users

  private func keptToken() -> String? {
    let text = String(decoding: Folder.smallFile(tokenPath), as: UTF8.self)
    guard !text.isEmpty, !text.unicodeScalars.contains(where: { $0.value < 33 }) else { return nil }
    token = text
    return text
  }

  private func authenticate(until deadline: ContinuousClock.Instant) throws(TeamTrouble) {
    token = nil
    unlink(tokenPath)
    let password = try settings.password()
    let answer = try accept(
      ask(
        "/v3/auth/authenticate",
        JSON.object(["name": .string(settings.user ?? ""), "password": .string(password)]).bytes,
        within: deadline - .now), isChange: false)
    guard let new = answer["token"]?.string else {
      throw .outOfReach("\(endpoint) gave no token for user '\(settings.user ?? "")'")
    }
    token = new
    let aside = "\(tokenPath).\(getpid())"
    let file = open(aside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard file >= 0 else { return }
    let bytes = Array(new.utf8)
    let isWritten = write(file, bytes, bytes.count) == bytes.count
    close(file)
    // Without a kept one the next process asks for its own.
    if !isWritten || rename(aside, tokenPath) != 0 { unlink(aside) }
  }
}

/// An instant as HTTP writes it: `Sat, 28 Nov 2026 07:00:00 GMT`.
enum HTTPDate {
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  static func read(_ text: String) -> Timestamp? {
    let parts = text.split(separator: " ")
    guard parts.count == 6, let month = months.firstIndex(of: String(parts[2])) else { return nil }
    let number = month + 1 < 10 ? "0\(month + 1)" : "\(month + 1)"
    return Timestamp(rfc3339: "\(parts[3])-\(number)-\(parts[1])T\(parts[4])Z")
  }
}

/// Texts for C, as long as an exchange lasts.
final class TextPool {
  private var texts: [UnsafeMutablePointer<CChar>] = []

  func keep(_ text: String) -> UnsafePointer<CChar>? {
    guard let copy = strdup(text) else { return nil }
    texts.append(copy)
    return UnsafePointer(copy)
  }

  func list(_ all: [String], _ body: (UnsafeBufferPointer<UnsafePointer<CChar>?>) -> Void) {
    all.map { keep($0) }.withUnsafeBufferPointer(body)
  }

  func empty() {
    for text in texts { free(text) }
    texts = []
  }
}
