package import Engine
import Synchronization

/// Tries deliveries on threads of their own: nothing that is to be recorded or shown waits for a command of somebody's.
package final class DeliveryWorkers: Sendable {
  private let deliverer: Deliverer
  private let tell: @Sendable (Delivering, Outcome) -> Void
  private let ended: Mailbox<Void>
  private let running = Mutex(0)

  /// What came of one attempt.
  package enum Outcome: Sendable {
    case tried(Deliverer.Outcome)
    /// It could not even be tried.
    case notBegun(SystemTrouble)
  }

  /// `tell` is told of the end of each attempt, on any thread.
  package init(
    _ deliverer: Deliverer, tell: @escaping @Sendable (Delivering, Outcome) -> Void
  ) throws(SystemTrouble) {
    (self.deliverer, self.tell) = (deliverer, tell)
    ended = try Mailbox()
  }

  package var isAnyRunning: Bool { running.withLock { $0 } > 0 }

  /// Tries each once, those to one target one after the other.
  package func start(_ deliveries: [Delivering]) {
    for own in Dictionary(grouping: deliveries, by: \.target).values {
      running.withLock { $0 += 1 }
      do throws(SystemTrouble) {
        let worker = try Worker { [self] in
          for delivering in own { tell(delivering, .tried(deliverer.attempt(delivering))) }
          finish()
        }
        worker.detach()
      } catch {
        for delivering in own { tell(delivering, .notBegun(error)) }
        finish()
      }
    }
  }

  private func finish() {
    running.withLock { $0 -= 1 }
    ended.post(())
  }

  /// Waits for the attempts under way, so that what came of them is recorded and nothing is sent twice.
  package func wait() {
    while isAnyRunning {
      ended.wait()
      _ = ended.take()
    }
  }
}
