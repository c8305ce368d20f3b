/// What to do about an incident now, the same for every process: what to record, whom to notify, what to deliver.
package struct Duties: Sendable {
  package var incident: String
  /// Facts that have come about and stand in no log yet, in order of time.
  package var recordings: [EventDraft]
  /// Notifications that are due and not known to have been made, most urgent first.
  package var notifications: [NotificationDuty]
  /// Updates that are to be tried now, in the order in which they were sent.
  package var deliveries: [Dispatch]
  /// When this changes next by itself; nil where it does not.
  package var changes: Timestamp?

  /// Deliveries of one login that are due now; those of other logins are left to them.
  package func deliveries(of login: String) -> [Delivering] {
    deliveries.filter { $0.from == login }.map {
      Delivering(incident: incident, update: $0.update, target: $0.target)
    }
  }
}

/// Something that a receiver is to be told.
package struct NotificationDuty: Hashable, Sendable {
  package var subject: DeliverySubject
  /// Whom it is for, in the procedure's or a person's words; nil: whoever answers for the incident.
  package var receiver: String?
  /// Since when it is to be told.
  package var since: Timestamp
  /// Number of the attempt that is next, 1 for the first.
  package var attempt: Int
  /// When any process may take over this attempt, as the one responsible has not made it.
  package var openToAll: Timestamp
  /// What it is about, where that has a countdown.
  package var deadline: Deadline?
  /// What it is about otherwise, where the incident itself does not say.
  package var text: String?

  /// How long a notifier has before another may take its place.
  package static let patience: Duration = .seconds(60)
}

/// An attempt at a delivery: which update of which incident, to which target.
package struct Delivering: Hashable, Sendable {
  package var incident: String
  package var update: Int
  package var target: String

  package init(incident: String, update: Int, target: String) {
    self.incident = incident
    self.update = update
    self.target = target
  }
}

extension Incident {
  /// What is to be done now: a function of the log, the procedure and the instant, the same for every process.
  ///
  /// From a drill nothing is delivered and nobody is told outside.
  package func duties(at now: Timestamp, in context: TimeContext = TimeContext()) -> Duties {
    duties(at: now, among: deadlines(at: now, in: context), dispatches(at: now))
  }

  /// The same, where deadlines and dispatches of that instant are at hand.
  package func duties(
    at now: Timestamp, among deadlines: [Deadline], _ dispatches: [Dispatch]
  ) -> Duties {
    let notifications = isDrill ? [] : notifications(at: now, among: deadlines)
    return Duties(
      incident: id, recordings: unrecordedFirings(at: now), notifications: notifications,
      deliveries: isDrill ? [] : dispatches.filter { $0.isDue(at: now) },
      changes: nextChange(after: now, deadlines, dispatches, notifications))
  }

  // MARK: - Notifying

  private func notifications(
    at now: Timestamp, among deadlines: [Deadline]
  ) -> [NotificationDuty] {
    let told = attempts
    return subjectsToTell(at: now, among: deadlines).filter { duty in
      told[duty.subject.text]?.isTold != true
    }
  }

  /// Everything that somebody is to be told, and is to answer or to know: whether they were told already makes no
  /// difference here.
  func subjectsToTell(
    at now: Timestamp, among deadlines: [Deadline]
  ) -> [NotificationDuty] {
    guard declaration != nil else { return [] }
    let told = attempts
    var duties: [NotificationDuty] = []
    func add(
      _ subject: DeliverySubject, to receiver: String?, since: Timestamp, _ deadline: Deadline?
    ) {
      let attempts = told[subject.text]
      let last = attempts.map { max($0.last, since) } ?? since
      duties.append(
        NotificationDuty(
          subject: subject, receiver: receiver, since: since, attempt: (attempts?.count ?? 0) + 1,
          openToAll: last + NotificationDuty.patience, deadline: deadline))
    }
    for deadline in deadlines.inOrderOfUrgency() {
      switch deadline.urgency.group {
      case .call:
        guard let step = deadline.step, let due = deadline.due else { continue }
        add(
          .step(deadline.stepKey, episode: step.episode, round: step.round), to: step.to,
          since: due, deadline)
      case .exhausted:
        add(.exhausted(episode: episode), to: nil, since: deadline.due ?? now, deadline)
      case .over, .running:
        guard let due = deadline.due, deadline.asksToBeTold, isOpen || deadline.isAftermath else {
          continue
        }
        add(
          .countdown(deadline.id, due: due), to: deadline.kind == .action ? deadline.by : nil,
          since: min(due, now), deadline)
      case .byHand, .met, .later, .cancelled: continue
      }
    }
    if isOpen, let offer = pendingHandover {
      add(
        .handover(offer.stamp.sequence), to: offer.value.name, since: offer.stamp.effective, nil)
    }
    for task in tasks.entries where isOpen && finishedTasks[task.stamp.sequence] == nil {
      let deadline = deadlines.first { $0.id == "task:\(task.stamp.sequence)" }
      add(
        .task(task.stamp.sequence), to: task.value.who.isEmpty ? nil : task.value.who,
        since: task.stamp.effective, deadline)
    }
    return duties
  }

  private struct Attempts {
    var count = 0
    var last = Timestamp.distantPast
    var isTold = false
  }

  /// What the log says of attempts to tell somebody something, by subject.
  private var attempts: [String: Attempts] {
    var all: [String: Attempts] = [:]
    for entry in deliveries.entries {
      var attempts = all[entry.value.subject] ?? Attempts()
      attempts.count = max(attempts.count, entry.value.attempt)
      attempts.last = max(attempts.last, entry.stamp.effective)
      if entry.value.isSuccess { attempts.isTold = true }
      all[entry.value.subject] = attempts
    }
    return all
  }

  // MARK: - The next change

  /// The next instant at which something falls due, begins to be soon or may be taken over.
  private func nextChange(
    after now: Timestamp, _ deadlines: [Deadline], _ dispatches: [Dispatch],
    _ notifications: [NotificationDuty]
  ) -> Timestamp? {
    var instants = dispatches.compactMap(\.due) + notifications.map(\.openToAll)
    for deadline in deadlines where deadline.state.isRunning {
      guard let due = deadline.due else { continue }
      instants.append(due)
      if let soon = deadline.soon { instants.append(soon) }
    }
    if let next = nextInjection { instants.append(next) }
    return instants.filter { $0 > now }.min()
  }
}

extension Deadline {
  /// Whether it is owed after the incident.
  package var isAftermath: Bool { kind == .postmortem || kind == .action }

  /// Whether to notify somebody before it falls due: promised updates, and duties after the incident.
  fileprivate var asksToBeTold: Bool {
    switch kind {
    case .update, .communicate, .postmortem, .action:
      state == .soon || state == .breached || state == .fired
    case .acknowledge, .respond, .triage, .mitigate, .resolve, .escalation, .phase, .watch, .timer,
      .task:
      false
    }
  }
}
