package import Engine
internal import Glibc

extension FileStore {
  /// Logs shorter than this are folded as fast as a snapshot is read.
  private static let shortLog = 1 << 20
  /// An incident that holds more is kept with the snapshot alone: its outline would be long to write for every entry.
  private static let mostStatements = 2000

  /// Modes of the index, as those of the logs.
  var cacheModes: (directory: mode_t, file: mode_t) {
    isShared ? (0o2770, 0o660) : (0o750, 0o640)
  }

  private func snapshotPath(_ id: String) -> String { "\(home)/index/\(id).fold" }

  package func remembered(
    _ id: String, _ extent: Incident.Extent
  ) throws(LogError) -> RememberedLog? {
    guard var known = try rememberedLog(id, extent), let reader = known.reader as? LogReader else {
      return nil
    }
    if let sharing { known.reader = SharedReader(reader, of: id, sharing.outbox) }
    return known
  }

  private func rememberedLog(
    _ id: String, _ extent: Incident.Extent
  ) throws(LogError) -> RememberedLog? {
    let path = try path(of: id)
    guard let status = FileStatus(path: path) else { return nil }
    switch extent {
    case .outline:
      guard let entry = catalog.entry(of: id), entry.signature == LogSignature(status),
        let incident = catalog.outline(of: entry),
        let reader = try LogReader(path: path, at: entry.place)
      else { return nil }
      return RememberedLog(
        incident: incident, extent: .outline, reader: reader, lastRecorded: entry.lastRecorded,
        quietUntil: entry.quietUntil)
    case .whole:
      guard status.count >= Self.shortLog, let snapshot = Snapshot(path: snapshotPath(id)),
        status.count > snapshot.place.offset || snapshot.signature == LogSignature(status),
        let reader = try LogReader(path: path, at: snapshot.place)
      else { return nil }
      return RememberedLog(
        incident: snapshot.incident, extent: .whole, reader: reader,
        lastRecorded: snapshot.lastRecorded)
    }
  }

  package func remember(_ log: FoldedLog, at now: Timestamp) {
    note(log, at: now)
    if !isReadOnly { catalog.flush(modes: cacheModes) }
  }

  /// Notes what a log tells, and writes a snapshot where much was folded.
  func note(_ log: FoldedLog, at now: Timestamp) {
    guard let place = (log.reader as? any SettledReading)?.settledPlace,
      let status = FileStatus(path: "\(incidentsDirectory)/\(log.id).jsonl"),
      status.identity == place.identity, status.count == place.offset
    else { return }
    let signature = LogSignature(status)
    if catalog.entry(of: log.id)?.signature != signature {
      var incident = log.incident
      incident.shareProcedures { catalog.shared($0) }
      let quiet = log.quietUntil.flatMap { $0 > now ? $0 : nil }
      let entry = CatalogEntry(
        id: log.id, signature: signature, place: place, isOpen: log.isOpen,
        lastRecorded: log.lastRecorded, quietUntil: quiet ?? incident.quietUntil(from: now))
      catalog.note(entry, incident.statementCount > Self.mostStatements ? nil : incident)
    }
    let isMuch = place.offset - log.rememberedBytes >= Self.shortLog
    guard isMuch, log.hasTimeline, !isReadOnly else { return }
    let snapshot = Snapshot(log.incident, signature, place, lastRecorded: log.lastRecorded)
    _ = CacheFile.replace(snapshotPath(log.id), with: snapshot.bytes, modes: cacheModes)
  }
}

extension FileStore {
  /// Takes away what is remembered; it is made anew, by the modes that the store has then.
  func discardIndex() {
    let directory = home + "/index"
    for name in Folder.names(directory) { unlink(directory + "/" + name) }
    rmdir(directory)
  }
}
