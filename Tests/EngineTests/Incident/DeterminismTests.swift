import Engine
import EventLog
import Testing

/// A small generator whose sequence is the same on every run.
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    var word = state
    word ^= word >> 33
    word = word &* 0xFF51_AFD7_ED55_8CCD
    return word ^ (word >> 33)
  }
}

struct DeterminismTests {
  /// Commands at random minutes of one day, in an incident of either procedure.
  static func story(_ seed: UInt64) -> [(minute: Int, command: Command, back: Int)] {
    var random = SeededGenerator(state: seed)
    let commands: [Command] = [
      .acknowledge, .mitigate, .resolve, .setStatus("investigating"), .setSeverity("P1"),
      .setSeverity("P2"), .reopen(reason: "again"), .note("a"), .escalate(to: nil, reason: nil),
      .reached(step: "lead", name: "kai"),
      .snooze(deadline: "lead", .minutes(7), reason: "train"),
      .snooze(deadline: "ceo", .minutes(12), reason: "asleep"), .triage,
      .sendUpdate(.init(text: "we look")), .startTimer("t", .minutes(5)),
    ]
    var minute = 0
    return (0..<12).map { _ in
      minute += Int.random(in: 1...14, using: &random)
      let back =
        Int.random(in: 0...9, using: &random) < 2 ? Int.random(in: 1...20, using: &random) : 0
      return (minute, commands.randomElement(using: &random) ?? .note("x"), back)
    }
  }

  /// Plays a story, with every fall-due written down at once, or only at the end.
  static func play(
    _ story: [(minute: Int, command: Command, back: Int)], noticing: Bool
  ) throws -> Scenario {
    var scenario = try Scenario(.twoSeverities)
    let start = Scenario.time("01:00")
    var minute = 0
    for entry in story {
      while noticing, minute < entry.minute {
        minute += 1
        notice(&scenario, start + .minutes(Int64(minute)))
      }
      let now = start + .minutes(Int64(entry.minute))
      let occurred = entry.back == 0 ? nil : now - .minutes(Int64(entry.back))
      do {
        let draft = try scenario.incident.decide(entry.command, occurred: occurred, at: now)
        scenario.record(draft, at: now, by: "mira")
      } catch { continue }
    }
    notice(&scenario, start + .minutes(400))
    return scenario
  }

  static func notice(_ scenario: inout Scenario, _ now: Timestamp) {
    for draft in scenario.incident.unrecordedFirings(at: now) {
      scenario.record(draft, at: now, by: "muster")
    }
  }

  @Test(arguments: UInt64(1)...120)
  func `nothing falls due twice and nothing is left unwritten`(seed: UInt64) throws {
    let scenario = try Self.play(Self.story(seed), noticing: seed % 2 == 0)

    let fired = scenario.incident.firings.entries.filter { !$0.value.isManual }
      .map { "\($0.value.episode)/\($0.value.step)/\($0.value.round)" }
    #expect(Set(fired).count == fired.count)
    let end = Scenario.time("01:00") + .minutes(400)
    #expect(scenario.incident.unrecordedFirings(at: end).isEmpty)
  }

  @Test(arguments: UInt64(1)...120)
  func `whether anybody was there to write a fall-due down changes no countdown`(seed: UInt64)
    throws
  {
    // Entries told late are left out: what was written in good faith before them stays engaged.
    let story = Self.story(seed).map { ($0.minute, $0.command, 0) }
    let watched = try Self.play(story, noticing: true)
    let unwatched = try Self.play(story, noticing: false)

    for minute in stride(from: 0, through: 200, by: 25) {
      let now = Scenario.time("01:00") + .minutes(Int64(minute))
      #expect(
        Self.essence(watched, at: now) == Self.essence(unwatched, at: now), "minute \(minute)")
    }
  }

  /// What of the deadlines does not depend on sequence numbers or on when something was written.
  static func essence(_ scenario: Scenario, at now: Timestamp) -> [String] {
    scenario.replayed { $0.effective <= now }.deadlines(at: now).filter { $0.kind == .escalation }
      .map { "\($0.id) \($0.state) \($0.due?.rfc3339 ?? "-")" }
  }

  @Test(arguments: UInt64(1)...60)
  func `replaying a log twice over changes nothing`(seed: UInt64) throws {
    let scenario = try Self.play(Self.story(seed), noticing: true)
    let end = Scenario.time("01:00") + .minutes(400)

    let twice = Incident(replaying: scenario.log.events + scenario.log.events)

    #expect(twice.deadlines(at: end) == scenario.incident.deadlines(at: end))
    #expect(twice.timeline.rows == scenario.incident.timeline.rows)
  }

  @Test(arguments: UInt64(1)...60)
  func `kinds that this version does not know change nothing but their count`(seed: UInt64) throws {
    let scenario = try Self.play(Self.story(seed), noticing: true)
    let end = Scenario.time("01:00") + .minutes(400)
    var incident = Incident()
    for event in scenario.log.events {
      incident.apply(event)
      var stranger = event
      stranger.kind = .unknown
      stranger.id = EventID(high: event.id.high, low: event.id.low ^ 1)
      incident.apply(stranger)
    }

    #expect(incident.unknownCount == scenario.log.events.count)
    let states = incident.deadlines(at: end).filter { $0.id != "silence" }
    #expect(states == scenario.incident.deadlines(at: end).filter { $0.id != "silence" })
  }
}
