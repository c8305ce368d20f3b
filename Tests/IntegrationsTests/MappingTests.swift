import Engine
import Integrations
import Testing

struct MappingTests {
  @Test func `a script says what anybody would write`() throws {
    let alert = try #require(
      try read(
        "generic/plain",
        #"{"key":"disk/db-1","title":"Disk full","severity":"high","time":1795000000,"host":"db-1"}"#
      ).alerts.first)
    #expect(alert.key == "generic/plain:disk/db-1")
    #expect(alert.start == Timestamp(milliseconds: 1_795_000_000_000))
    #expect(alert.labels == ["host": "db-1"])
    let over = try read("generic/plain", #"{"key":"disk/db-1","action":"close"}"#)
    #expect(over.alerts.first?.status == .resolved)
    #expect(try read("generic/plain", #"{"status":"firing"}"#).unread.count == 1)
  }

  @Test func `Sentry's rules and issues are one alert`() throws {
    let fired = try read(
      "generic/sentry",
      #"""
      {"action":"triggered","data":{"event":{"event_id":"e","issue_id":"1170820242","title":"KeyError",
       "level":"error","web_url":"https://sentry.io/e"},"triggered_rule":"Errors"},"actor":{}}
      """#)
    let over = try read(
      "generic/sentry",
      #"{"action":"resolved","data":{"issue":{"id":"1170820242","title":"KeyError"}}}"#)
    #expect(fired.alerts.first?.status == .firing)
    #expect(over.alerts.first?.status == .resolved)
    #expect(fired.alerts.first?.key == over.alerts.first?.key)
    let other = try read(
      "generic/sentry", #"{"action":"assigned","data":{"issue":{"id":"1","title":"K"}}}"#)
    #expect(other.ignored == 1)
  }

  @Test(arguments: [("1", "firing"), ("2", "resolved"), ("3", "firing")])
  func `UptimeRobot's types are states`(type: String, expected: String) throws {
    let alert = try #require(
      try read(
        "generic/uptimerobot",
        #"{"monitorID":"7","monitorFriendlyName":"Shop","alertType":"\#(type)","alertDateTime":"1795000000"}"#
      ).alerts.first)
    #expect(alert.status.rawValue == expected)
    #expect(alert.key == "generic/uptimerobot:7")
  }

  @Test func `Uptime Kuma may send no heartbeat`() throws {
    let down = try read(
      "generic/uptimekuma",
      #"{"heartbeat":{"monitorID":3,"status":0,"msg":"timeout"},"monitor":{"id":3,"name":"Shop"},"msg":"[Shop] Down"}"#
    )
    #expect(down.alerts.first?.key == "generic/uptimekuma:3")
    #expect(down.alerts.first?.status == .firing)
    let test = try read(
      "generic/uptimekuma", #"{"heartbeat":null,"monitor":null,"msg":"Test of the notification"}"#)
    #expect(test.alerts.first?.title == "Test of the notification")
    let pending = try read(
      "generic/uptimekuma", #"{"heartbeat":{"status":2},"monitor":{"id":3},"msg":"m"}"#)
    #expect(pending.ignored == 1)
  }

  @Test func `GitHub's runs and GitLab's pipelines are an alert a branch`() throws {
    func run(_ conclusion: String) -> String {
      #"""
      {"action":"completed","workflow_run":{"id":9,"workflow_id":4,"name":"CI","head_branch":"main",
       "conclusion":\#(conclusion),"html_url":"https://github.com/a/b/actions/runs/9"},
       "repository":{"full_name":"a/b"}}
      """#
    }
    let failed = try read("generic/github", run(#""failure""#))
    let passed = try read("generic/github", run(#""success""#))
    #expect(failed.alerts.first?.key == "generic/github:a/b/4/main")
    #expect(failed.alerts.first?.status == .firing)
    #expect(passed.alerts.first?.status == .resolved)
    #expect(try read("generic/github", run("null")).ignored == 1)
    #expect(try read("generic/github", #"{"zen":"Keep it simple","hook_id":1}"#).ignored == 1)
    let pipeline = try read(
      "generic/gitlab",
      #"{"object_kind":"pipeline","object_attributes":{"ref":"main","status":"failed"},"project":{"path_with_namespace":"a/b"}}"#
    )
    #expect(pipeline.alerts.first?.key == "generic/gitlab:a/b/main")
    #expect(pipeline.alerts.first?.status == .firing)
  }

  @Test func `a mapping of the team comes before one that is built in`() throws {
    var mapping = AlertMapping(name: "sentry")
    mapping.items = JSONPointer("/list")
    mapping.title = [try #require(JSONPointer("/a~1b/0"))]
    let reading = try read(
      "generic/sentry", #"{"list":[{"a/b":["first"]},{"a/b":[]},"x"]}"#, mappings: [mapping])
    #expect(reading.alerts.map(\.title) == ["first"])
    #expect(
      reading.unread.map(\.reason) == [
        "/list/1: neither a title nor a key", "/list/2: not an object",
      ])
  }

  @Test func `an unknown format is told with those that are known`() throws {
    do {
      _ = try read("generic/nagios", "{}")
      Issue.record("it was read")
    } catch {
      #expect("\(error)".contains("generic/plain"))
    }
  }

  @Test func `pointers are those of the standard`() throws {
    let body = try JSON(parsing: #"{"a":{"":1,"m~n":[2,null]},"":3}"#)
    #expect(JSONPointer("")?.value(in: body) == body)
    #expect(JSONPointer("/a/")?.value(in: body) == 1)
    #expect(JSONPointer("/")?.value(in: body) == 3)
    #expect(JSONPointer("/a/m~0n/0")?.value(in: body) == 2)
    #expect(JSONPointer("/a/m~0n/1")?.value(in: body) == nil)
    #expect(JSONPointer("/a/m~0n/00")?.value(in: body) == nil)
    #expect(JSONPointer("a") == nil)
  }
}

struct SignatureTests {
  private let now = Timestamp(milliseconds: 1_700_000_100_000)

  private func holds(
    _ format: String, _ headers: [(name: String, value: String)], _ body: String,
    secret: String = "k3y"
  ) -> Bool {
    Signature.holds(
      InboundDelivery(format: format, headers: headers, body: Array(body.utf8)),
      secret: Array(secret.utf8), at: now)
  }

  private static let plain = "32db719f172c48e89dbfa56ed20d9e19cdbfdbe9f652ccdf5fa03494d2444853"

  @Test func `the code is that of the standard`() {
    let code = MessageCode.hexadecimal(of: Array(#"{"a":1}"#.utf8), key: Array("k3y".utf8))
    #expect(code == Self.plain)
  }

  @Test func `any of PagerDuty's signatures may be right`() {
    let body = #"{"a":1}"#
    #expect(holds("pagerduty", [("X-PagerDuty-Signature", "v1=00,v1=\(Self.plain)")], body))
    #expect(!holds("pagerduty", [("X-PagerDuty-Signature", Self.plain)], body))
    #expect(!holds("pagerduty", [("X-PagerDuty-Signature", "v1=\(Self.plain)")], body + " "))
    #expect(!holds("pagerduty", [], body))
  }

  @Test func `a CloudEvent is signed by the Standard Webhooks scheme, at about this time`() {
    let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    let body = #"{"test": 2432232314}"#
    let right = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    func holds(
      _ signature: String, id: String = "msg_p5jXN8AQM9LWM0D4loKWxJek",
      time: String = "1614265330", at seconds: Int64 = 1_614_265_400
    ) -> Bool {
      Signature.holds(
        InboundDelivery(
          format: "cloudevents",
          headers: [
            ("Webhook-Id", id), ("Webhook-Timestamp", time), ("Webhook-Signature", signature),
          ], body: Array(body.utf8)),
        secret: Array(secret.utf8), at: Timestamp(milliseconds: seconds * 1000))
    }
    #expect(holds(right) && holds("v1,AAAA \(right)"))
    #expect(!holds("v1,AAAA") && !holds("") && !holds(right, id: "msg_x"))
    #expect(!holds(right, time: "1614265331") && !holds(right, at: 1_614_265_700))
  }

  @Test func `Grafana's time is signed too, and must be near`() {
    let signed = "ff6a9bdad4b7c6487d9771e5737e8714e5f429000a92642b155b073fec580d45"
    let stamp = "X-Grafana-Alerting-Timestamp"
    let name = "X-Grafana-Alerting-Signature"
    #expect(holds("grafana", [(name, Self.plain)], #"{"a":1}"#))
    #expect(holds("grafana", [(name, signed), (stamp, "1700000000")], #"{"a":1}"#))
    #expect(!holds("grafana", [(name, signed), (stamp, "1700000001")], #"{"a":1}"#))
    let late = Signature.holds(
      InboundDelivery(
        format: "grafana", headers: [(name, signed), (stamp, "1700000000")],
        body: Array(#"{"a":1}"#.utf8)),
      secret: Array("k3y".utf8), at: now + .minutes(5))
    #expect(!late)
  }

  @Test func `Sentry, GitHub and GitLab each have their own`() {
    #expect(holds("generic/sentry", [("Sentry-Hook-Signature", Self.plain)], #"{"a":1}"#))
    #expect(
      holds(
        "generic/github",
        [
          (
            "X-Hub-Signature-256",
            "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"
          )
        ], "Hello, World!", secret: "It's a Secret to Everybody"))
    #expect(holds("generic/gitlab", [("X-Gitlab-Token", "k3y")], "{}"))
    #expect(!holds("generic/gitlab", [("X-Gitlab-Token", "k3y ")], "{}"))
    #expect(!holds("alertmanager", [], "{}"))
  }
}
