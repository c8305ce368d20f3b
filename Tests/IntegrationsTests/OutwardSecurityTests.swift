import Engine
import Glibc
import Integrations
import TestSupport
import Testing

/// What goes out: to nowhere but where it is meant to, to nobody who cannot prove who they are, and without a word that
/// somebody could use.
struct OutwardSecurityTests {
  private let web = WebSettings(limit: .seconds(5))

  private func message(
    _ title: String = "shop is down", text: String = "since 14:05"
  ) -> ChannelMessage {
    var message = ChannelMessage(
      id: "msg_1", time: Timestamp(milliseconds: 1_795_000_000_000), title: title, text: text,
      incident: "2026-11-21-shop", kind: "notice")
    message.address = "12"
    return message
  }

  private func failure(of channel: any Channel, _ said: inout [String]) -> ChannelFailure? {
    guard case .failed(let failure) = channel.send(message(), note: { said.append($0) }) else {
      return nil
    }
    return failure
  }

  // MARK: - Comparing

  @Test func `comparing secrets takes as long wherever they differ`() {
    let secret = [UInt8](repeating: 7, count: 1 << 20)
    var (early, late) = (secret, secret)
    early[0] = 8
    late[late.count - 1] = 8
    func time(_ other: [UInt8]) -> Duration {
      let clock = ContinuousClock()
      return (0..<20).map { _ in
        clock.measure { #expect(!MessageCode.equal(secret, other)) }
      }.min() ?? .zero
    }
    let (first, last) = (time(early), time(late))
    #expect(first > last / 2, "\(first) where the first byte differs, \(last) where the last does")
    #expect(MessageCode.equal(secret, secret) && !MessageCode.equal(secret, [7]))
    #expect(!MessageCode.equal("", "x") && MessageCode.equal("", ""))
  }

  // MARK: - Secrets

  /// Says again everything that it was sent, as some servers do.
  private static func echo(_ request: StandIn.Request) -> StandIn.Reply {
    let lines = [request.line] + request.headers + [request.body]
    let text = JSON.string(lines.joined(separator: " ")).text
    return .status(
      401, [],
      "{\"error\":\(text),\"description\":\(text),\"message\":\(text),\"errors\":[\(text)]}")
  }

  @Test func `a server that says again what it was sent gets no secret into a failure`() throws {
    let server = try StandIn(answer: Self.echo)
    defer { server.stop() }
    let (url, secret) = (server.url, "s3cret-token")
    let hook = "\(url)/services/\(secret)?key=\(secret)"
    let channels: [any Channel] = [
      SlackChannel(token: secret, channel: "#ops", url: url, web: web),
      TelegramChannel(token: secret, url: url, web: web),
      NtfyChannel(url: url, topic: "ops", token: secret, web: web),
      PagerDutyChannel(key: secret, url: url, web: web),
      TwilioChannel(account: "AC1", token: secret, from: "+1", calls: true, url: url, web: web),
      WebhookChannel(url: hook, secret: nil, template: .event, web: web),
    ]
    for channel in channels {
      var said: [String] = []
      let failure = try #require(failure(of: channel, &said))
      #expect(failure.text.contains("401"), "\(channel)")
      for text in said + [failure.text] {
        #expect(!text.contains(secret) && !text.contains("QUMxOnMzY3JldC10b2tlbg"), "\(text)")
      }
    }
    #expect(server.requests.count == channels.count)
  }

  // MARK: - Where to

  @Test(arguments: [
    "file:///etc/passwd", "ftp://127.0.0.1/x", "gopher://127.0.0.1/x", "dict://127.0.0.1/x",
    "scp://127.0.0.1/x", "https://u:p@127.0.0.1/x",
  ])
  func `nothing is spoken but HTTP, and no login stands in an address`(url: String) throws {
    var said: [String] = []
    let channel = NtfyChannel(url: url, topic: "ops", token: nil, web: web)
    let failure = try #require(failure(of: channel, &said))
    #expect(failure.isFinal && !failure.text.contains("root:"), "\(failure.text)")
  }

  @Test(arguments: [301, 302, 303, 307, 308])
  func `a redirect leads nowhere, and takes no secret along`(status: Int) throws {
    let other = try StandIn()
    let (address, path) = (other.url, "/elsewhere")
    let server = try StandIn([.status(status, ["Location: \(address)\(path)"], "")])
    defer {
      server.stop()
      other.stop()
    }
    var said: [String] = []
    let channel = NtfyChannel(url: server.url, topic: "ops", token: "s3cret", web: web)
    #expect(failure(of: channel, &said)?.isFinal == true)
    #expect(other.requests.isEmpty)
  }

  /// A server that shows a certificate which it made for itself.
  private final class Impostor {
    let port: Int
    let certificate: String
    private let process: pid_t

    init(named name: String) throws {
      let folder = "/tmp/muster-tls-\(UInt64.random(in: 0..<UInt64.max))"
      #expect(mkdir(folder, 0o700) == 0)
      certificate = folder + "/cert.pem"
      let key = folder + "/key.pem"
      port = try #require(FreePort.find())
      let made = try Self.start(
        "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
        "-days", "2", "-subj", "/CN=\(name)", "-addext", "subjectAltName=\(name)", "-keyout", key,
        "-out", certificate)
      var status: Int32 = 0
      #expect(waitpid(made, &status, 0) == made && status == 0)
      process = try Self.start(
        "s_server", "-accept", "127.0.0.1:\(port)", "-cert", certificate, "-key", key, "-www",
        "-quiet")
      for _ in 0..<500 where !Self.listens(port) { usleep(10_000) }
    }

    private static func listens(_ port: Int) -> Bool {
      do { _ = try RawClient(port: port) } catch { return false }
      return true
    }

    private static func start(_ arguments: String...) throws -> pid_t {
      var words: [UnsafeMutablePointer<CChar>?] = (["openssl"] + arguments).map { strdup($0) }
      words.append(nil)
      defer { for word in words { free(word) } }
      var actions = posix_spawn_file_actions_t()
      posix_spawn_file_actions_init(&actions)
      defer { posix_spawn_file_actions_destroy(&actions) }
      for file in [0, 1, 2] as [Int32] {
        posix_spawn_file_actions_addopen(&actions, file, "/dev/null", O_RDWR, 0)
      }
      var process: pid_t = 0
      #expect(posix_spawn(&process, openssl, &actions, nil, words, environ) == 0)
      return process
    }

    deinit {
      kill(process, SIGKILL)
      var status: Int32 = 0
      waitpid(process, &status, 0)
      unlink(certificate)
      let folder = certificate.dropLast("/cert.pem".count)
      unlink(folder + "/key.pem")
      rmdir(String(folder))
    }
  }

  private static let openssl = "/usr/bin/openssl"

  @Test(.enabled(if: access(openssl, X_OK) == 0, "openssl plays the server"))
  func `a certificate that nobody vouches for, or of another name, gets nothing`() throws {
    let right = try Impostor(named: "IP:127.0.0.1")
    var exchange = Exchange("GET", "https://127.0.0.1:\(right.port)/")
    exchange.limit = .seconds(5)
    #expect(exchange.perform().error == .number(60))
    exchange.caFile = right.certificate
    #expect(exchange.perform().status == 200)
    let other = try Impostor(named: "DNS:muster.example.org")
    var said: [String] = []
    let settings = WebSettings(caFile: other.certificate, limit: .seconds(5))
    let channel = NtfyChannel(
      url: "https://127.0.0.1:\(other.port)/", topic: "ops", token: "s3cret", web: settings)
    let failure = try #require(failure(of: channel, &said))
    #expect(failure.isFinal && failure.text.contains("libcurl 60"), "\(failure.text)")
  }

  // MARK: - Words of others

  private static let words =
    "@everyone @channel kai@example.com [run this](https://evil.example.org) ![x](https://e/x.png) "
    + "<!channel> <@U1> **loud** `code` ||hidden|| https://grafana.example.org/d/a_b"

  private func sent(by make: (String) -> any Channel) throws -> String {
    let server = try StandIn([.status(200, [], #"{"ok":true,"result":{"message_id":7}}"#)])
    defer { server.stop() }
    let text = Self.words + "\n# heading\n> said\n{{title}}"
    _ = make(server.url).send(message(Self.words, text: text), note: { _ in })
    return try #require(server.requests.first).body
  }

  @Test func `Telegram is sent no mention and no markup`() throws {
    let body = try JSON(
      parsing: try sent { TelegramChannel(token: "1:secret", url: $0, web: web) })
    let text = try #require(body["text"]?.string)
    #expect(body["parse_mode"] == nil && body["entities"] == nil)
    #expect(!text.contains("@everyone") && text.contains("kai@example.com"))
  }

  @Test func `Slack is sent no mention, no link under other words and no markup`() throws {
    let body = try JSON(
      parsing: try sent { SlackChannel(token: "x", channel: "C1", url: $0, web: web) })
    let text = try #require(body["text"]?.string)
    #expect(!text.contains("<") && text.contains("&lt;!channel&gt;"))
    #expect(body["mrkdwn"]?.bool == false && body["link_names"] == nil && body["parse"] == nil)
  }

  @Test(arguments: [WebhookChannel.Template.discord, .mattermost])
  func `a chat that knows Markdown shows signs as signs`(
    template: WebhookChannel.Template
  ) throws {
    let body = try JSON(
      parsing: try sent {
        WebhookChannel(url: $0 + "/", secret: nil, template: template, web: web)
      })
    let text = try #require((body["content"] ?? body["text"])?.string)
    for markup in ["[run this](", "![x](", "**loud**", " `code`", "||hidden||", "\n# ", "\n> "] {
      #expect(!text.contains(markup), "\(markup)")
    }
    #expect(!text.contains(" @channel") && text.contains("https://grafana.example.org/d/a_b"))
    #expect(text.contains(#"\[run this\](https://evil.example.org)"#))
  }

  @Test func `Teams is sent runs of text, in which nothing is markup`() throws {
    let body = try JSON(
      parsing: try sent { WebhookChannel(url: $0, secret: nil, template: .teams, web: web) })
    let blocks = body["attachments"]?.array?.first?["content"]?["body"]?.array ?? []
    #expect(blocks.count == 5)
    #expect(blocks.allSatisfy { $0["type"] == "RichTextBlock" && $0["text"] == nil })
    #expect(blocks.first?["inlines"]?.array?.first?["text"]?.string == Self.words)
  }
}
