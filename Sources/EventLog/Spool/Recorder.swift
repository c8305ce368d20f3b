package import Engine

/// Records events in the logs of a store, and keeps in the spool what a log does not take: words are never lost.
package final class Recorder {
  package let store: any Store
  /// Spool for entries that cannot be recorded; nil if there is none.
  package let spool: Spool?
  private var writers: [String: any LogWriting] = [:]

  package init(store: any Store, spool: Spool?) {
    self.store = store
    self.spool = spool
  }

  /// Outcome of recording an event, and its place in the spool if the log may not have it.
  package struct Recorded: Sendable {
    package var incident: String
    package var appended: Appended
    /// The file in the spool.
    package var spooled: String?
    /// Why not even the spool took it.
    package var spoolError: LogError?
    /// What an interrupted write had left in the log, and this one has put right.
    package var mended: Mended?
  }

  /// The writer of an incident's log, kept for the next event.
  package func writer(of id: String) throws(LogError) -> any LogWriting {
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

  /// Keeps a fact whose log cannot even be read, as one that it did not take.
  package func keep(
    _ draft: EventDraft, in id: String, author: Author, at time: Timestamp, because error: LogError
  ) -> Recorded {
    keep(.notRecorded(draft, at: time, error), draft, in: id, author)
  }

  /// Gives back the room that was set aside for a log, when nothing more is expected in it.
  package func giveBackReserve(of id: String) throws(LogError) {
    try writer(of: id).giveBackReserve()
  }

  /// Begins an incident; where its log cannot be made, the declaration is spooled under the id it would have had.
  package func declare(
    title: String, began: Timestamp? = nil, author: Author, now: () -> Timestamp,
    draft: (String) -> EventDraft
  ) throws(LogError) -> Recorded {
    do throws(LogError) {
      let created = try store.create(
        title: title, id: nil, began: began, author: author, now: now, draft: draft)
      writers[created.id] = created.writer
      return keep(created.outcome, draft(created.id), in: created.id, author)
    } catch {
      guard error.mayPass else { throw error }
      let id = IncidentName.make(title: title, at: began ?? now())
      var draft = draft(id)
      let named = EventID(named: "\(id) \(now().milliseconds) \(author.source)")
      if draft.identity == .fresh { draft.identity = .known(named) }
      return keep(.notRecorded(draft, at: now(), error), draft, in: id, author)
    }
  }

  /// Takes a writer that was made elsewhere for the next event.
  func keep(_ writer: any LogWriting, of id: String) { writers[id] = writer }

  func keep(
    _ appended: Appended, _ draft: EventDraft, in id: String, _ author: Author
  ) -> Recorded {
    var recorded = Recorded(incident: id, appended: appended)
    recorded.mended = writers[id]?.mended
    guard let spool, let entry = entry(for: appended, draft, in: id, author) else {
      return recorded
    }
    do throws(LogError) {
      recorded.spooled = try spool.keep(entry)
    } catch {
      recorded.spoolError = error
    }
    if let mark = mark(for: entry) { store.board?.mark(mark) }
    return recorded
  }

  /// The sign by which other processes, and other people's, know of an entry.
  func mark(for entry: SpoolEntry) -> TroubleMark? {
    switch entry.state {
    case .notRecorded:
      .kept(
        incident: entry.incident, event: entry.id, since: entry.time, user: SpoolEntry.currentUser)
    case .unconfirmed:
      entry.file.map { file in
        .unsynced(
          incident: entry.incident, since: unsyncedSince(entry.incident) ?? entry.time,
          boot: TroubleMark.boot, file: file)
      }
    }
  }

  /// What is wrong with the store, whichever process met it.
  package var trouble: StoreTrouble {
    var trouble = StoreTrouble(of: store, spooled: kept)
    for (id, writer) in writers {
      if let since = writer.unsyncedSince { trouble.add(unsynced: id, since: since) }
    }
    return trouble
  }

  private func entry(
    for appended: Appended, _ draft: EventDraft, in id: String, _ author: Author
  ) -> SpoolEntry? {
    let file = writers[id]?.identity
    let declaration = draft.kind == .incidentDeclared ? nil : writers[id]?.declaration
    switch appended {
    case .notRecorded(_, _, let error) where !error.mayPass: return nil
    case .notRecorded(let draft, let time, let error):
      let event = identity(of: draft, at: time, in: id, author)
      return SpoolEntry(
        incident: id, id: event, time: time, draft: draft, author: author, state: .notRecorded,
        reason: error.description, file: file, declaration: declaration)
    case .unconfirmed(let event, let error):
      return SpoolEntry(
        incident: id, id: event.id, time: event.recorded, draft: draft, author: author,
        state: .unconfirmed, reason: "not synced: " + LogError.words(error), file: file,
        declaration: declaration)
    case .recorded(let event) where unsyncedSince(id) != nil:
      // After a failed sync a good one proves nothing about the file.
      return SpoolEntry(
        incident: id, id: event.id, time: event.recorded, draft: draft, author: author,
        state: .unconfirmed, reason: "an earlier sync failed", file: file,
        declaration: declaration)
    case .recorded, .present, .conflict, .kept: return nil
    }
  }

  /// What is kept because no log has taken it yet, oldest first.
  package var kept: [SpoolEntry] { spool?.entries() ?? [] }

  /// The identity of a draft, also where the system had no random numbers for one.
  private func identity(
    of draft: EventDraft, at time: Timestamp, in id: String, _ author: Author
  ) -> EventID {
    switch draft.identity {
    case .known(let known): known
    case .named(let name): EventID(named: name)
    case .fresh:
      EventID(
        named: "\(id) \(time.milliseconds) \(author.actor) \(author.source) \(draft.data.bytes)")
    }
  }

  /// Since when a log may hold less on the disk than it shows; nil where all is well.
  package func unsyncedSince(_ id: String) -> Timestamp? {
    let file = writers[id]?.identity ?? store.fileIdentity(of: id)
    let earlier = kept.first { entry in
      entry.incident == id && entry.state == .unconfirmed && !entry.mayBeOffered(to: file)
    }
    return [earlier?.time, writers[id]?.unsyncedSince].compactMap { $0 }.min()
  }
}
