import Engine
import EventLog
import Testing

struct `What refers to another event` {
  /// A scenario with two notes, two tasks, two timers and two follow-ups, told twice each.
  private func scenario() throws -> Scenario {
    var scenario = try Scenario(.twoSeverities)
    for number in 1...2 {
      try scenario.at("01:01", .note("note \(number)"))
      try scenario.at("01:01", .assignTask("task \(number)", who: "kai", timeBox: nil))
      try scenario.at("01:01", .startTimer("timer \(number)", .minutes(10)))
      try scenario.at("01:01", .addAction("action \(number)", owner: nil, due: nil))
    }
    return scenario
  }

  private static let commands: [(name: String, command: Command)] = [
    ("entry", .correct(entry: 2, text: "better")),
    ("entry", .retract(entry: 2, secret: false, reason: nil)),
    ("task", .finishTask("task 1")), ("timer", .cancelTimer("timer 1")),
    ("action", .finishAction("action 1")),
  ]

  /// What became of the first and of the second of everything.
  private func state(of incident: Incident) -> [[Bool]] {
    [2, 6].map { (first: Int) -> [Bool] in
      let isCorrected = incident.corrections[first] != nil
      let isRetracted = incident.retractions[first] != nil
      let isDone = incident.finishedTasks[first + 1] != nil
      let isCancelled = incident.cancelledTimers[first + 2] != nil
      return [
        isCorrected, isRetracted, isDone, isCancelled, incident.finishedActions[first + 3] != nil,
      ]
    }
  }

  @Test(arguments: 0..<5) func `carries its identity, and its number for people`(
    _ place: Int
  ) throws {
    var scenario = try scenario()
    let (name, command) = Self.commands[place]
    let event = try scenario.at("01:02", command)
    let number = try #require(event.data.json[name]?.integer)
    #expect(event.data.eventID("ref") == scenario.log.events[Int(number) - 1].id)
    #expect(scenario.incident.target(of: event) == Int(number))
    #expect(state(of: scenario.incident)[0][place])
    #expect(!state(of: scenario.incident)[1].contains(true))
  }

  @Test(arguments: 0..<5) func `is led by the identity where the number says another`(
    _ place: Int
  ) throws {
    var scenario = try scenario()
    let (name, command) = Self.commands[place]
    var draft = try scenario.incident.decide(command, at: Scenario.time("01:02"))
    let number = try #require(draft.data.json[name]?.integer)
    let second = scenario.log.events[Int(number) + 3]
    draft.data = changed(draft.data, "ref", .string(second.id.description))
    scenario.record(draft, at: Scenario.time("01:02"), by: "mira")
    #expect(!state(of: scenario.incident)[0].contains(true))
    #expect(state(of: scenario.incident)[1][place])
  }

  @Test(arguments: 0..<5) func `means nothing where the identity is of no event here`(
    _ place: Int
  ) throws {
    var scenario = try scenario()
    var draft = try scenario.incident.decide(
      Self.commands[place].command, at: Scenario.time("01:02"))
    let stranger = EventID(version7At: Scenario.time("01:00"), random: (7, 7))
    draft.data = changed(draft.data, "ref", .string(stranger.description))
    scenario.record(draft, at: Scenario.time("01:02"), by: "mira")
    #expect(!state(of: scenario.incident).joined().contains(true))
  }

  @Test(arguments: 0..<5) func `is read by the number in logs that know no identities`(
    _ place: Int
  ) throws {
    var scenario = try scenario()
    var draft = try scenario.incident.decide(
      Self.commands[place].command, at: Scenario.time("01:02"))
    draft.data = changed(draft.data, "ref", nil)
    scenario.record(draft, at: Scenario.time("01:02"), by: "mira")
    #expect(state(of: scenario.incident)[0][place])
    #expect(!state(of: scenario.incident)[1].contains(true))
  }

  private func changed(_ data: EventData, _ key: String, _ value: JSON?) -> EventData {
    let members = (data.json.members ?? []).compactMap { member -> JSON.Member? in
      member.key == key ? value.map { JSON.Member(key, $0) } : member
    }
    return EventData(bytes: JSON.object(members).bytes[...])
  }
}
