package import Engine
package import EventLog
internal import Glibc

/// Appends to a log that a team shares: what is taken is put in the cluster first, then into the copy here, and answered when
/// it is on the disk. What cannot be put waits in the outbox. Not for several threads at once.
package final class TeamWriter: LogWriting {
  package let place: String
  package private(set) var mended: Mended?
  package private(set) var declaration: EventID?
  package var unsyncedSince: Timestamp? { nil }
  package var identity: FileIdentity? { replica.identity }

  private let id: String
  private let team: Team
  private let replica: ReplicaFile
  /// Whether this is what the outbox has, which is not to be put behind itself.
  private let isOffering: Bool
  /// How things stood after the last append here; nil where that is not known.
  private var standing: (count: Int, Team.Standing)?
  private var local: LogWriter?

  package init(of id: String, in team: Team, isOffering: Bool = false) throws(LogError) {
    (self.id, self.team, self.isOffering) = (id, team, isOffering)
    replica = try ReplicaFile(id, of: team.files)
    place = replica.path
  }

  package func append(
    _ draft: EventDraft, author: Author, expecting: Int?, now: () -> Timestamp
  ) -> Appended {
    mended = nil
    var draft = draft
    do throws(LogError) {
      if team.folder.isLocal(id) {
        return try localWriter().append(draft, author: author, expecting: expecting, now: now)
      }
      let (event, isFresh) = try LogWriter.identity(of: draft, at: now)
      draft.identity = .known(event)
      let new = New(
        draft: draft, id: event, isFresh: isFresh, author: author, expecting: expecting)
      return try append(new, now)
    } catch {
      return .notRecorded(draft, at: now(), error)
    }
  }

  /// All of them, or none where the log has grown since the event of that number; those behind the first follow whatever
  /// comes between.
  package func append(
    together drafts: [EventDraft], author: Author, expecting: Int, now: () -> Timestamp
  ) -> AppendedTogether {
    var events: [RecordedEvent] = []
    var keptSince: Timestamp?
    for (place, draft) in drafts.enumerated() {
      switch append(
        draft, author: draft.author ?? author, expecting: place == 0 ? expecting : nil, now: now)
      {
      case .recorded(let event), .present(let event): events.append(event)
      case .conflict(let actual): return .conflict(actual: actual)
      case .unconfirmed(let event, let error): return .unconfirmed(events + [event], error: error)
      case .kept(_, _, let since): keptSince = keptSince ?? since
      case .notRecorded(_, _, let error): return .notRecorded(error)
      }
    }
    return keptSince.map { .kept(since: $0) } ?? .recorded(events)
  }

  private struct New {
    var draft: EventDraft
    var id: EventID
    var isFresh: Bool
    var author: Author
    var expecting: Int?
    /// Whether it may be in the cluster without our knowing.
    var mayBeThere = false
  }

  private func localWriter() throws(LogError) -> LogWriter {
    if let local { return local }
    let writer = try team.files.localWriter(of: id)
    local = writer
    return writer
  }

  private func append(_ new: New, _ now: () -> Timestamp) throws(LogError) -> Appended {
    if let since = team.restingSince() { return try keep(new, since, now) }
    if !isOffering, team.outbox.holds(id) {
      // Earlier words come first.
      _ = team.offer(now: { _ in now() })
      if let since = team.folder.outOfReach?.since { return try keep(new, since, now) }
      if team.outbox.holds(id) { return try keep(new, now(), now) }
    }
    do throws(TeamTrouble) {
      return try share(new, now, until: team.deadline())
    } catch {
      if case .local(let error) = error { throw error }
      standing = nil
      team.noteTrouble(error, at: now())
      return try keep(new, team.folder.outOfReach?.since ?? now(), now)
    }
  }

  // MARK: - Put in the cluster

  private func share(
    _ new: New, _ now: () -> Timestamp, until deadline: ContinuousClock.Instant
  ) throws(TeamTrouble) -> Appended {
    var new = new
    _ = try team.locally { () throws(LogError) in try replica.lock() }
    defer { replica.unlock() }
    var standing = Team.Standing()
    if let known = known() {
      standing = known
    } else {
      standing = try team.catchUp(replica, id, until: deadline)
    }
    guard replica.identity != nil else { throw .local(.notFound(path: place)) }
    noteDeclaration()
    var refusals: UInt32 = 0
    while true {
      if !new.isFresh || new.mayBeThere, let there = try find(new.id) {
        try synchronize()
        self.standing = (replica.count, standing)
        return new.mayBeThere ? .recorded(there) : .present(there)
      }
      if let expecting = new.expecting, expecting != replica.sequence {
        self.standing = (replica.count, standing)
        return .conflict(actual: replica.sequence)
      }
      let event = try team.locally { () throws(LogError) in try self.event(new, now) }
      do throws(TeamTrouble) {
        let head = TeamHead.after(event, standing.head)
        let outcome = try put(event, head, behind: standing, until: deadline)
        if outcome.isDone {
          return finish(event, Team.Standing(revision: outcome.header.revision, head: head))
        }
        let look = try team.look(outcome, at: id)
        if let now = try team.take(look, into: replica, id, until: deadline) {
          standing = now
        } else {
          standing = try team.catchUp(replica, id, until: deadline)
        }
        refusals += 1
        if refusals > 2 { usleep(UInt32.random(in: 0...min(refusals * 500, 10_000))) }
        if ContinuousClock.now >= deadline, refusals > 100 {
          throw .outOfReach("others recorded too fast in \(id)")
        }
      } catch {
        guard case .unknown(let reason) = error else { throw error }
        new.mayBeThere = true
        standing = try lookAgain(because: reason, until: deadline)
      }
    }
  }

  /// After an outcome that is not known nothing is tried again before it was looked what is there.
  private func lookAgain(
    because reason: String, until deadline: ContinuousClock.Instant
  ) throws(TeamTrouble) -> Team.Standing {
    var reason = reason
    while ContinuousClock.now < deadline {
      do throws(TeamTrouble) {
        return try team.catchUp(replica, id, until: deadline)
      } catch {
        switch error {
        case .unknown(let why), .outOfReach(let why): reason = why
        case .damaged, .otherStore, .local: throw error
        }
      }
      usleep(30_000)
    }
    throw .unknown(reason)
  }

  /// How things stand, where nobody here has written since.
  private func known() -> Team.Standing? {
    guard let standing, replica.identity != nil, standing.count == replica.count,
      replica.tail.isEmpty
    else { return nil }
    return standing.1
  }

  private func put(
    _ event: RecordedEvent, _ head: JSON, behind standing: Team.Standing,
    until deadline: ContinuousClock.Instant
  ) throws(TeamTrouble) -> EtcdOutcome {
    let count = replica.count
    var conditions = [try team.isOurs(), .isMissing(team.keys.entry(count + 1, of: id))]
    if count > 0, let revision = standing.revision {
      conditions.append(.isAt(team.keys.entry(count, of: id), revision: revision))
    }
    return try team.transact(
      if: conditions,
      [
        .put(team.keys.entry(count + 1, of: id), Array(event.line)),
        .put(team.keys.head(of: id), head.bytes),
      ],
      else: team.lookRanges(id, from: count).map { .read($0) }, until: deadline)
  }

  private func event(_ new: New, _ now: () -> Timestamp) throws(LogError) -> RecordedEvent {
    guard replica.count < EventCoding.maximumSequence else {
      throw .numbersExhausted(path: place, sequence: replica.count)
    }
    let line = EventCoding.line(
      sequence: replica.count + 1, id: new.id, recorded: now(), occurred: new.draft.occurred,
      author: new.author, kind: new.draft.kind.rawValue, data: new.draft.data,
      after: replica.previous)
    guard line.count <= EventCoding.maximumLineCount else {
      throw .tooLong(path: place, count: line.count)
    }
    guard !line.contains(10), let event = EventCoding.event(in: line[...]) else {
      throw .notAnEvent(path: place, kind: new.draft.kind.rawValue)
    }
    return event
  }

  /// Puts into the copy what the cluster has taken. It is shared whatever becomes of that: the next process catches up.
  private func finish(_ event: RecordedEvent, _ standing: Team.Standing) -> Appended {
    do throws(LogError) {
      try replica.add([Array(event.line)])
      self.standing = (replica.count, standing)
      replica.unlock()
      try replica.synchronize()
    } catch {
      self.standing = nil
      mended = .copyIsBehind(error.description)
    }
    return .recorded(event)
  }

  private func find(_ event: EventID) throws(TeamTrouble) -> RecordedEvent? {
    try team.locally { () throws(LogError) in try replica.find(event) }
  }

  private func synchronize() throws(TeamTrouble) {
    try team.locally { () throws(LogError) in try replica.synchronize() }
  }

  private func noteDeclaration() {
    guard declaration == nil else { return }
    do throws(LogError) { declaration = try team.files.firstEvent(of: id)?.id } catch {
      // Only tells incidents of the same name apart.
      declaration = nil
    }
  }

  // MARK: - Kept here

  /// Keeps a fact on this machine, decided on what is known here.
  private func keep(
    _ new: New, _ since: Timestamp, _ now: () -> Timestamp
  ) throws(LogError) -> Appended {
    guard try replica.lock() else { throw .notFound(path: place) }
    defer { replica.unlock() }
    if team.folder.isPending(id) { return try addPending(new, now) }
    if !new.isFresh, let there = try replica.find(new.id) { return .present(there) }
    if let expecting = new.expecting, expecting != replica.sequence {
      return .conflict(actual: replica.sequence)
    }
    let kept = try team.outbox.keep(new.draft, in: id, author: new.author, now: now)
    var draft = new.draft
    draft.occurred = kept.occurred
    return .kept(draft, at: kept.recorded, since: since)
  }

  /// Adds to a log that no other machine can have yet.
  private func addPending(_ new: New, _ now: () -> Timestamp) throws(LogError) -> Appended {
    guard replica.tail.isEmpty else {
      replica.unlock()
      return try localWriter().append(
        new.draft, author: new.author, expecting: new.expecting, now: now)
    }
    if !new.isFresh, let there = try replica.find(new.id) { return .present(there) }
    if let expecting = new.expecting, expecting != replica.sequence {
      return .conflict(actual: replica.sequence)
    }
    let event = try event(new, now)
    try replica.add([Array(event.line)])
    do throws(LogError) { try replica.synchronize() } catch {
      if case .cannotWrite(_, _, let number) = error {
        return .unconfirmed(event, error: number)
      }
      throw error
    }
    return .recorded(event)
  }
}
