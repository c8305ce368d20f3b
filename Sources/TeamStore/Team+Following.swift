package import Engine
internal import EventLog
internal import Glibc

/// Taking over what the others have recorded.
extension Team {
  /// Takes over everything that is new, within a limit for the first answer; whether all of it is here now.
  package func freshen(within limit: Duration, now: () -> Timestamp) -> Bool {
    let begin = ContinuousClock.now
    do throws(TeamTrouble) {
      try freshen(until: begin + limit, now: now)
      return true
    } catch {
      noteSilence(since: begin)
      if case .otherStore(let reason) = error { folder.noteOutOfReach(reason, at: now()) }
      return false
    }
  }

  /// The same, telling why not.
  package func freshen(
    until deadline: ContinuousClock.Instant, now: () -> Timestamp
  ) throws(TeamTrouble) {
    let earlier = folder.seen
    var heads = EtcdRange(keys.heads, end: StoreKeys.end(of: keys.heads))
    heads.since = earlier.map { $0.header.revision + 1 } ?? 0
    var settings = EtcdRange(keys.settings)
    settings.since = folder.settings == nil ? 0 : heads.since
    var answer = try read([EtcdRange(keys.store), settings, heads], until: deadline)
    try check(answer.found[0])
    let isAnew =
      earlier.map {
        $0.header.cluster != answer.header.cluster || $0.header.revision > answer.header.revision
      } ?? true
    if isAnew, earlier != nil {
      (heads.since, settings.since) = (0, 0)
      answer = try read(
        [EtcdRange(keys.store), settings, heads], until: max(deadline, .now + Self.patience))
      try check(answer.found[0])
    }
    try takeSettings(answer.found[1].entries.first, isAnew)
    var known: Set<String> = []
    for kv in answer.found.last?.entries ?? [] {
      guard let id = keys.incident(ofHead: kv.key), IncidentName.isValid(id) else { continue }
      known.insert(id)
      if try isBehind(id, kv.value) { try catchUpAlone(id) }
    }
    if isAnew {
      // A cluster from a backup may not even know of an incident.
      for id in try locally({ () throws(LogError) in try files.ids() })
      where !known.contains(id) && !folder.isPending(id) { try catchUpAlone(id) }
    }
    let at = now()
    folder.note(TeamFolder.Seen(header: answer.header, at: at))
    if folder.outOfReach != nil { folder.noteInReach() }
  }

  /// Whether a process of this machine takes over what is new as it comes.
  package var isFollowed: Bool { folder.isFollowed }

  /// Whether a copy does not end as the head of its incident says.
  private func isBehind(_ id: String, _ head: [UInt8]) throws(TeamTrouble) -> Bool {
    if folder.isLocal(id) { return false }
    guard let end = try locally({ () throws(LogError) in try files.replicaEnd(of: id) }) else {
      return true
    }
    do throws(JSONError) {
      let head = try JSON(parsing: head[...])
      return head["seq"]?.integer != Int64(end.sequence) || head["hash"]?.string != end.hash
    } catch { return true }
  }

  /// Brings the copy of one incident up to date.
  package func catchUpAlone(_ id: String) throws(TeamTrouble) {
    if folder.isLocal(id) { return }
    let replica = try locally { () throws(LogError) in try ReplicaFile(id, of: files) }
    let isThere = try locally { () throws(LogError) in try replica.lock() }
    defer { replica.unlock() }
    let before = replica.count
    do throws(TeamTrouble) {
      _ = try catchUp(replica, id, until: .now + Self.patience)
    } catch {
      // It is told by an alarm, and holds up no other incident.
      guard case .damaged = error else { throw error }
    }
    if isThere, replica.count > before {
      try locally { () throws(LogError) in try replica.synchronize() }
    }
  }

  /// Closes a declaration as merged that was never answered and turned up after all: another incident took its place.
  func closeUnanswered(at now: Timestamp) {
    for unanswered in folder.unanswered() {
      do throws(LogError) {
        guard let first = try files.firstEvent(of: unanswered.id) else { continue }
        if first.id == unanswered.event {
          let draft = EventDraft(
            .incidentClosed, identity: .named("merged \(unanswered.event.description)"),
            EventData([
              "outcome": "merged",
              "reason": .string("declared again as \(unanswered.replacement)"),
            ]))
          let writer = try TeamWriter(of: unanswered.id, in: self)
          guard
            writer.append(
              draft, author: Author(actor: "muster", source: first.source), now: { now }
            ).event != nil
          else { continue }
          try files.setOpen(unanswered.id, false)
        }
        folder.forget(unanswered)
      } catch {
        folder.raise("merged-\(unanswered.id)", error.description)
      }
    }
  }
}
