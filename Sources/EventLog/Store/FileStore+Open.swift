package import Engine
internal import Glibc

/// Which incidents are open, without reading every log on every command: see `Catalog`.
///
/// `open/<id>` shows people and scripts the same; it is made before the log itself and before anything is added to a log, and
/// set right wherever a log disagrees.
extension FileStore {
  /// What is known of a log that is there.
  private struct Known {
    var id: String
    /// Nil where its log has to be read.
    var entry: CatalogEntry?
    /// Whether its log was taken away while the incident was open.
    var isLost = false
  }

  package func survey(
    _ scope: SurveyScope, at now: Timestamp, _ body: (SurveyedIncident) -> Void
  ) throws(LogError) {
    _ = try look(scope, at: now) { known in
      if let entry = known.entry, let incident = catalog.outline(of: entry) {
        return SurveyedIncident(known.id, incident, isOpen: entry.isOpen)
      }
      return folded(known, at: now)
    } _: {
      body($0)
    }
  }

  /// One of whose log nothing is left counts only where no other is open: nothing can be recorded in it.
  package func openIDs(at now: Timestamp) throws(LogError) -> [String] {
    var gone: [String] = []
    let open = try look(.open, at: now) { known in
      if let entry = known.entry {
        return SurveyedIncident(known.id, Incident(), isOpen: entry.isOpen)
      }
      return folded(known, at: now)
    } _: { found in
      if found.isGone { gone.append(found.id) }
    }
    let there = open.filter { !gone.contains($0) }
    return there.isEmpty ? open : there
  }

  /// Folds a log; one of which nothing is left counts as open where its hint is there.
  private func folded(_ known: Known, at now: Timestamp) -> SurveyedIncident {
    let path = "\(incidentsDirectory)/\(known.id).jsonl"
    var found =
      known.isLost
      ? SurveyedIncident(known.id, unread: .notFound(path: path))
      : SurveyedIncident(folding: known.id, of: self, at: now)
    if !found.isOpen, found.incident?.declaration == nil, isHinted(known.id) {
      found = SurveyedIncident(known.id, unread: .emptied(path: path))
    }
    if found.failure != nil {
      found.lastKnown = catalog.entry(of: known.id).flatMap { catalog.outline(of: $0) }
    }
    return found
  }

  private func isHinted(_ id: String) -> Bool {
    FileStatus(path: openDirectory + "/" + id) != nil
  }

  /// Whether the log of an incident was taken away while it was open: its hint is there, and it is not being declared.
  package func isLost(_ id: String) -> Bool {
    guard IncidentName.isValid(id), isOld(id),
      FileStatus(path: "\(incidentsDirectory)/\(id).jsonl") == nil, errno == ENOENT
    else { return false }
    return !Folder.names(incidentsDirectory).contains { isUnfinished($0, of: id) }
  }

  /// Goes through the logs, and answers the ids of the open ones.
  private func look(
    _ scope: SurveyScope, at now: Timestamp, _ find: (Known) -> SurveyedIncident,
    _ body: (SurveyedIncident) -> Void
  ) throws(LogError) -> [String] {
    let started = Self.present
    let directory = FileStatus(path: incidentsDirectory)
    if scope.isOfOpen, let wanted = openUnlessChanged(directory, at: started) {
      let open = handOver(wanted, scope, at: now, find, body)
      if !isReadOnly {
        catalog.flush(modes: cacheModes)
        _ = setHints(open)
      }
      return open
    }
    let entries = catalog.entries()
    let unshared = Set(sharing?.outbox.ids() ?? [])
    var ids: [String] = []
    var wanted: [Known] = []
    try forEachLog { id, status in
      guard entries[id] != nil || IncidentName.isValid(id) else { return }
      ids.append(id)
      var known = Known(id: id)
      if !unshared.contains(id), let entry = entries[id],
        entry.signature == LogSignature(status)
      {
        known.entry = entry
      }
      if known.entry.map({ scope.takes($0.isOpen) }) ?? true { wanted.append(known) }
    }
    if !isOfClosed(scope) {
      let lost = lostIDs(besides: Set(ids))
      ids += lost
      wanted += lost.map { Known(id: $0, isLost: true) }
    }
    wanted.sort { $0.id < $1.id }
    if case .closed(let newest) = scope { wanted = wanted.suffix(newest) }
    let open = handOver(wanted, scope, at: now, find, body)
    // Not all of the open ones were looked at.
    if case .closed = scope { return open }
    guard !isReadOnly else { return open }
    let look = setHints(open) ? directory.flatMap { CatalogLook(of: $0, at: started) } : nil
    catalog.flush(modes: cacheModes, ids: Set(ids), look: look)
    return open
  }

  private func isOfClosed(_ scope: SurveyScope) -> Bool {
    if case .closed = scope { true } else { false }
  }

  /// Incidents that have a hint and no log.
  private func lostIDs(besides ids: Set<String>) -> [String] {
    Folder.names(openDirectory).filter { !ids.contains($0) && isLost($0) }
  }

  private func handOver(
    _ wanted: [Known], _ scope: SurveyScope, at now: Timestamp,
    _ find: (Known) -> SurveyedIncident, _ body: (SurveyedIncident) -> Void
  ) -> [String] {
    var open: [String] = []
    for known in wanted {
      if scope.passesOver(known.id) {
        open.append(known.id)
        continue
      }
      let found = find(known)
      if let log = found.log { note(log, at: now) }
      if found.isOpen { open.append(found.id) }
      if scope.takes(found.isOpen) { body(found) }
    }
    return open
  }

  /// Shortcut for the first look of a process: which incidents may be open, if no log was added, removed or
  /// extended since a recent look at all logs. Nil if that is not certain.
  private func openUnlessChanged(_ directory: FileStatus?, at present: timespec) -> [Known]? {
    guard let directory, let (entries, look) = catalog.recentEntries(),
      look.holds(for: directory, at: present),
      let hints = Folder.list(openDirectory, isSorted: false)
    else { return nil }
    var ids = Set(hints.filter { IncidentName.isValid($0) })
    for (id, entry) in entries where entry.isOpen { ids.insert(id) }
    let unshared = Set(sharing?.outbox.ids() ?? [])
    ids.formUnion(unshared)
    var wanted: [Known] = []
    for id in ids.sorted() {
      guard let status = FileStatus(path: "\(incidentsDirectory)/\(id).jsonl") else {
        if isLost(id) { wanted.append(Known(id: id, isLost: true)) }
        continue
      }
      var known = Known(id: id)
      if !unshared.contains(id), let entry = entries[id],
        entry.signature == LogSignature(status)
      {
        known.entry = entry
      }
      if known.entry?.isOpen ?? true { wanted.append(known) }
    }
    return wanted
  }

  private static var present: timespec {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return time
  }

  /// Hands over every log that is there with what the system knows of it.
  private func forEachLog(_ body: (String, FileStatus) -> Void) throws(LogError) {
    guard let directory = opendir(incidentsDirectory) else {
      if errno == ENOENT { return }
      throw .cannotOpen(path: incidentsDirectory, error: errno)
    }
    defer { closedir(directory) }
    let descriptor = dirfd(directory)
    while let entry = readdir(directory) {
      withUnsafePointer(to: &entry.pointee.d_name) { name in
        name.withMemoryRebound(to: CChar.self, capacity: 256) { name in
          let count = strlen(name)
          guard count > 6, memcmp(name + count - 6, ".jsonl", 6) == 0 else { return }
          let bytes = UnsafeRawBufferPointer(start: name, count: count - 6)
          let id = String(decoding: bytes, as: UTF8.self)
          var status = stat()
          guard fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else { return }
          body(id, FileStatus(status))
        }
      }
    }
  }

  // MARK: - Hints

  /// Makes the hint of an incident; true where there was none.
  func makeHint(_ id: String) throws(LogError) -> Bool {
    let path = openDirectory + "/" + id
    let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o640)
    if file >= 0 {
      if isShared { fchmod(file, 0o660) }
      close(file)
      return true
    }
    if errno == EEXIST { return false }
    throw .cannotWrite(path: path, offset: 0, error: errno)
  }

  /// The same, where the directory can be written to.
  package func makeHintIfAllowed(_ id: String) {
    do throws(LogError) { _ = try makeHint(id) } catch {
      // Recording must not fail for it; the next look at all logs finds out by itself.
      return
    }
  }

  /// Sets the hint of an incident right, as after it was closed or reopened.
  package func setOpen(_ id: String, _ isOpen: Bool) throws(LogError) {
    guard IncidentName.isValid(id) else { throw .invalidID(id) }
    if isOpen {
      _ = try makeHint(id)
    } else if unlink(openDirectory + "/" + id) != 0, errno != ENOENT {
      throw .cannotWrite(path: openDirectory + "/" + id, offset: 0, error: errno)
    }
  }

  /// Sets the hints of all incidents right; false where this user may not.
  private func setHints(_ open: [String]) -> Bool {
    let hints = Set(Folder.list(openDirectory, isSorted: false) ?? [])
    let missing = open.filter { !hints.contains($0) }
    let stale = hints.subtracting(open).filter { IncidentName.isValid($0) && isOld($0) }
    do throws(LogError) {
      for id in missing { _ = try makeHint(id) }
      for id in stale { try setOpen(id, false) }
      return true
    } catch {
      // A later look with more permission sets them right.
      return false
    }
  }

  /// Whether a hint is not that of a log in the making.
  private func isOld(_ id: String) -> Bool {
    guard let status = FileStatus(path: openDirectory + "/" + id) else { return false }
    return time(nil) - status.modified.seconds > 10
  }
}
