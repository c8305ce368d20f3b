package import Engine

/// What became of the words that were kept.
package struct Offers: Sendable {
  /// Each that could be offered now.
  package var offered: [Recorder.Recorded] = []
  /// Files that no event can be made of, under the names where they are out of the way.
  package var setAside: [String] = []
}

extension Recorder {
  /// Retries each spool entry by itself, so that a problem with one does not block the others.
  ///
  /// It can be stopped anywhere: an event that got into its log is known again by its identity. `now` reads the clock of
  /// an incident.
  package func offerAgain(now: (String) -> Timestamp) -> Offers {
    var offers = Offers()
    guard let spool else { return offers }
    let (entries, unusable) = spool.contents()
    for path in unusable { setAside(path, in: spool, &offers) }
    correctMarks(entries)
    for entry in entries {
      do throws(LogError) {
        guard let recorded = try offer(entry, from: spool, now) else { continue }
        offers.offered.append(recorded)
        if case .notRecorded(_, _, let error) = recorded.appended, !error.mayPass,
          let path = entry.path
        {
          setAside(path, in: spool, &offers)
        }
      } catch {
        var recorded = Recorded(
          incident: entry.incident, appended: .notRecorded(entry.draft, at: entry.time, error))
        recorded.spooled = entry.path
        offers.offered.append(recorded)
      }
    }
    return offers
  }

  private func letGo(_ entry: SpoolEntry, of spool: Spool) throws(LogError) {
    try spool.remove(entry)
    if entry.state == .notRecorded, let mark = mark(for: entry) { store.board?.clear(mark) }
  }

  /// Sets the signs of this user right, as after a process that was stopped between the spool and its sign.
  private func correctMarks(_ entries: [SpoolEntry]) {
    let waiting = entries.filter { $0.state == .notRecorded }
    guard let board = store.board else { return }
    let wanted = Set(waiting.compactMap { mark(for: $0) })
    var there: Set<TroubleMark> = []
    for mark in board.marks() {
      switch mark {
      case .kept(_, _, _, user: SpoolEntry.currentUser):
        if wanted.contains(mark) { there.insert(mark) } else { board.clear(mark) }
      case .unsynced where !board.holds(mark): board.clear(mark)
      case .kept, .unsynced, .withoutSettings: break
      }
    }
    for mark in wanted.subtracting(there) { board.mark(mark) }
  }

  private func setAside(_ path: String, in spool: Spool, _ offers: inout Offers) {
    do throws(LogError) { offers.setAside.append(try spool.setAside(path)) } catch {
      // It stays where it is and only blocks itself.
      offers.setAside.append(path)
    }
  }

  /// Offers one entry; nil where that can tell nothing new.
  private func offer(
    _ entry: SpoolEntry, from spool: Spool, _ now: (String) -> Timestamp
  ) throws(LogError) -> Recorded? {
    let isDeclaration = entry.draft.kind == .incidentDeclared
    let id = isDeclaration ? try ownID(of: entry) : try incident(of: entry)
    let there = store.fileIdentity(of: id)
    guard entry.mayBeOffered(to: there) else { return nil }
    let appended: Appended
    if isDeclaration, try !store.contains(id) {
      appended = try declare(entry, as: id, { now(id) })
    } else if !isDeclaration, try isEmptied(id, at: entry.time) {
      // It would be taken for the beginning of the incident.
      appended = .notRecorded(
        entry.draft, at: entry.time, .emptied(path: try store.reader(of: id).place))
    } else {
      appended = try writer(of: id).append(entry.offer, author: entry.author, now: { now(id) })
    }
    var recorded = Recorded(incident: id, appended: appended)
    recorded.mended = try writer(of: id).mended
    switch appended {
    case .recorded, .present: try letGo(entry, of: spool)
    case .unconfirmed:
      let kept = keep(appended, entry.offer, in: id, entry.author)
      recorded.spooled = kept.spooled
      if let new = kept.spooled, new != entry.path { try letGo(entry, of: spool) }
    case .conflict, .kept, .notRecorded: recorded.spooled = entry.path
    }
    return recorded
  }

  private func isEmptied(_ id: String, at time: Timestamp) throws(LogError) -> Bool {
    guard try store.contains(id), try store.firstEvent(of: id) == nil else { return false }
    let reader = try store.reader(of: id)
    _ = try reader.read(at: time) { _ in }
    return reader.lineCount == 0
  }

  private func declare(
    _ entry: SpoolEntry, as id: String, _ now: () -> Timestamp
  ) throws(LogError) -> Appended {
    let created = try store.create(
      title: "", id: id, began: nil, author: entry.author, now: now,
      draft: { entry.offer(as: $0) })
    keep(created.writer, of: created.id)
    return created.outcome
  }

  // MARK: - Which log

  /// The id under which a kept declaration is an incident already, else the first that is free: never one that somebody
  /// else's incident has got meanwhile.
  private func ownID(of entry: SpoolEntry) throws(LogError) -> String {
    for id in Self.ids(from: entry.incident) {
      guard try store.isTaken(id) else { return id }
      if try store.firstEvent(of: id)?.id == entry.id { return id }
    }
    throw .exists(path: entry.incident)
  }

  /// The incident that an event of that identity began, under one of the ids that its title and day lead to; nil where it
  /// has not been declared yet.
  package func incident(
    begunBy event: EventID, title: String, began: Timestamp
  ) throws(LogError) -> String? {
    for id in Self.ids(from: IncidentName.make(title: title, at: began)) {
      guard try store.isTaken(id) else { return nil }
      if try store.firstEvent(of: id)?.id == event { return id }
    }
    return nil
  }

  /// The incident that an entry is for: the one that began with the same event, whatever its id is by now.
  private func incident(of entry: SpoolEntry) throws(LogError) -> String {
    guard let wanted = entry.declaration, let there = try store.firstEvent(of: entry.incident)?.id,
      there != wanted
    else { return entry.incident }
    for id in Self.ids(from: entry.incident).dropFirst() {
      guard try store.isTaken(id) else { break }
      if try store.firstEvent(of: id)?.id == wanted { return id }
    }
    throw .otherIncident(path: entry.incident)
  }

  private static func ids(from id: String) -> [String] {
    [id] + (2...999).map { "\(id)-\($0)" }.filter(IncidentName.isValid)
  }
}
