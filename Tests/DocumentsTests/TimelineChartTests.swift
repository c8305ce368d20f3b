import Documents
import Engine
import EventLog
import Testing

@Suite struct TimelineChartTests {
  @Test(
    arguments: [
      ([(0, 10), (20, 30)], ["Alerts:2"]), ([(0, 30), (10, 20), (25, 40)], ["Alerts:1", ":2"]),
      ([(0, 9), (1, 9), (2, 9), (3, 9), (4, 9), (5, 9)], ["Alerts:1", ":1", ":1", ":1", ":1"]),
    ] as [([(Int64, Int64)], [String])])
  func `alerts that ran at once lie side by side`(
    spans: [(Int64, Int64)], lanes: [String]
  ) throws {
    var log = MemoryLog()
    var incident = Incident()
    let start = RichIncident.time("01:00")
    let procedure = try BuiltIns.read("standard")
    func record(_ draft: EventDraft, at now: Timestamp) {
      incident.apply(log.append(draft, at: now))
    }
    record(
      try Incident.declare(
        Declaration(id: "2026-11-21-x", title: "x", procedure: procedure), at: start), at: start)
    let ends = spans.enumerated().flatMap { index, span in
      [(span.0, index, false), (span.1, index, true)]
    }
    for (minute, index, isOver) in ends.sorted(by: { $0.0 < $1.0 }) {
      let alert = Command.Alert(title: "alert \(index)", key: nil, isResolved: isOver)
      record(
        try incident.decide(.alert(alert), at: start + .minutes(minute)),
        at: start + .minutes(minute))
    }
    let end = start + .minutes(60)
    record(try incident.decide(.resolve, at: end), at: end)
    let chart = PostmortemReport(of: ReportSource(of: incident, events: log.events, at: end)).chart
    let found = chart.lanes.filter { lane in lane.points.contains { $0.shape == .diamond } }
    #expect(found.map { "\($0.title):\($0.spans.count)" } == lanes)
    #expect(found.flatMap(\.points).count == spans.count)
    for lane in found {
      for (one, other) in zip(lane.spans, lane.spans.dropFirst()) { #expect(one.to <= other.from) }
    }
  }
}
