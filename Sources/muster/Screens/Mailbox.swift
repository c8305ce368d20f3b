import Glibc
import Synchronization

/// Hands values from one thread to another; its descriptor can be waited on together with others.
final class Mailbox<Item: Sendable>: Sendable {
  /// Readable while something lies in the box.
  let descriptor: Int32
  private let bell: Int32
  private let items = Mutex<[Item]>([])

  init() throws(Failure) {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else {
      throw Failure(.worldFailed, "no pipe from the system: \(String(cString: strerror(errno)))")
    }
    for end in ends {
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
    }
    (descriptor, bell) = (ends[0], ends[1])
  }

  deinit {
    close(descriptor)
    close(bell)
  }

  func post(_ item: Item) {
    items.withLock { $0.append(item) }
    // A full pipe is readable already.
    _ = withUnsafeBytes(of: UInt8(1)) { write(bell, $0.baseAddress, 1) }
  }

  /// Everything that lies in the box, in the order of posting.
  func take() -> [Item] {
    var bytes = [UInt8](repeating: 0, count: 256)
    while read(descriptor, &bytes, bytes.count) == bytes.count {}
    return items.withLock { items in
      defer { items = [] }
      return items
    }
  }

  /// Waits until something lies in the box.
  func wait() {
    var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    _ = poll(&entry, 1, -1)
  }
}

/// A thread of the system that runs one function to its end.
struct Worker: ~Copyable {
  private let thread: pthread_t

  private final class Body: Sendable {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }

  /// Signals that are for the program stay with the thread that begins this one.
  init(_ run: @escaping @Sendable () -> Void) throws(Failure) {
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
      throw Failure(.worldFailed, "no thread from the system: \(String(cString: strerror(error)))")
    }
    self.thread = thread
  }

  /// Lets the function go on for itself; the end of the program ends it.
  consuming func detach() { pthread_detach(thread) }

  /// Waits for the function to end.
  consuming func join() { pthread_join(thread, nil) }
}
