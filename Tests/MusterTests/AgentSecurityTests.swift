import Engine
import Glibc
import TestSupport
import Testing

/// An agent as a process, whose settings, senders and servers try to get more out of it than they may.
struct AgentSecurityTests {
  private let program: Program

  init() throws { program = try Program() }

  private func secret(_ text: String) throws -> String {
    let path = program.folder + "/secret"
    try program.write(Array("\(text)\n".utf8), to: path)
    chmod(path, 0o600)
    return path
  }

  private func prepare(_ channels: String, _ more: String = "") throws {
    try program.configure("channels:\n" + channels)
    mkdir(program.store, 0o755)
    try program.write(
      Array(
        "people:\n  - {name: kai, role: Engineering Lead, reach: [{channel: out, to: 12}]}\n\(more)"
          .utf8), to: program.store + "/store.yaml")
    try program.quickProcedure("level: 1, to: Engineering Lead, after: 1s, unless: resolved")
  }

  private func stop(_ running: Program.Running) throws -> Program.Result {
    kill(running.process, SIGTERM)
    return try program.finish(running)
  }

  @Test func `no secret gets into the log, the journal or a screen, whatever the server says`()
    throws
  {
    defer { program.remove() }
    let server = try StandIn(answer: { request in
      let said = JSON.string(([request.line] + request.headers).joined(separator: " ")).text
      return .status(500, [], "{\"ok\":false,\"description\":\(said)}")
    })
    defer { server.stop() }
    let file = try secret("1234:s3cret-token")
    try prepare(
      "  out: {kind: telegram, token_file: \(file), url: \"\(server.url)\", senders: {kai: 12}}\n")
    let running = try program.start(["agent"])
    let id = try program.declare(
      "Shop is down", "--procedure", program.quickProcedurePath, "--severity", "SEV-1")
    #expect(
      program.waitUntil { program.text(program.log(of: id)).contains("delivery.failed") })
    let tested = try program.run("channel", "test", "out", "--to", "12")
    #expect(tested.status == 4)
    let screen = try program.run("show", "-i", id)
    let journal = try stop(running)
    #expect(journal.errors.contains("NOT TOLD"))
    for text in [
      program.text(program.log(of: id)), journal.errors, tested.errors, tested.output,
      screen.output, try program.run("console", "-i", id, "--dump", "140x40").output,
    ] {
      #expect(!text.contains("s3cret"), "\(text)")
    }
  }

  @Test(arguments: [
    "http://hooks.example.org/x", "file:///etc/passwd", "https://u:p@hooks.example.org/",
    "hooks.example.org/x",
  ])
  func `an address in a file is held to what one in the settings is, and not told`(
    url: String
  ) throws {
    defer { program.remove() }
    try prepare("  out: {kind: webhook, url_file: \(try secret(url))}\n")
    let check = try program.run("agent", "--check")
    #expect(check.status == 1)
    #expect(check.errors.contains("/secret holds no usable address; write https://host/path"))
    #expect(!check.errors.contains(url) && !check.output.contains(url))
    #expect(try program.run("channel", "test", "out").status == 2)
  }

  @Test func `what the service manager hands over is for the one user whom it lets read`() throws {
    defer { program.remove() }
    let server = try StandIn()
    defer { server.stop() }
    let path = try secret("tk_1234")
    var handed = program
    handed.environment["CREDENTIALS_DIRECTORY"] = program.folder
    for (place, mode, isTaken) in [
      ("$CREDENTIALS_DIRECTORY/secret", 0o440, true), (path, 0o440, false),
      ("$CREDENTIALS_DIRECTORY/secret", 0o444, false),
      ("$CREDENTIALS_DIRECTORY/secret", 0o460, false),
    ] as [(String, mode_t, Bool)] {
      try prepare(
        "  out: {kind: ntfy, url: \"\(server.url)/\", topic: ops, token_file: \(place)}\n")
      chmod(path, mode)
      #expect(try handed.run("channel", "test", "out").status == (isTaken ? 0 : 2))
    }
    #expect(server.requests.map { $0.header("Authorization") } == ["Bearer tk_1234"])
  }

  @Test func `a channel that cannot be used is tried again when it can`() throws {
    defer { program.remove() }
    let server = try StandIn()
    defer { server.stop() }
    let path = try secret("tk_1234")
    chmod(path, 0o644)
    try prepare("  out: {kind: ntfy, url: \"\(server.url)/\", topic: ops, token_file: \(path)}\n")
    let running = try program.start(["agent"])
    let id = try program.declare(
      "Shop is down", "--procedure", program.quickProcedurePath, "--severity", "SEV-1")
    #expect(
      program.waitUntil { program.text(program.log(of: id)).contains("can be read by others") })
    let journal = try stop(running).errors
    #expect(journal.contains("NOT TOLD (the channel 'out'") && !journal.contains("for good"))
    chmod(path, 0o600)
    let again = try program.start(["agent"])
    #expect(program.waitUntil { !server.requests.isEmpty })
    _ = try stop(again)
    #expect(program.text(program.log(of: id)).contains("delivery.succeeded"))
  }

  @Test func `whoever watches over the agent is asked, and its address is nobody else's`() throws {
    defer { program.remove() }
    let server = try StandIn(answer: { .status(500, [], "no \($0.line)") })
    defer { server.stop() }
    try program.configure("agent: {ping: \"\(server.url)/0d1f7a52-secret\"}\n")
    let running = try program.start(["agent"])
    #expect(program.waitUntil { program.text(running.errors).contains("the ping is not answered") })
    let journal = try stop(running).errors
    #expect(server.requests.first?.line == "GET /0d1f7a52-secret HTTP/1.1")
    #expect(journal.contains("500") && !journal.contains("0d1f7a52"), "\(journal)")
  }

  @Test func `neither the environment nor a file of passwords says where things go`() throws {
    defer { program.remove() }
    let (server, proxy) = (try StandIn(), try StandIn())
    defer {
      server.stop()
      proxy.stop()
    }
    try prepare("  out: {kind: ntfy, url: \"\(server.url)/\", topic: ops}\n")
    try program.write(
      Array("machine 127.0.0.1 login kai password s3cret\n".utf8), to: program.home + "/.netrc")
    var elsewhere = program
    for name in ["http_proxy", "https_proxy", "all_proxy", "ALL_PROXY"] {
      elsewhere.environment[name] = proxy.url
    }
    #expect(try elsewhere.run("channel", "test", "out").status == 0)
    #expect(server.requests.count == 1 && proxy.requests.isEmpty)
    #expect(server.requests.first?.header("Authorization") == nil)
  }

  @Test func `channels, commands and addresses come from the agent's own settings alone`() throws {
    defer { program.remove() }
    let server = try StandIn()
    defer { server.stop() }
    for line in [
      "channels: {hook: {kind: webhook, url: \"\(server.url)\"}}", "commands: {x: [touch, /tmp/x]}",
      "agent: {ping: \"\(server.url)\"}", "audiences: {team: [hook]}",
    ] {
      try prepare("  out: {kind: command, command: [true]}\n", line + "\n")
      let check = try program.run("agent", "--check")
      #expect(check.status == 1 && check.errors.contains("store.yaml:3"), "\(check.errors)")
    }
    #expect(server.requests.isEmpty)
  }

  @Test func `labels are text: no template, path, mention or markup comes out of them`() throws {
    defer { program.remove() }
    let server = try StandIn()
    defer { server.stop() }
    try prepare(
      "  out: {kind: webhook, template: discord, url: \"\(server.url)/\"}\n",
      """
      alerts:
        - name: all
          title: "{alertname}: {what}"
          severity: {label: severity}
          procedure: \(program.quickProcedurePath)
          group_by: [alertname, what]

      """)
    let labels = JSON.object([
      "alertname": "../../../tmp/x {{title}} {severity}",
      "what": "@everyone <@1> [run](https://evil.example.org) \u{1B}[31m\u{202E}$(touch x)",
      "severity": "{{severity}}", "procedure": "/etc/passwd", "channel": "evil",
    ])
    let body = #"{"status":"firing","alerts":[{"labels":\#(labels.text),"fingerprint":"../f"}]}"#
    let running = try program.start(["agent"])
    #expect(try program.run("ingest", "alertmanager", input: Array(body.utf8)).status == 0)
    let open = try #require(try program.run("list", "--json").json?.array?.first)
    let id = try #require(open["id"]?.string)
    #expect(id.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") })
    let title = open["title"]?.string ?? ""
    #expect(title.hasPrefix("../../../tmp/x {{title}} {severity}: @everyone"), "\(title)")
    #expect(program.waitUntil { !server.requests.isEmpty })
    _ = try stop(running)
    let sent = try JSON(parsing: try #require(server.requests.first).body)
    let text = sent["content"]?.string ?? ""
    #expect(sent["allowed_mentions"]?["parse"]?.array == [])
    #expect(text.contains("{{title}} {severity}") && text.contains(#"\[run\]("#), "\(text)")
    #expect(!text.unicodeScalars.contains { ["\u{1B}", "\u{202E}"].contains($0) })
    let show = try program.run("show", "-i", id, "--json").json
    #expect(show?["severity"]?.string != "{{severity}}")
    #expect(try program.run("procedure", "text", "-i", id).output.contains("root:") == false)
  }
}
