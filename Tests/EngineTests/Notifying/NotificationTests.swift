import Engine
import EventLog
import Testing

/// Whom to tell, by what and when: a function of the log, the settings and the instant.
struct NotificationTests {
  private static let channels: Set<String> = ["telegram", "phone", "mail"]

  private static let people = [
    Person(
      name: "kai", role: "Engineering Lead",
      reach: [
        .init(channel: "telegram", wait: .minutes(2)), .init(channel: "phone", wait: .minutes(3)),
      ]),
    Person(name: "ines", role: "CEO", reach: [.init(channel: "phone")]),
    Person(name: "bo", reach: [.init(channel: "pager"), .init(channel: "mail")]),
    Person(
      name: "ada",
      hours: BusinessCalendar(days: [.monday, .tuesday], from: 9 * 60, to: 17 * 60),
      reach: [.init(channel: "mail")]),
    Person(name: "mute", reach: []),
  ]

  private func roster(
    _ people: [Person] = Self.people, channels: Set<String> = Self.channels, delivers: Bool = true,
    onCall: String? = nil
  ) -> Roster {
    let turns = onCall.map {
      [OnCallTurn(days: Weekday.allCases, primary: $0, secondary: nil, line: 1)]
    }
    return Roster(
      people: people, rota: Rota(turns: turns ?? []), channels: channels, delivers: delivers)
  }

  private func plan(
    _ scenario: Scenario, at now: String, _ roster: Roster? = nil, firstSeen: String? = nil,
    underWay: Set<Notification.Key> = []
  ) -> NotificationPlan {
    let instant = Scenario.time(now)
    var situation = NotificationSituation(
      roster: roster ?? self.roster(), context: scenario.context)
    situation.underWay = underWay
    if let firstSeen { situation.firstSeen = [scenario.incident.id: Scenario.time(firstSeen)] }
    let deadlines = scenario.incident.deadlines(at: instant, in: scenario.context)
    return scenario.incident.notices(at: instant, among: deadlines, in: situation)
  }

  private func due(_ plan: NotificationPlan) -> [String] {
    plan.due.map { "\($0.target) \($0.attempt)" }
  }

  /// The track of the call of the first step.
  private func call(_ plan: NotificationPlan) -> NotificationTrack? {
    plan.tracks.first { if case .step = $0.duty.subject { true } else { false } }
  }

  private static let lead = DeliverySubject.step("engineering-lead", episode: 1, round: 1)

  /// What a notifier writes down of an attempt.
  private func attempt(
    _ scenario: inout Scenario, _ target: String, _ number: Int = 1, started: String,
    ended: String? = nil, error: String? = nil, isFinal: Bool = false, notBefore: String? = nil,
    subject: DeliverySubject = Self.lead
  ) {
    var members: [JSON.Member] = [
      .init("subject", .string(subject.text)), .init("target", .string(target)),
      .init("attempt", .integer(Int64(number))),
    ]
    func draft(_ kind: EventKind) -> EventDraft {
      EventDraft(kind, EventData(bytes: JSON.object(members).bytes[...]))
    }
    scenario.record(draft(.deliveryStarted), at: Scenario.time(started), by: "muster")
    guard let ended else { return }
    if let error { members.append(.init("error", .string(error))) }
    if isFinal { members.append(.init("final", .bool(true))) }
    if let notBefore {
      members.append(.init("not_before", .string(Scenario.time(notBefore).rfc3339)))
    }
    scenario.record(
      draft(error == nil ? .deliverySucceeded : .deliveryFailed), at: Scenario.time(ended),
      by: "muster")
  }

  @Test func `who a step calls is told when it falls due, by their first way`() throws {
    let scenario = try Scenario(.twoSeverities)
    #expect(plan(scenario, at: "01:14:59").due.isEmpty)
    let now = plan(scenario, at: "01:15")
    #expect(due(now) == ["telegram/kai 1"])
    #expect(now.due[0].since == Scenario.time("01:15"))
    #expect(now.due[0].deadline?.rule?.line == 284)
  }

  @Test func `the next way is tried when nobody answered for as long as the first waits`() throws {
    var scenario = try Scenario(.twoSeverities)
    attempt(&scenario, "telegram/kai", started: "01:15", ended: "01:15:10")
    #expect(due(plan(scenario, at: "01:17:09")).isEmpty)
    #expect(plan(scenario, at: "01:17:09").changes == Scenario.time("01:17:10"))
    #expect(due(plan(scenario, at: "01:17:10")) == ["phone/kai 1"])
    #expect(call(plan(scenario, at: "01:16"))?.lastDelivered?.channel == "telegram")
  }

  @Test func `an answer ends it`() throws {
    var scenario = try Scenario(.twoSeverities)
    attempt(&scenario, "telegram/kai", started: "01:15", ended: "01:15:10")
    try scenario.at("01:16", .reached(step: "Engineering Lead", name: "kai"))
    #expect(call(plan(scenario, at: "01:20")) == nil)
  }

  @Test func `a way that failed is followed by the next at once`() throws {
    var scenario = try Scenario(.twoSeverities)
    attempt(&scenario, "telegram/kai", started: "01:15", ended: "01:15:01", error: "500")
    #expect(due(plan(scenario, at: "01:15:01")) == ["phone/kai 1"])
  }

  @Test func `a later way that failed is tried again until somebody answers`() throws {
    var scenario = try Scenario(.twoSeverities)
    attempt(&scenario, "telegram/kai", started: "01:15", ended: "01:15:01")
    attempt(&scenario, "phone/kai", started: "01:17:01", ended: "01:17:02", error: "busy")
    #expect(due(plan(scenario, at: "01:17:06")).isEmpty)
    #expect(due(plan(scenario, at: "01:17:07")) == ["phone/kai 2"])
    #expect(call(plan(scenario, at: "01:17:06"))?.obstacle == nil)
    attempt(&scenario, "phone/kai", 2, started: "01:17:07", ended: "01:17:08")
    #expect(due(plan(scenario, at: "01:30")).isEmpty)
  }

  @Test func `where every way failed they are tried again, less and less often`() throws {
    var scenario = try Scenario(.twoSeverities)
    attempt(&scenario, "telegram/kai", started: "01:15", ended: "01:15:01", error: "500")
    attempt(&scenario, "phone/kai", started: "01:15:01", ended: "01:15:02", error: "busy")
    #expect(due(plan(scenario, at: "01:15:05")).isEmpty)
    #expect(due(plan(scenario, at: "01:15:06")) == ["telegram/kai 2"])
  }

  @Test func `a channel that wants to be left alone is`() throws {
    var scenario = try Scenario(.twoSeverities)
    attempt(
      &scenario, "telegram/kai", started: "01:15", ended: "01:15:01", error: "429",
      notBefore: "01:16")
    attempt(
      &scenario, "phone/kai", started: "01:15:01", ended: "01:15:02", error: "no", isFinal: true)
    #expect(due(plan(scenario, at: "01:15:59")).isEmpty)
    #expect(due(plan(scenario, at: "01:16")) == ["telegram/kai 2"])
  }

  @Test func `an attempt that nobody is making any more is made again, once`() throws {
    var scenario = try Scenario(.twoSeverities)
    attempt(&scenario, "telegram/kai", started: "01:15")
    let key = Notification.Key(
      incident: scenario.incident.id, subject: Self.lead, target: "telegram/kai", attempt: 1)
    let running = plan(scenario, at: "01:15:30", underWay: [key])
    #expect(running.due.isEmpty && call(running)?.tried.map(\.state) == [.underWay])
    #expect(due(plan(scenario, at: "01:15:30")) == ["telegram/kai 2"])
    // No channel holds up the next.
    #expect(due(plan(scenario, at: "01:17", underWay: [key])) == ["phone/kai 1"])
  }

  @Test(arguments: [
    // Nobody at all; a name without an entry; an entry without a channel.
    ([], NotificationTrack.Obstacle.nobodyKnown),
    ([Person(name: "lena", role: "Engineering Lead")], .noChannel("lena")),
  ])
  func `nobody to tell is told apart`(people: [Person], obstacle: NotificationTrack.Obstacle) throws
  {
    let scenario = try Scenario(.twoSeverities)
    let found = plan(scenario, at: "01:15", roster(people))
    #expect(call(found)?.obstacle == obstacle && found.due.isEmpty)
    #expect(found.recordings.isEmpty, "nobody can be told of the later steps either")
  }

  @Test func `where nobody can be told of a step, the next is called at once`() throws {
    var scenario = try Scenario(.twoSeverities)
    let late = roster([Self.people[1]])
    let found = plan(scenario, at: "01:15", late)
    let draft = try #require(found.recordings.first)
    #expect(draft.kind == .escalationFired && draft.data.string("to") == "CEO")
    #expect(draft.data.string("instead_of") == "Engineering Lead")
    scenario.record(draft, at: Scenario.time("01:15"), by: "muster")
    let next = plan(scenario, at: "01:15", late)
    #expect(due(next) == ["phone/ines 1"] && next.recordings.isEmpty)
  }

  @Test func `every way that failed for good calls the next step`() throws {
    var scenario = try Scenario(.twoSeverities)
    for (way, at) in [("telegram", "01:15:01"), ("phone", "01:15:02")] {
      attempt(&scenario, "\(way)/kai", started: at, ended: at, error: "blocked", isFinal: true)
    }
    let found = plan(scenario, at: "01:15:10")
    #expect(call(found)?.obstacle == .allFailed("kai"))
    #expect(found.recordings.map { $0.data.string("to") } == ["CEO"])
  }

  @Test(arguments: [
    (nil, nil, "kai"), ("mira", nil, "kai"), ("bo", nil, "bo"), ("bo", "ines", "ines"),
  ])
  func `without a receiver it is the commander, who acknowledged, who is on call`(
    acknowledges: String?, commands: String?, told: String
  ) throws {
    var scenario = try Scenario(.twoSeverities, severity: "P3")
    if let acknowledges { try scenario.at("01:01", .acknowledge, by: acknowledges) }
    if let commands {
      try scenario.at("01:02", .assign(role: Incident.commanderRole, name: commands))
    }
    let receiver = scenario.incident.receiver(
      nil, in: roster(onCall: "kai"), at: Scenario.time("01:03"))
    guard case .person(let person) = receiver else {
      Issue.record("\(receiver)")
      return
    }
    #expect(person.name == told)
  }

  @Test func `hours hold back what can wait, never what has a path`() throws {
    // Saturday; P3 has no path, P1 has one.
    for (severity, at) in [("P3", Optional<String>.none), ("P1", "01:03")] {
      var scenario = try Scenario(.twoSeverities, severity: severity)
      let task = try scenario.at("01:03", .assignTask("look", who: "ada", timeBox: nil))
      let found = plan(scenario, at: "01:03")
      let track = try #require(found.tracks.first { $0.duty.subject == .task(task.sequence) })
      #expect(track.next?.at == at.map(Scenario.time) ?? Scenario.time("23 09:00"))
      #expect(found.due.contains { $0.person.name == "ada" } == (at != nil))
    }
  }

  @Test func `a task is told once, a hand-over until it is accepted`() throws {
    var scenario = try Scenario(.twoSeverities, severity: "P3")
    let task = try scenario.at("01:03", .assignTask("look", who: "kai", timeBox: nil))
    let offer = try scenario.at("01:04", .offerHandover(to: "kai"))
    #expect(due(plan(scenario, at: "01:04")) == ["telegram/kai 1", "telegram/kai 1"])
    for subject in [DeliverySubject.task(task.sequence), .handover(offer.sequence)] {
      attempt(
        &scenario, "telegram/kai", started: "01:04:01", ended: "01:04:02", subject: subject)
    }
    #expect(due(plan(scenario, at: "01:10")) == ["phone/kai 1"])
    #expect(plan(scenario, at: "01:10").due[0].subject == .handover(offer.sequence))
    try scenario.at("01:11", .acceptHandover(by: "kai"))
    #expect(plan(scenario, at: "01:12").due.isEmpty)
  }

  @Test func `a channel that is not there is left out`() throws {
    var scenario = try Scenario(.twoSeverities, severity: "P3")
    try scenario.at("01:03", .assignTask("look", who: "bo", timeBox: nil))
    #expect(due(plan(scenario, at: "01:03")) == ["mail/bo 1"])
  }

  @Test func `what fell due long before the log was first seen is listed, not sent`() throws {
    let scenario = try Scenario(.twoSeverities)
    let old = plan(scenario, at: "02:20", firstSeen: "02:15:01")
    #expect(call(old)?.obstacle == .old)
    #expect(!old.due.contains { $0.subject == Self.lead })
    let late = plan(scenario, at: "02:20", firstSeen: "02:15")
    #expect(late.due.contains { $0.subject == Self.lead })
  }

  @Test func `nothing leaves a drill, a store that delivers nothing, or an agent without channels`()
    throws
  {
    let scenario = try Scenario(.twoSeverities)
    #expect(plan(scenario, at: "01:15", roster(delivers: false)).tracks.isEmpty)
    #expect(plan(scenario, at: "01:15", roster(channels: [])).tracks.isEmpty)
    let declaration = Declaration(
      id: "2026-11-21-drill", title: "Drill", severity: "P1", procedure: .twoSeverities,
      isDrill: true)
    var log = MemoryLog()
    let start = Scenario.time("01:00")
    let event = log.append(
      try Incident.declare(declaration, at: start), author: Author(actor: "x", source: "t"),
      at: start)
    let drill = Incident(replaying: [event])
    let deadlines = drill.deadlines(at: Scenario.time("01:15"), in: TimeContext())
    let plan = drill.notices(
      at: Scenario.time("01:15"), among: deadlines,
      in: NotificationSituation(roster: roster(), context: TimeContext()))
    #expect(deadlines.contains { $0.state == .fired } && plan.due.isEmpty && plan.tracks.isEmpty)
  }

  @Test func `what is owed after the incident is told when it is closed, and nothing else`() throws
  {
    var scenario = try Scenario(.twoSeverities)
    try scenario.at("01:05", .acknowledge, by: "kai")
    try scenario.at("01:30", .resolve)
    try scenario.at("01:40", .close(.resolved, reason: nil))
    let instant = Scenario.time("23 01:31")
    let deadlines = scenario.incident.deadlines(at: instant, in: scenario.context)
    let situation = NotificationSituation(roster: roster(), context: scenario.context)
    #expect(scenario.incident.isOwedAfterwards(at: instant, among: deadlines, in: situation))
    let due = plan(scenario, at: "23 01:31").due
    #expect(due.map(\.deadline?.kind) == [.postmortem] && due.first?.person.name == "kai")
    try scenario.at("23 01:32", .publishPostmortem(.draft, place: nil))
    #expect(plan(scenario, at: "23 01:33").due.isEmpty)
    let after = scenario.incident.deadlines(at: Scenario.time("23 01:33"), in: scenario.context)
    #expect(
      !scenario.incident.isOwedAfterwards(
        at: Scenario.time("23 01:33"), among: after, in: situation))
  }

  @Test func `damage and what is not shared are told to the commander, once`() throws {
    var scenario = try Scenario(.twoSeverities, severity: "P3")
    try scenario.at("01:01", .assign(role: Incident.commanderRole, name: "kai"))
    let now = Scenario.time("01:10")
    var situation = NotificationSituation(roster: roster(), context: scenario.context)
    situation.conditions[scenario.incident.id] = LogCondition(
      damage: .init(offset: 512, words: "x.jsonl:4: the seal is wrong", count: 3, since: now),
      unsharedSince: Scenario.time("01:09"))
    func due(at now: Timestamp) -> [Notification] {
      scenario.incident.notices(
        at: now, among: scenario.incident.deadlines(at: now, in: scenario.context), in: situation
      ).due
    }
    let told = due(at: now)
    #expect(
      told.map(\.subject) == [.damage(offset: 512), .unshared(since: Scenario.time("01:09"))])
    #expect(told.allSatisfy { $0.target == "telegram/kai" })
    #expect(told[0].text == "x.jsonl:4: the seal is wrong and 2 more")
    for subject in told.map(\.subject) {
      attempt(
        &scenario, "telegram/kai", started: "01:10:01", ended: "01:10:02", subject: subject)
    }
    #expect(due(at: Scenario.time("01:20")).isEmpty)
  }

  @Test func `a channel that keeps an alert open hears of the answer and of the end`() throws {
    var roster = roster()
    roster.keepsOpen = ["telegram"]
    var scenario = try Scenario(.twoSeverities)
    attempt(&scenario, "telegram/kai", started: "01:15", ended: "01:15:10")
    #expect(plan(scenario, at: "01:16", roster).due.isEmpty)
    try scenario.at("01:16", .acknowledge, by: "ines")
    func settled(_ now: String) -> [DeliverySubject] {
      plan(scenario, at: now, roster).due.map(\.subject).filter {
        if case .settled = $0 { true } else { false }
      }
    }
    let answered = DeliverySubject.settled(.acknowledged, episode: 1)
    #expect(settled("01:17") == [answered])
    attempt(
      &scenario, "telegram/kai", started: "01:17", ended: "01:17:01", subject: answered)
    #expect(settled("01:18").isEmpty)
    try scenario.at("01:30", .resolve)
    let over = DeliverySubject.settled(.resolved, episode: 1)
    #expect(settled("01:30") == [over])
    try scenario.at("01:31", .close(.resolved, reason: nil))
    #expect(settled("01:31") == [over])
    attempt(&scenario, "telegram/kai", started: "01:32", ended: "01:32:01", subject: over)
    #expect(settled("01:33").isEmpty)
  }

  @Test func `an incident's own channel is opened once, and then people are asked into it`() throws
  {
    var procedure = Procedure.twoSeverities
    procedure.checklist.append(
      ChecklistItem(
        id: "room", text: "Open #inc-YYYY-MM-DD-brief-description", phase: "triage", line: 64))
    var people = Self.people
    people[0].reach.append(.init(channel: "slack", address: "U1"))
    var roster = roster(people, channels: ["slack"])
    roster.rooms = ["slack"]
    var scenario = try Scenario(procedure, severity: "P3")
    try scenario.at("01:01", .assign(role: Incident.commanderRole, name: "kai"))
    try scenario.at("01:01", .assign(role: "Scribe", name: "bo"))
    let first = plan(scenario, at: "01:02", roster).due
    #expect(first.map(\.subject) == [.room])
    let target = "slack/#inc-2026-11-21-checkout-502"
    #expect(first[0].target == target)
    scenario.record(
      EventDraft(
        .deliverySucceeded,
        EventData([
          "subject": "room:own", "target": .string(target), "attempt": 1, "reference": "C7 17.01",
        ])), at: Scenario.time("01:02"), by: "muster")
    #expect(scenario.incident.room(of: "slack") == "C7 17.01")
    let second = plan(scenario, at: "01:03", roster).due
    #expect(second.map(\.subject) == [.guest("kai")] && second[0].room == "C7 17.01")
    #expect(second[0].thread == nil)
    // Without a word of it in the document none is opened.
    #expect(plan(try Scenario(.twoSeverities), at: "01:02", roster).due.isEmpty)
  }

  // MARK: - Messages

  @Test func `what falls together is one message, and what comes within twenty seconds the next`()
    throws
  {
    var scenario = try Scenario(.twoSeverities, severity: "P3")
    try scenario.at("01:03", .assignTask("one", who: "kai", timeBox: nil))
    try scenario.at("01:03", .assignTask("two", who: "kai", timeBox: nil))
    try scenario.at("01:03", .assignTask("three", who: "bo", timeBox: nil))
    var book = NotificationBook()
    let first = book.take(plan(scenario, at: "01:03").due, at: Scenario.time("01:03"))
    #expect(first.orders.map(\.target) == ["telegram/kai", "mail/bo"])
    #expect(first.orders.map(\.notices.count) == [2, 1])
    #expect(book.underWay.count == 3)
    // While one is on its way nothing else goes the same way.
    #expect(
      book.take(plan(scenario, at: "01:03").due, at: Scenario.time("01:03:01")).orders.isEmpty)
    let task = try scenario.at("01:03:02", .assignTask("four", who: "kai", timeBox: nil))
    book.end(first.orders[0], unrecorded: [])
    let fresh = plan(scenario, at: "01:03:02").due.filter { $0.subject == .task(task.sequence) }
    let held = book.take(fresh, at: Scenario.time("01:03:02"))
    #expect(held.orders.isEmpty && held.next == Scenario.time("01:03:20"))
    #expect(book.take(fresh, at: Scenario.time("01:03:20")).orders.count == 1)
  }

  @Test func `a channel that is down for a day is tried less and less, and tells when it is back`()
    throws
  {
    var scenario = try Scenario(.twoSeverities)
    let only = roster([
      Person(name: "kai", role: "Engineering Lead", reach: [.init(channel: "telegram")])
    ])
    func words(_ time: Timestamp) -> String {
      "\(time.rfc3339.dropFirst(8).prefix(2)) \(time.rfc3339.dropFirst(11).prefix(8))"
    }
    let back = Scenario.time("22 01:15")
    var (now, attempts) = (Scenario.time("01:15"), 0)
    while now < back {
      let plan = plan(scenario, at: words(now), only)
      guard let notice = plan.due.first(where: { $0.subject == Self.lead }) else {
        now = min(plan.changes ?? back, back)
        continue
      }
      attempts += 1
      #expect(notice.attempt == attempts)
      attempt(
        &scenario, "telegram/kai", attempts, started: words(now), ended: words(now),
        error: "no route")
    }
    #expect((50...60).contains(attempts), "\(attempts) attempts in a day")
    let lost = call(plan(scenario, at: "22 01:15", only))
    #expect(lost?.obstacle == .allFailed("kai") && lost?.isLost == true && lost?.next != nil)
    #expect(due(plan(scenario, at: "22 02:00", only)).count >= 1)
    attempt(
      &scenario, "telegram/kai", attempts + 1, started: "22 02:00", ended: "22 02:00:01")
    let told = plan(scenario, at: "22 02:01", only)
    #expect(!told.due.contains { $0.subject == Self.lead })
    #expect(call(told)?.obstacle == nil && call(told)?.lastDelivered != nil)
    // What failed for two days is left to the screens.
    #expect(plan(scenario, at: "25 01:16", only).due.isEmpty)
  }

  @Test func `a promise about to break is told to the commander before it breaks`() throws {
    var scenario = try Scenario(.twoSeverities, severity: "P3")
    try scenario.at("01:01", .assign(role: Incident.commanderRole, name: "kai"))
    var update = Command.OutgoingUpdate(text: "We are on it", audience: "customers")
    update.next = Scenario.time("01:32")
    try scenario.at("01:02", .sendUpdate(update), by: "bo")
    let early = plan(scenario, at: "01:20")
    #expect(!early.due.contains { $0.deadline?.kind == .update })
    let soon = plan(scenario, at: "01:27")
    let notice = try #require(soon.due.first { $0.deadline?.kind == .update })
    #expect(notice.person.name == "kai" && notice.deadline?.due == Scenario.time("01:32"))
  }

  @Test func `who another system names is told by name, mail address or place`() {
    var people = Self.people
    people[1].email = "Ines@Example.com"
    people[2].reach[0].address = "PUSER1"
    people[3].reach[0].address = "PUSER1"
    let roster = roster(people)
    #expect(roster.person(known: ["Kai"])?.name == "kai")
    #expect(roster.person(known: ["Ines Adler", "ines@example.com"])?.name == "ines")
    #expect(roster.person(known: ["PUSER1"]) == nil, "two persons have that place")
    #expect(roster.person(known: ["nobody", ""]) == nil)
  }

  @Test func `what no log took is not sent twice`() throws {
    var scenario = try Scenario(.twoSeverities, severity: "P3")
    try scenario.at("01:03", .assignTask("one", who: "kai", timeBox: nil))
    var book = NotificationBook()
    let due = plan(scenario, at: "01:03").due
    let order = try #require(book.take(due, at: Scenario.time("01:03")).orders.first)
    book.end(order, unrecorded: order.notices.map(\.key))
    #expect(book.take(due, at: Scenario.time("02:00")).orders.isEmpty)
  }

  @Test func `an acknowledgement that names a step reaches it`() throws {
    var scenario = try Scenario(.twoSeverities)
    scenario.notice("01:15")
    let answer = EventDraft(.incidentAcknowledged, EventData(["step": "engineering-lead"]))
    scenario.record(answer, at: Scenario.time("01:16"), by: "kai")
    let deadline = scenario.deadline("escalation:engineering-lead", at: "01:17")
    #expect(deadline?.state == .met && deadline?.by == "kai")
    #expect(scenario.incident.acknowledgement?.actor == "kai")
  }
}
