/// The escalation path of an episode, played forward to an instant.
///
/// Everything that bears on it (severity, status, acknowledgement, reload, snooze, a call by hand) is taken in the order
/// in which it happened. A step falls due by calculation alone; whether somebody wrote that down changes nothing.
struct EscalationPlan {
  struct Entry {
    var step: EscalationStep
    /// The receiver as an identifier, the same in every path that calls the same receiver.
    var key: String
    var due: Timestamp?
    /// When it fell due without being stopped, or was called by hand.
    var engaged: Timestamp?
    var isManual = false
    var round = 1
    var snooze: (until: Timestamp, by: String, reason: String)?
    var reached: (at: Timestamp, by: String)?
    /// An acknowledgement made the call needless; that somebody was reached by it nobody said.
    var answered: (at: Timestamp, by: String)?
    /// A person was reached before it fell due.
    var isReachedEarly = false
    /// Engaged under a path that no longer applies.
    var isFromEarlierPath = false
  }

  private(set) var entries: [Entry] = []
  /// When the last step had been called for long enough to answer, with nobody reached.
  private(set) var exhausted: Timestamp?

  /// Up to when steps have fallen due; one whose time had passed by then was stopped, or came into force too late.
  private var advanced = Timestamp.distantPast
  private let incident: Incident
  private let clockStart: Timestamp
  private var severity: Severity?
  private var procedure: Procedure

  init?(_ incident: Incident, at now: Timestamp) {
    guard let episodeStart = incident.episodeStart, let start = incident.pathStart,
      let clockStart = incident.clockStart
    else { return nil }
    let now = incident.present(now)
    self.incident = incident
    self.clockStart = clockStart
    procedure =
      incident.procedures.entries.last { $0.stamp <= start }?.value.procedure ?? incident.procedure
    severity = Self.severity(of: incident, in: procedure, asOf: start)
    entries = Self.path(procedure, severity, from: clockStart)
    let moments = Self.moments(of: incident, after: episodeStart)
    // Before the path came into force people may have been called and reached; nothing fell due by itself.
    for moment in moments where moment.stamp <= start && moment.what.isByHand { take(moment) }
    forceOverdue(at: start.effective)
    advanced = start.effective
    for moment in moments where moment.stamp > start {
      guard moment.stamp.effective <= now else { continue }
      advance(to: moment.stamp.effective)
      take(moment)
    }
    advance(to: now)
    answerFirstCalls(at: now)
    settleExhaustion(at: now)
  }

  // MARK: - The path

  private static func severity(
    of incident: Incident, in procedure: Procedure, asOf stamp: Stamp
  ) -> Severity? {
    let id = incident.severities.entries.last { $0.stamp <= stamp }?.value
    return procedure.severities.first { $0.id == id }
      ?? procedure.severities.min { $0.rank < $1.rank }
  }

  private static func path(
    _ procedure: Procedure, _ severity: Severity?, from start: Timestamp
  ) -> [Entry] {
    let steps = procedure.escalation.enumerated()
      .filter { $0.element.severity == nil || $0.element.severity == severity?.id }
      .sorted { ($0.element.level, $0.offset) < ($1.element.level, $1.offset) }
      .map(\.element)
    var entries: [Entry] = []
    for step in steps {
      let base = key(step.to)
      let same = entries.count { $0.key == base || $0.key.hasPrefix(base + "-") }
      var (key, number) = (same == 0 ? base : "\(base)-\(same + 1)", same + 1)
      // A receiver behind another may be called what would tell the two apart: `Lead 2`, then `Lead`.
      while entries.contains(where: { $0.key == key }) {
        number += 1
        key = "\(base)-\(number)"
      }
      entries.append(Entry(step: step, key: key))
      entries[entries.count - 1].due = due(
        of: entries.count - 1, in: entries, severity, from: start)
    }
    return entries
  }

  /// The receiver's name as an identifier: lower-case letters and digits of any script, joined by hyphens.
  static func key(_ receiver: String) -> String {
    if let key = plainKey(receiver) { return key }
    var key = ""
    for character in receiver.lowercased() {
      if character.isLetter || character.isNumber {
        key.append(character)
      } else if !key.isEmpty, !key.hasSuffix("-") {
        key.append("-")
      }
    }
    return key.hasSuffix("-") ? String(key.dropLast()) : key
  }

  /// The same of a name in ASCII alone, as most are; nil of any other.
  private static func plainKey(_ receiver: String) -> String? {
    var key: [UInt8] = []
    key.reserveCapacity(receiver.utf8.count)
    for byte in receiver.utf8 {
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): key.append(byte | 0x20)
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"):
        key.append(byte)
      case 0x80...: return nil
      default: if let last = key.last, last != UInt8(ascii: "-") { key.append(UInt8(ascii: "-")) }
      }
    }
    if key.last == UInt8(ascii: "-") { key.removeLast() }
    return String(decoding: key, as: UTF8.self)
  }

  /// A step's due time before anything moved it; nil where it has no clock or counts from a step without one.
  private static func due(
    of index: Int, in entries: [Entry], _ severity: Severity?, from start: Timestamp
  ) -> Timestamp? {
    let step = entries[index].step
    guard step.condition == nil else { return nil }
    guard let after = step.after else {
      // A target in business time gives no clock here: the path knows no calendar.
      let target = severity?.targets.first { $0.kind == step.relativeTo }
      guard case .seconds(let seconds, _) = target?.within else { return nil }
      return start + .seconds(seconds)
    }
    switch step.since {
    case .start: return start + .seconds(after)
    case .previous:
      guard index > 0 else { return start + .seconds(after) }
      let previous = entries[index - 1]
      return (previous.due ?? previous.engaged).map { $0 + .seconds(after) }
    }
  }

  // MARK: - What moves it

  private struct Moment {
    var stamp: Stamp
    var what: What

    enum What {
      case severity(String?)
      /// A fix did not hold: what was stopped by it runs again.
      case relapse
      case procedure(Procedure)
      case snooze(Incident.Snooze, by: String)
      case call(Incident.Firing)
      case reached(Incident.Reached, by: String)

      /// Actions by a person on one step, regardless of the path in force.
      var isByHand: Bool {
        switch self {
        case .snooze, .call, .reached: true
        case .severity, .relapse, .procedure: false
        }
      }
    }
  }

  private static func moments(of incident: Incident, after start: Stamp) -> [Moment] {
    var moments: [Moment] = []
    func add<Value>(_ history: History<Value>, _ what: (History<Value>.Entry) -> Moment.What) {
      for entry in history.since(start) where entry.stamp > start {
        moments.append(Moment(stamp: entry.stamp, what: what(entry)))
      }
    }
    add(incident.severities) { .severity($0.value) }
    moments += relapses(of: incident, after: start).map { Moment(stamp: $0, what: .relapse) }
    add(incident.procedures) { .procedure($0.value.procedure) }
    add(incident.snoozes) { .snooze($0.value, by: $0.actor) }
    add(incident.firings) { .call($0.value) }
    add(incident.reached) { .reached($0.value, by: $0.actor) }
    return moments.sorted { $0.stamp < $1.stamp }
  }

  /// When the status came to be open; where it was open before, only if a milestone said otherwise meanwhile.
  private static func relapses(of incident: Incident, after start: Stamp) -> [Stamp] {
    var relapses: [Stamp] = []
    var wasOpen: Stamp?
    for entry in incident.statuses.since(start) where entry.stamp > start {
      let isOpen = entry.value.role == .open
      let isSame = isOpen && wasOpen.map { !incident.hasMilestone($0, entry.stamp) } ?? false
      if isOpen, !isSame { relapses.append(entry.stamp) }
      wasOpen = isOpen ? entry.stamp : nil
    }
    return relapses
  }

  private mutating func take(_ moment: Moment) {
    let at = moment.stamp.effective
    switch moment.what {
    case .severity(let id):
      let next =
        procedure.severities.first { $0.id == id } ?? procedure.severities.min { $0.rank < $1.rank }
      guard next?.id != severity?.id else { return }
      severity = next
      replacePath(at: at)
    case .procedure(let next):
      procedure = next
      severity = Self.severity(of: incident, in: next, asOf: moment.stamp)
      replacePath(at: at)
    case .relapse: forceOverdue(at: at)
    case .snooze(let snooze, let by): take(snooze, by: by, at: at)
    case .call(let firing): take(firing, at: at)
    case .reached(let reached, let by):
      guard let index = index(of: reached.step) else { return }
      if entries[index].engaged == nil {
        entries[index].engaged = at
        entries[index].isReachedEarly = true
      }
      if entries[index].reached == nil { entries[index].reached = (at, reached.name ?? by) }
    }
  }

  private func index(of id: String) -> Int? {
    let key = id.hasPrefix("escalation:") ? String(id.dropFirst("escalation:".count)) : id
    return entries.firstIndex { $0.key == key }
  }

  private mutating func take(_ snooze: Incident.Snooze, by: String, at: Timestamp) {
    guard let index = index(of: snooze.deadline), let due = entries[index].due else { return }
    let moved = max(due, at) + snooze.span
    let shift = moved - due
    if entries[index].engaged != nil {
      entries[index].engaged = nil
      entries[index].round += 1
    }
    entries[index].due = moved
    entries[index].snooze = (moved, by, snooze.reason)
    for later in entries.indices.dropFirst(index + 1) {
      guard entries[later].step.since == .previous, entries[later].engaged == nil else { break }
      entries[later].due = entries[later].due.map { $0 + shift }
    }
  }

  private mutating func take(_ firing: Incident.Firing, at: Timestamp) {
    guard let index = index(of: firing.step) else {
      // Fell due under a path that a later severity or document replaced: it stays engaged.
      let step = EscalationStep(level: firing.level, to: firing.to, after: nil, line: 0)
      var entry = Entry(step: step, key: Self.key(firing.to), engaged: at)
      entry.isManual = firing.isManual
      entry.isFromEarlierPath = true
      entries.append(entry)
      return
    }
    guard entries[index].engaged == nil, firing.isManual || firing.round >= entries[index].round
    else { return }
    entries[index].engaged = at
    entries[index].isManual = firing.isManual
    if entries[index].due == nil {
      resumeAfter(index)
      forceOverdue(at: at)
    }
  }

  /// Steps that count from one without a clock get theirs once that one is called by hand.
  private mutating func resumeAfter(_ index: Int) {
    for later in entries.indices.dropFirst(index + 1) where entries[later].due == nil {
      entries[later].due = Self.due(of: later, in: entries, severity, from: clockStart)
    }
  }

  private mutating func replacePath(at: Timestamp) {
    var next = Self.path(procedure, severity, from: clockStart)
    let unchanged =
      next.map(\.key) == entries.filter { !$0.isFromEarlierPath }.map(\.key)
      && zip(next, entries).allSatisfy {
        // The same words may mean another time where they name a target.
        $0.step.sameCourse(as: $1.step) && ($0.step.relativeTo == nil || $0.due == $1.due)
      }
    if unchanged {
      for index in next.indices where entries[index].engaged == nil {
        entries[index].step = next[index].step
      }
      return
    }
    for old in entries where old.engaged != nil || old.snooze != nil {
      if let index = next.firstIndex(where: { $0.key == old.key }) {
        let step = next[index].step
        let due = next[index].due
        next[index] = old
        // What was engaged stays engaged by the rule that it fell due by.
        if old.engaged == nil { next[index].step = step }
        next[index].isFromEarlierPath = false
        if old.engaged == nil, let due, let until = old.snooze?.until {
          next[index].due = max(due, until)
        }
      } else if old.engaged != nil {
        var kept = old
        kept.isFromEarlierPath = true
        next.append(kept)
      }
    }
    entries = next
    forceOverdue(at: at)
  }

  // MARK: - Time

  /// Whether what stops a step had happened by an instant.
  func isStopped(_ condition: EscalationStep.StopCondition, at: Timestamp) -> Bool {
    switch condition {
    case .acknowledged:
      incident.acknowledgement.map { $0.stamp.effective <= at } ?? false
        || incident.isOver(at: at)
    case .mitigated: incident.isMitigated(at: at) || incident.isOver(at: at)
    case .resolved: incident.isOver(at: at)
    }
  }

  /// Lets every step fall due whose time comes by an instant and that nothing stops then.
  private mutating func advance(to now: Timestamp) {
    for index in entries.indices {
      guard entries[index].engaged == nil, let due = entries[index].due, due > advanced,
        due <= now, !isStopped(entries[index].step.unless, at: due)
      else { continue }
      entries[index].engaged = due
    }
    advanced = max(advanced, now)
  }

  /// A path that comes into force late calls one step now; the later ones keep their distance to it.
  private mutating func forceOverdue(at: Timestamp) {
    let waiting = entries.indices.filter {
      entries[$0].engaged == nil && entries[$0].due != nil
        && !isStopped(entries[$0].step.unless, at: at)
    }
    let ordered = waiting.sorted { (entries[$0].due ?? at, $0) < (entries[$1].due ?? at, $1) }
    guard let first = ordered.first, let due = entries[first].due, due <= at else { return }
    let shift = at - due
    for index in ordered {
      guard let due = entries[index].due else { continue }
      entries[index].due = due + shift
      if due + shift == at { entries[index].engaged = at }
    }
  }

  /// An acknowledgement answers the calls of responders with which the path begins: whoever responds first has responded.
  /// A manager who was to be told at once has not been told by it.
  private mutating func answerFirstCalls(at now: Timestamp) {
    guard let first = incident.acknowledgement, first.stamp.effective <= now else { return }
    for index in entries.indices
    where entries[index].engaged != nil && entries[index].step.isFirstCall
      && !entries[index].isManual && entries[index].reached == nil
      && !SubjectLexicon.isManagement(entries[index].step.to)
    {
      entries[index].answered = (first.stamp.effective, first.actor)
    }
  }

  /// The path is at its end when every step of it was called, those by hand too, and the last one reached nobody for as
  /// long as a call may go unanswered before another notifier takes it over.
  private mutating func settleExhaustion(at now: Timestamp) {
    let own = entries.filter { !$0.isFromEarlierPath }
    let isLeft = own.contains { $0.engaged == nil && !isStopped($0.step.unless, at: now) }
    guard !isLeft, let last = own.last(where: { $0.engaged != nil }), last.reached == nil,
      last.answered == nil, let called = own.compactMap(\.engaged).max(),
      called + NotificationDuty.patience <= now,
      !isStopped(last.step.unless, at: now)
    else { return }
    exhausted = called + NotificationDuty.patience
  }
}

extension Incident {
  /// Whether a milestone was set between two entries.
  fileprivate func hasMilestone(_ one: Stamp, _ other: Stamp) -> Bool {
    milestones.since(one).first.map { $0.stamp < other } ?? false
  }
}

extension EscalationStep {
  /// Whether the step is due at the clock start, so that it calls the first responder.
  fileprivate var isFirstCall: Bool {
    after == 0 && since == .start && condition == nil || level == 1 && after == 0
  }

  /// Whether another step calls the same receiver at the same time on the same terms.
  fileprivate func sameCourse(as other: Self) -> Bool {
    to == other.to && after == other.after && since == other.since && unless == other.unless
      && condition == other.condition && relativeTo == other.relativeTo
  }
}
