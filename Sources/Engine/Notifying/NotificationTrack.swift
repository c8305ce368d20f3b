/// How it stands with telling one person one thing.
package struct NotificationTrack: Hashable, Sendable {
  package var duty: NotificationDuty
  /// Nil where nobody is known to be told.
  package var person: String?
  /// What was tried, in order.
  package var tried: [Attempt] = []
  /// What is tried next; nil where nothing is.
  package var next: Next?
  /// Why nobody is told.
  package var obstacle: Obstacle?

  package struct Attempt: Hashable, Sendable {
    package var channel: String
    package var number: Int
    package var at: Timestamp
    package var state: State

    package enum State: Hashable, Sendable {
      case underWay
      case delivered
      case failed(String?)
    }
  }

  package struct Next: Hashable, Sendable {
    package var channel: String
    package var at: Timestamp
    package var attempt: Int
  }

  package enum Obstacle: Hashable, Sendable {
    /// Nobody stands for the receiver.
    case nobodyKnown
    /// The store has no entry for them in `people`.
    case notAmongPeople(String)
    /// None of their ways is a channel of the agent.
    case noChannel(String)
    /// Every way has failed for good.
    case allFailed(String)
    /// It fell due too long before the log was first seen.
    case old
  }

  /// The last attempt that got there.
  package var lastDelivered: Attempt? { tried.last { $0.state == .delivered } }

  /// Whether nobody is told and nobody is going to be.
  package var isLost: Bool {
    switch obstacle {
    case .nobodyKnown, .notAmongPeople, .noChannel, .allFailed: true
    case .old, nil: false
    }
  }
}

/// One attempt to tell somebody something; only the engine makes it, and never of a drill.
package struct Notification: Hashable, Sendable {
  package let incident: String
  package let title: String
  package let severity: String?
  package let status: String
  package let episode: Int
  package let subject: DeliverySubject
  package let person: Person
  package let way: Person.Reach
  /// 1 for the first by this way.
  package let attempt: Int
  /// Since when it is to be told.
  package let since: Timestamp
  package let deadline: Deadline?
  /// What it is about beside a deadline: the words of a task.
  package let text: String?
  /// The document that its rule stands in.
  package let document: String
  /// The newest line of the thread that its channel has of the incident; nil: this is the first.
  package let thread: String?
  /// By what its channel knows the one that the incident has to itself.
  package let room: String?

  /// What goes out one after the other, and together where it is due together: what is for one person by one way, and by
  /// itself what a channel does with no words of its own.
  var lane: String {
    switch subject {
    case .settled, .room, .guest: "\(target) \(subject.text)"
    case .update, .step, .exhausted, .handover, .task, .countdown, .damage, .unshared: target
    }
  }

  /// What delivery events name as their target.
  package var target: String { Self.target(way.channel, person.name) }

  package static func target(_ channel: String, _ person: String) -> String {
    "\(channel)/\(person)"
  }

  /// What tells it from every other.
  package var key: Key {
    Key(incident: incident, subject: subject, target: target, attempt: attempt)
  }

  package struct Key: Hashable, Sendable {
    package var incident: String
    package var subject: DeliverySubject
    package var target: String
    package var attempt: Int

    package init(incident: String, subject: DeliverySubject, target: String, attempt: Int) {
      (self.incident, self.subject) = (incident, subject)
      (self.target, self.attempt) = (target, attempt)
    }

    /// The same for every attempt: what a channel that knows a message again is given.
    package var message: String { "\(incident)/\(subject.text)/\(target)" }
  }

  init(
    _ duty: NotificationDuty, of incident: Incident, to person: Person, by way: Person.Reach,
    attempt: Int
  ) {
    self.incident = incident.id
    title = incident.shownTitle
    severity = incident.severityID
    status = incident.statusName
    episode = incident.episode
    subject = duty.subject
    self.person = person
    self.way = way
    self.attempt = attempt
    since = duty.since
    deadline = duty.deadline
    text = duty.text ?? incident.words(of: duty.subject)
    document = incident.procedure.source.path
    thread = incident.thread(of: way.channel, with: person.name)
    room = incident.room(of: way.channel)
  }
}

/// Leave to send one message to one person by one channel, about everything that they are to be told at once.
package struct NotificationOrder: Hashable, Sendable {
  package let person: Person
  package let way: Person.Reach
  /// Never empty; the most urgent first.
  package let notices: [Notification]

  init?(_ notices: [Notification]) {
    guard let first = notices.first else { return nil }
    (person, way) = (first.person, first.way)
    self.notices = notices
  }

  package var target: String { Notification.target(way.channel, person.name) }

  var lane: String { notices[0].lane }

  /// The same without what others have begun; nil where nothing is left.
  package func only(_ notices: [Notification]) -> NotificationOrder? {
    NotificationOrder(self.notices.filter { notices.contains($0) })
  }
}

extension Incident {
  /// What something is about beside its deadline.
  fileprivate func words(of subject: DeliverySubject) -> String? {
    switch subject {
    case .task(let number): tasks.entries.first { $0.stamp.sequence == number }?.value.text
    case .handover(let number): handovers.entries.first { $0.stamp.sequence == number }?.value.role
    case .update, .step, .exhausted, .countdown, .damage, .unshared, .settled, .room, .guest: nil
    }
  }

  /// By what a channel knows the thread of this incident with somebody, as it said when the first message got there.
  package func thread(of channel: String, with person: String) -> String? {
    let target = Notification.target(channel, person)
    return deliveries.entries.first {
      $0.value.target == target && $0.value.reference != nil
        && $0.value.subject != DeliverySubject.room.text
    }?.value.reference
  }
}
