import CLinux
import Engine
import Glibc

/// Tells the service manager that started this process how it stands, by systemd's protocol; without one nothing.
struct ServiceManager {
  /// Where it listens; a leading @ stands for the abstract namespace.
  private let address: String?
  /// The watchdog's interval; nil if there is none.
  let watchdog: Duration?

  /// Takes what the environment says, and takes it out of there: it is not for programs that are started from here.
  static func fromEnvironment() -> ServiceManager {
    let address = environment("NOTIFY_SOCKET")
    var watchdog = environment("WATCHDOG_USEC").flatMap { Int64($0) }
    if let process = environment("WATCHDOG_PID"), process != "\(getpid())" { watchdog = nil }
    for name in ["NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID"] { unsetenv(name) }
    return ServiceManager(
      address: address,
      watchdog: watchdog.flatMap { $0 > 0 ? .milliseconds($0 / 1000) : nil })
  }

  init(address: String?, watchdog: Duration? = nil) {
    (self.address, self.watchdog) = (address, watchdog)
  }

  /// Some words of the protocol, one a line: `READY=1`. Failures to send are ignored.
  func tell(_ words: String...) {
    guard let address else { return }
    let text = words.joined(separator: "\n")
    _ = text.withCString { muster_tell_manager(address, $0, text.utf8.count) }
  }

  func status(_ text: String) -> String { "STATUS=" + Output.harmlessLine(text) }

  /// `RELOADING=1` with the instant that newer managers want beside it.
  func reloading() {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    tell("RELOADING=1", "MONOTONIC_USEC=\(time.tv_sec * 1_000_000 + time.tv_nsec / 1000)")
  }
}
