/// How an incident was handled against what the procedure asks and what was promised.
package struct Conduct: Sendable {
  package var targets: [TargetOutcome] = []
  package var promises: [Promise] = []
  package var calls: [Call] = []
  package var silences: [Silence] = []
  package var gaps: [Gap] = []
  package var reopenings: [Reopening] = []
  package var skipped: [Incident.ItemState] = []
  /// Items that were still open at the end.
  package var leftOpen: [Incident.ItemState] = []

  /// A target or window, and what came of it.
  package struct TargetOutcome: Hashable, Sendable {
    package var episode: Int
    package var kind: Deadline.Kind
    package var label: String
    package var due: Timestamp
    package var settled: Timestamp?
    package var by: String?
    package var result: Result
    package var rule: Deadline.Rule?
    /// Another act met it, as a fix shows that somebody judged: nobody said so.
    package var isInferred = false
    /// Not met although it was due, and it may still be: the incident goes on.
    package var isStillOpen = false
    /// When the incident was over, where that ended it unmet.
    package var ended: Timestamp?

    package enum Result: String, Sendable {
      case met, late, missed, running, cancelled
    }

    /// How much later than due it was met; nil where it was not, or in time.
    package var delay: Duration? {
      guard result == .late, let settled else { return nil }
      return settled - due
    }
  }

  /// A step that the log says fell due or was called by hand, and what came of it.
  package struct Call: Hashable, Sendable {
    package var episode: Int
    package var to: String
    package var due: Timestamp
    /// When somebody was reached.
    package var reached: Timestamp?
    /// Who acknowledged the incident, which made the call needless, and when.
    package var acknowledged: Answer?
    package var result: Result

    package struct Answer: Hashable, Sendable {
      package var by: String
      package var at: Timestamp
    }

    /// Who answers within this is reached at once; later is late.
    package static let patience: Duration = .minutes(5)

    /// How long it took until somebody was reached; nil where nobody was.
    package var wait: Duration? { reached.map { max(.zero, $0 - due) } }

    package enum Result: String, Sendable {
      case reached, nobodyReached
      /// The incident was acknowledged instead: nobody is recorded as reached.
      case acknowledged
      /// What stops the step had happened before it fell due: nobody was to be called.
      case ended
    }
  }

  /// What an update said about when the next one would come.
  package struct Promise: Hashable, Sendable {
    /// The sequence of the update that promised.
    package var sequence: Int
    package var audience: String?
    package var by: String
    package var made: Timestamp
    package var due: Timestamp
    /// The update that answered it, in time or late.
    package var answered: Timestamp?
    package var result: Result

    package enum Result: String, Sendable {
      case kept, broken, running
      /// The incident was over before it fell due.
      case ended
    }
  }

  /// A reopening, and what it undid.
  package struct Reopening: Hashable, Sendable {
    package var at: Timestamp
    package var reason: String?
    /// Whether it had been mitigated or resolved, so that a fix did not hold.
    package var hadFix: Bool
    /// How it had been closed, where it was.
    package var outcome: Incident.Outcome?
  }

  /// A stretch of the response in which nobody wrote anything.
  package struct Silence: Hashable, Sendable {
    package var from: Timestamp
    package var to: Timestamp

    package var span: Duration { to - from }
  }

  /// An audience that waited longer for an update than the procedure's rule allows.
  package struct Gap: Hashable, Sendable {
    package var episode: Int
    /// Nil: the rule names none.
    package var audience: String?
    package var every: Allowance
    /// How often it waited too long.
    package var count: Int
    package var longest: Silence
    package var rule: Deadline.Rule
  }

  package init(
    of episodes: [Episode], events: [RecordedEvent], at now: Timestamp,
    in context: TimeContext = TimeContext()
  ) {
    for episode in episodes {
      targets += Self.targets(of: episode, at: now, in: context)
      promises += Self.promises(of: episode, at: now)
      calls += Self.calls(of: episode, at: now)
      gaps += Self.gaps(of: episode, at: now, in: context)
    }
    guard let last = episodes.last else { return }
    reopenings = Self.reopenings(after: episodes)
    silences = Self.silences(of: episodes, events: events, at: now)
    let items = last.incident.checklist
    skipped = items.filter { $0.state == .skipped }
    leftOpen = items.filter { $0.state == .open }
  }

  // MARK: - Targets

  private static let kinds: Set<Deadline.Kind> = [
    .acknowledge, .respond, .triage, .mitigate, .resolve, .communicate, .phase,
  ]

  private static func targets(
    of episode: Episode, at now: Timestamp, in context: TimeContext
  ) -> [TargetOutcome] {
    let instant = episode.lastInstant(now)
    return episode.incident.deadlines(at: instant, in: context).compactMap { deadline in
      guard kinds.contains(deadline.kind), let due = deadline.due else { return nil }
      let result: TargetOutcome.Result
      switch deadline.state {
      case .met: result = .met
      case .metLate: result = .late
      case .breached, .fired, .exhausted: result = .missed
      // The end takes running deadlines back; one whose time was up by then was missed all the same.
      case .cancelled: result = deadline.settled.map { due <= $0 } == true ? .missed : .cancelled
      case .pending, .soon, .snoozed: result = .running
      }
      return TargetOutcome(
        episode: episode.number, kind: deadline.kind, label: deadline.label, due: due,
        settled: deadline.state == .cancelled ? nil : deadline.settled, by: deadline.by,
        result: result, rule: deadline.rule,
        isInferred: deadline.kind == .triage && episode.incident.time(of: .triaged) == nil,
        isStillOpen: result == .missed && deadline.state.isRunning && episode.end == nil,
        ended: deadline.state == .cancelled ? deadline.settled : nil)
    }
  }

  // MARK: - Calls

  private static func calls(of episode: Episode, at now: Timestamp) -> [Call] {
    let incident = episode.incident
    guard let start = incident.episodeStart,
      let plan = EscalationPlan(incident, at: episode.lastInstant(now))
    else { return [] }
    return incident.firings.since(start).map { firing in
      let entry = plan.entries.first { $0.key == firing.value.step }
      let due = firing.stamp.effective
      let said = incident.reached.since(start).first {
        $0.value.step == firing.value.step && $0.stamp >= firing.stamp
      }
      var call = Call(
        episode: episode.number, to: firing.value.to, due: due,
        reached: said?.stamp.effective ?? entry?.reached?.at, result: .nobodyReached)
      let isOver = incident.ending.map { $0 <= due } ?? false
      let unless = entry?.step.unless ?? .resolved
      if call.reached != nil {
        call.result = .reached
      } else if let answered = entry?.answered {
        call.result = .acknowledged
        call.acknowledged = Call.Answer(by: answered.by, at: answered.at)
      } else if isOver || (!firing.value.isManual && plan.isStopped(unless, at: due)) {
        call.result = .ended
      }
      return call
    }
  }

  // MARK: - Reopenings

  private static func reopenings(after episodes: [Episode]) -> [Reopening] {
    zip(episodes, episodes.dropFirst()).compactMap { before, after in
      guard let entry = after.incident.reopenings.last else { return nil }
      return Reopening(
        at: entry.stamp.effective, reason: entry.value, hadFix: before.incident.isMitigated,
        outcome: before.incident.closing?.value.outcome)
    }
  }

  // MARK: - Promises

  private static func promises(of episode: Episode, at now: Timestamp) -> [Promise] {
    let incident = episode.incident
    guard let start = incident.episodeStart else { return [] }
    let ends = [incident.time(of: .resolved), incident.closing?.stamp.effective, episode.end]
    return incident.promises(
      in: incident.updates.since(start), until: ends.compactMap { $0 }.min(),
      at: episode.lastInstant(now))
  }

  // MARK: - Cadence

  /// Waits for updates: from the clock start to the first, between them, and from the last one to the end.
  private static func gaps(
    of episode: Episode, at now: Timestamp, in context: TimeContext
  ) -> [Gap] {
    let incident = episode.incident
    guard let start = incident.episodeStart else { return [] }
    let ends = [
      incident.time(of: .resolved), incident.closing?.stamp.effective, episode.lastInstant(now),
    ]
    let end = ends.compactMap { $0 }.min() ?? now
    guard let begin = incident.clockStart, begin < end else { return [] }
    return incident.rulingCadence.compactMap { rule in
      let sent = incident.updates.since(start).filter {
        rule.audience == nil || incident.sameAudience($0.value.audience, rule.audience)
      }.map(\.stamp.effective).filter { $0 < end }
      // Of a range the later end counts.
      let allowed = rule.maximum.map { Allowance.seconds($0) } ?? rule.interval
      let bounds = [min(begin, sent.first ?? begin)] + sent + [end]
      let waits = zip(bounds, bounds.dropFirst()).map { Silence(from: $0, to: $1) }
      let long = waits.filter { $0.to > incident.due(allowed, after: $0.from, in: context).at }
      guard let longest = long.max(by: { $0.span < $1.span }) else { return nil }
      return Gap(
        episode: episode.number, audience: rule.audience, every: allowed, count: long.count,
        longest: longest, rule: .init(text: rule.text, line: rule.line))
    }
  }

  // MARK: - Silence

  /// How long nobody may write anything before it counts, where the procedure does not say.
  package static let assumedSilence: Duration = .minutes(20)

  private static func silences(
    of episodes: [Episode], events: [RecordedEvent], at now: Timestamp
  ) -> [Silence] {
    guard let last = episodes.last else { return [] }
    let limit = last.incident.procedure.silence.map { Duration.seconds($0.seconds) }
    let entries = events.filter { !$0.kind.isAutomatic }.map(\.effective).sorted()
    var silences: [Silence] = []
    for episode in episodes {
      guard let begin = episode.incident.clockStart else { continue }
      let resolved = episode.incident.time(of: .resolved)
      let closed = episode.incident.closing?.stamp.effective
      let end = [resolved, closed, episode.lastInstant(now)].compactMap { $0 }.min() ?? now
      guard begin < end else { continue }
      var from = begin
      for entry in entries + [end] where entry > begin && entry <= end {
        if entry - from > limit ?? assumedSilence {
          silences.append(Silence(from: from, to: entry))
        }
        from = entry
      }
    }
    return silences
  }
}
