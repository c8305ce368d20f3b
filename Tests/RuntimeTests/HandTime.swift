import Engine
import Glibc
import Runtime
import Synchronization

/// A clock for several threads that a test moves by hand; whoever waits for an instant is woken when it is reached.
final class HandTime: Timekeeper {
  private let state: Mutex<State>

  private struct State {
    var now: Timestamp
    /// The far ends of the pipes of those who wait.
    var bells: [Int32: Int32] = [:]
  }

  init(_ rfc3339: String = "2026-11-21T01:00:00.000Z") {
    guard let now = Timestamp(rfc3339: rfc3339) else {
      preconditionFailure("not RFC 3339: \(rfc3339)")
    }
    state = Mutex(State(now: now))
  }

  var now: Timestamp { state.withLock { $0.now } }

  func advance(by span: Duration) {
    state.withLock { state in
      state.now = state.now + span
      for bell in state.bells.values {
        _ = withUnsafeBytes(of: UInt8(1)) { write(bell, $0.baseAddress, 1) }
      }
    }
  }

  /// Longer than this nobody waits: a test that would hang fails.
  private static let limit: Int32 = 20_000

  func wait(for descriptors: [Int32], until instant: Timestamp?) -> Set<Int32> {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return [] }
    let (near, far) = (ends[0], ends[1])
    state.withLock { $0.bells[near] = far }
    defer {
      state.withLock { _ = $0.bells.removeValue(forKey: near) }
      close(near)
      close(far)
    }
    while true {
      if let instant, now >= instant { return [] }
      var entries = (descriptors + [near]).map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
      guard poll(&entries, nfds_t(entries.count), Self.limit) > 0 else { return [] }
      let ready = Set(entries.dropLast().filter { $0.revents != 0 }.map(\.fd))
      if !ready.isEmpty { return ready }
      var byte: UInt8 = 0
      _ = read(near, &byte, 1)
      // Somebody moved the clock: whoever waits without an end looks again, too.
      if instant == nil { return [] }
    }
  }
}
