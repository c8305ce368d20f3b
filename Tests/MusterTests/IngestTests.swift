import Engine
import EventLog
import Glibc
import Testing

struct IngestTests {
  private func body(
    _ names: [String], status: String = "firing", start: String = "2026-11-21T01:00:00Z",
    labels: String = #""severity":"critical","service":"shop""#
  ) -> [UInt8] {
    let alerts = names.map { name in
      #"{"status":"\#(status)","labels":{"alertname":"\#(name)",\#(labels)},"annotations":{"summary":"\#(name) is bad"},"startsAt":"\#(start)","endsAt":"\#(status == "firing" ? "0001-01-01T00:00:00Z" : "2026-11-21T02:00:00Z")","fingerprint":"\#(name)"}"#
    }
    return Array(
      #"{"version":"4","status":"\#(status)","alerts":[\#(alerts.joined(separator: ","))]}"#.utf8)
  }

  private func world(_ settings: String) throws -> Program {
    let program = try Program()
    #expect(mkdir(program.store, 0o750) == 0)
    try program.write(Array(settings.utf8), to: program.store + "/store.yaml")
    return program
  }

  private let rules = """
    alerts:
      - name: pages
        match: {severity: critical}
        severity: {label: severity, map: {critical: SEV-1}}
        title: "{alertname} on {service}"
      - name: rest
        declare: never

    """

  @Test func `an alert opens an incident, and the same body again changes nothing`() throws {
    let program = try world(rules)
    defer { program.remove() }
    let first = try program.run("ingest", "alertmanager", input: body(["Down"]))
    #expect(first.status == 0, "\(first.errors)")
    #expect(first.output.hasPrefix("alertmanager: 1 recorded: 20"), "\(first.output)")
    let shown = try program.run("show", "--json")
    #expect(shown.json?["title"]?.string == "Down on shop")
    #expect(shown.json?["severity"]?.string == "SEV-1")
    let bytes = try program.storeBytes()
    let again = try program.run("ingest", "alertmanager", "--json", input: body(["Down"]))
    #expect(again.json?["known"]?.integer == 1)
    #expect(again.json?["recorded"]?.integer == 0)
    #expect(try program.storeBytes() == bytes)
    #expect(try program.run("list", "--json").json?.array?.count == 1)
    #expect(try program.run("verify").status == 0)
    #expect(try program.run("verify", "--store-log").status == 0)
  }

  @Test func `its end is recorded, proposes and resolves nothing`() throws {
    let program = try world(rules)
    defer { program.remove() }
    _ = try program.run("ingest", "alertmanager", input: body(["Down"]))
    let over = try program.run(
      "ingest", "alertmanager", input: body(["Down"], status: "resolved"))
    #expect(over.status == 0, "\(over.errors)")
    let log = try program.run("log").output
    #expect(log.contains("Alert: Down is bad"))
    #expect(log.contains("Alert resolved: Down is bad"))
    #expect(log.contains("The alert is over; resolve the incident if it is"))
    #expect(try program.run("show", "--json").json?["status"]?.string == "investigating")
  }

  @Test func `what no rule declares lies in the log of the store`() throws {
    let program = try world(rules)
    defer { program.remove() }
    let result = try program.run(
      "ingest", "alertmanager", input: body(["Slow"], labels: #""severity":"warning""#))
    #expect(result.output == "alertmanager: 1 recorded\n")
    #expect(try program.run("list", "--all", "--json").json?.array?.isEmpty == true)
    #expect(String(decoding: try program.storeBytes(), as: UTF8.self).contains("Slow is bad"))
  }

  @Test func `a storm is one incident`() throws {
    let program = try world(rules)
    defer { program.remove() }
    let result = try program.run(
      "ingest", "alertmanager", input: body((1...700).map { "Host\($0)" }))
    #expect(result.status == 0, "\(result.errors)")
    let open = try program.run("list", "--json").json?.array ?? []
    #expect(open.count == 6)
    #expect(open.contains { $0["title"]?.string == "Alert storm" })
    var entries = 0
    for id in open.compactMap({ $0["id"]?.string }) {
      entries += try program.run("log", "-i", id).lines.count { $0.contains("Alert: Host") }
    }
    #expect(entries == 700)
  }

  @Test func `bad input is told with its place, and nothing is recorded`() throws {
    let program = try world(rules)
    defer { program.remove() }
    let broken = try program.run("ingest", "alertmanager", input: Array(#"{"alerts":["#.utf8))
    #expect(broken.status == 2)
    #expect(broken.errors.contains("line 1, column 12"), "\(broken.errors)")
    let unknown = try program.run("ingest", "alertmanger", input: body(["A"]))
    #expect(unknown.status == 2)
    #expect(unknown.errors.contains("did you mean 'alertmanager'?"), "\(unknown.errors)")
    #expect(access(program.store + "/store.jsonl", F_OK) != 0)
    let partly = try program.run(
      "ingest", "alertmanager",
      input: Array(#"{"status":"firing","alerts":[{"labels":{"alertname":"A"}},"x"]}"#.utf8))
    #expect(partly.status == 0)
    #expect(partly.errors.contains("/alerts/1: not an object"))
    #expect(partly.output.contains("2 recorded, 1 not read"))
  }

  @Test func `a rule that is wrong is told with its line, and the others count`() throws {
    let program = try world(
      "alerts:\n  - {name: a, declare: perhaps}\n  - {name: b, title: '{title}!'}\n")
    defer { program.remove() }
    let result = try program.run("ingest", "alertmanager", input: body(["Down"]))
    #expect(result.status == 0)
    #expect(result.errors.contains("store.yaml:2"), "\(result.errors)")
    #expect(try program.run("show", "--json").json?["title"]?.string == "Down is bad!")
  }

  @Test func `a label is text wherever it goes`() throws {
    let program = try world(
      "alerts:\n  - {name: a, title: '{x}', procedure: standard, severity: {label: s}}\n")
    defer { program.remove() }
    let labels = #""x":"../../etc/passwd @everyone {alertname} \u001b]0;t\u0007","s":"../../x""#
    let result = try program.run("ingest", "alertmanager", input: body(["A"], labels: labels))
    #expect(result.status == 0, "\(result.errors)")
    let shown = try program.run("show", "--json").json
    #expect(shown?["title"]?.string == "../../etc/passwd @everyone {alertname} ]0;t")
    #expect(shown?["severity"]?.string == "unknown")
    #expect(shown?["id"]?.string?.contains("/") == false)
  }

  @Test func `a team describes a sender of its own`() throws {
    let program = try world(
      """
      mappings:
        icinga:
          items: /events
          key: [/host, /check]
          title: /output
          status: {at: /state, resolved: [OK], ignored: [PENDING]}
          labels: {host: /host}
      alerts:
        - {name: all, title: "{host}: {title}"}

      """)
    defer { program.remove() }
    let events = #"""
      {"events":[{"host":"db-1","check":"disk","output":"DISK CRITICAL","state":"CRITICAL"},
       {"host":"db-2","check":"disk","output":"?","state":"PENDING"}]}
      """#
    let result = try program.run("ingest", "generic/icinga", input: Array(events.utf8))
    #expect(result.output.contains("1 recorded, 1 without an alert"), "\(result)")
    #expect(try program.run("show", "--json").json?["title"]?.string == "db-1: DISK CRITICAL")
  }

  @Test func `two at once open one incident, and a kill between loses nothing`() throws {
    let program = try world(rules)
    defer { program.remove() }
    let input = body((1...40).map { "Host\($0)" }, labels: #""severity":"critical","service":"s""#)
    var running: [Program.Running] = []
    for _ in 0..<4 { running.append(try program.start(["ingest", "alertmanager"], input: input)) }
    usleep(30_000)
    kill(running[0].process, SIGKILL)
    for one in running { _ = try program.finish(one) }
    #expect(try program.run("ingest", "alertmanager", input: input).status == 0)
    let open = try program.run("list", "--json").json?.array ?? []
    #expect(open.count == 6, "\(open)")
    var seen: [String: Int] = [:]
    for id in open.compactMap({ $0["id"]?.string }) {
      for line in try program.run("log", "-i", id).lines {
        if let at = line.firstRange(of: "Alert: Host") {
          seen[String(line[at.upperBound...]), default: 0] += 1
        }
      }
    }
    #expect(seen.count == 40)
    #expect(seen.values.allSatisfy { $0 == 1 })
    #expect(try program.run("verify", "--store-log").status == 0)
  }
}

extension Program {
  fileprivate func storeBytes() throws -> [UInt8] { bytes(store + "/store.jsonl") }
}
