/// A drill beside its targets and beside the incident that it was made from.
package struct Debrief: Sendable {
  /// When the clock started: all spans count from here.
  package var start: Timestamp?
  package var isOver: Bool
  /// What the drill was made from; nil for one that nothing was told in.
  package var drill: Drill?
  package var pace: Pace
  package var moments: [Moment]
  package var targets: [Conduct.TargetOutcome]
  package var promises: [Conduct.Promise]
  package var calls: [Call]
  package var done: [Incident.ItemState]
  package var skipped: [Incident.ItemState]
  package var left: [Incident.ItemState]
  package var reactions: [Reaction]
  /// Stretches in which no person wrote anything, whatever the drill told meanwhile.
  package var silences: [Conduct.Silence]
  /// When it was asked: the closing of the drill, or now.
  package var end: Timestamp

  /// How long after the clock started something took place.
  package struct Moment: Hashable, Sendable {
    package var milestone: Incident.Milestone
    package var drill: Duration?
    package var original: Duration?
    /// How long the procedure allows for it.
    package var allowed: Duration?

    /// How much faster than in the original; negative where slower.
    package var faster: Duration? {
      guard let drill, let original else { return nil }
      return original - drill
    }
  }

  /// A step that fell due or was called by hand, and whether somebody was reached.
  package struct Call: Hashable, Sendable {
    package var label: String
    package var due: Timestamp?
    package var reached: Timestamp?
    package var by: String?
    /// When an acknowledgement by `by` made the call needless, where nobody is recorded as reached.
    package var acknowledged: Timestamp?

    /// How long it took to reach somebody; nil where nobody was, negative where before it was due.
    package var span: Duration? {
      guard let due, let reached else { return nil }
      return reached - due
    }
  }

  /// Something that the drill told, and the next entry by a person.
  package struct Reaction: Hashable, Sendable {
    package var sequence: Int
    package var at: Timestamp
    package var actor: String
    package var event: Injection.Event
    package var next: Timestamp?
    package var by: String?

    package var span: Duration? { next.map { $0 - at } }
  }

  package init(
    of incident: Incident, events: [RecordedEvent], at now: Timestamp,
    in context: TimeContext = TimeContext()
  ) {
    start = incident.clockStart
    isOver = !incident.isOpen || incident.isResolved
    drill = incident.drill
    pace = incident.pace
    end = incident.closing.map { min($0.stamp.effective, now) } ?? now
    let people = events.filter { !$0.isTold }
    let conduct = Conduct(
      of: Episode.all(of: incident, events: events), events: people, at: now, in: context)
    targets = conduct.targets
    promises = conduct.promises
    silences = conduct.silences
    skipped = conduct.skipped
    left = conduct.leftOpen
    done = incident.checklist.filter { $0.state == .done }
    calls = Self.calls(of: incident, at: end)
    reactions = Self.reactions(events, in: incident)
    moments = Self.moments(of: incident, targets)
  }

  // MARK: - Moments

  private static let measured: [(Incident.Milestone, Set<Deadline.Kind>)] = [
    (.acknowledged, [.acknowledge, .respond]), (.triaged, [.triage]), (.mitigated, [.mitigate]),
    (.resolved, [.resolve]),
  ]

  private static func moments(
    of incident: Incident, _ targets: [Conduct.TargetOutcome]
  ) -> [Moment] {
    guard let start = incident.clockStart else { return [] }
    return measured.map { milestone, kinds in
      let own = targets.filter { $0.episode == incident.episode && kinds.contains($0.kind) }
      return Moment(
        milestone: milestone, drill: incident.timeShown(of: milestone).map { $0 - start },
        original: incident.drill?.original[milestone].map { .seconds(Int64($0)) },
        allowed: own.map(\.due).min().map { $0 - start })
    }
  }

  // MARK: - Calls

  private static func calls(of incident: Incident, at now: Timestamp) -> [Call] {
    guard let plan = EscalationPlan(incident, at: now) else { return [] }
    return plan.entries.compactMap { entry in
      guard entry.engaged != nil || entry.reached != nil else { return nil }
      return Call(
        label: entry.step.to, due: entry.engaged ?? entry.due, reached: entry.reached?.at,
        by: (entry.reached ?? entry.answered)?.by,
        acknowledged: entry.reached == nil ? entry.answered?.at : nil)
    }
  }

  // MARK: - Reactions

  private static func reactions(_ events: [RecordedEvent], in incident: Incident) -> [Reaction] {
    var seen: Set<EventID> = []
    let once = events.filter { seen.insert($0.id).inserted }
    let people = once.filter {
      !$0.isTold && !$0.kind.isAutomatic && $0.kind != .incidentDeclared
    }.sorted { $0.stamp < $1.stamp }
    return once.filter(\.isTold).sorted { $0.stamp < $1.stamp }.compactMap { told in
      guard let event = Injection.Event(told.kind, told.data.json) else { return nil }
      let index = people.partitioningIndex { $0.effective >= told.effective }
      let next = index < people.count ? people[index] : nil
      return Reaction(
        sequence: told.sequence, at: told.effective, actor: told.actor,
        event: incident.isSecretlyRetracted(told.sequence) ? .note("") : event,
        next: next?.effective, by: next?.actor)
    }
  }
}

extension Conduct.TargetOutcome {
  /// How much time was left when it was met, negative where it was met late or, at `end`, not at all; nil while it runs.
  package func margin(at end: Timestamp) -> Duration? {
    switch result {
    case .met, .late: settled.map { due - $0 }
    case .missed: due - min(ended ?? end, end)
    case .running, .cancelled: nil
    }
  }
}
