/// What someone wants recorded. One command becomes one event, so that a torn write never leaves half a decision.
package enum Command: Hashable, Sendable {
  case acknowledge
  /// Whom a step called has it: acknowledges where nobody has, and reaches the step.
  case answer(step: String)
  case triage
  case setStatus(String, text: String? = nil)
  case setSeverity(String, reason: String? = nil)
  case enterPhase(String)
  case updateImpact(Incident.Impact)
  case setMilestone(Incident.Milestone, Timestamp)
  case mitigate
  case resolve
  case reopen(reason: String?)
  case close(Incident.Outcome, reason: String?)
  case note(String)
  case finding(String)
  case hypothesis(String)
  case decide(question: String, choice: String, objections: [String], reason: String? = nil)
  case correct(entry: Int, text: String)
  case retract(entry: Int, secret: Bool, reason: String?)
  /// Takes back what was done at once, while that is still possible.
  case undo(entry: Int)
  case check(String)
  case uncheck(String)
  case skip(String, reason: String)
  case fill(String, value: String)
  case addItem(String, phase: String?)
  /// A new role is one that neither the procedure nor anybody has named before.
  case assign(role: String, name: String, isNew: Bool = false)
  case release(role: String)
  case offerHandover(to: String)
  case acceptHandover(by: String)
  case assignTask(String, who: String, timeBox: Duration?)
  case finishTask(String)
  case startTimer(String, Duration)
  case cancelTimer(String)
  /// The next step of the path, or a named level, called by hand.
  case escalate(to: String?, reason: String?)
  case reached(step: String, name: String?)
  case snooze(deadline: String, Duration, reason: String)
  case sendUpdate(OutgoingUpdate)
  case recordDelivery(DeliveryResult)
  case addAction(String, owner: String?, due: Timestamp?)
  case finishAction(String)
  case publishPostmortem(PostmortemDuty.What, place: String?)
  case waivePostmortem(PostmortemDuty.What, reason: String)
  case reloadProcedure(Procedure, changes: [String])
  case alert(Alert)
  case acceptDamage(reason: String, lines: [Int])
  case stepClock(Duration)

  /// What is told to an audience.
  package struct OutgoingUpdate: Hashable, Sendable {
    package var text: String
    package var audience: String?
    package var channel: String?
    package var template: String?
    package var status: String?
    /// When the next one is promised.
    package var next: Timestamp?
    /// The log's head at the time of writing, as `sequence:hash`.
    package var head: String?
    /// Names of the deliveries in the sender's configuration that send it.
    package var via: [String] = []
    /// Whose configuration that is, as `login@host`.
    package var from: String?

    package init(
      text: String, audience: String? = nil, channel: String? = nil, template: String? = nil,
      status: String? = nil, next: Timestamp? = nil, head: String? = nil
    ) {
      self.text = text
      self.audience = audience
      self.channel = channel
      self.template = template
      self.status = status
      self.next = next
      self.head = head
    }
  }

  /// Something that a monitoring system noticed.
  package struct Alert: Hashable, Sendable {
    package var title: String
    /// What makes two alerts the same: a fingerprint, else the title.
    package var key: String?
    package var isResolved: Bool

    package init(title: String, key: String? = nil, isResolved: Bool = false) {
      self.title = title
      self.key = key
      self.isResolved = isResolved
    }
  }
}

extension Command {
  /// Whether it refers to an entry, so that the timeline is needed to decide it.
  package var needsTimeline: Bool {
    switch self {
    case .correct, .retract, .undo, .finishTask, .cancelTimer, .finishAction: true
    default: false
    }
  }
}

/// What opens an incident.
package struct Declaration: Hashable, Sendable {
  package var id: String
  package var title: String
  package var severity: String?
  package var detected: Timestamp?
  package var started: Timestamp?
  package var procedure: Procedure
  package var procedureNotRead: String?
  /// The text that the procedure was read from.
  package var document: ProcedureDocument?
  package var isDrill: Bool
  /// The speed of a drill's clock in hundredths of the true one's.
  package var speedPercent = 100
  /// What a drill was made from, and what it is to tell.
  package var drill: Drill?

  package init(
    id: String, title: String, severity: String? = nil, detected: Timestamp? = nil,
    started: Timestamp? = nil, procedure: Procedure, procedureNotRead: String? = nil,
    isDrill: Bool = false
  ) {
    self.id = id
    self.title = title
    self.severity = severity
    self.detected = detected
    self.started = started
    self.procedure = procedure
    self.procedureNotRead = procedureNotRead
    self.isDrill = isDrill
  }
}
