import Glibc

/// Waits until nothing else is busy, so that figures are of the program and not of the neighbours.
enum Machine {
  /// Returns once less than 8 percent of the processors was in use over half a second, or after the limit; false then.
  @discardableResult
  static func waitUntilQuiet(limit: Double) throws(BenchmarkError) -> Bool {
    let start = Stopwatch.now
    var last = try ticks()
    while Stopwatch.seconds(from: start, to: Stopwatch.now) < limit {
      Stopwatch.sleep(0.5)
      let now = try ticks()
      let all = now.all - last.all
      if all > 0, Double(now.busy - last.busy) / Double(all) < 0.08 { return true }
      last = now
    }
    return false
  }

  private static func ticks() throws(BenchmarkError) -> (busy: Int, all: Int) {
    let line = try TextFile.read("/proc/stat").prefix { $0 != "\n" }
    let fields = line.split(separator: " ").dropFirst().compactMap { Int($0) }
    let all = fields.prefix(8).reduce(0, +)
    let idle = fields.count > 4 ? fields[3] + fields[4] : 0
    return (all - idle, all)
  }
}
