import Glibc

/// Reads the steady clock, in nanoseconds.
enum Stopwatch {
  static var now: Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }

  /// How long the body took, in seconds.
  static func time<Failure: Error>(_ body: () throws(Failure) -> Void) throws(Failure) -> Double {
    let start = now
    try body()
    return seconds(from: start, to: now)
  }

  static func seconds(from start: Int64, to end: Int64) -> Double { Double(end - start) / 1e9 }

  static func sleep(_ seconds: Double) {
    var span = timespec()
    span.tv_sec = Int(seconds)
    span.tv_nsec = Int((seconds - seconds.rounded(.towardZero)) * 1e9)
    nanosleep(&span, nil)
  }
}
