import Engine
import EventLog
import Glibc
import TestSupport
import Testing

/// What an agent does with channels over the life of an incident, against stand-ins of their servers.
struct ChannelFlowTests {
  private let program: Program

  init() throws { program = try Program() }

  private func prepare(_ channels: String, _ people: String, _ more: String = "") throws {
    let path = program.folder + "/secret"
    try program.write(Array("s3cret\n".utf8), to: path)
    chmod(path, 0o600)
    try program.configure(channels.replacing("SECRET", with: path))
    mkdir(program.store, 0o755)
    try program.write(Array("people:\n\(people)".utf8), to: program.store + "/store.yaml")
    try program.quickProcedure(
      "level: 1, to: Engineering Lead, after: 1s, unless: resolved", further: more)
  }

  private func declare() throws -> String {
    try program.declare(
      "Shop is down", "--procedure", program.quickProcedurePath, "--severity", "SEV-1")
  }

  private func bodies(_ server: StandIn, _ path: String) -> [JSON] {
    server.requests.filter { $0.line.hasPrefix("POST \(path) ") }.compactMap { request in
      do { return try JSON(parsing: request.body) } catch { return nil }
    }
  }

  private func stop(_ running: Program.Running) throws {
    kill(running.process, SIGTERM)
    _ = try program.finish(running)
  }

  /// A workspace in which a channel is made and a message has a time.
  private static func slack() throws -> StandIn {
    try StandIn(answer: { request in
      switch request.line.split(separator: " ")[1] {
      case "/conversations.create": .status(200, [], #"{"ok":true,"channel":{"id":"C7"}}"#)
      case "/chat.postMessage": .status(200, [], #"{"ok":true,"channel":"C7","ts":"17.01"}"#)
      default: .status(200, [], #"{"ok":true}"#)
      }
    })
  }

  @Test func `Slack gets the incident's own channel, with the brief pinned and the roles in it`()
    throws
  {
    defer { program.remove() }
    let server = try Self.slack()
    defer { server.stop() }
    try prepare(
      """
      channels:
        slack: {token_file: SECRET, url: "\(server.url)", channel: "#ops", open_channels: true}
      audiences: {team: [slack]}

      """, "  - {name: kai, role: CTO, reach: [{channel: slack, to: U1}]}\n",
      "checklist: [{text: 'Open #inc-YYYY-MM-DD-brief-description'}]\n")
    let running = try program.start(["agent"])
    let id = try declare()
    #expect(program.waitUntil { bodies(server, "/pins.add").count == 1 })
    let day = id.prefix(10)
    #expect(
      bodies(server, "/conversations.create").map { $0["name"]?.string }
        == ["inc-\(day)-shop-is-down"])
    #expect(bodies(server, "/pins.add").first?["timestamp"]?.string == "17.01")
    let brief = bodies(server, "/chat.postMessage").first
    #expect(brief?["channel"]?.string == "C7")
    #expect(brief?["text"]?.string?.contains("Shop is down") == true)
    #expect(try program.run("assign", "-i", id, "ic", "kai").status == 0)
    #expect(program.waitUntil { bodies(server, "/conversations.invite").count == 1 })
    let guest = bodies(server, "/conversations.invite").first
    #expect(guest?["users"]?.string == "U1" && guest?["channel"]?.string == "C7")
    #expect(try program.run("update", "-i", id, "We are on it", "--audience", "team").status == 0)
    let isThere = program.waitUntil {
      bodies(server, "/chat.postMessage").contains {
        $0["channel"]?.string == "C7" && $0["text"]?.string?.contains("We are on it") == true
          && $0["thread_ts"] == nil
      }
    }
    #expect(isThere)
    try stop(running)
    // The next agent finds it in the log.
    let again = try program.start(["agent"])
    #expect(program.waitUntil { program.text(again.errors).contains("running for") })
    #expect(try program.run("note", "-i", id, "x").status == 0)
    try stop(again)
    #expect(bodies(server, "/conversations.create").count == 1)
  }

  @Test func `the pinned brief follows the incident, to its end`() throws {
    defer { program.remove() }
    let server = try Self.slack()
    defer { server.stop() }
    try prepare(
      """
      channels:
        slack: {token_file: SECRET, url: "\(server.url)", channel: "#ops", open_channels: true}

      """, "  - {name: kai, role: CTO, reach: [{channel: slack, to: U1}]}\n",
      "checklist: [{text: 'Open #inc-YYYY-MM-DD-brief-description'}]\n")
    let running = try program.start(["agent"])
    let id = try declare()
    #expect(program.waitUntil { bodies(server, "/pins.add").count == 1 })
    #expect(try program.run("impact", "-i", id, "Half of the carts are empty").status == 0)
    func tells(_ words: String) -> Bool {
      bodies(server, "/chat.update").contains {
        $0["channel"]?.string == "C7" && $0["ts"]?.string == "17.01"
          && $0["text"]?.string?.lowercased().contains(words) == true
      }
    }
    #expect(program.waitUntil { tells("half of the carts") })
    #expect(try program.run("resolve", "-i", id).status == 0)
    #expect(try program.run("close", "-i", id).status == 0)
    #expect(program.waitUntil { tells("closed") })
    try stop(running)
    // It is the same message, and none of it is in the log.
    #expect(bodies(server, "/pins.add").count == 1)
    let log = program.text(program.log(of: id)).split(separator: "\n")
    #expect(log.count { $0.contains("\"room:own\"") } == 2)
  }

  @Test func `PagerDuty hears of the call, of the answer and of the end, under one key`() throws {
    defer { program.remove() }
    let server = try StandIn(answer: { _ in .status(202, [], #"{"status":"success"}"#) })
    defer { server.stop() }
    try prepare(
      "channels:\n  pagerduty: {key_file: SECRET, url: \"\(server.url)\"}\n",
      "  - {name: kai, role: Engineering Lead, reach: [pagerduty]}\n")
    let running = try program.start(["agent"])
    let id = try declare()
    func actions() -> [String?] {
      bodies(server, "/v2/enqueue").map { $0["event_action"]?.string }
    }
    #expect(program.waitUntil { actions() == ["trigger"] })
    #expect(try program.run("ack", "-i", id, "--as", "ines").status == 0)
    #expect(program.waitUntil { actions() == ["trigger", "acknowledge"] })
    #expect(try program.run("resolve", "-i", id).status == 0)
    #expect(try program.run("close", "-i", id).status == 0)
    #expect(program.waitUntil { actions() == ["trigger", "acknowledge", "resolve"] })
    try stop(running)
    let keys = Set(bodies(server, "/v2/enqueue").map { $0["dedup_key"]?.string })
    #expect(keys == ["muster/\(id)/kai"])
  }

  @Test func `no address that somebody sends is ever asked`() throws {
    defer { program.remove() }
    let server = try StandIn()
    defer { server.stop() }
    try prepare(
      "channels:\n  hook: {kind: webhook, url: \"http://127.0.0.1:1/\"}\n",
      "  - {name: kai, role: Engineering Lead, reach: [hook]}\nalerts: [{name: all}]\n")
    let running = try program.start(["agent"])
    let url = server.url
    let body =
      #"{"alerts":[{"status":"firing","labels":{"alertname":"\#(url)/a","url":"\#(url)/b"},"#
      + #""annotations":{"summary":"see \#(url)/c"},"generatorURL":"\#(url)/d","fingerprint":"f"}]}"#
    #expect(
      try program.run("ingest", "alertmanager", input: Array(body.utf8)).status == 0)
    #expect(try program.run("note", "see \(url)/e").status == 0)
    #expect(try program.run("show").output.contains("\(url)"))
    try stop(running)
    #expect(server.requests.isEmpty)
  }
}
