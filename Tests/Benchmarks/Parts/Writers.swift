import Engine
import EventLog
import Glibc

/// One of several processes that write into the same log.
enum WriterVerb {
  /// Prints the worst wait in microseconds and the total in seconds.
  static func run(_ path: String, _ count: Int) throws(BenchmarkError) {
    let writer = TimedWriter(path)
    var worst = 0.0
    let start = Stopwatch.now
    for number in 0..<count {
      worst = max(worst, try writer.note("\(Suite.noteText) \(number)"))
    }
    print(worst * 1e6, Stopwatch.seconds(from: start, to: Stopwatch.now))
  }

  /// Writes at a steady rate, in events a second.
  static func runSteadily(_ path: String, _ rate: Double, _ count: Int) throws(BenchmarkError) {
    let writer = TimedWriter(path)
    for number in 0..<count {
      try writer.note("inflow \(number)")
      Stopwatch.sleep(1 / rate)
    }
  }
}

extension Suite {
  private static let writers = 8

  mutating func runWriters() throws(BenchmarkError) {
    let count = isQuick ? 100 : 1000
    let bare = work + "/writers.bare"
    var ours = Samples()
    var floor = Samples()
    var worst = Samples()
    var floorWorst = Samples()
    for round in 0..<times(5, quick: 3) {
      let log = work + "/writers.jsonl"
      try LogGenerator.writeReference(2, to: log)
      let locked = [bench, "writer", log, "\(count)"]
      let unlocked = [peers + "/floor", "many", bare, "280", "\(count)"]
      let order = round % 2 == 0
      if order { try together(unlocked, &floor, &floorWorst) }
      try together(locked, &ours, &worst)
      if !order { try together(unlocked, &floor, &floorWorst) }
      try checkWhole(log, 2 + Self.writers * count)
    }
    let rate = { (samples: Samples) in
      (Double(Self.writers * count) / samples.median).short + " ev/s"
    }
    table.add(
      Row(
        "8 writer processes x \(count)", ours: rate(ours), peer: "\(rate(floor)) without a lock",
        figure: floor.median / ours.median, unit: "x", atLeast: 0.5, aim: 0.75))
    let single = if let singleSync { singleSync } else { try sync() }
    table.add(
      Row(
        "the longest of their waits, in syncs", ours: (worst.median / 1e3).short + " ms",
        peer: "\((floorWorst.median / 1e3).short) ms without a lock",
        figure: worst.median / 1e6 / single, unit: " syncs", atMost: nil))
  }

  private func sync() throws(BenchmarkError) -> Double {
    let bare = try BareFile(work + "/append.bare", lineSize: 280)
    var samples = Samples()
    for _ in 0..<200 { samples.add(try bare.append()) }
    return samples.median
  }

  /// Starts the same program eight times; adds how long all of them took, and the longest wait in microseconds.
  private func together(
    _ arguments: [String], _ total: inout Samples, _ worst: inout Samples
  ) throws(BenchmarkError) {
    let answers = work + "/writers.out"
    let file = open(answers, O_RDWR | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0o640)
    if file < 0 { throw .system("open \(answers)", errno) }
    defer { close(file) }
    let start = Stopwatch.now
    var children: [ChildProcess] = []
    for _ in 0..<Self.writers {
      children.append(try ChildProcess(arguments, streams: .output(file)))
    }
    let failed = children.filter { $0.wait() != 0 }
    total.add(Stopwatch.seconds(from: start, to: Stopwatch.now))
    if !failed.isEmpty { throw .failed("\(arguments[0]) failed") }
    let lines = try TextFile.read(answers).split(separator: "\n")
    worst.add(lines.compactMap { Double($0.split(separator: " ")[0]) }.max() ?? .nan)
  }

  private func checkWhole(_ log: String, _ count: Int) throws(BenchmarkError) {
    let reader = LogReader(path: log)
    do {
      _ = try reader.read(at: WallClock.now) { _ in }
    } catch {
      throw .failed("\(log): \(error)")
    }
    guard reader.eventCount == count, reader.damageCount == 0, reader.tornTail == nil else {
      throw .failed("\(log): \(reader.eventCount) of \(count), \(reader.damageCount) damaged")
    }
  }
}
