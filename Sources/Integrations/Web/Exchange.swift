internal import CLibCurl
internal import Engine
internal import Glibc

/// One request to a server outside, or one mail.
package struct Exchange: Sendable {
  package var url: String
  /// `POST`; nil: a mail.
  package var method: String?
  package var headers: [(name: String, value: String)] = []
  package var body: [UInt8] = []
  package var mail: Mail?
  package var user: String?
  package var password: String?
  package var caFile: String?
  package var proxy: String?
  /// What no answer is to be quoted with, beside what authorizes: a server may say again what it was sent.
  package var secrets: [String] = []
  /// Until it counts as failed.
  package var limit = Duration.seconds(20)

  package struct Mail: Sendable {
    package var sender: String
    package var recipients: [String]
    /// Nothing is said before the line is encrypted.
    package var needsTLS: Bool
  }

  package init(_ method: String, _ url: String) {
    (self.method, self.url) = (method, url)
  }

  package init(mail: Mail, to url: String) {
    (self.mail, self.url) = (mail, url)
  }

  /// More of an answer than this is not wanted.
  private static let answerLimit = 1 << 20

  /// Does it on this thread.
  package func perform() -> WebAnswer {
    guard muster_curl_load() == 0 else {
      return WebAnswer(
        error: .noLibrary, message: "libcurl is not on this machine; install the package libcurl4")
    }
    var answer = muster_curl_answer()
    exchange(&answer)
    defer { free(answer.answer) }
    let message = withUnsafeBytes(of: answer.message) { bytes in
      Array(bytes.prefix { $0 != 0 })
    }
    let body = answer.answer.map {
      [UInt8](UnsafeBufferPointer(start: $0, count: answer.answer_count))
    }
    return WebAnswer(
      error: answer.error == 0 ? nil : .number(answer.error), status: Int(answer.status),
      message: String(decoding: withoutSecrets(message), as: UTF8.self),
      body: withoutSecrets(body ?? []),
      retryAfter: answer.retry_after > 0 ? .seconds(min(answer.retry_after, 3600)) : nil)
  }

  /// Shorter ones would be found in any text.
  private static let shortestSecret = 4

  /// What came back, with a sign in the place of each secret.
  private func withoutSecrets(_ bytes: [UInt8]) -> [UInt8] {
    let authorizing = headers.filter { $0.name.lowercased() == "authorization" }
      .compactMap { $0.value.split(separator: " ").last.map(String.init) }
    let login = password.map { [$0, Base64.encode(Array("\(user ?? ""):\($0)".utf8))] } ?? []
    let all = (secrets + authorizing + login)
      .filter { $0.utf8.count >= Self.shortestSecret }.sorted { $0.utf8.count > $1.utf8.count }
    guard !bytes.isEmpty, !all.isEmpty else { return bytes }
    let text = String(decoding: bytes, as: UTF8.self)
    guard all.contains(where: text.contains) else { return bytes }
    return Array(all.reduce(text) { $0.replacing($1, with: "…") }.utf8)
  }

  private var protocols: String {
    if mail != nil { return url.hasPrefix("smtps://") ? "smtps" : "smtp" }
    // Without encryption only where the settings say so, and they do for this machine alone.
    return url.hasPrefix("http://") ? "http" : "https"
  }

  private func exchange(_ answer: inout muster_curl_answer) {
    // An empty header keeps the library from asking first whether it may send.
    let lines = mail == nil ? headers.map { "\($0.name): \($0.value)" } + ["Expect:"] : []
    let pool = TextPool()
    defer { pool.empty() }
    let headerList = lines.map { Optional(UnsafePointer(pool.keep($0))) }
    let recipients = (mail?.recipients ?? []).map {
      Optional(UnsafePointer(pool.keep("<\($0)>")))
    }
    headerList.withUnsafeBufferPointer { headerList in
      recipients.withUnsafeBufferPointer { recipients in
        body.withUnsafeBufferPointer { body in
          var request = muster_curl_request()
          request.url = UnsafePointer(pool.keep(url))
          request.protocols = UnsafePointer(pool.keep(protocols))
          request.method = method.map { UnsafePointer(pool.keep($0)) }
          request.headers = headerList.baseAddress
          request.header_count = headerList.count
          request.body = method == "GET" ? nil : body.baseAddress
          request.body_count = body.count
          request.ca_file = caFile.map { UnsafePointer(pool.keep($0)) }
          request.proxy = proxy.map { UnsafePointer(pool.keep($0)) }
          request.user = user.map { UnsafePointer(pool.keep($0)) }
          request.password = password.map { UnsafePointer(pool.keep($0)) }
          request.sender = mail.map { UnsafePointer(pool.keep("<\($0.sender)>")) }
          request.recipients = recipients.baseAddress
          request.recipient_count = recipients.count
          request.needs_tls = mail?.needsTLS == true ? 1 : 0
          request.connect_milliseconds = 5000
          request.total_milliseconds = Int(limit.components.seconds) * 1000
          request.answer_limit = Self.answerLimit
          muster_curl_exchange(&request, &answer)
        }
      }
    }
  }

  /// The library's version; nil where it is not on this machine.
  package static var libraryVersion: String? {
    muster_curl_version().map { String(cString: $0) }
  }
}

/// Texts for C, as long as an exchange lasts.
private final class TextPool {
  private var texts: [UnsafeMutablePointer<CChar>] = []

  func keep(_ text: String) -> UnsafeMutablePointer<CChar> {
    // A zero byte would end it early.
    let clean = text.utf8.contains(0) ? text.filter { $0 != "\0" } : text
    guard let copy = strdup(clean) else { preconditionFailure("no memory for a text") }
    texts.append(copy)
    return copy
  }

  func empty() {
    for text in texts { free(text) }
    texts = []
  }
}

/// What came of an exchange.
package struct WebAnswer: Sendable {
  package enum Trouble: Hashable, Sendable {
    case noLibrary
    /// Of the library's errors.
    case number(Int32)
  }

  /// Nil where an answer came, whatever it says.
  package var error: Trouble?
  package var status = 0
  package var message = ""
  package var body: [UInt8] = []
  /// What the server wants to be left alone for, at most an hour.
  package var retryAfter: Duration?

  package var text: String { String(decoding: body, as: UTF8.self) }

  package var isSuccess: Bool { error == nil && (200..<300).contains(status) }

  /// Why it is not there; nil where it is. `what` is what the server itself says, where that is known better.
  package func failure(_ what: String? = nil) -> ChannelFailure? {
    switch error {
    case .noLibrary: return ChannelFailure(message, isFinal: false)
    case .number(let number):
      // A connection that came to nothing may come about; one that is refused for what it is will be again.
      let isFinal = [1, 3, 60, 64, 67, 77, 94].contains(number)
      return ChannelFailure("\(message) (libcurl \(number))", isFinal: isFinal)
    case nil: break
    }
    guard !isSuccess else { return nil }
    let detail = what ?? Self.firstWords(text)
    let isFinal = !(status == 408 || status == 429 || status >= 500 || status == 0)
    return ChannelFailure(
      "the server answered \(status)\(detail.isEmpty ? "" : ": \(detail)")", isFinal: isFinal,
      retryAfter: retryAfter)
  }

  /// The beginning of an answer on one line.
  static func firstWords(_ text: String) -> String {
    let line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return line.count > 160 ? line.prefix(159) + "…" : line
  }
}
