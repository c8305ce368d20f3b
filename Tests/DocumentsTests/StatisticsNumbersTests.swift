import Documents
import Engine
import EventLog
import Testing

/// Statistics over incidents in which anything may happen, computed once more from the bare lines of their logs.
@Suite struct StatisticsNumbersTests {
  @Test func `statistics over all of them`() throws {
    var summaries: [IncidentSummary] = []
    var plains: [(log: PlainLog, now: Int)] = []
    for seed in RandomNumbersTests.seeds {
      let random = try RandomIncident(seed: seed, BuiltIns.read("standard"))
      summaries.append(
        try #require(
          IncidentSummary(of: random.incident, events: random.log.events, at: random.now)))
      plains.append((try PlainLog(random.log.fileBytes), Int(random.now.milliseconds)))
    }
    let json = try JSON(
      parsing: Statistics(of: summaries, includingDrills: false, zone: .utc).json.text)
    var seen: Set<String> = []
    for group in json["groups"]?.array ?? [] {
      let name = group["name"]?.string ?? ""
      seen.insert(group["kind"]?.string ?? "")
      let members = plains.filter { plain in
        switch group["kind"]?.string {
        case "severity": (plain.log.episodes.last?.severity ?? "unknown") == name
        case "month": Self.month(plain.log) == name
        default: true
        }
      }
      try Self.expect(group, of: members)
    }
    #expect(seen == ["all", "severity", "month"])
  }

  /// The month in which the clock first started.
  private static func month(_ log: PlainLog) -> String {
    let first = log.episodes[0]
    let at = first.detected ?? first.declared
    return ["2026-08", "2026-09", "2026-10", "2026-11"].last { month in
      at >= PlainLog.milliseconds(month + "-01T00:00:00.000Z") ?? 0
    } ?? ""
  }

  private static func expect(_ group: JSON, of members: [(log: PlainLog, now: Int)]) throws {
    let procedure = try BuiltIns.read("standard")
    let left = ["false_alarm", "merged", "cancelled"]
    let counted = members.filter { !left.contains($0.log.outcome ?? "") }
    #expect(group["incidents"]?.integer == Int64(members.count))
    #expect(group["open"]?.integer == Int64(members.count { $0.log.outcome == nil }))
    #expect(
      group["false_alarms"]?.integer == Int64(members.count { $0.log.outcome == "false_alarm" }))
    #expect(group["reopened"]?.integer == Int64(members.count { $0.log.episodes.count > 1 }))
    let promises = counted.flatMap { $0.log.promises($0.now, procedure) }.map(\.result)
    #expect(
      group["promises"]?["kept"]?.integer == Int64(promises.count { $0 == "kept" }))
    #expect(
      group["promises"]?["broken"]?.integer == Int64(promises.count { $0 == "broken" }))
    for metric in group["metrics"]?.array ?? [] {
      let id = try #require(metric["id"]?.string)
      func episodes(_ logs: [(log: PlainLog, now: Int)]) -> [PlainLog.Episode] {
        logs.flatMap(\.log.episodes).filter { id != "time_to_detect" || $0.reopened == nil }
      }
      let values = episodes(counted).compactMap { PlainLog.metric(id, $0) }.filter { $0 >= 0 }
        .sorted()
      #expect(metric["n"]?.integer == Int64(values.count))
      #expect(
        metric["values_seconds"]?.array?.compactMap(\.integer) == values.map { Int64($0 / 1000) })
      let excluded = metric["excluded"]?.array?.compactMap { $0["count"]?.integer } ?? []
      #expect(excluded.reduce(0, +) == Int64(episodes(members).count - values.count))
      // The smallest value that nine tenths of all do not exceed, found by trying every one.
      let ninetieth = values.first { value in values.count { $0 <= value } * 10 >= values.count * 9
      }
      #expect(metric["p90_seconds"]?.integer == ninetieth.map { Int64($0 / 1000) })
      let middle =
        values.isEmpty
        ? nil : (values[(values.count - 1) / 2] + values[values.count / 2]) / 2
      #expect(metric["median_seconds"]?.integer == middle.map { Int64($0 / 1000) })
      let buckets = metric["distribution"]?.array ?? []
      for bucket in buckets {
        let (from, to) = (bucket["from"]?.integer ?? 0, bucket["to"]?.integer ?? .max)
        let inside = values.count { (from..<to).contains(Int64($0 / 1000)) }
        #expect(bucket["count"]?.integer == Int64(inside))
      }
    }
  }
}
