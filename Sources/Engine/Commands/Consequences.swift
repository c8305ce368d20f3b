/// What recording a command would change, found by recording it on a copy and looking at what is due before and after.
package struct Consequences: Sendable {
  package var command: Command
  /// When it would be recorded.
  package var at: Timestamp
  /// Countdowns and calls that would end without having been met.
  package var ended: [Deadline] = []
  /// What it would meet.
  package var met: [Deadline] = []
  /// Clocks that would begin.
  package var begun: [Deadline] = []
  /// Clocks that would run to another time.
  package var moved: [Move] = []
  /// Calls that would be due at once.
  package var calls: [Deadline] = []
  /// What was put off and would not be any more.
  package var unsnoozed: [Deadline] = []
  /// Watches after a fix that have not run their time, where it ends the incident.
  package var watches: [Deadline] = []
  /// The last word to each audience that promised another one, where it ends the incident.
  package var promises: [Incident.Update] = []
  /// Updates that wait to be delivered and would not go out any more.
  package var withheld: [Dispatch] = []
  package var before: Standing
  package var after: Standing
  /// Items of the checklist that would still be open.
  package var openItems: Int

  package struct Move: Hashable, Sendable {
    package var from: Deadline
    package var to: Deadline
  }

  /// Where an incident stands as a whole.
  package struct Standing: Hashable, Sendable {
    package var episode: Int
    /// Nil while it is open.
    package var outcome: Incident.Outcome?
    package var isResolved: Bool
    package var isMitigated: Bool
    /// The name of the status.
    package var status: String
    package var severity: String?
    /// Rank of the severity that holds; nil where it is unknown.
    package var rank: Int?

    init(of incident: Incident) {
      episode = incident.episode
      outcome = incident.closing?.value.outcome
      isResolved = incident.isResolved
      isMitigated = incident.isMitigated
      status = incident.statusName
      severity = incident.severityID
      rank = incident.shownRank
    }
  }

  package var closes: Bool { before.outcome == nil && after.outcome != nil }
  package var reopens: Bool { before.outcome != nil && after.outcome == nil }
  package var resolves: Bool { !before.isResolved && after.isResolved }
  /// A resolution would not count any more.
  package var unresolves: Bool { before.isResolved && !after.isResolved }

  package var lowersSeverity: Bool {
    guard let old = before.rank else { return false }
    return after.rank.map { $0 > old } ?? false
  }

  /// Whether a person is to be asked before it is recorded.
  package var asksFirst: Bool {
    if case .assign(_, _, isNew: true) = command { return true }
    return switch command.kind.asking {
    case .always: true
    case .never: false
    case .ifItEnds:
      command.kind == .setSeverity
        ? lowersSeverity || ended.contains { $0.urgency.group == .call }
        : !ended.isEmpty || closes || reopens || resolves || unresolves
    }
  }
}

extension Command.Kind {
  /// When a person is asked first: about what goes outside, ends what runs, or lowers a severity.
  package enum Asking: Sendable {
    case always
    /// Where its consequences end a clock or a call, or lower a severity.
    case ifItEnds
    case never
  }

  /// What is done often and can be undone never asks: acknowledging is the answer to a call, and entering a phase leaves
  /// the one before.
  package var asking: Asking {
    switch self {
    case .sendUpdate, .escalate, .resolve, .reopen, .close, .retract, .reloadProcedure: .always
    case .mitigate, .setStatus, .setMilestone, .setSeverity: .ifItEnds
    case .acknowledge, .triage, .enterPhase, .updateImpact, .note, .finding, .hypothesis, .decide,
      .correct, .undo, .check, .uncheck, .skip, .fill, .addItem, .assign, .release,
      .offerHandover, .acceptHandover, .assignTask, .finishTask, .startTimer, .cancelTimer,
      .reached, .snooze, .recordDelivery, .addAction, .finishAction, .publishPostmortem,
      .waivePostmortem, .alert, .acceptDamage, .stepClock:
      .never
    }
  }
}

extension Incident {
  /// What a command would change if it were recorded now.
  package func consequences(
    of command: Command, occurred: Timestamp? = nil, at now: Timestamp,
    in context: TimeContext = TimeContext()
  ) throws(Rejection) -> Consequences {
    let draft = try decide(command, occurred: occurred, at: now)
    var after = self
    after.apply(RecordedEvent(supposing: draft, after: sequence, at: now))
    var consequences = Consequences(
      command: command, at: now, before: .init(of: self), after: .init(of: after),
      openItems: after.checklist.count { $0.state == .open })
    if consequences.resolves || consequences.closes { consequences.promises = openPromises }
    let waiting = dispatches(at: now).filter(\.isMissing)
    if !waiting.isEmpty {
      let later = after.dispatches(at: now).filter(\.isMissing)
      consequences.withheld = waiting.filter { old in
        !later.contains { $0.update == old.update && $0.target == old.target }
      }
    }
    consequences.compare(
      deadlines(at: now, in: context), with: after.deadlines(at: now, in: context))
    return consequences
  }
}

extension Incident {
  /// The last update of this episode to each audience, of those that promised another one; none once it is resolved.
  private var openPromises: [Update] {
    guard let start = episodeStart, ending == nil else { return [] }
    var last: [Update] = []
    for update in updates.since(start).map(\.value) {
      last.removeAll { sameAudience($0.audience, update.audience) }
      last.append(update)
    }
    return last.filter { $0.next != nil }
  }
}

extension Consequences {
  fileprivate mutating func compare(_ before: [Deadline], with after: [Deadline]) {
    let new = Dictionary(after.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let old = Dictionary(before.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    for deadline in before.filter(\.hasRunningClock).inOrderOfUrgency() {
      guard let next = new[deadline.id] else {
        ended.append(deadline)
        continue
      }
      switch next.state {
      case .met, .metLate: met.append(deadline)
      case .cancelled: ended.append(deadline)
      case .pending, .soon, .breached, .fired, .snoozed, .exhausted:
        if next.due == nil {
          ended.append(deadline)
        } else if next.due != deadline.due {
          moved.append(Move(from: deadline, to: next))
        }
      }
    }
    unsnoozed = before.filter { old in
      old.state == .snoozed
        && new[old.id].map { $0.state.isRunning && $0.state != .snoozed } == true
    }
    if resolves || closes {
      watches = before.filter { $0.kind == .watch && $0.hasRunningClock }
    }
    for deadline in after.filter(\.hasRunningClock).inOrderOfUrgency() {
      let earlier = old[deadline.id]
      if earlier?.hasRunningClock != true { begun.append(deadline) }
      if deadline.urgency.group == .call, earlier?.urgency.group != .call { calls.append(deadline) }
    }
  }
}

extension Deadline {
  fileprivate var hasRunningClock: Bool { due != nil && state.isRunning }
}

extension RecordedEvent {
  /// An event as it would stand in a log behind `sequence`, to be tried out and never written.
  init(supposing draft: EventDraft, after sequence: Int, at now: Timestamp) {
    var line: [UInt8] = []
    func add(_ text: String) -> Range<Int32> {
      let start = line.count
      line.append(contentsOf: text.utf8)
      return Int32(start)..<Int32(line.count)
    }
    let (actor, source, kind) = (add("-"), add("-"), add(draft.kind.rawValue))
    let start = Int32(line.count)
    line.append(contentsOf: draft.data.bytes)
    self.init(
      sequence: sequence + 1, id: EventID(high: .max, low: .max), recorded: now,
      occurred: draft.occurred, kind: draft.kind, line: line[...],
      fields: Fields(
        actor: actor, source: source, kind: kind, data: start..<Int32(line.count)))
  }
}

extension Command {
  /// Whether it can be one that asks first, so that its consequences have to be looked at.
  package var asksBeforehand: Bool {
    if case .assign(_, _, isNew: true) = self { return true }
    return kind.asking != .never
  }
}
