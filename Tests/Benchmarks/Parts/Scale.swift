import Engine
import EventLog
import Glibc

/// Stores of many incidents, and one incident of many events, as they are after the first look at them.
extension Suite {
  mutating func runScale() throws(BenchmarkError) {
    let count = isQuick ? 1000 : 10_000
    try measureStore(of: count, areOpen: false)
    try measureStore(of: count, areOpen: true)
    try measureLongIncident(isQuick ? 20_000 : 200_000)
  }

  private mutating func measureStore(of count: Int, areOpen: Bool) throws(BenchmarkError) {
    let kind = areOpen ? "open" : "closed"
    let home = try manyIncidents(count, areOpen: areOpen)
    let variables = environment(home: home)
    let first = try ChildProcess.time([muster, "list"], environment: variables)
    table.add(
      Row(
        "first look at \(count) \(kind) incidents", ours: first.short + " s", figure: first,
        unit: " s", atMost: nil))
    for verb in ["status-line", "list"] {
      var samples = Samples()
      var peak = 0.0
      for _ in 0..<times(20, quick: 5) {
        let use = try ChildProcess.use([muster, verb], environment: variables)
        samples.add(use.seconds * 1e3)
        peak = max(peak, use.peak)
      }
      table.add(
        Row(
          "\(verb), \(count) \(kind) incidents", ours: samples.median.short + " ms",
          figure: samples.median, unit: " ms", atMost: areOpen ? 300 : 20, aim: areOpen ? 100 : 5))
      guard areOpen else { continue }
      table.add(
        Row(
          "\(verb), \(count) \(kind) incidents: memory", ours: peak.short + " MiB", figure: peak,
          unit: " MiB", atMost: 60))
    }
    if !areOpen { try measureConsole(home, count) }
  }

  private mutating func measureConsole(_ home: String, _ count: Int) throws(BenchmarkError) {
    var screens = Samples()
    var peak = 0.0
    for _ in 0..<times(10, quick: 3) {
      let session = try console(home)
      screens.add(try firstScreen(session))
      peak = max(peak, try ProcessUse(of: session.child.pid).peak)
    }
    table.add(
      Row(
        "console: first complete screen, \(count) closed incidents",
        ours: screens.median.short + " ms", figure: screens.median, unit: " ms", atMost: 200,
        aim: 60))
    table.add(
      Row(
        "console: memory, \(count) closed incidents", ours: peak.short + " MiB", figure: peak,
        unit: " MiB", atMost: 40, aim: 25))
  }

  private mutating func measureLongIncident(_ count: Int) throws(BenchmarkError) {
    let variables = environment(home: try store("long", events: count).home)
    for arguments in [["note", Self.noteText], ["show"]] {
      var samples = Samples()
      for _ in 0..<times(20, quick: 5) {
        samples.add(try ChildProcess.time([muster] + arguments, environment: variables) * 1e3)
      }
      table.add(
        Row(
          "\(arguments[0]), \(count) events", ours: samples.median.short + " ms",
          figure: samples.median, unit: " ms", atMost: 300, aim: 20))
    }
  }

  /// A store of incidents that are all closed or all open, made new.
  private func manyIncidents(_ count: Int, areOpen: Bool) throws(BenchmarkError) -> String {
    let home = work + "/stores/many-\(areOpen ? "open" : "closed")"
    _ = try ChildProcess.output(["rm", "-rf", home])
    _ = try ChildProcess.output(["mkdir", "-p", home + "/incidents", home + "/open"])
    for number in 0..<count {
      let id = "2026-\(["01", "02", "03"][number % 3])-0\(1 + number % 9)-incident-\(number)"
      try incident(
        id, in: home, at: WallClock.now - .hours(2), isOpen: areOpen, title: "Incident \(number)")
    }
    return home
  }
}
