import Engine
import EventLog
import Glibc

/// From the bytes of a log to its state, every seal checked.
enum ReplayVerb {
  /// Prints: seconds, entries, places of damage, peak KiB. A process of its own, so that its memory is its own.
  static func run(_ path: String) throws(BenchmarkError) {
    let start = Stopwatch.now
    let reader = LogReader(path: path)
    var incident = Incident()
    do {
      _ = try reader.read(at: WallClock.now) { incident.apply($0) }
    } catch {
      throw .failed("\(path): \(error)")
    }
    let seconds = Stopwatch.seconds(from: start, to: Stopwatch.now)
    let peak = try ProcessUse(of: getpid()).peak
    print(seconds, incident.timeline.rows.count, reader.damageCount, Int(peak * 1024))
  }
}

extension Suite {
  mutating func runReplay() throws(BenchmarkError) {
    let count = isQuick ? 200_000 : 1_000_000
    let path = work + "/replay-\(count).jsonl"
    let small = work + "/replay-10000.jsonl"
    try LogGenerator.writeReference(count, to: path)
    try LogGenerator.writeReference(10_000, to: small)
    var ours = Samples()
    var peer = Samples()
    var memory = Samples()
    var opening = Samples()
    for _ in 0..<times(7, quick: 3) {
      let figures = try replay([bench, "replay", path], count)
      ours.add(figures.seconds)
      memory.add(figures.peak)
      peer.add(try replay([peers + "/replay", path], count).seconds)
      opening.add(try replay([bench, "replay", small], 10_000).seconds)
    }
    let rate = { (samples: Samples) in (Double(count) / samples.median / 1e6).short + " M ev/s" }
    table.add(
      Row(
        "replay \(count) events: speed", ours: rate(ours), peer: "\(rate(peer)) C++ simdjson+SHA",
        figure: peer.median / ours.median, unit: "x", atLeast: 0.34, aim: 0.6))
    table.add(
      Row(
        "replay \(count) events: peak memory", ours: memory.median.short + " MiB",
        figure: memory.median, unit: " MiB", atMost: 160, aim: 64))
    let perEvent = opening.median / 10_000 * Double(count) / ours.median
    table.add(
      Row(
        "open 10000 events", ours: (opening.median * 1e3).short + " ms",
        peer: "\(perEvent.short)x the cost an event of \(count)", figure: opening.median * 1e3,
        unit: " ms", atMost: 40, aim: 15))
  }

  private func replay(
    _ arguments: [String], _ count: Int
  ) throws(BenchmarkError) -> (seconds: Double, peak: Double) {
    let fields = try ChildProcess.output(arguments).split { $0 == " " || $0 == "\n" }
    guard fields.count == 4, let seconds = Double(fields[0]), let peak = Double(fields[3]) else {
      throw .failed("\(arguments[0]) answers something else")
    }
    guard Int(fields[1]) == count, fields[2] == "0" else {
      throw .failed(
        "\(arguments[0]): \(fields[1]) events, \(fields[2]) damaged, not \(count) and 0")
    }
    return (seconds, peak / 1024)
  }
}
