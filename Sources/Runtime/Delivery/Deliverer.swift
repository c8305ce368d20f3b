package import Engine
package import EventLog
import Synchronization

/// Tries deliveries of one login, and records what came of each.
package final class Deliverer: Sendable {
  /// Whose configuration names the commands, as `login@host`.
  package let login: String
  /// Whether what somebody else was to deliver is delivered by the commands of this person.
  private let takesOver: Bool
  private let ground: any DeliveryGround
  private let time: any Timekeeper
  /// Attempts made by this process that are not in the log yet; repeating them could reach people twice.
  private let unrecorded = Mutex<Set<String>>([])

  package init(
    _ ground: any DeliveryGround, login: String, takesOver: Bool = false, time: any Timekeeper
  ) {
    (self.ground, self.login, self.takesOver, self.time) = (ground, login, takesOver, time)
  }

  /// What came of trying.
  package enum Outcome: Equatable, Sendable {
    case delivered
    case failed(String)
    /// Nothing is to be tried now: it is there, it is not time yet, or it is not wanted any more.
    case nothingToDo
    /// Another process is trying it.
    case busy
    /// It was tried, but the outcome could not be recorded.
    case notRecorded(CommandRecorder.Outcome)
    /// The log cannot be read.
    case unreadable(LogError)

    package static func == (one: Self, other: Self) -> Bool {
      switch (one, other) {
      case (.delivered, .delivered), (.nothingToDo, .nothingToDo), (.busy, .busy),
        (.notRecorded, .notRecorded):
        true
      case (.failed(let one), .failed(let other)): one == other
      case (.unreadable(let one), .unreadable(let other)): one == other
      default: false
      }
    }
  }

  /// Tries to deliver an update to a target once; one that is not due yet only where `isAsked`.
  package func attempt(
    _ delivering: Delivering, isAsked: Bool = false, patience: Duration = .zero
  ) -> Outcome {
    let claim: (any DeliveryClaim)?
    do throws(DeliveryBusy) {
      claim = try ground.claim(delivering.target, of: delivering.incident, patience: patience)
    } catch { return .busy }
    return withExtendedLifetime(claim) {
      ground.shielded { isInterrupted in
        do throws(LogError) {
          return try attempt(delivering, isAsked: isAsked, isInterrupted)
        } catch { return .unreadable(error) }
      }
    }
  }

  private func attempt(
    _ delivering: Delivering, isAsked: Bool, _ isInterrupted: () -> Bool
  ) throws(LogError) -> Outcome {
    let commands = try ground.commands(for: delivering.incident)
    try commands.log.readOn(at: time.now)
    let (incident, now) = (commands.incident, time.now)
    let dispatch = incident.dispatches(at: now).first {
      $0.update == delivering.update && $0.target == delivering.target
    }
    guard let dispatch, takesOver || dispatch.from == login, dispatch.isMissing,
      isAsked || dispatch.isDue(at: now), !isUnrecorded(dispatch, of: delivering.incident),
      let event = try commands.event(delivering.update),
      let order = incident.order(for: event, to: delivering.target, attempt: dispatch.attempt)
    else { return .nothingToDo }
    let end = ground.run(order, isInterrupted: isInterrupted)
    let error = end.error
    let outcome = commands.record { _ in order.outcome(error: error, end.answer) }
    switch outcome {
    case .recorded, .present: return error.map { .failed($0) } ?? .delivered
    case .rejected, .unreadable, .lost, .contended:
      unrecorded.withLock { _ = $0.insert(Self.name(dispatch, of: delivering.incident)) }
      return .notRecorded(outcome)
    }
  }

  private static func name(_ dispatch: Dispatch, of id: String) -> String {
    "\(id)/\(dispatch.update)/\(dispatch.target)/\(dispatch.attempt)"
  }

  /// Whether this attempt was made already but is not in the log yet.
  private func isUnrecorded(_ dispatch: Dispatch, of id: String) -> Bool {
    if unrecorded.withLock({ $0.contains(Self.name(dispatch, of: id)) }) { return true }
    return ground.kept().contains { entry in
      let data = entry.draft.data
      return entry.incident == id && entry.state == .notRecorded
        && data.string("subject") == DeliverySubject.update(dispatch.update).text
        && data.string("target") == dispatch.target
        && data.integer("attempt") == Int64(dispatch.attempt)
    }
  }
}

extension CommandRecorder {
  /// The event of a sequence, with its words.
  fileprivate func event(_ sequence: Int) throws(LogError) -> RecordedEvent? {
    try recorder.store.events([sequence], of: id)[sequence]
  }
}
