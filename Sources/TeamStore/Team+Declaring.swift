package import Engine
package import EventLog
internal import Glibc

/// Beginning incidents for all machines.
extension Team {
  package func create(
    title: String, id: String?, began: Timestamp?, author: Author,
    now: () -> Timestamp, draft: (String) -> EventDraft, in store: FileStore
  ) throws(LogError) -> NewLog {
    if let id, !IncidentName.isValid(id) { throw .invalidID(id) }
    try store.prepare()
    let base = id ?? IncidentName.make(title: title, at: began ?? now())
    guard restingSince() == nil else {
      return try declareAlone(base, id, author, now, draft, instead: nil)
    }
    let deadline = deadline()
    var number = 1
    while true {
      let candidate = number == 1 ? base : "\(base)-\(number)"
      number += 1
      if try store.isTaken(candidate) {
        if id != nil { throw .exists(path: try store.path(of: candidate)) }
        continue
      }
      var draft = draft(candidate)
      let (event, _) = try LogWriter.identity(of: draft, at: now)
      draft.identity = .known(event)
      let first = try firstEvent(draft, event, author, now, path: try store.path(of: candidate))
      do throws(TeamTrouble) {
        if let new = try declare(candidate, first, until: deadline) { return new }
        if id != nil { throw .local(.exists(path: candidate)) }
      } catch {
        if case .local(let error) = error { throw error }
        noteTrouble(error, at: now())
        var instead: TeamFolder.Unanswered?
        if case .unknown = error {
          instead = TeamFolder.Unanswered(id: candidate, event: event, replacement: "")
        }
        return try declareAlone(
          base, id, author, now, { self.again(draft, as: $0) }, instead: instead)
      }
    }
  }

  private func firstEvent(
    _ draft: EventDraft, _ id: EventID, _ author: Author, _ now: () -> Timestamp, path: String
  ) throws(LogError) -> RecordedEvent {
    let line = EventCoding.line(
      sequence: 1, id: id, recorded: now(), occurred: draft.occurred, author: author,
      kind: draft.kind.rawValue, data: draft.data, after: Array(repeating: 48, count: 64))
    guard line.count <= EventCoding.maximumLineCount else {
      throw .tooLong(path: path, count: line.count)
    }
    guard !line.contains(10), let event = EventCoding.event(in: line[...]) else {
      throw .notAnEvent(path: path, kind: draft.kind.rawValue)
    }
    return event
  }

  /// The same declaration for another id, as another event.
  private func again(_ draft: EventDraft, as id: String) -> EventDraft {
    var draft = draft
    draft.identity = .fresh
    let members = (draft.data.json.members ?? []).map { member in
      member.key == "id" ? JSON.Member("id", .string(id)) : member
    }
    draft.data = EventData(bytes: JSON.object(members).bytes[...])
    return draft
  }

  /// Puts the first entry of an incident; nil where somebody else has the id.
  private func declare(
    _ id: String, _ first: RecordedEvent, until deadline: ContinuousClock.Instant
  ) throws(TeamTrouble) -> NewLog? {
    let replica = try locally { () throws(LogError) in try ReplicaFile(id, of: files) }
    let key = keys.entry(1, of: id)
    var mayBeThere = false
    while true {
      do throws(TeamTrouble) {
        let outcome = try transact(
          if: [try isOurs(), .isMissing(key)],
          [
            .put(key, Array(first.line)),
            .put(keys.head(of: id), TeamHead.after(first, nil).bytes),
          ],
          else: [.read(EtcdRange(keys.store)), .read(EtcdRange(key))], until: deadline)
        if !outcome.isDone {
          if let found = outcome.found.first { try check(found) }
          let there = outcome.found.last?.entries.first?.value
          guard there.map({ $0.elementsEqual(first.line) }) == true else {
            // Somebody else's; its copy comes with the next look at what there is.
            return nil
          }
        }
        return try begin(replica, id, first)
      } catch {
        guard case .unknown = error else {
          // What was not answered before may have been done, or may be done yet.
          if mayBeThere, case .outOfReach(let reason) = error { throw .unknown(reason) }
          throw error
        }
        mayBeThere = true
        guard ContinuousClock.now < deadline else { throw error }
        usleep(30_000)
      }
    }
  }

  private func begin(
    _ replica: ReplicaFile, _ id: String, _ first: RecordedEvent
  ) throws(TeamTrouble) -> NewLog {
    do throws(LogError) {
      _ = try replica.make(id, [Array(first.line)])
    } catch {
      folder.raise(
        "copy-\(id)", "\(id) is shared, and its copy could not be made here: \(error.description)")
    }
    return try locally { () throws(LogError) in
      NewLog(id: id, writer: try TeamWriter(of: id, in: self), outcome: .recorded(first))
    }
  }

  /// Declares on this machine alone, under an id that no other machine can give: its lines are shared later as they are.
  private func declareAlone(
    _ base: String, _ id: String?, _ author: Author, _ now: () -> Timestamp,
    _ draft: (String) -> EventDraft, instead: TeamFolder.Unanswered?
  ) throws(LogError) -> NewLog {
    let (event, _) = try LogWriter.identity(of: EventDraft(.noteAdded, EventData([:])), at: now)
    let ending = event.description.suffix(4)
    let own = id ?? "\(base)-\(ending)"
    try folder.setPending(own, true)
    do throws(LogError) {
      let new = try files.unshared.create(
        title: "", id: own, began: nil, author: author, now: now
      ) { id in
        var draft = draft(id)
        if draft.identity == .fresh { draft.identity = .known(event) }
        return draft
      }
      if var instead {
        instead.replacement = new.id
        try folder.note(instead)
      }
      return NewLog(
        id: new.id, writer: try TeamWriter(of: new.id, in: self), outcome: new.outcome)
    } catch {
      try folder.setPending(own, false)
      throw error
    }
  }
}
