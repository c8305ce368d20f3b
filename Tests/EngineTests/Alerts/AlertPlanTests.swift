import Engine
import EventLog
import Testing

/// A store's log that a test writes, with the incidents that are open beside it.
struct AlertWorld {
  var log = MemoryLog()
  var book = AlertBook()
  var rules: [AlertRule] = []
  var incidents: [String: AlertTarget] = [:]
  private var opened = 0

  init(_ rules: AlertRule...) { self.rules = rules }

  static func alert(
    _ name: String, _ status: Alert.Status = .firing, start: String? = "01:00",
    _ labels: [String: String] = [:]
  ) -> Alert {
    Alert(
      sender: "alertmanager", fingerprint: name, status: status,
      start: start.map(Scenario.time), end: nil, title: "\(name) fires",
      severity: labels["severity"],
      labels: labels.merging(["alertname": name]) { own, _ in own })
  }

  static func alert(
    _ name: String, start: String? = "01:00", _ labels: [String: String]
  ) -> Alert {
    alert(name, .firing, start: start, labels)
  }

  mutating func record(_ draft: EventDraft, at now: String) {
    book.apply(
      log.append(
        draft, author: Author(actor: "alertmanager", source: "alertmanager"),
        at: Scenario.time(now)))
  }

  mutating func take(_ alerts: Alert..., at now: String) {
    let now = (text: now, time: Scenario.time(now))
    for alert in alerts {
      record(book.completed(alert, at: now.time).draft(at: now.time), at: now.text)
    }
  }

  func plan(_ now: String) -> AlertPlan {
    book.plan(rules, incidents: incidents, at: Scenario.time(now))
  }

  /// Does what the plan says, as far as it is told by the store's log; answers the titles of what was opened.
  @discardableResult
  mutating func work(_ now: String) -> [String] {
    var titles: [String] = []
    for step in plan(now).steps {
      switch step {
      case .record(let alert): record(alert.draft(at: Scenario.time(now)), at: now)
      case .expect(let rule):
        record(EventDraft(.alertSeen, EventData(["rule": .text(rule)])), at: now)
      case .assign(let assignment):
        let id: String
        switch assignment.place {
        case .incident(let known): id = known
        case .new(let opening):
          opened += 1
          id = "incident-\(opened)"
          incidents[id] = AlertTarget(isResolved: false)
          titles.append(opening.title)
        }
        record(
          EventDraft(
            .alertAssigned,
            EventData([
              "incident": .text(id), "rule": .text(assignment.rule),
              "group": assignment.group.map { .array($0.map { .string($0) }) },
              "opened": .bool(assignment.isOpening), "storm": .bool(assignment.isStorm),
              "keys": .array(assignment.keys.map { .string($0) }),
              "alerts": .array(assignment.events.map { .string($0.id.description) }),
            ])), at: now)
      case .reopen(let id, _, _): incidents[id] = AlertTarget(isResolved: false)
      case .resolve(let id, _): incidents[id] = AlertTarget(isResolved: true)
      case .propose: break
      }
    }
    return titles
  }
}

struct AlertPlanTests {
  private let always = AlertRule(name: "all")

  @Test func `an alert that matches opens an incident, and its repeats do nothing`() {
    var world = AlertWorld(always)
    world.take(AlertWorld.alert("HighErrors"), at: "01:01")
    guard case .assign(let assignment) = world.plan("01:01").steps.first,
      case .new(let opening) = assignment.place
    else { return #expect(Bool(false), "nothing is opened") }
    #expect(opening.title == "HighErrors fires")
    #expect(opening.detected == Scenario.time("01:00"))
    #expect(world.work("01:01") == ["HighErrors fires"])
    #expect(world.plan("01:02").steps.isEmpty)
    let count = world.log.events.count
    world.take(AlertWorld.alert("HighErrors"), at: "01:05")
    #expect(world.log.events.count == count)
    #expect(world.plan("01:05").steps.isEmpty)
    #expect(world.book.entries["alertmanager:HighErrors"]?.starts == 1)
  }

  @Test func `a new start of the same alert goes to the same incident and counts`() {
    var world = AlertWorld(always)
    world.take(AlertWorld.alert("A"), at: "01:01")
    world.work("01:01")
    world.take(AlertWorld.alert("A", .resolved), at: "01:10")
    world.work("01:10")
    world.take(AlertWorld.alert("A", start: "01:20"), at: "01:20")
    #expect(world.work("01:20").isEmpty)
    let entry = world.book.entries["alertmanager:A"]
    #expect(entry?.starts == 2)
    #expect(entry?.incident == "incident-1")
    #expect(entry?.pending.isEmpty == true)
  }

  @Test func `the first rule that matches counts, and no rule means that it lies there`() {
    var never = AlertRule(
      name: "quiet", match: [.init("alertname", ["Dead*", "Info"])], declare: .never)
    never.line = 3
    var world = AlertWorld(never, AlertRule(name: "bad", match: [.init("severity", ["critical"])]))
    world.take(
      AlertWorld.alert("DeadMan", ["severity": "critical"]),
      AlertWorld.alert("Slow", ["severity": "warning"]),
      AlertWorld.alert("Down", ["severity": "critical"]), at: "01:01")
    #expect(world.work("01:01") == ["Down fires"])
    #expect(world.plan("02:00").steps.isEmpty)
    #expect(world.book.entries["alertmanager:Slow"]?.pending.count == 1)
  }

  @Test func `after a span only what still fires opens an incident`() {
    var world = AlertWorld(AlertRule(name: "slow", declare: .after(.minutes(5))))
    world.take(AlertWorld.alert("A"), AlertWorld.alert("B", start: "01:02"), at: "01:02")
    #expect(world.plan("01:02").steps.isEmpty)
    #expect(world.plan("01:02").changes == Scenario.time("01:05"))
    world.take(AlertWorld.alert("A", .resolved), at: "01:04")
    #expect(world.plan("01:05").steps.isEmpty)
    #expect(world.plan("01:05").changes == Scenario.time("01:07"))
    #expect(world.work("01:07") == ["B fires"])
  }

  @Test func `alerts of one group attach to one open incident`() {
    var world = AlertWorld(AlertRule(name: "by service", groupBy: ["service"]))
    world.take(
      AlertWorld.alert("A", ["service": "shop"]), AlertWorld.alert("B", ["service": "shop"]),
      AlertWorld.alert("C", ["service": "mail"]), at: "01:01")
    #expect(world.work("01:01") == ["A fires", "C fires"])
    world.take(AlertWorld.alert("D", start: "01:30", ["service": "shop"]), at: "01:30")
    #expect(world.work("01:30").isEmpty)
    #expect(world.book.entries["alertmanager:D"]?.incident == "incident-1")
    // Closed: what fires now is another incident.
    world.incidents["incident-1"] = nil
    world.take(AlertWorld.alert("E", start: "02:00", ["service": "shop"]), at: "02:00")
    #expect(world.work("02:00") == ["E fires"])
  }

  @Test func `an alert that fires in a resolved incident reopens it`() {
    var world = AlertWorld(always)
    world.take(AlertWorld.alert("A"), at: "01:01")
    world.work("01:01")
    world.take(AlertWorld.alert("A", .resolved), at: "01:10")
    world.work("01:10")
    world.incidents["incident-1"] = AlertTarget(isResolved: true)
    #expect(world.plan("01:11").steps.isEmpty)
    world.take(AlertWorld.alert("A", start: "01:20"), at: "01:20")
    let reopens = world.plan("01:20").steps.contains { step in
      if case .reopen("incident-1", _, _) = step { true } else { false }
    }
    #expect(reopens)
  }

  @Test func `beyond five openings in ten minutes there is one storm`() {
    var world = AlertWorld(always)
    for number in 1...12 {
      world.take(AlertWorld.alert("Host\(number)"), at: "01:0\(number % 5)")
    }
    let titles = world.work("01:05")
    #expect(titles.count == 6)
    #expect(titles.last == "Alert storm")
    world.take(AlertWorld.alert("Late", start: "01:08"), at: "01:08")
    #expect(world.work("01:08").isEmpty)
    #expect(world.book.entries["alertmanager:Late"]?.incident == world.book.storm)
    #expect(world.book.entries.values.allSatisfy { $0.incident != nil })
    // Ten minutes after the last one it is over.
    world.take(AlertWorld.alert("Next", start: "01:19"), at: "01:19")
    #expect(world.work("01:19") == ["Next fires"])
  }

  @Test func `a rule may resolve its incident when all of its alerts are over, others propose it`()
  {
    var resolving = AlertRule(name: "self healing", match: [.init("alertname", ["A", "B"])])
    (resolving.resolves, resolving.groupBy) = (true, [])
    var world = AlertWorld(resolving, always)
    world.take(AlertWorld.alert("A"), AlertWorld.alert("B"), AlertWorld.alert("C"), at: "01:01")
    #expect(world.work("01:01").count == 2)
    world.take(AlertWorld.alert("A", .resolved), AlertWorld.alert("C", .resolved), at: "01:10")
    world.work("01:10")
    var steps = world.plan("01:10").steps
    guard case .propose(let id, let text, _) = steps.first, steps.count == 1 else {
      return #expect(Bool(false), "\(steps)")
    }
    #expect(id == "incident-2")
    #expect(text.hasPrefix("The alert is over"))
    world.take(AlertWorld.alert("B", .resolved), at: "01:12")
    world.work("01:12")
    steps = world.plan("01:12").steps
    #expect(
      steps.contains { step in
        if case .resolve("incident-1", _) = step { true } else { false }
      })
  }

  @Test func `what was over before any rule was applied opens nothing`() {
    var world = AlertWorld(always)
    world.take(AlertWorld.alert("A"), AlertWorld.alert("A", .resolved), at: "01:01")
    #expect(world.plan("01:01").steps.isEmpty)
    // The other way round: the end came before the beginning.
    world.take(AlertWorld.alert("B", .resolved), AlertWorld.alert("B"), at: "01:02")
    #expect(world.plan("01:02").steps.isEmpty)
    #expect(world.book.entries["alertmanager:B"]?.isFiring == false)
  }

  @Test func `what lies there for a day opens nothing when the rules change`() {
    var world = AlertWorld()
    world.take(AlertWorld.alert("A"), at: "21 01:00")
    world.rules = [always]
    #expect(world.plan("22 01:01").steps.isEmpty)
    #expect(world.plan("21 23:00").steps.count == 1)
  }

  @Test func `starts that lie years away move no clock`() {
    var world = AlertWorld(always)
    var old = AlertWorld.alert("Old")
    old.start = Timestamp(rfc3339: "1999-01-01T00:00:00Z")
    var future = AlertWorld.alert("Future")
    future.start = Timestamp(rfc3339: "2099-01-01T00:00:00Z")
    world.take(old, future, at: "01:01")
    let openings = world.plan("01:01").steps.compactMap { step -> AlertPlan.Opening? in
      guard case .assign(let assignment) = step, case .new(let opening) = assignment.place else {
        return nil
      }
      return opening
    }
    #expect(openings.map(\.detected) == [Scenario.time("01:01"), Scenario.time("01:01")])
    #expect(world.log.events.allSatisfy { $0.occurred == nil })
  }
}

struct ExpectedAlertTests {
  private var rule: AlertRule {
    var rule = AlertRule(
      name: "watchdog", match: [.init("alertname", ["Watchdog"])], expected: .minutes(4))
    rule.severity = .always("P1")
    return rule
  }

  @Test func `absence is an alert that opens an incident, and the next arrival ends it`() {
    var world = AlertWorld(rule)
    world.work("01:00")
    #expect(world.plan("01:00").steps.isEmpty)
    #expect(world.plan("01:00").changes == Scenario.time("01:05"))
    // Four minutes, and one for the arrivals that are not noted.
    world.work("01:05")
    #expect(world.work("01:05") == ["watchdog: nothing has come for 4m"])
    #expect(world.plan("01:30").steps.isEmpty)
    let heartbeat = AlertWorld.alert("Watchdog")
    #expect(
      world.book.arrivalsToNote(of: [heartbeat], world.rules, at: Scenario.time("01:40")).count
        == 1)
    world.record(EventDraft(.alertSeen, EventData(["rule": "watchdog"])), at: "01:40")
    world.work("01:40")
    #expect(world.book.entries["muster:absent/watchdog"]?.isFiring == false)
  }

  @Test func `what comes as expected opens nothing, and is noted now and then`() {
    var world = AlertWorld(rule)
    world.take(AlertWorld.alert("Watchdog"), at: "01:00")
    world.record(EventDraft(.alertSeen, EventData(["rule": "watchdog"])), at: "01:00")
    #expect(world.plan("01:00").steps.isEmpty)
    let heartbeat = [AlertWorld.alert("Watchdog")]
    #expect(
      world.book.arrivalsToNote(of: heartbeat, world.rules, at: Scenario.time("01:00:30")).isEmpty)
    #expect(
      world.book.arrivalsToNote(of: heartbeat, world.rules, at: Scenario.time("01:01")).count == 1)
  }
}

struct AlertRuleTests {
  private func alert(_ labels: [String: String]) -> Alert {
    AlertWorld.alert("Disk", labels)
  }

  @Test func `labels are put into a title once, as text`() {
    var rule = AlertRule(name: "r", title: "{alertname} on {instance}: {missing}{unfinished")
    #expect(
      rule.title(for: alert(["instance": "{alertname}", "alertname": "Disk"]))
        == "Disk on {alertname}: {unfinished")
    rule.title = "{x}"
    #expect(rule.title(for: alert(["x": "a\nb\u{1B}[31m  c"])) == "a b [31m c")
    #expect(rule.title(for: alert(["x": String(repeating: "ä", count: 999)])).utf8.count == 300)
    #expect(rule.title(for: alert(["x": "  "])) == "Alert")
  }

  @Test func `a severity comes from a map, and from the label where the map does not have it`() {
    var rule = AlertRule(name: "r")
    rule.severity = .label("severity", map: ["critical": "P1"], otherwise: nil)
    #expect(rule.severity(for: alert(["severity": "Critical"])) == "P1")
    #expect(rule.severity(for: alert(["severity": "P2"])) == "P2")
    #expect(rule.severity(for: alert([:])) == nil)
    rule.severity = .label("severity", map: ["critical": "P1"], otherwise: "P3")
    #expect(rule.severity(for: alert(["severity": "odd"])) == "P3")
    #expect(rule.severity(for: alert([:])) == "P3")
  }

  @Test func `patterns have stars, and no label can pretend to be the sender`() {
    let rule = AlertRule(
      name: "r", match: [.init("sender", ["alert*"]), .init("team", ["", "ops-*-eu"])])
    #expect(rule.matches(alert([:])))
    #expect(rule.matches(alert(["team": "ops-x-eu", "sender": "evil"])))
    #expect(!rule.matches(alert(["team": "ops-eu"])))
    #expect(
      !AlertRule(name: "r", match: [.init("sender", ["evil"])]).matches(
        alert(["sender": "evil"])))
    let stars = AlertRule(name: "r", match: [.init("x", [String(repeating: "*a", count: 100)])])
    #expect(!stars.matches(alert(["x": String(repeating: "a", count: 1000) + "b"])))
  }

  @Test func `an alert is told apart by sender, fingerprint, start and status`() throws {
    func name(_ change: (inout Alert) -> Void) -> EventDraft.Identity {
      var alert = alert([:])
      change(&alert)
      return alert.draft(at: Scenario.time("02:00")).identity
    }
    let names = [
      name { _ in }, name { $0.sender = "grafana" }, name { $0.fingerprint = "other" },
      name { $0.start = Scenario.time("01:01") }, name { $0.status = .resolved },
    ]
    #expect(Set(names).count == 5)
    #expect(name { _ in } == name { $0.title = "other words" })
  }

  @Test func `what the log has of an alert is what came`() throws {
    var world = AlertWorld()
    var alert = alert(["instance": "db \"1\""])
    (alert.text, alert.url) = ("more", "https://example.org")
    world.take(alert, at: "01:30")
    let event = try #require(world.log.events.first)
    #expect(Alert(event) == alert)
    #expect(event.effective == Scenario.time("01:00"))
  }

  @Test func `a message without a start means the alert as it fires`() {
    var world = AlertWorld(AlertRule(name: "all"))
    world.take(AlertWorld.alert("A", start: nil), at: "01:00")
    world.take(AlertWorld.alert("A", start: nil), at: "01:01")
    #expect(world.log.events.count == 1)
    world.take(AlertWorld.alert("A", .resolved, start: nil), at: "01:02")
    world.take(AlertWorld.alert("A", .resolved, start: nil), at: "01:03")
    #expect(world.log.events.count == 2)
    world.take(AlertWorld.alert("A", start: nil), at: "01:04")
    #expect(world.book.entries["alertmanager:A"]?.starts == 2)
  }
}
