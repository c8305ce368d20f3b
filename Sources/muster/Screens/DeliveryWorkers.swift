import Dashboard
import Engine
import Glibc
import Synchronization

/// Tries deliveries on threads of their own: nothing that is to be recorded or shown waits for a command of somebody's.
final class DeliveryWorkers: Sendable {
  private let deliverer: Deliverer
  private let answers: Mailbox<Message>
  private let ended: Mailbox<Int>
  private let running = Mutex(0)

  init(home: String, answers: Mailbox<Message>) throws(Failure) {
    deliverer = Deliverer(home: home, source: Recorder.source)
    self.answers = answers
    ended = try Mailbox()
  }

  /// Tries each once, those to one target one after the other.
  func start(_ deliveries: [Delivering]) {
    for own in Dictionary(grouping: deliveries, by: \.target).values {
      running.withLock { $0 += 1 }
      do throws(Failure) {
        let worker = try Worker { [self] in
          for delivering in own { attempt(delivering) }
          finish()
        }
        worker.detach()
      } catch {
        answers.post(.told(error.message, isError: true))
        for delivering in own { answers.post(.deliveryEnded(delivering)) }
        finish()
      }
    }
  }

  private func finish() {
    running.withLock { $0 -= 1 }
    ended.post(0)
  }

  private func attempt(_ delivering: Delivering) {
    let name = "update \(delivering.update) to \(delivering.target)"
    do throws(Failure) {
      let outcome = try deliverer.attempt(
        delivering.update, to: delivering.target, in: delivering.incident, isAsked: false)
      switch outcome {
      case .delivered: answers.post(.told("delivered: \(name)", isError: false))
      case .failed(let error):
        answers.post(.told("NOT DELIVERED: \(name): \(error)", isError: false))
      case .notRecorded(let error):
        answers.post(
          .told("\(name) was tried: \(error)", isError: true))
      case .nothingToDo, .busy: break
      }
    } catch {
      answers.post(.told("\(name): \(error.message)", isError: true))
    }
    answers.post(.deliveryEnded(delivering))
  }

  /// Waits for the attempts under way, so that what came of them is recorded and nothing is sent twice.
  func wait() {
    var count = running.withLock { $0 }
    guard count > 0 else { return }
    Output.remark("waiting for the end of deliveries under way; ^C stops them …")
    Deliverer.isEnding.store(false, ordering: .relaxed)
    for number in [SIGINT, SIGTERM, SIGHUP] {
      signal(number) { _ in Deliverer.isEnding.store(true, ordering: .relaxed) }
    }
    while count > 0 {
      ended.wait()
      _ = ended.take()
      count = running.withLock { $0 }
    }
  }
}
