import Engine
import Glibc
import Integrations
import TestSupport
import Testing

/// An agent that listens, with tokens of every scope.
private final class World {
  let program: Program
  let port: Int
  let (alert, read, write): (String, String, String)
  private(set) var agent: Program.Running
  private var isRunning = true

  init(_ settings: String = "", agent more: String = "", secret: String? = nil) throws {
    let (program, port) = (try Program(), try #require(FreePort.find()))
    (self.program, self.port) = (program, port)
    let folder = program.home + "/.config/muster"
    for path in [program.store, program.home + "/.config", folder] {
      #expect(mkdir(path, 0o750) == 0)
    }
    var more = more
    if let secret {
      let path = program.home + "/secret"
      try program.write(Array("\(secret)\n".utf8), to: path)
      #expect(chmod(path, 0o600) == 0)
      more = more.replacing("/dev/null", with: path)
    }
    try program.write(Array(settings.utf8), to: program.store + "/store.yaml")
    try program.write(
      Array("agent:\n  listen: 127.0.0.1:\(port)\n  hosts: [muster.example.org]\n\(more)".utf8),
      to: folder + "/config.yaml")
    func token(_ arguments: String...) throws -> String {
      let result = try program.run(["agent", "token"] + arguments)
      #expect(result.status == 0, "\(result.errors)")
      return result.lines.first ?? ""
    }
    alert = try token("am", "--scope", "alert")
    read = try token("screen", "--scope", "read")
    write = try token("bot", "--scope", "write", "--actor", "kai")
    agent = try program.start(["agent"])
    try waitUntilItListens()
  }

  func waitUntilItListens() throws {
    let isThere = program.waitUntil {
      do { return try ask("GET", "/healthz", token: nil).status == 200 } catch { return false }
    }
    #expect(isThere, "\(program.text(agent.errors))")
  }

  func restart() throws {
    (agent, isRunning) = (try program.start(["agent"]), true)
    try waitUntilItListens()
  }

  func kill(_ signal: Int32 = SIGKILL) throws -> Program.Result {
    Glibc.kill(agent.process, signal)
    isRunning = false
    return try program.finish(agent)
  }

  deinit {
    if isRunning {
      do { _ = try kill() } catch { Issue.record("\(error)") }
    }
    program.remove()
  }

  typealias Answer = (status: Int, head: String, body: String)

  func ask(
    _ method: String, _ target: String, token: String?, body: String? = nil,
    headers: [String] = [], host: String = "127.0.0.1"
  ) throws -> Answer {
    let client = try RawClient(port: port)
    var lines = ["\(method) \(target) HTTP/1.1", "Host: \(host)"] + headers
    if let token { lines.append("Authorization: Bearer \(token)") }
    if let body {
      if !headers.contains(where: { $0.lowercased().hasPrefix("content-type") }) {
        lines.append("Content-Type: application/json")
      }
      lines.append("Content-Length: \(body.utf8.count)")
    }
    client.send(lines.joined(separator: "\r\n") + "\r\n\r\n" + (body ?? ""))
    return client.answer()
  }

  func deliver(_ name: String, status: String = "firing") throws -> Answer {
    try ask("POST", "/v1/alerts/alertmanager", token: alert, body: Self.body(name, status))
  }

  static func body(_ name: String, _ status: String = "firing") -> String {
    #"{"version":"4","alerts":[{"status":"\#(status)","labels":{"alertname":"\#(name)","severity":"critical"},"startsAt":"2026-11-21T01:00:00Z","fingerprint":"\#(name)"}]}"#
  }

  func declare() throws -> String {
    let result = try program.run("declare", "Checkout", "fails", "--json")
    return try #require(result.json?["id"]?.string)
  }
}

struct InterfaceTests {
  @Test func `a delivered alert opens an incident, and the retry after a kill changes nothing`()
    throws
  {
    let world = try World("alerts:\n  - {name: all, severity: SEV-2}\n")
    let first = try world.deliver("Down")
    #expect(first.status == 200, "\(first)")
    let isOpen = try world.program.waitUntil {
      try world.program.run("list", "--json").json?.array?.count == 1
    }
    #expect(isOpen)
    _ = try world.kill()
    try world.restart()
    let again = try world.deliver("Down")
    #expect(try JSON(parsing: again.body)["known"] == 1)
    #expect(try world.deliver("Down", status: "resolved").status == 200)
    let isOver = try world.program.waitUntil {
      try world.program.run("log").output.contains("Alert resolved: Down")
    }
    #expect(isOver)
    #expect(try world.program.run("list", "--all", "--json").json?.array?.count == 1)
    #expect(try world.program.run("verify", "--store-log").status == 0)
    let end = try world.kill(SIGTERM)
    #expect(end.status == 0, "\(end.errors)")
  }

  @Test func `everything but healthz needs a token`() throws {
    let world = try World()
    let id = try world.declare()
    #expect(try world.ask("GET", "/healthz", token: nil).status == 200)
    for path in [
      "/", "/readyz", "/metrics", "/openapi.json", "/v1/incidents", "/v1/incidents/\(id)",
      "/v1/incidents/\(id)/log", "/v1/incidents/\(id)/brief", "/v1/events", "/nothing",
    ] {
      let answer = try world.ask("GET", path, token: nil)
      #expect(answer.status == 401, "\(path)")
      #expect(!answer.body.contains(id))
      #expect(answer.head.contains("WWW-Authenticate: Bearer"))
      #expect(try world.ask("GET", path, token: world.write + "x").status == 401, "\(path)")
      let cookie = ["Cookie: token=\(world.write); Authorization=Bearer \(world.write)"]
      #expect(try world.ask("GET", path, token: nil, headers: cookie).status == 401)
    }
    for path in [
      "/v1/incidents", "/v1/incidents/\(id)/note", "/v1/alerts/alertmanager", "/nothing",
    ] {
      #expect(try world.ask("POST", path, token: nil, body: "{}").status == 401, "\(path)")
    }
  }

  @Test func `what is nearly a token is none`() throws {
    let world = try World()
    let right = world.read
    let kept = world.program.text(world.program.home + "/.config/muster/tokens.json")
    let pieces: [Substring] = kept.split(separator: "\"")
    let hash: Substring = pieces.first { $0.utf8.count == 64 } ?? ""
    let other = right.last == "A" ? "B" : "A"
    var nearly: [String] = [String(right.dropLast()), "\(right.dropLast())\(other)"]
    nearly += ["\(other)\(right.dropFirst())", "\(right)\(right)", "\(right),\(right)"]
    nearly += [right.uppercased(), right.lowercased(), String(right.dropFirst(7))]
    nearly += [String(hash), "*", "%", "null", "''", "muster_"]
    for near in nearly {
      #expect(try world.ask("GET", "/v1/incidents", token: near).status != 200, "\(near)")
    }
    for header in [
      "Authorization: \(right)", "Authorization: Token \(right)", "Authorization: Bearer",
      "Authorization: Basic \(right)", "X-Token: \(right)", "Proxy-Authorization: Bearer \(right)",
    ] {
      #expect(
        try world.ask("GET", "/v1/incidents", token: nil, headers: [header]).status != 200,
        "\(header)")
    }
    #expect(try world.ask("GET", "/v1/incidents?token=\(right)", token: nil).status != 200)
    #expect(try world.ask("GET", "/v1/incidents", token: right).status == 200)
  }

  @Test func `a token is good for its scope only`() throws {
    let world = try World()
    let id = try world.declare()
    let (get, note) = ("/v1/incidents/\(id)", "/v1/incidents/\(id)/note")
    let words = #"{"words":"x"}"#
    #expect(try world.ask("GET", get, token: world.alert).status == 403)
    #expect(try world.ask("GET", "/metrics", token: world.alert).status == 403)
    #expect(try world.ask("POST", note, token: world.alert, body: words).status == 403)
    #expect(try world.ask("GET", get, token: world.read).status == 200)
    #expect(try world.ask("POST", note, token: world.read, body: words).status == 403)
    let body = World.body("A")
    #expect(
      try world.ask("POST", "/v1/alerts/alertmanager", token: world.read, body: body).status == 403)
    #expect(
      try world.ask("POST", "/v1/alerts/alertmanager", token: world.write, body: body).status == 403
    )
    #expect(try world.ask("GET", get, token: world.write).status == 200)
    #expect(try world.ask("POST", note, token: world.write, body: words).status == 200)
  }

  @Test func `a token in the path delivers alerts only, and stands in no journal`() throws {
    let world = try World()
    let body = World.body("A")
    let path = "/t/\(world.alert)/v1/alerts/alertmanager"
    #expect(try world.ask("POST", path, token: nil, body: body).status == 200)
    #expect(try world.ask("GET", "/t/\(world.read)/v1/incidents", token: nil).status == 403)
    #expect(
      try world.ask("POST", "/t/\(world.write)/v1/incidents", token: nil, body: "{}").status == 403)
    #expect(
      try world.ask("POST", "/t/wrong-token/v1/alerts/alertmanager", token: nil, body: body).status
        == 401)
    #expect(try world.ask("POST", path, token: world.alert, body: body).status == 400)
    let journal = try world.kill(SIGTERM).errors
    #expect(journal.contains("wrong token"))
    for secret in [world.alert, world.read, world.write, "wrong-token"] {
      #expect(!journal.contains(secret))
    }
  }

  @Test func `Basic carries a token as the password`() throws {
    let world = try World()
    func basic(_ text: String) throws -> Int {
      let code = Base64.encode(Array(text.utf8))
      return try world.ask(
        "GET", "/v1/incidents", token: nil, headers: ["Authorization: Basic \(code)"]
      ).status
    }
    #expect(try basic("anyone:\(world.read)") == 200)
    #expect(try basic("\(world.read):") == 401)
    #expect(try basic(world.read) == 401)
    #expect(
      try world.ask(
        "GET", "/v1/incidents", token: world.read, headers: ["Authorization: Bearer \(world.read)"]
      ).status == 400)
  }

  @Test func `a host that is not listed, and a page of another site, are refused`() throws {
    let world = try World()
    func get(_ host: String, _ headers: String...) throws -> Int {
      try world.ask("GET", "/v1/incidents", token: world.read, headers: headers, host: host).status
    }
    #expect(try get("muster.example.org:8750") == 200)
    #expect(try get("LOCALHOST") == 200)
    #expect(try get("evil.example.org") == 421)
    #expect(try get("127.0.0.1.evil.example.org") == 421)
    #expect(try get("") == 421)
    #expect(try get("127.0.0.1", "Origin: https://evil.example.org") == 403)
    #expect(try get("127.0.0.1", "Origin: null") == 403)
    #expect(try get("127.0.0.1", "Origin: https://muster.example.org.evil.org") == 403)
    #expect(try get("127.0.0.1", "Origin: https://muster.example.org") == 200)
    #expect(try get("127.0.0.1", "Sec-Fetch-Site: cross-site") == 403)
  }

  @Test func `a POST is JSON, and nothing else`() throws {
    let world = try World()
    let id = try world.declare()
    for type in [
      "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x",
      "application/jsonx", "application/cloudevents+json",
    ] {
      let answer = try world.ask(
        "POST", "/v1/incidents/\(id)/note", token: world.write, body: #"{"words":"x"}"#,
        headers: ["Content-Type: \(type)"])
      #expect(answer.status == 415, "\(type)")
    }
    #expect(
      try world.ask(
        "POST", "/v1/alerts/cloudevents", token: world.alert, body: "[]",
        headers: ["Content-Type: application/cloudevents-batch+json"]
      ).status == 200)
    #expect(
      try world.ask(
        "POST", "/v1/alerts/alertmanager", token: world.alert, body: "{}",
        headers: ["Content-Type: application/json", "Content-Encoding: gzip"]
      ).status == 415)
  }

  @Test func `no path leads out of the store`() throws {
    let world = try World()
    for path in [
      "/v1/incidents/..%2f..%2fetc%2fpasswd", "/v1/incidents/../../etc/passwd",
      "/v1/incidents/%2e%2e",
      "/v1/incidents/2026-11-21-x%00", "/v1//incidents", "/v1/incidents/", "/%",
      "/v1/incidents/%zz",
      "/v1/incidents/store", "/v1/incidents/2026-11-21-nothing", "/v1/incidents/2026-11-21-x/log/y",
    ] {
      let answer = try world.ask("GET", path, token: world.read)
      #expect(answer.status == 404 || answer.status == 400, "\(path): \(answer.status)")
    }
    for method in ["POST", "TRACE", "DELETE", "PUT"] {
      let health = try world.ask(method, "/healthz", token: nil)
      #expect(health.status == 405 && health.head.contains("Allow: GET\r\n"), "\(method)")
    }
    let put = try world.ask("PUT", "/v1/incidents", token: world.write)
    #expect(put.status == 405)
    #expect(put.head.contains("Allow: GET, POST\r\n"))
    #expect(try world.ask("DELETE", "/v1/incidents", token: nil).status == 401)
    for query in ["?all=yes", "?last=0", "?last=10001", "?last=x", "?incident=../x"] {
      #expect(
        try world.ask("GET", "/v1/incidents" + query, token: world.read).status == 400, "\(query)")
    }
    let log = try world.ask(
      "POST", "/v1/incidents/2026-11-21-x/log", token: world.write, body: "{}")
    #expect(log.status == 405)
    #expect(log.head.contains("Allow: GET\r\n"))
    #expect(try world.ask("GET", "/v1/alerts/alertmanager", token: world.alert).status == 405)
  }

  @Test func `wrong tokens are told to wait, and a right one is taken all the same`() throws {
    let world = try World()
    var statuses: [Int] = []
    for number in 0..<25 {
      statuses.append(try world.ask("GET", "/v1/incidents", token: "guess\(number)").status)
    }
    #expect(statuses.prefix(20).allSatisfy { $0 == 401 })
    #expect(statuses.suffix(5).allSatisfy { $0 == 429 })
    #expect(try world.ask("GET", "/v1/incidents", token: world.read).status == 200)
  }

  @Test func `nobody can fill the journal`() throws {
    let world = try World()
    for _ in 0..<100 { _ = try world.ask("GET", "/v1/incidents", token: nil) }
    let metrics = try world.ask("GET", "/metrics", token: world.read).body
    #expect(metrics.contains("{what=\"refused\",status=\"401\"} 100"))
    let journal = try world.kill(SIGTERM).errors
    #expect(journal.split(separator: "\n").count { $0.contains("no token") } == 60)
    #expect(journal.contains("refused: more in this minute are only counted"))
  }

  @Test func `only the hash of a token is kept, and a revoked one is of no use at once`() throws {
    let world = try World()
    let path = world.program.home + "/.config/muster/tokens.json"
    let kept = world.program.text(path)
    for token in [world.alert, world.read, world.write] {
      #expect(token.hasPrefix("muster_") && token.count == 50)
      #expect(!kept.contains(token.dropFirst(7)))
    }
    var status = stat()
    #expect(stat(path, &status) == 0)
    #expect(status.st_mode & 0o777 == 0o600)
    #expect(try world.program.run("agent", "token", "am", "--scope", "read").status == 3)
    #expect(try world.program.run("agent", "token", "x", "--scope", "write").status == 2)
    #expect(try world.program.run("agent", "token", "screen", "--revoke").status == 0)
    #expect(try world.ask("GET", "/v1/incidents", token: world.read).status == 401)
    #expect(!(try world.program.run("agent", "token").output.contains("screen")))
    #expect(chmod(path, 0o644) == 0)
    #expect(try world.ask("GET", "/v1/incidents", token: world.write).status == 401)
  }

  @Test func `verbs record in their words, as the actor of the token`() throws {
    let world = try World()
    let id = try world.declare()
    func post(_ verb: String, _ body: String) throws -> World.Answer {
      try world.ask("POST", "/v1/incidents/\(id)/\(verb)", token: world.write, body: body)
    }
    let note = try post("note", #"{"words":"rolled back \"api\" to 41f2","at":"-5m"}"#)
    #expect(note.status == 200, "\(note)")
    #expect(try JSON(parsing: note.body)["kind"] == "note.added")
    #expect(try post("ack", "{}").status == 200)
    #expect(try post("ack", "{}").status == 409)
    #expect(try post("severity", #"{"words":"SEV-9"}"#).status == 400)
    #expect(try post("note", #"{"words":"as somebody else --as mira"}"#).status == 403)
    #expect(try post("note", #"{"words":7}"#).status == 400)
    #expect(try post("note", #"{"words":"x","at":null}"#).status == 400)
    #expect(try post("note", #"{"text":"x"}"#).status == 400)
    #expect(try post("note", "not json").status == 400)
    for verb in ["show", "demo", "agent", "procedure", "import", "console", "nothing", "-h"] {
      #expect(try post(verb, "{}").status == 404, "\(verb)")
    }
    #expect(try post("note", #"{"words":"x --home /tmp"}"#).status == 400)
    let entries = try world.program.run("log", "--json").lines.compactMap { line -> JSON? in
      do { return try JSON(parsing: line) } catch { return nil }
    }
    let own = entries.filter { $0["source"] == "http/bot" }
    #expect(own.count == 2)
    #expect(own.allSatisfy { $0["actor"] == "kai" })
    let declared = try world.ask(
      "POST", "/v1/incidents", token: world.write,
      body: #"{"words":"Mail is down --severity SEV-3"}"#)
    #expect(declared.status == 201, "\(declared)")
  }

  @Test func `what is read is what the verbs print`() throws {
    let world = try World()
    let id = try world.declare()
    _ = try world.program.run("note", "<b>bold</b>")
    func get(_ path: String) throws -> World.Answer {
      try world.ask("GET", path, token: world.read)
    }
    let list = try JSON(parsing: try get("/v1/incidents").body)
    #expect(list.array?.first?["id"]?.string == id)
    #expect(try JSON(parsing: try get("/v1/incidents/\(id)").body)["title"] == "Checkout fails")
    #expect(try get("/v1/incidents/\(id)/log?last=1").body.split(separator: "\n").count == 1)
    #expect(try JSON(parsing: try get("/v1/incidents/\(id)/brief").body).members != nil)
    let page = try get("/")
    #expect(page.body.contains("&lt;b&gt;bold") && !page.body.contains("<b>bold"))
    #expect(page.head.contains("Content-Security-Policy: default-src 'none'"))
    #expect(!page.body.contains("<script"))
    let metrics = try get("/metrics")
    #expect(metrics.body.contains("\nmuster_incidents_open 1\n"))
    #expect(!metrics.body.contains(id))
    #expect(try JSON(parsing: try get("/readyz").body)["ready"] == true)
    #expect(try JSON(parsing: try get("/openapi.json").body)["openapi"] == "3.1.0")
  }

  @Test func `what is recorded is told to whoever listens`() throws {
    let world = try World()
    _ = try world.declare()
    let client = try RawClient(port: world.port)
    client.send(
      "GET /v1/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer \(world.read)\r\n\r\n")
    #expect(client.until("retry").hasPrefix("HTTP/1.1 200"))
    #expect(try world.program.run("note", "hello there").status == 0)
    let told = client.until("hello there")
    #expect(told.contains("event: note.added\ndata: {\"incident\""), "\(told)")
  }

  @Test func `a broken file keeps the settings of before, and readyz says so`() throws {
    let world = try World()
    let path = world.program.home + "/.config/muster/config.yaml"
    let good = world.program.text(path)
    func ready() throws -> JSON {
      try JSON(parsing: try world.ask("GET", "/readyz", token: world.read).body)
    }
    #expect(try ready()["settings"] == nil)
    try world.program.write(Array((good + "channels: 7\n").utf8), to: path)
    #expect(
      try world.program.waitUntil {
        try ready()["settings"]?.string?.contains("config.yaml:") == true
      })
    #expect(try world.ask("GET", "/v1/incidents", token: world.read).status == 200)
    try world.program.write(Array(good.utf8), to: path)
    #expect(try world.program.waitUntil { try ready()["settings"] == nil })
  }

  @Test func `a check says where it would listen, and starts nothing`() throws {
    let world = try World()
    let check = try world.program.run("agent", "--check")
    #expect(check.output.contains("listens    on 127.0.0.1 port \(world.port), tokens: am"))
    try world.program.write(
      Array("agent:\n  listen: example.org\n".utf8),
      to: world.program.home + "/.config/muster/config.yaml")
    let broken = try world.program.run("agent", "--check")
    #expect(broken.status == 1)
    #expect(broken.errors.contains("config.yaml:2"))
  }

  @Test func `a sender that can sign has to`() throws {
    let world = try World(
      agent: "  secrets: {pagerduty_file: /dev/null}\n", secret: "k3y")
    let body = #"{"a":1}"#
    func post(_ headers: String...) throws -> Int {
      try world.ask(
        "POST", "/v1/alerts/pagerduty", token: world.alert, body: body,
        headers: headers + ["Content-Type: application/json"]
      ).status
    }
    let code = "32db719f172c48e89dbfa56ed20d9e19cdbfdbe9f652ccdf5fa03494d2444853"
    #expect(try post("X-PagerDuty-Signature: v1=\(code)") == 200)
    #expect(try post("X-PagerDuty-Signature: v1=\(code.dropLast())0") == 401)
    #expect(try post() == 401)
  }

  private static func acknowledgement(_ incident: String, event: String = "e1") -> String {
    #"{"event":{"id":"\#(event)","event_type":"incident.acknowledged","agent":"#
      + #"{"type":"user_reference","summary":"Kai Tan"},"data":{"id":"P1","#
      + #""incident_key":"muster/\#(incident)/kai"}}}"#
  }

  @Test func `who acknowledges at PagerDuty has acknowledged here, once`() throws {
    let world = try World(agent: "  secrets: {pagerduty_file: /dev/null}\n", secret: "k3y")
    let id = try world.declare()
    func post(_ body: String) throws -> World.Answer {
      let code = MessageCode.hexadecimal(of: Array(body.utf8), key: Array("k3y".utf8))
      return try world.ask(
        "POST", "/v1/alerts/pagerduty", token: world.alert, body: body,
        headers: ["X-PagerDuty-Signature: v1=\(code)", "Content-Type: application/json"])
    }
    let first = try post(Self.acknowledgement(id))
    #expect(first.status == 200 && first.body.contains(#""recorded":1"#), "\(first)")
    #expect(try world.program.run("show", "--json").json?["times"]?["acknowledged"]?.string != nil)
    let log = try world.program.run("log", "--json").lines
    let own = log.filter { $0.contains("incident.acknowledged") }
    #expect(own.count == 1 && own[0].contains("Kai Tan") && own[0].contains("pagerduty"))
    // Neither the same again nor another one changes anything, and the sender is not asked to try again.
    #expect(try post(Self.acknowledgement(id)).status == 200)
    #expect(try post(Self.acknowledgement(id, event: "e2")).status == 200)
    #expect(try post(Self.acknowledgement("2026-01-01-nothing", event: "e3")).status == 200)
    #expect(try post(Self.acknowledgement("../../etc", event: "e4")).status == 200)
    #expect(try world.program.run("log", "--json").lines.count == log.count)
  }

  @Test func `whom PagerDuty names is who they are here`() throws {
    let world = try World(
      "people:\n  - {name: kai, reach: [{channel: pager, to: Kai Tan}]}\n",
      agent: "  secrets: {pagerduty_file: /dev/null}\n", secret: "k3y")
    let body = Self.acknowledgement(try world.declare())
    let code = MessageCode.hexadecimal(of: Array(body.utf8), key: Array("k3y".utf8))
    let answer = try world.ask(
      "POST", "/v1/alerts/pagerduty", token: world.alert, body: body,
      headers: ["X-PagerDuty-Signature: v1=\(code)", "Content-Type: application/json"])
    #expect(answer.status == 200)
    let taken = try world.program.run("log", "--json").lines.filter {
      $0.contains("incident.acknowledged")
    }
    #expect(taken.count == 1)
    #expect(try JSON(parsing: taken.first ?? "{}")["actor"]?.string == "kai")
  }

  @Test func `an answer that nobody signs is refused`() throws {
    let world = try World()
    let id = try world.declare()
    let answer = try world.ask(
      "POST", "/v1/alerts/pagerduty", token: world.alert, body: Self.acknowledgement(id))
    #expect(answer.status == 403)
    let event =
      #"{"specversion":"1.0","id":"1","source":"x","type":"muster.acknowledged","#
      + #""subject":"\#(id)","data":{"by":"kai"}}"#
    #expect(
      try world.ask("POST", "/v1/alerts/cloudevents", token: world.alert, body: event).status
        == 403)
    #expect(try world.program.run("show", "--json").json?["times"]?["acknowledged"]?.string == nil)
  }

  @Test func `who listens again gets what was recorded meanwhile, and nothing twice`() throws {
    let world = try World()
    let id = try world.declare()
    for word in ["one", "two", "three"] {
      #expect(try world.program.run("note", "-i", id, word).status == 0)
    }
    let numbers = try world.program.run("log", "--json").lines.compactMap {
      try JSON(parsing: $0)["seq"]?.integer
    }
    let last = try #require(numbers.max())
    func listen(_ event: String) throws -> RawClient {
      let client = try RawClient(port: world.port)
      client.send(
        "GET /v1/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer \(world.read)\r\n"
          + "Last-Event-ID: \(event)\r\n\r\n")
      return client
    }
    let told = try listen("\(id):\(last - 2)").until("three")
    #expect(told.contains("id: \(id):\(last - 1)\n") && told.contains("id: \(id):\(last)\n"))
    #expect(!told.contains("\"one\"") && !told.contains("id: \(id):\(last - 2)\n"))
    for wrong in ["\(id):99999", "x", "../../etc:1", "2026-01-01-nothing:1"] {
      #expect(try listen(wrong).until("data").contains("event: reset"), "\(wrong)")
    }
  }

  @Test func `alerts of no incident can be seen, with why they have none`() throws {
    let world = try World("alerts:\n  - {name: quiet, declare: never}\n")
    #expect(try world.deliver("Slow").status == 200)
    let listed = try world.program.run("alerts")
    #expect(listed.output.contains("Slow") && listed.output.contains("rule 'quiet' never declares"))
    let json = try JSON(
      parsing: try world.ask("GET", "/v1/alerts", token: world.read).body)
    #expect(json.array?.first?["alert"] == "alertmanager:Slow")
    #expect(json.array?.first?["incident"] == .null)
    #expect(try world.ask("GET", "/v1/alerts", token: world.alert).status == 403)
  }

  @Test func `a body that is too large is an alert itself`() throws {
    let world = try World("alerts:\n  - {name: all}\n")
    let client = try RawClient(port: world.port)
    client.send(
      "POST /v1/alerts/grafana HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer \(world.alert)\r\n"
        + "Content-Type: application/json\r\nContent-Length: 99999999\r\n\r\n")
    #expect(client.rest().hasPrefix("HTTP/1.1 413"))
    let isTold = try world.program.waitUntil {
      try world.program.run("list").output.contains("grafana sent a body of over 16 MiB")
    }
    #expect(isTold)
  }

  @Test func `bad bodies are told with their place, and good alerts beside bad ones are taken`()
    throws
  {
    let world = try World()
    func post(_ format: String, _ body: String) throws -> World.Answer {
      try world.ask("POST", "/v1/alerts/\(format)", token: world.alert, body: body)
    }
    let broken = try post("alertmanager", "{\"alerts\":[")
    #expect(broken.status == 400)
    #expect(broken.body.contains("line 1, column 12"))
    #expect(try post("nagios", "{}").status == 404)
    #expect(try post("generic/nothing", "{}").status == 404)
    let partly = try post(
      "alertmanager", #"{"status":"firing","alerts":[{"labels":{"alertname":"A"}},7]}"#)
    #expect(partly.status == 200)
    #expect(try JSON(parsing: partly.body)["unread"] == 1)
  }
}
