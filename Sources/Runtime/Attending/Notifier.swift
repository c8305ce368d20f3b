package import Engine
package import EventLog
import Synchronization

/// What a notifier needs of the program around it.
package protocol NotificationGround: Sendable {
  /// What records attempts in an incident's log, for the program itself.
  func commands(for id: String) throws(LogError) -> CommandRecorder

  /// Sends one message, on the thread that asks.
  func send(_ order: NotificationOrder) -> NotificationResult
}

/// What came of sending a message.
package enum NotificationResult: Hashable, Sendable {
  /// By the reference its channel knows it or its thread.
  case delivered(reference: String?)
  case failed(String, isFinal: Bool, retryAfter: Duration?)
  /// Others had begun it: nothing was sent.
  case nothingToDo
}

/// Tells people things on threads of its own: one message a thread, so that no channel holds up another.
///
/// The attempt is in the log before anything is sent; one that no log takes is made all the same, once.
package final class Notifier: Sendable {
  private let ground: any NotificationGround
  private let time: any Timekeeper
  private let ended: Mailbox<Ended>
  private let running = Mutex(0)
  private let isOver: Mailbox<Void>

  /// What came of one message.
  package struct Ended: Sendable {
    package var order: NotificationOrder
    package var result: NotificationResult
    /// Attempts of which no log knows what came of them.
    package var unrecorded: [Notification.Key]
  }

  package init(_ ground: any NotificationGround, time: any Timekeeper) throws(SystemTrouble) {
    (self.ground, self.time) = (ground, time)
    ended = try Mailbox()
    isOver = try Mailbox()
  }

  /// Readable when a message has come to its end.
  package var descriptor: Int32 { ended.descriptor }

  package func takeEnded() -> [Ended] { ended.take() }

  package func start(_ order: NotificationOrder) {
    running.withLock { $0 += 1 }
    do throws(SystemTrouble) {
      let worker = try Worker { [self] in
        finish(tell(order))
      }
      worker.detach()
    } catch {
      let result = NotificationResult.failed(error.description, isFinal: false, retryAfter: nil)
      finish(Ended(order: order, result: result, unrecorded: []))
    }
  }

  private func finish(_ end: Ended) {
    ended.post(end)
    running.withLock { $0 -= 1 }
    isOver.post(())
  }

  /// Waits for the messages under way, so that what came of them is recorded.
  package func wait() {
    while running.withLock({ $0 }) > 0 {
      isOver.wait()
      _ = isOver.take()
    }
  }

  // MARK: - One message

  private func tell(_ order: NotificationOrder) -> Ended {
    var begun: [Notification] = []
    var unrecorded: [Notification.Key] = []
    for notice in order.notices {
      switch record(notice.start, in: notice.incident) {
      case .present: continue
      case .taken: begun.append(notice)
      case .lost:
        begun.append(notice)
        unrecorded.append(notice.key)
      }
    }
    guard let order = order.only(begun) else {
      return Ended(order: order, result: .nothingToDo, unrecorded: [])
    }
    let result = ground.send(order)
    for notice in order.notices {
      guard let outcome = notice.outcome(result, at: time.now) else { continue }
      if case .lost = record(outcome, in: notice.incident) { unrecorded.append(notice.key) }
    }
    return Ended(order: order, result: result, unrecorded: unrecorded)
  }

  private enum Recorded { case taken, present, lost }

  private func record(_ draft: EventDraft, in incident: String) -> Recorded {
    do throws(LogError) {
      switch try ground.commands(for: incident).record(draft) {
      case .recorded: return .taken
      case .present: return .present
      case .rejected, .unreadable, .lost, .contended: return .lost
      }
    } catch { return .lost }
  }
}

extension Notification {
  /// That this attempt is begun.
  fileprivate var start: EventDraft {
    EventDraft(
      .deliveryStarted, identity: .named("\(key.message)/\(attempt)/start"),
      EventData([
        "subject": .text(subject.text), "target": .text(target), "attempt": .whole(attempt),
      ]))
  }

  /// What came of it; nil where nothing was sent.
  fileprivate func outcome(_ result: NotificationResult, at now: Timestamp) -> EventDraft? {
    let identity = EventDraft.Identity.named(
      "\(incident)/delivery/\(subject.text)/\(target)/\(attempt)")
    switch result {
    case .nothingToDo: return nil
    case .delivered(let reference):
      return EventDraft(
        .deliverySucceeded, identity: identity,
        EventData([
          "subject": .text(subject.text), "target": .text(target), "attempt": .whole(attempt),
          "reference": .text(reference),
        ]))
    case .failed(let error, let isFinal, let retryAfter):
      return EventDraft(
        .deliveryFailed, identity: identity,
        EventData([
          "subject": .text(subject.text), "target": .text(target), "attempt": .whole(attempt),
          "error": .text(error), "final": isFinal ? .bool(true) : nil,
          "not_before": .time(retryAfter.map { now + $0 }),
        ]))
    }
  }
}
