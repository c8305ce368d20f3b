import Engine
import EventLog
import Testing

@Suite struct StatisticsTests {
  /// An incident mitigated so many minutes after its impact began.
  private static func incident(
    _ day: Int, minutes: Int64?, severity: String = "P1", outcome: Incident.Outcome? = nil,
    isDrill: Bool = false
  ) throws -> IncidentSummary {
    var log = MemoryLog()
    let day = day < 10 ? "0\(day)" : "\(day)"
    let start = try #require(Timestamp(rfc3339: "2026-\(day)-05T01:00:00Z"))
    var incident = Incident()
    func record(_ draft: EventDraft, at now: Timestamp) {
      incident.apply(log.append(draft, at: now))
    }
    record(
      try Incident.declare(
        Declaration(
          id: "2026-\(day)-05-x\(minutes ?? 0)", title: "x", severity: severity, detected: start,
          started: start, procedure: .twoSeverities, isDrill: isDrill), at: start), at: start)
    if let minutes {
      let end = start + .minutes(minutes)
      record(try incident.decide(.resolve, at: end), at: end)
      if let outcome { record(try incident.decide(.close(outcome, reason: nil), at: end), at: end) }
    }
    let now = start + .days(300)
    return try #require(IncidentSummary(of: incident, events: log.events, at: now))
  }

  @Test(arguments: [
    ([Int64](), Int64?.none, Int64?.none), ([7], 7, 7), ([1, 2], nil, 2),
    ([10, 20, 30], 20, 30), ([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], nil, 9),
    ([10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 100], 6, 10),
  ])
  func `median and 90th percentile`(minutes: [Int64], median: Int64?, percentile: Int64?) {
    let spans = minutes.map { Duration.minutes($0) }
    if let median { #expect(spans.median == .minutes(median)) }
    #expect(spans.percentile(90) == percentile.map { .minutes($0) })
    #expect(minutes.isEmpty == (spans.median == nil))
  }

  @Test func `the median of an even number is the mean of the middle two`() {
    #expect([Duration.minutes(1), .minutes(4), .minutes(2), .minutes(9)].median == .minutes(3))
  }

  @Test func `incidents are counted by severity and by month`() throws {
    let summaries = try [
      Self.incident(10, minutes: 20), Self.incident(10, minutes: 40, severity: "P2"),
      Self.incident(11, minutes: 90), Self.incident(11, minutes: nil),
    ]
    let statistics = Statistics(of: summaries, includingDrills: false, zone: .utc)
    #expect(statistics.groups.map(\.name) == ["all", "P1", "P2", "2026-10", "2026-11"])
    #expect(statistics.groups.map(\.incidents) == [4, 3, 1, 2, 2])
    let resolve = statistics.groups[0].metrics.first { $0.id == "time_to_resolve" }
    #expect(resolve?.values == [.minutes(20), .minutes(40), .minutes(90)])
    #expect(resolve?.median == .minutes(40))
    #expect(resolve?.excluded.map(\.reason) == ["not yet resolved"])
    let month = statistics.groups[4].metrics.first { $0.id == "time_to_resolve" }
    #expect(month?.values == [.minutes(90)])
  }

  @Test func `false alarms and drills give no times, and are counted`() throws {
    let summaries = try [
      Self.incident(10, minutes: 20), Self.incident(10, minutes: 3, outcome: .falseAlarm),
      Self.incident(11, minutes: 2, isDrill: true),
    ]
    let without = Statistics(of: summaries, includingDrills: false, zone: .utc)
    #expect(without.excluded.map(\.reason) == ["false alarm", "drill"])
    #expect(without.groups[0].incidents == 2)
    #expect(without.groups[0].falseAlarms == 1)
    let resolve = without.groups[0].metrics.first { $0.id == "time_to_resolve" }
    #expect(resolve?.values == [.minutes(20)])
    #expect(resolve?.excluded.map(\.reason) == ["false alarm"])
    #expect(resolve?.excludedCount == 1)
    let with = Statistics(of: summaries, includingDrills: true, zone: .utc)
    #expect(with.groups[0].incidents == 3)
    let all = with.groups[0].metrics.first { $0.id == "time_to_resolve" }
    #expect(all?.values == [.minutes(2), .minutes(20)])
  }

  @Test(arguments: [(0, 0), (299, 0), (300, 1), (3599, 3), (3600, 4), (86_400, 8), (900_000, 8)])
  func `a span falls into the bucket that begins at or before it`(seconds: Int, bucket: Int) {
    let buckets = Distribution(of: [.seconds(seconds)]).buckets
    #expect(buckets.firstIndex { $0.count == 1 } == bucket)
    #expect(buckets.reduce(0) { $0 + $1.count } == 1)
  }
}
