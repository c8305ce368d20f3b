package import Engine
package import EventLog

/// What deliveries need of the program around them.
package protocol DeliveryGround: Sendable {
  /// Takes the lock on one target of an incident, so that two processes of one login never try the same; `nil` where
  /// there is no place for locks: a message twice is better than none.
  func claim(
    _ target: String, of incident: String, patience: Duration
  ) throws(DeliveryBusy) -> (any DeliveryClaim)?

  /// What records the outcome in an incident's log, for the program itself.
  func commands(for id: String) throws(LogError) -> CommandRecorder

  /// What is kept because no log has taken it yet.
  func kept() -> [SpoolEntry]

  /// Hands an update to its target, and answers what came of it.
  ///
  /// `isInterrupted` says whether somebody wants an end of everything.
  func run(_ order: DeliveryOrder, isInterrupted: () -> Bool) -> DeliveryEnd

  /// Does an attempt to its end: one that was begun is also recorded.
  func shielded<Result>(_ attempt: (_ isInterrupted: () -> Bool) -> Result) -> Result
}

/// Holds a lock as long as it lives.
package protocol DeliveryClaim: AnyObject {}

/// Another process is at it.
package struct DeliveryBusy: Error, Sendable {
  package init() {}
}

/// What came of handing an update to a target.
package struct DeliveryEnd: Sendable {
  /// Why it is not there; nil where it is.
  package var error: String?
  package var answer: DeliveryAnswer

  package init(error: String?, _ answer: DeliveryAnswer = DeliveryAnswer()) {
    (self.error, self.answer) = (error, answer)
  }
}
