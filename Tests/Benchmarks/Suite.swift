import Engine
import Glibc

/// Where things are, how thorough to be, and the table so far.
struct Suite {
  var muster = ""
  var peers = ""
  var work = ""
  var isQuick = false
  /// Parts to run; all where it is empty.
  var only: Set<String> = []
  var table = Table()
  /// Seconds of one bare write and sync, once measured.
  var singleSync: Double?

  static let parts = [
    "replay", "append", "writers", "note", "start", "keys", "follow", "idle", "day",
    "scale",
  ]

  /// This program, to be started as one of its own verbs.
  var bench: String { CommandLine.arguments[0] }

  mutating func run() throws(BenchmarkError) -> Bool {
    for part in Self.parts where only.isEmpty || only.contains(part) {
      try Machine.waitUntilQuiet(limit: isQuick ? 5 : 60)
      switch part {
      case "replay": try runReplay()
      case "append": try runAppend()
      case "writers": try runWriters()
      case "note": try runNote()
      case "start": try runStart()
      case "keys": try runKeys()
      case "follow": try runFollow()
      case "day": try runDay()
      case "scale": try runScale()
      default: try runIdle()
      }
    }
    return !table.hasMissed
  }

  /// How often to repeat something that is done `count` times when there is time.
  func times(_ count: Int, quick: Int) -> Int { isQuick ? quick : count }

  /// What a program needs to work in a store of ours and to find no settings of anybody's.
  func environment(home: String) -> [String: String] {
    [
      "MUSTER_HOME": home, "XDG_CONFIG_HOME": work + "/config", "XDG_STATE_HOME": work + "/state",
      "MUSTER_INCIDENT": "", "TZ": "UTC",
    ]
  }

  /// A store with one open incident of `count` events, made new.
  func store(_ name: String, events count: Int) throws(BenchmarkError) -> (
    home: String, log: String
  ) {
    let home = work + "/stores/" + name
    let id = "2026-11-21-checkout"
    _ = try ChildProcess.output(["rm", "-rf", home])
    _ = try ChildProcess.output(["mkdir", "-p", home + "/incidents", home + "/open"])
    let log = home + "/incidents/" + id + ".jsonl"
    // As much time behind us as a long incident takes, so that every clock still runs.
    let span: Int64 = 40 * 60_000
    try LogGenerator.write(
      count, to: log, id: id, start: WallClock.now - .milliseconds(span),
      step: max(1, span / Int64(count + 1)))
    _ = try ChildProcess.output([muster, "list"], environment: environment(home: home))
    return (home, log)
  }

  func path(of program: String) -> String? {
    let folders = getenv("PATH").map { String(cString: $0) } ?? ""
    return folders.split(separator: ":").map { "\($0)/\(program)" }.first { access($0, X_OK) == 0 }
  }
}
