extension Incident {
  package struct StatusChange: Hashable, Sendable {
    package var status: String
    package var role: Status.Role
  }

  package enum Outcome: String, CaseIterable, Sendable {
    case resolved
    case falseAlarm = "false_alarm"
    case merged
    case cancelled
  }

  package struct Closing: Hashable, Sendable {
    package var outcome: Outcome
    package var reason: String?
  }

  package enum Milestone: String, CaseIterable, Sendable {
    case started, detected, declared, acknowledged, triaged, mitigated, resolved
  }

  package struct MilestoneValue: Hashable, Sendable {
    package var milestone: Milestone
    package var at: Timestamp
  }

  /// What is broken for whom; a part that an update leaves out keeps what was said before.
  package struct Impact: Hashable, Sendable {
    package var summary: String?
    package var services: String?
    package var users: String?
    package var revenue: String?

    package init(
      summary: String? = nil, services: String? = nil, users: String? = nil, revenue: String? = nil
    ) {
      self.summary = summary
      self.services = services
      self.users = users
      self.revenue = revenue
    }
  }

  package struct Handover: Hashable, Sendable {
    package var role: String
    package var name: String
    package var isAccepted: Bool
  }

  package enum ItemChange: Hashable, Sendable {
    case checked
    case unchecked
    case skipped(reason: String)
  }

  package struct Decision: Hashable, Sendable {
    package var question: String
    package var choice: String
    package var objections: [String]
  }

  /// Something that somebody was asked to do, with the time they were given.
  package struct Task: Hashable, Sendable {
    package var text: String
    package var who: String
    package var timeBox: Duration?
  }

  package struct Countdown: Hashable, Sendable {
    package var text: String
    package var span: Duration
  }

  package struct Update: Hashable, Sendable {
    package var audience: String?
    package var channel: String?
    /// The status that it tells of.
    package var status: String?
    package var next: Timestamp?
    /// The ways it goes by.
    package var via: [String] = []
    /// Whose configuration names them, as `login@host`.
    package var from: String?
  }

  /// A step of the escalation path that fell due, or was called by hand.
  package struct Firing: Hashable, Sendable {
    package var step: String
    package var to: String
    package var level: Int
    package var episode: Int
    package var round: Int
    package var isManual: Bool
  }

  package struct Reached: Hashable, Sendable {
    package var step: String
    package var name: String?
  }

  package struct Snooze: Hashable, Sendable {
    package var deadline: String
    package var span: Duration
    package var reason: String
  }

  /// Upper limits for the deliveries of an update and for the number of an attempt.
  static let (mostWays, greatestAttempt) = (64, 1_000_000)

  /// That an attempt to tell somebody something was begun.
  package struct DeliveryStart: Hashable, Sendable {
    package var subject: String
    package var target: String
    package var attempt: Int
  }

  package struct Delivery: Hashable, Sendable {
    package var subject: String
    package var target: String
    package var isSuccess: Bool
    package var attempt: Int
    package var error: String?
    /// Whether trying again the same way is of no use.
    package var isFinal = false
    /// Before when the channel wants no other attempt.
    package var notBefore: Timestamp?
    /// By what the channel knows the message, or the thread that it began.
    package var reference: String?
  }

  package struct ActionItem: Hashable, Sendable {
    package var text: String
    package var owner: String?
    package var due: Timestamp?
  }

  /// That a draft, a review or a meeting is done, and where it is to be found.
  package struct Publication: Hashable, Sendable {
    package var what: PostmortemDuty.What
    package var place: String?
  }

  /// That a post-mortem duty does not apply, and why.
  package struct Waiver: Hashable, Sendable {
    package var what: PostmortemDuty.What
    package var reason: String?
  }

  package struct Retraction: Hashable, Sendable {
    package var stamp: Stamp
    package var actor: String
    package var isSecret: Bool
    package var reason: String?
  }

  package struct AlertCount: Hashable, Sendable {
    package var title: String
    package var count: Int
    package var first: Timestamp
    package var last: Timestamp
    package var isFiring: Bool
    package var lastSequence: Int
  }
}
