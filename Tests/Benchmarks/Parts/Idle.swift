import Engine
import Glibc

/// What a screen costs while nothing happens.
extension Suite {
  private struct Watched {
    var name: String
    var session: TerminalSession
    var before: ProcessUse
    var bytes = 0
  }

  mutating func runIdle() throws(BenchmarkError) {
    let store = try store("idle", events: 10_000)
    var watched: [Watched] = []
    func watch(_ name: String, _ session: TerminalSession) throws(BenchmarkError) {
      _ = session.readBurst(quiet: 0.3, limit: 5)
      watched.append(
        Watched(name: name, session: session, before: try ProcessUse(of: session.child.pid)))
    }
    try watch("floor", try TerminalSession([peers + "/wall"]))
    try watch("console", try console(store.home))
    try watch("wall", try wall(store.home))
    for peer in ["htop", "btop", "lnav"] {
      guard let path = path(of: peer) else { continue }
      try watch(peer, try TerminalSession(peer == "lnav" ? [path, store.log] : [path]))
    }
    let seconds = times(60, quick: 12)
    // What is begun here settles first: a first full second, late frames.
    read(&watched, seconds: 2)
    for index in watched.indices {
      watched[index].before = try ProcessUse(of: watched[index].session.child.pid)
      watched[index].bytes = watched[index].session.byteCount
    }
    read(&watched, seconds: Double(seconds))
    for index in watched.indices {
      try add(watched[index], seconds: Double(seconds))
    }
  }

  private func read(_ watched: inout [Watched], seconds: Double) {
    let start = Stopwatch.now
    while Stopwatch.seconds(from: start, to: Stopwatch.now) < seconds {
      Stopwatch.sleep(0.05)
      for entry in watched { while entry.session.read(upTo: 0) {} }
    }
  }

  private mutating func add(_ watched: Watched, seconds: Double) throws(BenchmarkError) {
    let use = try ProcessUse(of: watched.session.child.pid)
    let rate = Double(watched.session.byteCount - watched.bytes) / seconds
    let cpu = (use.cpu - watched.before.cpu) / seconds * 60
    let wakeups = (use.wakeups - watched.before.wakeups) / seconds
    let isOurs = watched.name == "console" || watched.name == "wall"
    let name = isOurs ? watched.name : "(\(watched.name))"
    table.add(
      Row(
        "\(name) idle: bytes a second", ours: "\(rate.short) B/s", figure: rate, unit: " B/s",
        atMost: isOurs ? 150 : nil, aim: isOurs ? 60 : nil))
    table.add(
      Row(
        "\(name) idle: CPU in 60 s", ours: "\(cpu.short) s",
        peer: "\(wakeups.short) wake-ups/s", figure: cpu, unit: " s",
        atMost: isOurs ? 0.2 : nil, aim: isOurs ? 0.04 : nil))
    table.add(
      Row(
        "\(name) idle: memory, 10000 events", ours: "\(use.resident.short) MiB",
        peer: "peak \(use.peak.short) MiB", figure: use.resident, unit: " MiB",
        atMost: isOurs ? 40 : nil, aim: isOurs ? 20 : nil))
  }
}
