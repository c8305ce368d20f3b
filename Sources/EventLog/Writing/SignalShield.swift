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

extension FileCalls {
  /// Waits for the lock of a file, and from then on holds off the signals that would stop the process with it.
  ///
  /// - Parameters:
  ///   - file: The file, open for writing.
  ///   - path: Where it lies, for errors.
  ///   - deadline: When to give up.
  ///   - pause: Waits a little before the next try, of which the number is handed over.
  /// - Returns: What holds the signals off, to be lowered after the unlocking.
  /// - Throws: `LogError.locked` with its holder where the deadline has passed.
  func waitForLock(
    of file: OpenFile, path: String, until deadline: ContinuousClock.Instant,
    pause: (UInt32) -> Void
  ) throws(LogError) -> SignalShield {
    var tries: UInt32 = 0
    while true {
      let shield = SignalShield()
      let error = lock(file.descriptor)
      if error == 0 { return shield }
      shield.lower()
      guard error == EAGAIN || error == EACCES || error == EINTR else {
        throw .cannotWrite(path: path, offset: 0, error: error)
      }
      if ContinuousClock.now >= deadline {
        throw .locked(path: path, holder: LockHolder.find(of: file.identity))
      }
      tries += 1
      pause(tries)
    }
  }
}
