import Engine
import Integrations
import Testing

/// Reads a body of a sender.
func read(
  _ format: String, _ body: String, headers: [(name: String, value: String)] = [],
  mappings: [AlertMapping] = []
) throws -> AlertReading {
  try AlertReader(mappings: mappings).read(
    InboundDelivery(format: format, headers: headers, body: Array(body.utf8)))
}

func time(_ text: String) throws -> Timestamp { try #require(Timestamp(rfc3339: text)) }

struct AlertmanagerTests {
  static let firing = #"""
    {"receiver":"hook","status":"firing","alerts":[
      {"status":"firing","labels":{"alertname":"QueueFull","instance":"mq-1:9419","service":"orders",
       "severity":"critical"},"annotations":{"summary":"Queue orders holds 91 000 messages",
       "description":"more than 50 000 for 10 minutes"},"startsAt":"2026-11-27T15:40:44.037512Z",
       "endsAt":"0001-01-01T00:00:00Z","generatorURL":"http://prometheus.example.org/graph?g0.expr=x",
       "fingerprint":"b0e7332db7f2655e"},
      {"status":"resolved","labels":{"alertname":"QueueFull","instance":"mq-2:9419"},
       "annotations":{},"startsAt":"2026-11-27T15:40:47.183Z","endsAt":"2026-11-27T15:42:51Z",
       "generatorURL":"","fingerprint":"74cc8391bb09f4ad"}],
     "groupLabels":{"alertname":"QueueFull"},"commonLabels":{},"commonAnnotations":{},
     "externalURL":"http://alertmanager.example.org:9093","version":"4",
     "groupKey":"{}:{alertname=\"QueueFull\"}","truncatedAlerts":0}
    """#

  @Test func `each alert of a group has its own status, start and end`() throws {
    let reading = try read("alertmanager", Self.firing)
    #expect(reading.unread.isEmpty)
    let first = try #require(reading.alerts.first)
    #expect(first.key == "alertmanager:b0e7332db7f2655e")
    #expect(first.status == .firing)
    #expect(first.start == (try time("2026-11-27T15:40:44.037Z")))
    #expect(first.end == nil)
    #expect(first.title == "Queue orders holds 91 000 messages")
    #expect(first.text == "more than 50 000 for 10 minutes")
    #expect(first.severity == "critical")
    #expect(first.labels["service"] == "orders")
    #expect(first.url == "http://prometheus.example.org/graph?g0.expr=x")
    let second = reading.alerts[1]
    #expect(second.status == .resolved)
    #expect(second.end == (try time("2026-11-27T15:42:51Z")))
    #expect(second.title == "QueueFull")
    #expect(second.url == nil)
  }

  @Test func `one bad alert costs only itself, and is kept with its place`() throws {
    let reading = try read(
      "alertmanager",
      #"""
      {"status":"firing","alerts":[
        {"labels":{"alertname":"A"},"startsAt":"2026-11-27T15:40:44Z","fingerprint":"a"},
        {"labels":["no"],"status":"firing"}, 17,
        {"labels":{"alertname":"B"},"status":"burning"},
        {"labels":{"alertname":"C"},"startsAt":"tomorrow"},
        {"labels":{"alertname":"D"},"status":"resolved","fingerprint":"d"}]}
      """#)
    #expect(reading.alerts.map(\.title) == ["A", "D"])
    #expect(
      reading.unread.map(\.reason) == [
        "/alerts/1/labels: missing or no object", "/alerts/2: not an object",
        "/alerts/3/status: 'burning'", "/alerts/4/startsAt: no time",
      ])
    #expect(reading.unread[1].content == "17")
  }

  @Test func `what the sender left out is told`() throws {
    let body = Self.firing.replacing(#""truncatedAlerts":0"#, with: #""truncatedAlerts":2"#)
    let reading = try read("alertmanager", body)
    #expect(reading.alerts.count == 2)
    #expect(reading.unread.map(\.reason) == ["the sender left 2 alerts of the group out"])
  }

  @Test func `an alert without a fingerprint is told apart by its labels`() throws {
    func fingerprint(_ labels: String) throws -> String {
      try #require(
        try read("alertmanager", #"{"status":"firing","alerts":[{"labels":\#(labels)}]}"#)
          .alerts.first?.fingerprint)
    }
    let one = try fingerprint(#"{"a":"1","b":"2"}"#)
    #expect(try one == fingerprint(#"{"b":"2","a":"1"}"#))
    #expect(try one != fingerprint(#"{"a":"1","b":"3"}"#))
    #expect(one.count == 32)
  }

  @Test func `a body that is no JSON is refused with the place`() throws {
    #expect(throws: DeliveryProblem.notJSON(line: 2, column: 6, offset: 7, expected: "a value")) {
      try read("alertmanager", "{\n\"a\": x}")
    }
    #expect(throws: DeliveryProblem.self) { try read("alertmanager", #"{"alerts":[{"labels""#) }
    #expect(throws: DeliveryProblem.self) {
      try read("alertmanager", String(repeating: "[", count: 100))
    }
  }

  @Test func `a body over the limit is refused before it is read`() throws {
    let body = [UInt8](repeating: 32, count: AlertReader.bodyLimit + 1)
    #expect(
      throws: DeliveryProblem.tooLarge(count: body.count, limit: AlertReader.bodyLimit)
    ) { try AlertReader().read(InboundDelivery(format: "alertmanager", body: body)) }
  }

  @Test func `JSON of another form is kept, not lost`() throws {
    let reading = try read("alertmanager", #"{"text":"hello"}"#)
    #expect(reading.alerts.isEmpty)
    #expect(
      reading.unread == [
        UnreadAlert(reason: "/alerts is missing or no list", content: #"{"text":"hello"}"#)
      ])
  }

  @Test func `labels are cut, cleaned and counted`() throws {
    let many = (0..<400).map { #""label\#($0)":"v""# }.joined(separator: ",")
    let long = String(repeating: "x", count: 5000)
    let reading = try read(
      "alertmanager",
      #"{"status":"firing","alerts":[{"labels":{"alertname":"A\n\u001b[31mB","long":"\#(long)",\#(many)},"fingerprint":"\#(long)"}]}"#
    )
    let alert = try #require(reading.alerts.first)
    #expect(alert.labels.count == 256)
    #expect(alert.labels["long"]?.count == 1024)
    #expect(alert.title == "A [31mB")
    #expect(alert.fingerprint.count == 32)
  }

  @Test func `only addresses of the web are links`() throws {
    for url in [
      "javascript:alert(1)", "file:///etc/passwd", "http://a b", "HTTPS://ok.example.org",
    ] {
      let reading = try read(
        "alertmanager",
        #"{"status":"firing","alerts":[{"labels":{"a":"b"},"generatorURL":"\#(url)"}]}"#)
      #expect(reading.alerts.first?.url == (url.hasPrefix("HTTPS") ? url : nil))
    }
  }
}

struct GrafanaTests {
  @Test func `an alert of Grafana is one of Alertmanager with more to it`() throws {
    let reading = try read(
      "grafana",
      #"""
      {"receiver":"muster","status":"firing","orgId":1,"alerts":[{"status":"firing",
       "labels":{"alertname":"Latency","grafana_folder":"shop"},"annotations":{},
       "startsAt":"2026-11-27T15:40:00Z","endsAt":"0001-01-01T00:00:00Z","generatorURL":"https://g/a",
       "fingerprint":"57c6d9296de2ad39","silenceURL":"https://g/s","dashboardURL":"",
       "panelURL":"https://g/d/abc?viewPanel=2","values":null,"valueString":"[ var='B' value=22 ]"}],
       "version":"1","title":"[FIRING:1]","state":"alerting","message":"m"}
      """#)
    let alert = try #require(reading.alerts.first)
    #expect(alert.key == "grafana:57c6d9296de2ad39")
    #expect(alert.url == "https://g/d/abc?viewPanel=2")
    #expect(alert.text == "[ var='B' value=22 ]")
  }

  @Test(arguments: [
    ("alerting", "firing"), ("no_data", "firing"), ("ok", "resolved"), ("paused", ""),
  ])
  func `the form before version 8 is read too`(state: String, expected: String) throws {
    let reading = try read(
      "grafana",
      #"{"ruleId":7,"ruleName":"CPU","ruleUrl":"https://g/r","state":"\#(state)","message":"hot"}"#)
    #expect(reading.alerts.first?.status.rawValue ?? "" == expected)
    #expect(reading.ignored == (expected.isEmpty ? 1 : 0))
    #expect(reading.alerts.first?.fingerprint ?? "rule/7" == "rule/7")
  }
}

struct PagerDutyTests {
  private func acknowledged(_ key: String, agent: String) throws -> AlertReading {
    let body =
      #"{"event":{"id":"e1","event_type":"incident.acknowledged","occurred_at":"2026-11-21T01:20:00Z","#
      + #""agent":\#(agent),"data":{"id":"PGR0VU2","incident_key":"\#(key)"}}}"#
    return try AlertReader().read(
      InboundDelivery(format: "pagerduty", body: Array(body.utf8)))
  }

  @Test func `a person's acknowledgement is an answer, and what a program does is none`() throws {
    let person = #"{"id":"P1","type":"user_reference","summary":"Kai Tan"}"#
    let own = try acknowledged("muster/2026-11-21-shop/kai", agent: person)
    #expect(own.alerts.isEmpty)
    #expect(
      own.answers == [
        InboundAnswer(
          about: .incident("2026-11-21-shop"), person: "Kai Tan", others: ["P1"], called: "kai",
          time: Timestamp(rfc3339: "2026-11-21T01:20:00Z"), event: "e1")
      ])
    let others = try acknowledged("disk", agent: person)
    #expect(others.answers.map(\.about) == [.alert("pagerduty:PGR0VU2")])
    for agent in ["null", #"{"type":"events_api_v2_inbound_integration_reference"}"#] {
      let none = try acknowledged("muster/2026-11-21-shop/kai", agent: agent)
      #expect(none.answers.isEmpty && none.ignored == 1)
    }
  }

  private func event(_ type: String) -> String {
    #"""
    {"event":{"id":"01BZ","event_type":"\#(type)","resource_type":"incident",
     "occurred_at":"2026-11-27T16:00:00.000Z","agent":null,"client":null,
     "data":{"id":"PGR0VU2","type":"incident","html_url":"https://acme.pagerduty.com/incidents/PGR0VU2",
     "number":2,"status":"triggered","incident_key":"k","created_at":"2026-11-27T15:59:00Z",
     "title":"Queue is full","service":{"id":"P1","summary":"Orders"},"priority":null,"urgency":"high"}}}
    """#
  }

  @Test func `triggered fires, resolved ends, all else tells nothing`() throws {
    let fired = try #require(try read("pagerduty", event("incident.triggered")).alerts.first)
    #expect(fired.key == "pagerduty:PGR0VU2")
    #expect(fired.start == (try time("2026-11-27T15:59:00Z")))
    #expect(fired.labels["service"] == "Orders")
    let over = try #require(try read("pagerduty", event("incident.resolved")).alerts.first)
    #expect(over.status == .resolved)
    #expect(over.start == nil)
    let again = try #require(try read("pagerduty", event("incident.reopened")).alerts.first)
    #expect(again.start == (try time("2026-11-27T16:00:00Z")))
    for type in ["incident.acknowledged", "pagey.ping", "service.updated", "incident.new_kind"] {
      let reading = try read("pagerduty", event(type))
      #expect(reading.alerts.isEmpty && reading.unread.isEmpty && reading.ignored == 1)
    }
  }
}

struct CloudEventsTests {
  private static let event = #"""
    {"specversion":"1.0","id":"A-1","source":"/ci","type":"org.example.build.failed",
     "time":"2026-11-27T15:00:00Z","subject":"orders","data":{"title":"Build broke","severity":"high"}}
    """#

  @Test func `structured, batch and binary say the same`() throws {
    let structured = try read(
      "cloudevents", Self.event, headers: [("Content-Type", "Application/CloudEvents+json; a=b")])
    let batch = try read(
      "cloudevents", "[\(Self.event)]",
      headers: [("content-type", "application/cloudevents-batch+json")])
    let binary = try read(
      "cloudevents", #"{"title":"Build broke","severity":"high"}"#,
      headers: [
        ("content-type", "application/json"), ("ce-specversion", "1.0"), ("Ce-Id", "A-1"),
        ("ce-source", "%2Fci"), ("ce-type", "org.example.build.failed"),
        ("ce-time", "2026-11-27T15:00:00Z"), ("ce-subject", "orders"),
      ])
    let alert = try #require(structured.alerts.first)
    #expect(alert.key == "cloudevents:/ci/orders")
    #expect(alert.title == "Build broke")
    #expect(alert.severity == "high")
    #expect(batch.alerts == [alert])
    #expect(binary.alerts == [alert])
  }

  @Test func `a type that ends in resolved is the end`() throws {
    let body = Self.event.replacing("build.failed", with: "build.resolved")
    let alert = try #require(try read("cloudevents", body).alerts.first)
    #expect(alert.status == .resolved)
    #expect(alert.end == (try time("2026-11-27T15:00:00Z")))
  }

  @Test func `an event that lacks what the specification asks for is kept unread`() throws {
    let reading = try read(
      "cloudevents", #"[{"specversion":"0.3","id":"1"},{"specversion":"1.0","id":"1"}]"#,
      headers: [("content-type", "application/cloudevents-batch+json")])
    #expect(reading.alerts.isEmpty)
    #expect(
      reading.unread.map(\.reason) == [
        "/0/specversion is not 1.0", "/1: an event has an id, a source and a type",
      ])
  }
}
