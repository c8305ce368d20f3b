internal import Engine
internal import Glibc

/// Follows a log that lives in memory.
package final class MemoryLogFollower: LogFollowing {
  package var descriptor: Int32? { bell.descriptor }

  private let id: String
  private let store: MemoryStore
  private let bell: MemoryBell
  private var seen: [UInt8]?

  init(of id: String, in store: MemoryStore, _ bell: MemoryBell) {
    self.id = id
    self.store = store
    self.bell = bell
    seen = store.log(of: id)?.hash
  }

  package func changed() -> Bool {
    _ = bell.silence()
    let now = store.log(of: id)?.hash
    defer { seen = now }
    return now != seen
  }
}

/// A descriptor that is readable from a ring until it is silenced.
final class MemoryBell: Sendable {
  /// Nil where nobody asked for notices.
  let descriptor: Int32?
  private let far: Int32

  init(rings: Bool) {
    var ends: [Int32] = [-1, -1]
    let isThere = rings && pipe(&ends) == 0
    for end in ends where isThere {
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
    }
    descriptor = isThere ? ends[0] : nil
    far = ends[1]
  }

  deinit {
    guard let descriptor else { return }
    close(descriptor)
    close(far)
  }

  func ring() {
    // A full pipe is readable already.
    if descriptor != nil { _ = withUnsafeBytes(of: UInt8(1)) { write(far, $0.baseAddress, 1) } }
  }

  /// Answers whether it rang.
  func silence() -> Bool {
    guard let descriptor else { return false }
    var bytes = [UInt8](repeating: 0, count: 256)
    var rang = false
    while read(descriptor, &bytes, bytes.count) > 0 { rang = true }
    return rang
  }
}
