import Glibc
import Synchronization

/// Hands values from one thread to another; its descriptor can be waited on together with others.
package final class Mailbox<Item: Sendable>: Sendable {
  /// Readable while something lies in the box.
  package let descriptor: Int32
  private let bell: Int32
  private let items = Mutex<[Item]>([])

  package init() throws(SystemTrouble) {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { throw SystemTrouble("cannot create a pipe", error: errno) }
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

  /// Puts something in; without ringing, nobody who waits is woken for it.
  package func post(_ item: Item, rings: Bool = true) {
    items.withLock { $0.append(item) }
    guard rings else { return }
    // A full pipe is readable already.
    _ = withUnsafeBytes(of: UInt8(1)) { write(bell, $0.baseAddress, 1) }
  }

  /// Everything that lies in the box, in the order of posting.
  package func take() -> [Item] {
    var bytes = [UInt8](repeating: 0, count: 256)
    while read(descriptor, &bytes, bytes.count) == bytes.count {}
    return items.withLock { items in
      defer { items = [] }
      return items
    }
  }

  /// Waits until something lies in the box, or for so many seconds; without a number for as long as it takes.
  package func wait(atMost seconds: Int32? = nil) {
    var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    _ = poll(&entry, 1, seconds.map { $0 * 1000 } ?? -1)
  }
}
