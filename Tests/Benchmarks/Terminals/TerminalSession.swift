import Glibc

/// A program on a terminal of its own: everything it writes is read, counted and drawn; nothing is ever answered.
final class TerminalSession {
  let child: ChildProcess
  private let descriptor: Int32
  private(set) var screen: VirtualScreen
  private(set) var byteCount = 0
  private(set) var lastByteAt: Int64
  let startedAt: Int64

  init(
    _ arguments: [String], environment: [String: String] = [:], columns: Int = 160, rows: Int = 45
  ) throws(BenchmarkError) {
    descriptor = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    if descriptor < 0 { throw .system("open a terminal", errno) }
    // What unlockpt and ptsname do; Swift does not see those two.
    var locked: Int32 = 0
    var number: UInt32 = 0
    guard ioctl(descriptor, 0x4004_5431, &locked) == 0, ioctl(descriptor, 0x8004_5430, &number) == 0
    else { throw .system("open a terminal", errno) }
    var size = winsize()
    size.ws_col = UInt16(columns)
    size.ws_row = UInt16(rows)
    if ioctl(descriptor, UInt(TIOCSWINSZ), &size) != 0 { throw .system("size a terminal", errno) }
    screen = VirtualScreen(columns: columns, rows: rows)
    var variables = ["TERM": "xterm-256color", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"]
    variables.merge(environment) { $1 }
    let start = Stopwatch.now
    startedAt = start
    lastByteAt = start
    child = try ChildProcess(
      arguments, environment: variables, streams: .terminal("/dev/pts/\(number)"))
  }

  deinit {
    child.stop()
    close(descriptor)
  }

  func type(_ keys: String) {
    var keys = keys
    _ = keys.withUTF8 { write(descriptor, $0.baseAddress, $0.count) }
  }

  /// Reads what there is, waiting at most this long for the first byte; false when nothing came.
  @discardableResult
  func read(upTo seconds: Double) -> Bool {
    var input = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    guard poll(&input, 1, Int32((max(0, seconds) * 1000).rounded(.up))) > 0 else { return false }
    let got = withUnsafeTemporaryAllocation(byteCount: 65_536, alignment: 1) { buffer in
      let got = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
      guard got > 0 else { return 0 }
      lastByteAt = Stopwatch.now
      byteCount += got
      screen.feed(UnsafeRawBufferPointer(rebasing: buffer[..<got]))
      return got
    }
    return got > 0
  }

  /// Reads until nothing came for a while; answers when the last byte came, nil when none did within the limit.
  func readBurst(quiet: Double, limit: Double) -> Int64? {
    let start = Stopwatch.now
    guard read(upTo: limit) else { return nil }
    while read(upTo: quiet), Stopwatch.seconds(from: start, to: Stopwatch.now) < limit {}
    return lastByteAt
  }

  /// Reads for a fixed time, and answers how many bytes came.
  func readFor(_ seconds: Double) -> Int {
    let start = Stopwatch.now
    let before = byteCount
    while case let left = seconds - Stopwatch.seconds(from: start, to: Stopwatch.now), left > 0 {
      if !read(upTo: left), Stopwatch.seconds(from: start, to: Stopwatch.now) < seconds {
        Stopwatch.sleep(0.01)
      }
    }
    return byteCount - before
  }

  /// Reads until a text stands on the screen; answers when its last byte came, nil after the limit.
  func wait(for text: String, limit: Double = 10) -> Int64? {
    let start = Stopwatch.now
    while !screen.contains(text) {
      let left = limit - Stopwatch.seconds(from: start, to: Stopwatch.now)
      if left <= 0 { return nil }
      read(upTo: left)
    }
    return lastByteAt
  }
}
