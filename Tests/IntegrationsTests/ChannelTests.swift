import Engine
import Glibc
import Integrations
import TestSupport
import Testing

/// Channels against servers on this machine that do what the real ones do, good and bad.
struct ChannelTests {
  private static let now = Timestamp(milliseconds: 1_795_000_000_000)

  private func message(address: String? = nil, thread: String? = nil) -> ChannelMessage {
    var message = ChannelMessage(
      id: "msg_1", time: Self.now, title: "You are called: a \"shop\" <b>is</b> down",
      text: "Since 14:05 @everyone\n{{title}} & more", incident: "2026-11-21-shop",
      kind: "notice")
    (message.address, message.thread, message.severity) = (address, thread, "SEV-1")
    return message
  }

  private func web(_ seconds: Int64 = 5) -> WebSettings { WebSettings(limit: .seconds(seconds)) }

  private func send(
    _ channel: any Channel, _ message: ChannelMessage
  ) -> (reference: String?, failure: ChannelFailure?) {
    switch channel.send(message, note: { _ in }) {
    case .delivered(let reference): (reference, nil)
    case .failed(let failure): (nil, failure)
    }
  }

  private func json(_ text: String) throws -> JSON { try JSON(parsing: text) }

  // MARK: - What every channel of the web has to stand

  @Test(arguments: [
    (StandIn.Reply.status(500, [], "oops"), false, "the server answered 500: oops"),
    (.status(403, [], "no"), true, "the server answered 403: no"),
    (.status(408, [], ""), false, "the server answered 408"),
    (.status(301, ["Location: http://127.0.0.1:1/"], ""), true, "the server answered 301"),
    (.close, false, "libcurl 52"), (.endless, false, "libcurl 23"),
  ])
  func `what a server does badly is told, with whether trying again is of use`(
    reply: StandIn.Reply, isFinal: Bool, words: String
  ) throws {
    let server = try StandIn([reply])
    defer { server.stop() }
    let channel = NtfyChannel(url: server.url, topic: "ops", token: nil, web: web())
    let failure = try #require(send(channel, message()).failure)
    #expect(failure.isFinal == isFinal && failure.text.contains(words))
    // Neither a redirect nor a failure is followed by another request.
    #expect(server.requests.count == 1)
  }

  @Test func `a server that says nothing more is given up in time`() throws {
    let server = try StandIn([.stall])
    defer { server.stop() }
    let channel = NtfyChannel(url: server.url, topic: "ops", token: nil, web: web(1))
    let start = ContinuousClock.now
    let failure = try #require(send(channel, message()).failure)
    #expect(!failure.isFinal && failure.text.contains("libcurl 28"))
    #expect(ContinuousClock.now - start < .seconds(4))
  }

  @Test func `a server that is not there may be there later`() throws {
    let server = try StandIn()
    server.stop()
    let channel = NtfyChannel(url: server.url, topic: "ops", token: nil, web: web())
    let failure = try #require(send(channel, message()).failure)
    #expect(!failure.isFinal && failure.text.contains("libcurl 7"))
  }

  @Test(
    arguments: [("17", 17), ("999999", 3600), ("-5", nil), ("soon", nil)] as [(String, Int64?)])
  func `what a server wants to be left alone for is kept, an hour at most`(
    header: String, seconds: Int64?
  ) throws {
    let server = try StandIn([.status(429, ["Retry-After: \(header)"], "slow down")])
    defer { server.stop() }
    let channel = NtfyChannel(url: server.url, topic: "ops", token: nil, web: web())
    let failure = try #require(send(channel, message()).failure)
    #expect(!failure.isFinal && failure.retryAfter == seconds.map { .seconds($0) })
  }

  // MARK: - Each channel

  @Test func `ntfy gets a topic, a title and a priority`() throws {
    let server = try StandIn([.status(200, [], #"{"id":"x1"}"#)])
    defer { server.stop() }
    let channel = NtfyChannel(url: server.url, topic: "ops", token: "tk_1", web: web())
    #expect(send(channel, message(address: "kai")).reference == "x1")
    let request = try #require(server.requests.first)
    #expect(request.line == "POST / HTTP/1.1")
    #expect(request.header("Authorization") == "Bearer tk_1" && request.header("Expect") == nil)
    let body = try json(request.body)
    #expect(body["topic"]?.string == "kai" && body["priority"]?.integer == 5)
    #expect(body["title"]?.string == message().title)
  }

  @Test func `Telegram gets plain words with buttons, in reply to the first message`() throws {
    let server = try StandIn([.status(200, [], #"{"ok":true,"result":{"message_id":7}}"#)])
    defer { server.stop() }
    var message = message(address: "-100123", thread: "5")
    message.buttons = [.init(label: "I have it", token: "t1")]
    let channel = TelegramChannel(token: "1:secret", url: server.url, web: web())
    #expect(send(channel, message).reference == "7")
    let request = try #require(server.requests.first)
    #expect(request.line == "POST /bot1:secret/sendMessage HTTP/1.1")
    let body = try json(request.body)
    #expect(body["chat_id"]?.integer == -100_123 && body["parse_mode"] == nil)
    #expect(body["reply_parameters"]?["message_id"]?.integer == 5)
    let button = body["reply_markup"]?["inline_keyboard"]?.array?.first?.array?.first
    #expect(button?["callback_data"]?.string == "t1")
  }

  @Test func `Telegram's reasons and waits are obeyed, and never tell the token`() throws {
    let server = try StandIn([
      .status(
        429, [], #"{"ok":false,"description":"Too Many Requests","parameters":{"retry_after":9}}"#),
      .status(403, [], #"{"ok":false,"description":"bot was blocked by the user"}"#),
      .status(
        400, [], #"{"ok":false,"description":"x","parameters":{"migrate_to_chat_id":-1009}}"#),
      .status(200, [], #"{"ok":true,"result":{"message_id":8}}"#), .status(200, [], "<html>"),
    ])
    defer { server.stop() }
    let channel = TelegramChannel(token: "1:secret", url: server.url, web: web())
    let first = send(channel, message(address: "12")).failure
    #expect(first?.retryAfter == .seconds(9) && first?.isFinal == false)
    let second = send(channel, message(address: "12")).failure
    #expect(second?.isFinal == true && second?.text.contains("blocked") == true)
    #expect(send(channel, message(address: "12")).reference == "8")
    let last = try #require(server.requests.last)
    #expect(try json(last.body)["chat_id"]?.integer == -1009)
    #expect(send(channel, message(address: "12")).failure?.isFinal == false)
    server.stop()
    let lost = TelegramChannel(token: "1:secret", url: "http://127.0.0.1:1", web: web())
    #expect(send(lost, message(address: "12")).failure?.text.contains("secret") == false)
  }

  @Test func `Slack's errors come with status 200, and a thread stays one`() throws {
    let server = try StandIn([
      .status(200, [], #"{"ok":true,"channel":"C9","ts":"17.01"}"#),
      .status(200, [], #"{"ok":true,"channel":"C9","ts":"17.02"}"#),
      .status(200, [], #"{"ok":false,"error":"not_in_channel"}"#),
      .status(429, ["Retry-After: 3"], #"{"ok":false,"error":"ratelimited"}"#),
    ])
    defer { server.stop() }
    let channel = SlackChannel(token: "xoxb-1", channel: "#ops", url: server.url, web: web())
    let first = send(channel, message()).reference
    #expect(first == "C9 17.01")
    #expect(send(channel, message(thread: first)).reference == first)
    let bodies = try server.requests.map { try json($0.body) }
    #expect(bodies[0]["channel"]?.string == "#ops" && bodies[0]["thread_ts"] == nil)
    #expect(bodies[1]["channel"]?.string == "C9" && bodies[1]["thread_ts"]?.string == "17.01")
    #expect(bodies[0]["text"]?.string?.contains("&lt;b&gt;is&lt;/b&gt;") == true)
    #expect(server.requests[0].header("Authorization") == "Bearer xoxb-1")
    #expect(send(channel, message()).failure?.isFinal == true)
    let limited = send(channel, message()).failure
    #expect(limited?.isFinal == false && limited?.retryAfter == .seconds(3))
  }

  @Test func `Slack opens the incident's channel once, invites and pins`() throws {
    let server = try StandIn([
      .status(200, [], #"{"ok":true,"channel":{"id":"C7"}}"#),
      .status(200, [], #"{"ok":false,"error":"name_taken"}"#), .status(200, [], #"{"ok":true}"#),
      .status(200, [], #"{"ok":false,"error":"already_pinned"}"#),
    ])
    defer { server.stop() }
    let channel = SlackChannel(token: "x", channel: nil, url: server.url, web: web())
    #expect(try channel.open("#inc-2026-11-27-Checkout fails!").get() == "C7")
    #expect(try channel.open("#inc-1").get() == "inc-1")
    #expect(channel.invite(["U1", "U2"], to: "C7") == nil)
    #expect(channel.pin("17.01", in: "C7") == nil)
    #expect(
      try json(server.requests[0].body)["name"]?.string == "inc-2026-11-27-checkout-fails")
    #expect(server.requests.map(\.line).last == "POST /pins.add HTTP/1.1")
  }

  @Test func `what cannot be pinned does not keep a channel from being opened`() throws {
    let server = try StandIn([
      .status(200, [], #"{"ok":true,"channel":{"id":"C7"}}"#),
      .status(200, [], #"{"ok":true,"channel":"C7","ts":"17.01"}"#),
      .status(200, [], #"{"ok":false,"error":"missing_scope"}"#),
      .status(200, [], #"{"ok":false,"error":"restricted_action"}"#),
    ])
    defer { server.stop() }
    let channel = SlackChannel(token: "x", channel: nil, url: server.url, web: web())
    var said: [String] = []
    let opened = channel.open("#inc-1", with: message(thread: "C1 1"), note: { said.append($0) })
    guard case .delivered(let reference) = opened else {
      Issue.record("not opened")
      return
    }
    #expect(reference == "C7 17.01" && SlackChannel.place(of: "C7 17.01") == "C7")
    #expect(said == ["#inc-1: the brief is not pinned: pins.add: missing_scope"])
    let post = try json(server.requests[1].body)
    #expect(post["channel"]?.string == "C7" && post["thread_ts"] == nil)
    guard case .failed(let failure) = channel.open("#inc-1", with: message(), note: { _ in }) else {
      Issue.record("opened")
      return
    }
    #expect(failure.isFinal)
  }

  @Test func `PagerDuty has one alert for an incident, found again by its key`() throws {
    let server = try StandIn([
      .status(202, [], #"{"status":"success","dedup_key":"k"}"#),
      .status(400, [], #"{"status":"invalid event","errors":["'summary' is missing"]}"#),
    ])
    defer { server.stop() }
    let channel = PagerDutyChannel(key: "R1", url: server.url, web: web())
    #expect(send(channel, message(address: "kai")).reference == "k")
    let body = try json(server.requests[0].body)
    #expect(server.requests[0].line == "POST /v2/enqueue HTTP/1.1")
    #expect(body["dedup_key"]?.string == "muster/2026-11-21-shop/kai")
    #expect(body["event_action"]?.string == "trigger" && channel.isIdempotent)
    #expect(body["payload"]?["severity"]?.string == "critical")
    let failure = send(channel, message(address: "kai", thread: "k")).failure
    #expect(failure?.isFinal == true && failure?.text.contains("'summary' is missing") == true)
    #expect(try json(server.requests[1].body)["dedup_key"]?.string == "k")
  }

  @Test(arguments: [true, false])
  func `Twilio calls or writes to the person's number`(calls: Bool) throws {
    let server = try StandIn([
      .status(201, [], #"{"sid":"S1","status":"queued"}"#),
      .status(400, [], #"{"code":21211,"message":"no number"}"#),
    ])
    defer { server.stop() }
    let channel = TwilioChannel(
      account: "AC1", token: "t", from: "+1555", calls: calls, url: server.url, web: web())
    #expect(send(channel, message(address: "+62 812")).reference == "S1")
    let request = try #require(server.requests.first)
    let what = calls ? "Calls" : "Messages"
    #expect(request.line == "POST /2010-04-01/Accounts/AC1/\(what).json HTTP/1.1")
    #expect(request.header("Authorization") == "Basic QUMxOnQ=")
    #expect(request.body.hasPrefix("To=%2B62%20812&From=%2B1555&"))
    #expect(request.body.contains(calls ? "Twiml=%3CResponse%3E" : "Body=Since"))
    #expect(!request.body.contains("%3Cb%3E"))
    #expect(send(channel, message(address: "1")).failure?.text.contains("21211") == true)
    #expect(send(channel, message()).failure?.isFinal == true)
  }

  @Test func `a webhook gets a signed CloudEvent, the same at each attempt`() throws {
    let server = try StandIn()
    defer { server.stop() }
    let secret = WebhookSignature("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    let channel = WebhookChannel(
      url: server.url + "/hook?key=s3cret", secret: secret, template: .event, web: web())
    #expect(send(channel, message()).failure == nil && send(channel, message()).failure == nil)
    let requests = server.requests
    #expect(requests[0].header("webhook-id") == "msg_1")
    #expect(requests[0].header("webhook-signature") == requests[1].header("webhook-signature"))
    #expect(requests[0].header("Content-Type") == "application/cloudevents+json; charset=utf-8")
    let body = try json(requests[0].body)
    #expect(body["specversion"]?.string == "1.0" && body["type"]?.string == "muster.notice")
    #expect(body["data"]?["title"]?.string == message().title)
  }

  @Test(arguments: [
    (WebhookChannel.Template.discord, "POST /?wait=true HTTP/1.1"),
    (.mattermost, "POST / HTTP/1.1"), (.teams, "POST / HTTP/1.1"),
    (.own(#"{"t": "{{title}}", "x": "{{ text }}{{nothing}}", "{{"#), "POST / HTTP/1.1"),
  ])
  func `a body fits who takes it, and nobody is called by what somebody typed`(
    template: WebhookChannel.Template, line: String
  ) throws {
    let server = try StandIn()
    defer { server.stop() }
    let channel = WebhookChannel(url: server.url + "/", secret: nil, template: template, web: web())
    #expect(send(channel, message()).failure == nil)
    let request = try #require(server.requests.first)
    #expect(request.line == line)
    switch template {
    case .discord:
      let body = try json(request.body)
      #expect(body["allowed_mentions"]?["parse"]?.array == [])
    case .mattermost: #expect(!request.body.contains("@everyone"))
    case .teams:
      let content = try json(request.body)["attachments"]?.array?.first?["content"]
      #expect(
        content?["body"]?.array?.first?["inlines"]?.array?.first?["text"]?.string
          == message().title)
    case .own:
      #expect(
        request.body == #"{"t": "You are called: a \"shop\" <b>is</b> down", "#
          + #""x": "Since 14:05 @everyone\n{{title}} & more", "{{"#)
    case .event: break
    }
  }

  @Test func `mail keeps an incident in one thread`() throws {
    let server = try StandIn(speaks: .smtp)
    defer { server.stop() }
    let settings = EmailChannel.Settings(
      server: "127.0.0.1:\(server.port)", security: .none, user: nil, password: nil,
      from: "Muster <muster@example.com>", to: [], caFile: nil, limit: .seconds(5))
    let channel = EmailChannel(settings)
    let first = send(channel, message(address: "kai@example.com"))
    #expect(first.failure == nil && first.reference == "<msg.1@example.com>")
    var second = message(address: "kai@example.com", thread: first.reference)
    second.id = "msg_2"
    second.text = "…\n.\nend \r\nX-Evil: yes"
    #expect(send(channel, second).reference == first.reference)
    let requests = server.requests
    #expect(requests[0].headers.contains("MAIL FROM:<muster@example.com>"))
    #expect(requests[0].headers.contains("RCPT TO:<kai@example.com>"))
    #expect(requests[0].body.contains("Subject: Incident 2026-11-21-shop\r\n"))
    #expect(requests[0].body.hasPrefix("Date: Wed, 18 Nov 2026 11:06:40 +0000\r\n"))
    #expect(requests[1].body.contains("References: <msg.1@example.com>\r\n"))
    #expect(!requests[1].body.contains("\r\nX-Evil"))
    #expect(send(channel, message(address: "x@y\r\nRCPT TO:<z@y>")).failure?.isFinal == true)
  }

  @Test(arguments: [(451, false), (550, true)])
  func `a mail server's refusal passes or does not`(status: Int, isFinal: Bool) throws {
    let server = try StandIn([.status(status, [], "not now")], speaks: .smtp)
    defer { server.stop() }
    let settings = EmailChannel.Settings(
      server: "127.0.0.1:\(server.port)", security: .none, user: nil, password: nil,
      from: "m@example.com", to: ["ops@example.com"], caFile: nil, limit: .seconds(5))
    #expect(send(EmailChannel(settings), message()).failure?.isFinal == isFinal)
  }

  @Test func `a wrong password for mail is an error at once, which no other attempt can mend`()
    throws
  {
    let server = try StandIn(speaks: .smtp)
    defer { server.stop() }
    func failure(_ password: String) -> ChannelFailure? {
      let settings = EmailChannel.Settings(
        server: "127.0.0.1:\(server.port)", security: .none, user: "u", password: password,
        from: "m@example.com", to: ["ops@example.com"], caFile: nil, limit: .seconds(20))
      return send(EmailChannel(settings), message()).failure
    }
    #expect(failure("p") == nil)
    let start = ContinuousClock.now
    let wrong = failure("q")
    #expect(wrong?.isFinal == true && wrong?.text.contains("Login denied") == true)
    #expect(ContinuousClock.now - start < .seconds(5))
    #expect(server.requests.count == 1)
  }

  @Test func `mail that is to be encrypted is not sent otherwise`() throws {
    let server = try StandIn(speaks: .smtp)
    defer { server.stop() }
    let settings = EmailChannel.Settings(
      server: "127.0.0.1:\(server.port)", security: .starttls, user: "u", password: "p",
      from: "m@example.com", to: ["ops@example.com"], caFile: nil, limit: .seconds(5))
    let failure = send(EmailChannel(settings), message()).failure
    #expect(failure?.isFinal == true && failure?.text.contains("libcurl 64") == true)
    #expect(server.requests.isEmpty)
  }

  // MARK: - Secrets

  @Test func `a secret that others can read is refused`() throws {
    var template = Array("/tmp/muster-secret-XXXXXX".utf8CString)
    let file = mkstemp(&template)
    let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    defer { unlink(path) }
    _ = write(file, "s3cret\n", 7)
    close(file)
    #expect(try SecretFile.read(path) == "s3cret")
    for mode in [0o640, 0o604, 0o660] as [mode_t] {
      chmod(path, mode)
      #expect(throws: SecretFile.Problem.self) { try SecretFile.read(path) }
    }
    #expect(throws: SecretFile.Problem.self) { try SecretFile.read("relative") }
    #expect(throws: SecretFile.Problem.self) { try SecretFile.read("/nowhere/x") }
  }
}
