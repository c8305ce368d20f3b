package import Engine

/// Records events in the logs of a store, and keeps in the spool what a log does not take: words are never lost.
package final class Recorder {
  package let store: Store
  package let spool: Spool
  private var writers: [String: LogWriter] = [:]

  package init(store: Store, spool: Spool) {
    self.store = store
    self.spool = spool
  }

  /// What became of a fact, and where it is kept if its log is not to be relied on.
  package struct Recorded: Sendable {
    package var incident: String
    package var appended: Appended
    /// The file in the spool.
    package var spooled: String?
    /// Why not even the spool took it.
    package var spoolError: LogError?
  }

  /// The writer of an incident's log, kept for the next event.
  package func writer(of id: String) throws(LogError) -> LogWriter {
    if let writer = writers[id] { return writer }
    let writer = try store.writer(of: id)
    writers[id] = writer
    return writer
  }

  /// Appends a fact to the log of an incident, and spools it where that fails.
  package func record(
    _ draft: EventDraft, in id: String, author: Author, expecting: Int? = nil,
    now: () -> Timestamp
  ) throws(LogError) -> Recorded {
    let writer = try writer(of: id)
    let appended = writer.append(draft, author: author, expecting: expecting, now: now)
    return keep(appended, draft, in: id, author)
  }

  /// Begins an incident; where its log cannot be made, the declaration is spooled under the id it would have had.
  package func declare(
    title: String, began: Timestamp? = nil, author: Author, now: () -> Timestamp,
    draft: (String) -> EventDraft
  ) throws(LogError) -> Recorded {
    do throws(LogError) {
      let created = try store.create(
        title: title, began: began, author: author, now: now, draft: draft)
      writers[created.id] = created.writer
      return keep(created.outcome, draft(created.id), in: created.id, author)
    } catch {
      guard error.mayPass else { throw error }
      let day = (began ?? now()).milliseconds.quotientAndRemainderRoundedDown(by: 86_400_000).0
      let id = IncidentName.make(title: title, on: CivilDate(daysSince1970: Int(day)))
      var draft = draft(id)
      let named = EventID(named: "\(id) \(now().milliseconds) \(author.source)")
      if draft.identity == .fresh { draft.identity = .known(named) }
      return keep(.notRecorded(draft, at: now(), error), draft, in: id, author)
    }
  }

  private func keep(
    _ appended: Appended, _ draft: EventDraft, in id: String, _ author: Author
  ) -> Recorded {
    var recorded = Recorded(incident: id, appended: appended)
    guard let entry = entry(for: appended, draft, in: id, author) else { return recorded }
    do throws(LogError) {
      recorded.spooled = try spool.keep(entry)
    } catch {
      recorded.spoolError = error
    }
    return recorded
  }

  private func entry(
    for appended: Appended, _ draft: EventDraft, in id: String, _ author: Author
  ) -> SpoolEntry? {
    let file = writers[id]?.identity
    switch appended {
    case .notRecorded(_, _, let error) where !error.mayPass: return nil
    case .notRecorded(let draft, let time, let error):
      guard case .known(let event) = draft.identity else { return nil }
      return SpoolEntry(
        incident: id, id: event, time: time, draft: draft, author: author, state: .notRecorded,
        reason: error.description, file: file)
    case .unconfirmed(let event, let error):
      return SpoolEntry(
        incident: id, id: event.id, time: event.recorded, draft: draft, author: author,
        state: .unconfirmed, reason: "not synced: " + LogError.words(error), file: file)
    case .recorded(let event) where unsyncedSince(id) != nil:
      // After a failed sync a good one proves nothing about the file.
      return SpoolEntry(
        incident: id, id: event.id, time: event.recorded, draft: draft, author: author,
        state: .unconfirmed, reason: "an earlier sync failed", file: file)
    case .recorded, .present, .conflict: return nil
    }
  }

  /// Since when a log may hold less on the disk than it shows; nil where all is well.
  package func unsyncedSince(_ id: String) -> Timestamp? {
    let file =
      writers[id]?.identity ?? FileStatus(path: store.incidentsDirectory + "/\(id).jsonl")?.identity
    let earlier = spool.entries().first { entry in
      entry.incident == id && entry.state == .unconfirmed && !entry.mayBeOffered(to: file)
    }
    return [earlier?.time, writers[id]?.unsyncedSince].compactMap { $0 }.min()
  }

  /// Offers what is in the spool again, and answers what became of each entry that could be offered.
  ///
  /// `now` reads the clock of an incident.
  package func offerAgain(now: (String) -> Timestamp) throws(LogError) -> [Recorded] {
    var all: [Recorded] = []
    for entry in spool.entries() {
      let path = try store.path(of: entry.incident)
      let there = FileStatus(path: path)?.identity
      guard entry.mayBeOffered(to: there) else { continue }
      let appended = try offer(entry, isThere: there != nil, { now(entry.incident) })
      var recorded = Recorded(incident: entry.incident, appended: appended)
      switch appended {
      case .recorded, .present: try spool.remove(entry)
      case .unconfirmed:
        let kept = keep(appended, entry.offer, in: entry.incident, entry.author)
        recorded.spooled = kept.spooled
        if let new = kept.spooled, new != entry.path { try spool.remove(entry) }
      case .conflict, .notRecorded: recorded.spooled = entry.path
      }
      all.append(recorded)
    }
    return all
  }

  private func offer(
    _ entry: SpoolEntry, isThere: Bool, _ now: () -> Timestamp
  ) throws(LogError) -> Appended {
    if !isThere, entry.draft.kind == .incidentDeclared {
      let created = try store.create(
        title: "", id: entry.incident, author: entry.author, now: now, draft: { _ in entry.offer })
      writers[entry.incident] = created.writer
      return created.outcome
    }
    return try writer(of: entry.incident).append(entry.offer, author: entry.author, now: now)
  }
}
