import Glibc

/// Holds back the signals that end the program, on a thread that takes them, until something is finished.
///
/// Threads that never take them, as those beside a screen, are left as they are: nobody waits for them with a signal.
struct SignalShield {
  private var before = sigset_t()
  private let isRaised: Bool

  private static let held = [SIGINT, SIGTERM, SIGHUP]

  init() {
    var signals = sigset_t()
    sigemptyset(&signals)
    for number in Self.held { sigaddset(&signals, number) }
    pthread_sigmask(SIG_BLOCK, &signals, &before)
    isRaised = sigismember(&before, SIGINT) == 0
  }

  /// Whether one of them has come meanwhile.
  var hasPending: Bool {
    guard isRaised else { return false }
    var pending = sigset_t()
    sigpending(&pending)
    return Self.held.contains { sigismember(&pending, $0) == 1 }
  }

  /// Lets them through; what has come ends the program now.
  func lower() {
    var before = before
    pthread_sigmask(SIG_SETMASK, &before, nil)
  }
}
