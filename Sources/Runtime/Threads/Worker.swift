import Glibc

/// A thread of the system that runs one function to its end.
package struct Worker: ~Copyable {
  private let thread: pthread_t

  private final class Body: Sendable {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }

  /// Signals that are for the program stay with the thread that begins this one.
  package init(_ run: @escaping @Sendable () -> Void) throws(SystemTrouble) {
    var signals = sigset_t()
    var before = sigset_t()
    sigemptyset(&signals)
    for number in [SIGTERM, SIGINT, SIGQUIT, SIGHUP, SIGWINCH, SIGTSTP, SIGCONT, SIGPIPE] {
      sigaddset(&signals, number)
    }
    pthread_sigmask(SIG_BLOCK, &signals, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    var thread = pthread_t()
    let body = Unmanaged.passRetained(Body(run))
    let error = pthread_create(
      &thread, nil,
      { context in
        if let context { Unmanaged<Body>.fromOpaque(context).takeRetainedValue().run() }
        return nil
      }, body.toOpaque())
    guard error == 0 else {
      body.release()
      throw SystemTrouble("cannot create a thread", error: error)
    }
    self.thread = thread
  }

  /// Lets the function go on for itself; the end of the program ends it.
  package consuming func detach() { pthread_detach(thread) }

  /// Waits for the function to end.
  package consuming func join() { pthread_join(thread, nil) }
}
