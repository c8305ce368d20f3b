/// Leave to hand one update to one target, once.
///
/// Whatever runs a command, writes a file or fills a clipboard takes nothing else, and only an incident makes it: one that
/// is no drill, for an update that stands in its log.
package struct DeliveryOrder: Hashable, Sendable {
  package let incident: String
  package let update: Int
  package let target: String
  /// 1 for the first.
  package let attempt: Int
  /// Exactly what is to go out.
  package let text: String
  package let audience: String?
  package let channel: String?
  package let status: String?
  package let severity: String?
  /// By what the target knows the thread that earlier updates of this incident began.
  package let thread: String?
  /// By what it knows the channel that this incident has to itself.
  package let room: String?

  init?(of event: RecordedEvent, in incident: Incident, to target: String, attempt: Int) {
    let number = event.sequence
    guard !incident.isDrill, event.kind == .updateSent,
      incident.updates.entries.contains(where: { $0.stamp.sequence == number }),
      let words = incident.correctedWords(of: number) ?? event.data.string("text")
    else { return nil }
    self.incident = incident.id
    update = number
    self.target = target
    self.attempt = attempt
    text = words
    audience = event.data.string("audience")
    channel = event.data.string("channel")
    status = event.data.string("status")
    severity = incident.severityID
    thread =
      incident.deliveries.entries.first {
        $0.value.target == target && $0.value.reference != nil
      }?.value.reference
    room = incident.room(of: String(target.dropFirst(DeliveryWay.agentPrefix.count)))
  }
}

extension Incident {
  /// Leave to hand an update of this incident to a target; nil in a drill, and for what was not sent or was retracted.
  package func order(
    for event: RecordedEvent, to target: String, attempt: Int = 1
  ) -> DeliveryOrder? {
    DeliveryOrder(of: event, in: self, to: target, attempt: attempt)
  }

  /// An update as it is recorded and goes out: in a drill nowhere, and with a first line that says what it is.
  package func worded(_ update: Command.OutgoingUpdate) -> Command.OutgoingUpdate {
    guard isDrill else { return update }
    var update = update
    update.via = []
    update.from = nil
    let hasWords = update.text.contains { !$0.isWhitespace }
    if hasWords, !update.text.hasPrefix(Self.drillMark) {
      update.text =
        Self.drillMark + ": this is an exercise, nothing has happened.\n\n" + update.text
    }
    return update
  }

  private static let drillMark = "DRILL"
}

extension DeliveryOrder {
  /// What came of it, to be recorded; nil as `error`: it is there.
  package func outcome(error: String?, _ answer: DeliveryAnswer = DeliveryAnswer()) -> Command {
    .recordDelivery(
      DeliveryResult(
        subject: DeliverySubject.update(update).text, target: target, isSuccess: error == nil,
        attempt: attempt, error: error, answer: answer))
  }
}

/// What came of an attempt at a delivery.
package struct DeliveryResult: Hashable, Sendable {
  /// What was to be delivered, as `DeliverySubject` writes it.
  package var subject: String
  package var target: String
  package var isSuccess: Bool
  /// Counted from 1.
  package var attempt: Int
  package var error: String?
  package var answer: DeliveryAnswer

  package init(
    subject: String, target: String, isSuccess: Bool, attempt: Int, error: String?,
    answer: DeliveryAnswer = DeliveryAnswer()
  ) {
    (self.subject, self.target, self.isSuccess) = (subject, target, isSuccess)
    (self.attempt, self.error, self.answer) = (attempt, error, answer)
  }
}

/// What the other side said to a delivery, beside whether it took it.
package struct DeliveryAnswer: Hashable, Sendable {
  /// Whether trying again the same way is of no use.
  package var isFinal = false
  /// Before when it wants no other attempt.
  package var notBefore: Timestamp?
  /// By what it knows the message, or the thread that it began.
  package var reference: String?

  package init(
    isFinal: Bool = false, notBefore: Timestamp? = nil, reference: String? = nil
  ) {
    (self.isFinal, self.notBefore, self.reference) = (isFinal, notBefore, reference)
  }
}

/// A delivery of somebody's configuration, and the audiences that it serves.
package struct DeliveryWay: Hashable, Sendable {
  package var name: String
  /// Empty: all audiences.
  package var audiences: [String]

  package init(name: String, audiences: [String] = []) {
    self.name = name
    self.audiences = audiences
  }

  /// Whose the ways are that an agent of the store serves, and how their names begin.
  package static let (agent, agentPrefix) = ("agent", "agent:")

  /// Who serves a way by its name, where that is not whoever sends; nil: they do.
  package static func server(of target: String) -> String? {
    target.hasPrefix(agentPrefix) ? agent : nil
  }

  /// The names of those that an update goes by unless somebody says otherwise: what serves its audience; what is written
  /// down about the past goes by none.
  package static func usual(
    of ways: [DeliveryWay], for audience: String?, isPast: Bool
  ) -> [String] {
    isPast ? [] : ways.filter { $0.serves(audience) }.map(\.name)
  }

  /// Whether updates to an audience go by it; nobody in particular is the team.
  package func serves(_ audience: String?) -> Bool {
    let wanted = EscalationPlan.key(audience ?? "team")
    return audiences.isEmpty || audiences.contains { EscalationPlan.key($0) == wanted }
  }
}
