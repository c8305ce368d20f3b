import Engine
import EventLog
import Testing

/// What is kept of an incident's duties is what would be computed anew, at every instant and after every entry.
struct StandingTests {
  @Test(arguments: UInt64(1)...60)
  func `a standing that is kept up tells the same as one made anew`(seed: UInt64) throws {
    let story = try DeterminismTests.play(DeterminismTests.story(seed), noticing: true)
    try expectSame(story.log.events, from: Scenario.time("01:00"), for: 400)
  }

  @Test(arguments: [true, false])
  func `the same holds where everything happens that a log can tell`(isDrill: Bool) throws {
    let events = FullIncident.log(isDrill: isDrill).events
    try expectSame(events, from: FullIncident.start, for: 200)
  }

  /// Folds events minute by minute, and looks every twenty seconds.
  private func expectSame(
    _ events: [RecordedEvent], from start: Timestamp, for minutes: Int64
  ) throws {
    var incident = Incident()
    var standing = Standing()
    var rest = events[...]
    for look in 0..<minutes * 3 {
      let now = start + .seconds(look * 20)
      while let event = rest.first, event.recorded <= now {
        incident.apply(event)
        rest.removeFirst()
        // Two entries of one look are taken in one by one or together.
        if look % 2 == 0 { standing.keepUp(with: incident, at: now, in: TimeContext()) }
      }
      standing.keepUp(with: incident, at: now, in: TimeContext())
      let anew = incident.deadlines(at: now).inOrderOfUrgency()
      try #require(standing.deadlines == anew, "at \(now)")
      #expect(standing.dispatches == incident.dispatches(at: now))
      #expect(standing.promises == incident.promiseCount(at: now))
    }
  }

  @Test func `a note puts off the silence alone, and nothing else is computed for it`() throws {
    var procedure = Procedure.twoSeverities
    procedure.silence = .init(seconds: 900, line: 3)
    var scenario = try Scenario(procedure)
    try scenario.at("01:01", .acknowledge)
    var standing = Standing(
      of: scenario.incident, at: Scenario.time("01:02"), in: scenario.context)
    try scenario.at("01:05", .note("still looking"))
    standing.keepUp(with: scenario.incident, at: Scenario.time("01:05"), in: scenario.context)
    #expect(standing.deadlines.first { $0.id == "silence" }?.due == Scenario.time("01:20"))
    #expect(standing.holds(for: scenario.incident, at: Scenario.time("01:05")))
  }

  @Test func `of many finished tasks the newest are listed, and the others counted`() throws {
    var scenario = try Scenario(.twoSeverities)
    for number in 0..<600 {
      let minute = 5 + number / 30
      let time = "01:\(minute < 10 ? "0" : "")\(minute):\(number % 30 + 10)"
      let task = try scenario.at(time, .assignTask("task \(number)", who: "kai", timeBox: nil))
      try scenario.at(time, .finishTask("\(task.sequence)"))
    }
    try scenario.at("02:00", .assignTask("open", who: "bo", timeBox: nil))
    let standing = Standing(
      of: scenario.incident, at: Scenario.time("02:01"), in: scenario.context)
    let listed = standing.deadlines.filter { $0.kind == .task }
    #expect(listed.count == 501)
    #expect(standing.unlisted == 100)
    #expect(standing.openTasks.map(\.text) == ["open"])
    #expect(!listed.contains { $0.label == "kai: task 99" })
    #expect(listed.contains { $0.label == "kai: task 100" })
  }
}
