import CLinux
import Engine
import Glibc
import Runtime

/// The only place that reads the clock.
enum WallClock {
  static var now: Timestamp {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Timestamp(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
  }
}

/// The system's time, for a runtime.
struct SystemTime: Timekeeper {
  var now: Timestamp { WallClock.now }

  func wait(for descriptors: [Int32], until instant: Timestamp?) -> Set<Int32> {
    var entries = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    // An alarm of the system's clock goes off where that jumps, and counts the time that a machine sleeps.
    let alarm = instant.map { muster_alarm($0.milliseconds) } ?? -1
    defer { if alarm >= 0 { close(alarm) } }
    entries.append(pollfd(fd: alarm, events: Int16(POLLIN), revents: 0))
    let rest = instant.map { max(0, ($0 - now).wholeMilliseconds) }
    let needsTimeout = instant != nil && alarm < 0
    let count = poll(
      &entries, nfds_t(entries.count), needsTimeout ? Int32(clamping: (rest ?? 0) + 1) : -1)
    guard count > 0 else { return [] }
    return Set(entries.dropLast().filter { $0.revents != 0 }.map(\.fd))
  }
}
