import Engine
import EventLog
import Glibc

/// The command line: one note, from the start of the process to its end.
extension Suite {
  mutating func runNote() throws(BenchmarkError) {
    let store = try store("note", events: 1000)
    for number in 0..<500 {
      try incident(
        "2026-01-01-closed-\(number)", in: store.home,
        at: Timestamp(milliseconds: 1_767_225_600_000), isOpen: false, title: "Long ago")
    }
    let variables = environment(home: store.home)
    _ = try ChildProcess.output([muster, "list"], environment: variables)
    let repository = work + "/repository"
    _ = try ChildProcess.output(["rm", "-rf", repository])
    _ = try ChildProcess.output(["git", "init", "-q", repository])
    let commit = [
      "git", "-C", repository, "-c", "user.name=mira", "-c", "user.email=mira@example.org",
      "commit", "-q", "--allow-empty", "-m", Self.noteText,
    ]
    var ours = Samples()
    var floor = Samples()
    var git = Samples()
    for _ in 0..<times(100, quick: 25) {
      ours.add(
        try ChildProcess.time([muster, "note", Self.noteText], environment: variables) * 1e3)
      floor.add(try ChildProcess.time([peers + "/floor", "once", work + "/once", "280"]) * 1e3)
      git.add(try ChildProcess.time(commit) * 1e3)
    }
    table.add(
      Row(
        "muster note, 1000 events, 500 closed incidents",
        ours: "\(ours.median.short) ms, p95 \(ours.quantile(0.95).short)",
        peer: "\(floor.median.short) C floor, \(git.median.short) git commit",
        figure: ours.median, unit: " ms", atMost: 10, aim: 4))
  }

  /// Writes a short incident into a store.
  func incident(
    _ id: String, in home: String, at start: Timestamp, isOpen: Bool, title: String
  ) throws(BenchmarkError) {
    var log = MemoryLog()
    log.append(
      EventDraft(
        .incidentDeclared,
        EventData([
          "format": 1, "id": .string(id), "title": .string(title), "severity": "SEV-2",
          "procedure": BenchmarkProcedure.json,
        ])), at: start)
    for minute in 1..<20 {
      let data = EventData(["text": .string("\(Self.noteText) \(minute)")])
      log.append(EventDraft(.noteAdded, data), at: start + .minutes(Int64(minute)))
    }
    if !isOpen {
      log.append(
        EventDraft(.incidentClosed, EventData(["outcome": "resolved"])), at: start + .hours(1))
    }
    var file = try OutputFile("\(home)/incidents/\(id).jsonl")
    for event in log.events { file.add(Array(event.line)) }
    try file.finish()
  }
}
