extension Incident {
  /// Folds one event in. Total: history is accepted as it is, and judged elsewhere.
  ///
  /// Of two events that share an identity the first counts.
  package mutating func apply(_ event: borrowing RecordedEvent) {
    guard seen.insert(event.id, at: event.sequence) else { return }
    guard event.occurred == nil else { return fold(event) }
    let instant = instantWhereBehind(event)
    let effective = instant ?? event.recorded
    let standing = max(lastStanding ?? effective, effective)
    lastStanding = standing
    guard instant != nil || standing > effective else { return fold(event) }
    var moved = copy event
    if let instant {
      moved.occurred = instant
      pulled[event.sequence] = instant
    }
    if standing > effective {
      moved.standing = standing
      raised[event.sequence] = standing
    }
    fold(moved)
  }

  /// How far the clock of a writer may be ahead before it pulls no later entry along.
  private static let farAhead: Duration = .minutes(5)

  /// No clock that is right shows less: one that does has lost its time.
  private static let leastTime = Timestamp(milliseconds: 1_767_225_600_000)

  /// Corrected time of an entry whose writer's clock was behind earlier entries; nil for all others.
  private mutating func instantWhereBehind(_ event: borrowing RecordedEvent) -> Timestamp? {
    let instant = instantOfSaying(at: event.recorded)
    guard instant == event.recorded else { return instant }
    lastSaid = instant
    return nil
  }

  /// Effective time of an entry written at an instant: never before earlier entries, as far as a clock
  /// can be trusted.
  func instantOfSaying(at recorded: Timestamp) -> Timestamp {
    guard let lastSaid, recorded < lastSaid else { return recorded }
    let isLost = recorded < Self.leastTime && lastSaid >= Self.leastTime
    guard isLost || lastSaid - recorded <= Self.farAhead else { return recorded }
    return lastSaid
  }

  /// Effective time of an event in the fold: an entry about now never comes before an earlier one.
  package func effective(of event: borrowing RecordedEvent) -> Timestamp {
    pulled[event.sequence] ?? event.effective
  }

  /// The place of an event among all others: what was said later holds, by whichever clock.
  package func stamp(of event: borrowing RecordedEvent) -> Stamp {
    Stamp(
      effective: effective(of: event), sequence: event.sequence, standing: raised[event.sequence])
  }

  /// The present as this incident knows it: not before what was said last by a clock a little ahead,
  /// once another clock has shown that it was.
  package func present(_ now: Timestamp) -> Timestamp {
    Self.present(now, saidLast: pulled.values.max())
  }

  /// How far the newest entry about its own time is ahead of a clock, where that is more than clocks differ.
  package func isAhead(of now: Timestamp) -> Duration? {
    guard !isDrill, let lastStanding, lastStanding - now > Self.farAhead else { return nil }
    return lastStanding - now
  }

  static func present(_ now: Timestamp, saidLast: Timestamp?) -> Timestamp {
    guard let saidLast, now < saidLast, saidLast - now <= farAhead else { return now }
    return saidLast
  }

  private mutating func fold(_ event: borrowing RecordedEvent) {
    sequence = max(sequence, event.sequence)
    if isDrill || event.kind.concernsDuties { dutyMark.note(event.sequence) }
    if isDrill { applyInjection(event) }
    var marks: TimelineRow.Marks = isLate(event) ? .late : []
    if event.kind.isAutomatic {
      marks.insert(.automatic)
    } else if event.effective > lastEntry ?? .distantPast {
      lastEntry = event.effective
    }
    timeline.insert(
      TimelineRow(
        effective: event.effective, sequence: event.sequence, kind: event.kind, marks: marks))
    noteAddition(event)
    switch event.kind {
    case .noteAdded, .findingAdded, .hypothesisAdded, .logRepaired, .damageAccepted,
      .alertAssigned, .alertSeen, .alertUnread, .logBegun:
      break
    case .unknown: unknownCount += 1
    case .incidentDeclared, .procedureReloaded: applyOrigin(event)
    case .incidentAcknowledged, .incidentTriaged, .incidentReopened, .incidentClosed,
      .severityChanged, .statusChanged, .milestoneSet, .impactUpdated, .phaseEntered:
      applyCourse(event)
    case .roleAssigned, .roleReleased, .handoverOffered, .handoverAccepted, .taskAssigned,
      .taskFinished, .timerStarted, .timerCancelled, .decisionMade:
      applyPeople(event)
    case .itemChecked, .itemUnchecked, .itemSkipped, .itemAdded, .fieldFilled:
      applyChecklist(event)
    case .updateSent, .escalationFired, .escalationAcknowledged, .escalationSnoozed,
      .escalationExhausted, .deliveryStarted, .deliverySucceeded, .deliveryFailed:
      applyCalls(event)
    case .alertFired, .alertResolved: applyAlert(event)
    case .actionAdded, .actionDone, .postmortemPublished, .postmortemWaived, .clockStepped:
      applyAftermath(event)
    case .entryCorrected, .entryRetracted: applyAmendment(event)
    }
  }

  private mutating func applyOrigin(_ event: borrowing RecordedEvent) {
    let data = event.data
    if event.kind == .incidentDeclared, let json = data.object("procedure") {
      procedures.insert(RecordedProcedure(json: Array(json)), from: event)
    } else if let json = data.value("procedure") {
      procedures.insert(RecordedProcedure(Procedure(json: json)), from: event)
    }
    guard event.kind == .incidentDeclared, declaration == nil else { return }
    id = data.string("id") ?? ""
    title = data.string("title") ?? ""
    logFormat = data.integer("format").map { Int($0) } ?? 1
    isDrill = data.bool("drill") ?? false
    if isDrill { drill = data.value("exercise").map(Drill.init(json:)) }
    if isDrill, let percent = data.integer("speed_percent") {
      pace = Pace(origin: event.recorded, percent: Int(clamping: percent))
    }
    procedureNotRead = data.string("procedure_not_read")
    declaration = Opening(
      stamp: event.stamp, recorded: event.recorded, actor: event.actor,
      detected: data.timestamp("detected"), started: data.timestamp("started"))
    severities.insert(data.string("severity"), from: event)
  }

  private mutating func applyCourse(_ event: borrowing RecordedEvent) {
    let data = event.data
    switch event.kind {
    case .incidentAcknowledged:
      acknowledgements.insert((), from: event)
      if let step = data.string("step") {
        reached.insert(Reached(step: step, name: event.actor), from: event)
      }
    case .incidentTriaged: triages.insert((), from: event)
    case .incidentReopened: reopenings.insert(data.string("reason"), from: event)
    case .incidentClosed:
      let outcome = data.string("outcome").flatMap(Outcome.init) ?? .resolved
      closings.insert(Closing(outcome: outcome, reason: data.string("reason")), from: event)
    case .severityChanged: severities.insert(data.string("severity"), from: event)
    case .statusChanged:
      guard let status = data.string("status") else { return }
      let role = data.string("role").flatMap(Status.Role.init) ?? role(ofStatus: status)
      statuses.insert(StatusChange(status: status, role: role), from: event)
    case .milestoneSet:
      guard let milestone = data.string("milestone").flatMap(Milestone.init),
        let at = data.timestamp("at")
      else { return }
      milestones.insert(MilestoneValue(milestone: milestone, at: at), from: event)
    case .impactUpdated:
      let impact = Impact(
        summary: data.string("summary"), services: data.string("services"),
        users: data.string("users"), revenue: data.string("revenue"))
      impacts.insert(impact, from: event)
    case .phaseEntered:
      guard let phase = data.string("phase") else { return }
      phaseEntries.insert(phase, from: event)
    default: break
    }
  }

  private mutating func applyPeople(_ event: borrowing RecordedEvent) {
    let data = event.data
    switch event.kind {
    case .roleAssigned:
      guard let role = data.string("role"), let name = data.string("name") else { return }
      roles[roleKey(role), default: History()].insert(name, from: event)
    case .roleReleased:
      guard let role = data.string("role") else { return }
      roles[roleKey(role), default: History()].insert(nil, from: event)
    case .handoverOffered, .handoverAccepted:
      let role = data.string("role") ?? Self.commanderRole
      let isAccepted = event.kind == .handoverAccepted
      let name = data.string(isAccepted ? "name" : "to") ?? event.actor
      handovers.insert(Handover(role: role, name: name, isAccepted: isAccepted), from: event)
      if isAccepted { roles[roleKey(role), default: History()].insert(name, from: event) }
    case .taskAssigned:
      let task = Task(
        text: data.string("text") ?? "", who: data.string("who") ?? "",
        timeBox: data.seconds("seconds"))
      tasks.insert(task, from: event)
    case .taskFinished: Self.finish(target(of: event), in: &finishedTasks, event)
    case .timerStarted:
      guard let span = data.seconds("seconds") else { return }
      timers.insert(Countdown(text: data.string("text") ?? "", span: span), from: event)
    case .timerCancelled: Self.finish(target(of: event), in: &cancelledTimers, event)
    case .decisionMade:
      let objections = data.value("objections")?.array?.compactMap(\.string) ?? []
      decisions.insert(
        Decision(
          question: data.string("question") ?? "", choice: data.string("choice") ?? "",
          objections: objections), from: event)
    default: break
    }
  }

  /// Notes the earliest end of something that an earlier event began.
  private static func finish(
    _ sequence: Int?, in finished: inout [Int: Stamp], _ event: borrowing RecordedEvent
  ) {
    guard let sequence else { return }
    finished[sequence] = min(finished[sequence] ?? event.stamp, event.stamp)
  }

  private mutating func applyChecklist(_ event: borrowing RecordedEvent) {
    let data = event.data
    guard let item = data.string("item") else { return }
    switch event.kind {
    case .itemChecked: items[item, default: History()].insert(.checked, from: event)
    case .itemUnchecked: items[item, default: History()].insert(.unchecked, from: event)
    case .itemSkipped:
      let reason = data.string("reason") ?? ""
      items[item, default: History()].insert(.skipped(reason: reason), from: event)
    case .itemAdded:
      let added = ChecklistItem(
        id: item, text: data.string("text") ?? item, phase: data.string("phase"), line: 0)
      addedItems.insert(added, from: event)
    case .fieldFilled:
      guard let value = data.string("value") else { return }
      fields[item, default: History()].insert(value, from: event)
    default: break
    }
  }

  private mutating func applyCalls(_ event: borrowing RecordedEvent) {
    let data = event.data
    switch event.kind {
    case .updateSent:
      applyUpdate(event)
    case .escalationFired:
      let firing = Firing(
        step: data.string("step") ?? "", to: data.string("to") ?? "",
        level: Int(data.integer("level") ?? 0), episode: Int(data.integer("episode") ?? 1),
        round: Int(data.integer("round") ?? 1), isManual: data.bool("manual") ?? false)
      firings.insert(firing, from: event)
    case .escalationAcknowledged:
      let reach = Reached(step: data.string("step") ?? "", name: data.string("name"))
      reached.insert(reach, from: event)
    case .escalationSnoozed:
      guard let deadline = data.string("deadline"), let span = data.seconds("seconds") else {
        return
      }
      let snooze = Snooze(deadline: deadline, span: span, reason: data.string("reason") ?? "")
      snoozes.insert(snooze, from: event)
    case .escalationExhausted:
      exhaustions.insert(Int(data.integer("episode") ?? 1), from: event)
    case .deliveryStarted, .deliverySucceeded, .deliveryFailed: applyDelivery(event)
    default: break
    }
  }

  private mutating func applyDelivery(_ event: borrowing RecordedEvent) {
    let data = event.data
    let subject = data.string("subject") ?? ""
    let target = data.string("target") ?? ""
    let attempt = min(
      max(Int(clamping: data.integer("attempt") ?? 1), 1), Self.greatestAttempt)
    guard event.kind != .deliveryStarted else {
      let start = DeliveryStart(subject: subject, target: target, attempt: attempt)
      return deliveryStarts.insert(start, from: event)
    }
    var delivery = Delivery(
      subject: subject, target: target, isSuccess: event.kind == .deliverySucceeded,
      attempt: attempt, error: data.string("error"))
    delivery.isFinal = data.bool("final") ?? false
    delivery.notBefore = data.timestamp("not_before")
    delivery.reference = data.string("reference")
    deliveries.insert(delivery, from: event)
  }

  private mutating func applyUpdate(_ event: borrowing RecordedEvent) {
    let data = event.data
    var update = Update(
      audience: data.string("audience"), channel: data.string("channel"),
      status: data.string("status"), next: data.timestamp("next"))
    // Nothing leaves a drill, whatever its log says.
    if !isDrill {
      for way in data.value("via")?.array?.prefix(Self.mostWays).compactMap(\.string) ?? []
      where !update.via.contains(way) {
        update.via.append(way)
      }
      update.from = data.string("from")
    }
    updates.insert(update, from: event)
    updateCounts[EscalationPlan.key(update.audience ?? ""), default: 0] += 1
  }

  private mutating func applyAlert(_ event: borrowing RecordedEvent) {
    let data = event.data
    let title = data.string("title") ?? data.string("text") ?? ""
    guard let key = Self.alertKey(of: event) else { return }
    let isFiring = event.kind == .alertFired
    var count =
      alerts[key]
      ?? AlertCount(
        title: title, count: 0, first: event.effective, last: event.effective, isFiring: isFiring,
        lastSequence: event.sequence)
    if isFiring { count.count += 1 }
    count.first = min(count.first, event.effective)
    if event.effective >= count.last {
      count.last = event.effective
      count.isFiring = isFiring
      count.lastSequence = event.sequence
      if !title.isEmpty { count.title = title }
    }
    alerts[key] = count
  }

  /// What makes two alerts the same one; nil for events of other kinds.
  package static func alertKey(of event: borrowing RecordedEvent) -> String? {
    guard event.kind == .alertFired || event.kind == .alertResolved else { return nil }
    let data = event.data
    return data.string("alert") ?? data.string("title") ?? data.string("text") ?? ""
  }

  private mutating func applyAftermath(_ event: borrowing RecordedEvent) {
    let data = event.data
    switch event.kind {
    case .actionAdded:
      let action = ActionItem(
        text: data.string("text") ?? "", owner: data.string("owner"), due: data.timestamp("due"))
      actions.insert(action, from: event)
    case .actionDone: Self.finish(target(of: event), in: &finishedActions, event)
    case .postmortemPublished:
      let what = data.string("what").flatMap(PostmortemDuty.What.init) ?? .draft
      postmortems.insert(Publication(what: what, place: data.string("where")), from: event)
    case .postmortemWaived:
      guard let what = data.string("what").flatMap(PostmortemDuty.What.init) else { return }
      let waiver = Waiver(what: what, reason: data.string("reason"))
      postmortemWaivers.insert(waiver, from: event)
    case .clockStepped: clockSteps.insert(data.seconds("seconds") ?? .zero, from: event)
    default: break
    }
  }

  private mutating func applyAmendment(_ event: borrowing RecordedEvent) {
    let data = event.data
    guard let entry = target(of: event) else { return }
    if event.kind == .entryCorrected {
      corrections[entry, default: History()].insert(data.string("text") ?? "", from: event)
      timeline.mark(sequence: entry, .corrected)
      return
    }
    let isSecret = data.bool("secret") ?? false
    retractions[entry] = Retraction(
      stamp: event.stamp, actor: event.actor, isSecret: isSecret || isSecretlyRetracted(entry),
      reason: data.string("reason"))
    timeline.mark(sequence: entry, isSecret ? [.retracted, .secret] : .retracted)
    takeBack(entry)
  }

  /// Whether the words of an entry are to be shown nowhere.
  package func isSecretlyRetracted(_ sequence: Int) -> Bool {
    retractions[sequence]?.isSecret ?? false
  }
}

extension EventKind {
  /// Written by the product on its own account: a step that fell due, a delivery, a mended line.
  package var isAutomatic: Bool {
    switch self {
    case .escalationFired, .escalationExhausted, .deliveryStarted, .deliverySucceeded,
      .deliveryFailed, .logRepaired, .clockStepped:
      true
    default: false
    }
  }
}
