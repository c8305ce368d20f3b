import Engine
import Glibc

/// The two screens on a terminal that is read, counted and never answers.
extension Suite {
  func console(_ home: String) throws(BenchmarkError) -> TerminalSession {
    try TerminalSession([muster, "console"], environment: environment(home: home))
  }

  func wall(_ home: String) throws(BenchmarkError) -> TerminalSession {
    try TerminalSession([muster, "wall"], environment: environment(home: home))
  }

  /// Milliseconds from the start of a program to the last byte of its first screen.
  func firstScreen(_ session: TerminalSession) throws(BenchmarkError) -> Double {
    // A pause of 150 ms ends the first burst; htop looks twice at the processes, 75 ms apart.
    guard let end = session.readBurst(quiet: 0.15, limit: 5) else {
      throw .failed("nothing on the screen within five seconds")
    }
    return Stopwatch.seconds(from: session.startedAt, to: end) * 1e3
  }

  mutating func runStart() throws(BenchmarkError) {
    let store = try store("start", events: 10_000)
    var ours = Samples()
    var wallStart = Samples()
    var htop = Samples()
    let peer = path(of: "htop")
    for _ in 0..<times(15, quick: 5) {
      ours.add(try firstScreen(try console(store.home)))
      if let peer { htop.add(try firstScreen(try TerminalSession([peer]))) }
      wallStart.add(try firstScreen(try wall(store.home)))
    }
    table.add(
      Row(
        "console: first complete screen, 10000 events", ours: ours.median.short + " ms",
        peer: "\(htop.median.short) ms htop", figure: ours.median / htop.median, unit: "x",
        atMost: peer == nil ? nil : 1, aim: 0.45))
    table.add(
      Row(
        "wall: first complete screen, 10000 events", ours: wallStart.median.short + " ms",
        peer: "\(htop.median.short) ms htop", figure: wallStart.median / htop.median, unit: "x",
        atMost: peer == nil ? nil : 1, aim: 0.45))
    if !isQuick { try runLongStart() }
  }

  private mutating func runLongStart() throws(BenchmarkError) {
    let store = try store("million", events: 1_000_000)
    var first = Samples()
    var complete = Samples()
    for _ in 0..<5 {
      let session = try console(store.home)
      guard session.read(upTo: 10) else { throw .failed("no screen within ten seconds") }
      first.add(Stopwatch.seconds(from: session.startedAt, to: session.lastByteAt) * 1e3)
      guard let end = session.wait(for: "the last entry of this log", limit: 20) else {
        throw .failed("the newest of 1000000 events is not on the screen after 20 seconds")
      }
      complete.add(Stopwatch.seconds(from: session.startedAt, to: end))
    }
    table.add(
      Row(
        "console: first byte, 1000000 events", ours: first.median.short + " ms",
        figure: first.median, unit: " ms", atMost: 400, aim: 60))
    table.add(
      Row(
        "console: complete, 1000000 events", ours: complete.median.short + " s",
        figure: complete.median, unit: " s", atMost: nil, aim: 1.5))
  }

  mutating func runKeys() throws(BenchmarkError) {
    for count in isQuick ? [1000, 10_000] : [1000, 10_000, 100_000, 1_000_000] {
      let store = try store("keys", events: count)
      let quiet = try keys(store.home)
      table.add(
        Row(
          "key to screen, \(count) events",
          ours: "p50 \(quiet.median.short) p95 \(quiet.quantile(0.95).short) ms",
          figure: quiet.quantile(0.95), unit: " ms", atMost: 16, aim: 3))
      guard count == 10_000 || count == 1_000_000 else { continue }
      let rounds = times(100, quick: 30)
      let inflow = try ChildProcess([bench, "inflow", store.log, "50", "\(rounds * 10)"])
      let busy = try keys(store.home)
      inflow.stop()
      table.add(
        Row(
          "the same with 50 events a second coming in",
          ours: "p50 \(busy.median.short) p95 \(busy.quantile(0.95).short) ms",
          figure: busy.quantile(0.95), unit: " ms", atMost: 16, aim: 3))
    }
  }

  /// Milliseconds from a key that moves the selection to the first byte that answers it.
  private func keys(_ home: String) throws(BenchmarkError) -> Samples {
    let session = try console(home)
    guard session.wait(for: "following", limit: 30) != nil || home.isEmpty else {
      throw .failed("the console is not complete: \(session.screen.lines)")
    }
    _ = session.readBurst(quiet: 0.2, limit: 3)
    var random = SplitMix64(state: 7)
    var samples = Samples()
    for round in 0..<times(200, quick: 50) {
      // Whatever was under way is read first, so that it is not taken for the answer.
      while session.read(upTo: 0.02 + Double(random.below(30)) / 1000) {}
      let start = Stopwatch.now
      session.type(round % 2 == 0 ? "k" : "j")
      guard session.read(upTo: 5) else { throw .failed("a key changes nothing") }
      samples.add(Stopwatch.seconds(from: start, to: session.lastByteAt) * 1e3)
    }
    return samples
  }

  mutating func runFollow() throws(BenchmarkError) {
    let store = try store("follow", events: 10_000)
    let writer = TimedWriter(store.log)
    for (name, session) in [("console", try console(store.home)), ("wall", try wall(store.home))] {
      _ = session.readBurst(quiet: 0.3, limit: 5)
      var seen = Samples()
      for round in 0..<times(100, quick: 20) {
        _ = session.readFor(Double(50 + round * 7 % 60) / 1000)
        let text = "zq\(name.count)\(round)x"
        try writer.note(text)
        let start = Stopwatch.now
        guard let end = session.wait(for: text, limit: 5) else {
          throw .failed(
            "the \(name) shows no \(text):\n\(session.screen.lines.joined(separator: "\n"))")
        }
        seen.add(max(0, Stopwatch.seconds(from: start, to: end) * 1e3))
      }
      table.add(
        Row(
          "append by another until on the \(name)",
          ours: "p50 \(seen.median.short) p99 \(seen.quantile(0.99).short) ms",
          figure: seen.median, unit: " ms", atMost: 1000, aim: 20))
      let seconds = times(20, quick: 5)
      let idle = session.readFor(Double(seconds))
      let before = session.byteCount
      for number in 0..<seconds {
        try writer.note("\(Self.noteText) \(number)")
        _ = session.readFor(1)
      }
      let bytes = session.byteCount - before
      table.add(
        Row(
          "\(name): bytes for one new entry", ours: "\(bytes / seconds) B/s at 1 event/s",
          figure: Double(bytes - idle) / Double(seconds), unit: " B", atMost: 1024, aim: 450))
    }
  }
}
