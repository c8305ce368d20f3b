internal import Glibc

/// Holds off the signals that would stop or end this process while others wait for its lock.
struct SignalShield {
  private var before = sigset_t()

  /// Begins to hold them off.
  init() {
    var held = sigset_t()
    sigemptyset(&held)
    for signal in [SIGTSTP, SIGTTIN, SIGTTOU, SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGALRM] {
      sigaddset(&held, signal)
    }
    pthread_sigmask(SIG_BLOCK, &held, &before)
  }

  /// Lets through what came meanwhile.
  func lower() {
    var before = before
    pthread_sigmask(SIG_SETMASK, &before, nil)
  }

  /// A file that may grow no further is an error to tell, not a reason to die.
  static let fileSizeSignalIsIgnored: Bool = {
    signal(SIGXFSZ, SIG_IGN)
    return true
  }()
}
