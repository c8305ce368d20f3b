import Dashboard
import Display
import Engine
import EventLog
import Glibc

/// A day of the wall in seconds: every tick of it, with its frame.
enum DayVerb {
  /// Prints the KiB in use after the first minute and after the day. A process of its own, so that its memory is its own.
  static func run(_ path: String) throws(BenchmarkError) {
    let start = WallClock.now
    let reader = LogReader(path: path)
    var incident = Incident()
    var newest: [RecordedEvent] = []
    do {
      _ = try reader.read(at: start) { event in
        incident.apply(event)
        newest.append(event.compacted())
      }
    } catch {
      throw .failed("\(path): \(error)")
    }
    let size = Size(width: 80, height: 24)
    var model = Model(.wall, size: size, at: start, context: TimeContext(), actor: "bench")
    _ = model.update(.opened(incident, newest), at: start)
    var afterMinute = 0.0
    var drawn = 0
    for second in 1...86_400 {
      let now = start + .seconds(second)
      _ = model.update(.looked, at: now)
      _ = model.update(.tick, at: now)
      drawn += model.frame(size: size).size.height
      if second == 60 { afterMinute = try ProcessUse(of: getpid()).resident }
    }
    guard drawn == 86_400 * 24 else { throw .failed("a frame of the day was not drawn") }
    let afterDay = try ProcessUse(of: getpid()).resident
    print(Int(afterMinute * 1024), Int(afterDay * 1024))
  }
}

extension Suite {
  mutating func runDay() throws(BenchmarkError) {
    let path = work + "/day-10000.jsonl"
    try LogGenerator.writeReference(10_000, to: path)
    let output = try ChildProcess.output([bench, "day", path])
    let figures = output.split { $0 == " " || $0 == "\n" }.compactMap { Double($0) }
    guard figures.count == 2 else { throw .failed("no figures of the day: \(output)") }
    let grown = (figures[1] - figures[0]) / 1024
    table.add(
      Row(
        "wall: memory after a simulated day", ours: (figures[1] / 1024).short + " MiB",
        peer: (figures[0] / 1024).short + " MiB after its first minute", figure: grown,
        unit: " MiB", atMost: 5, aim: 1))
  }
}
