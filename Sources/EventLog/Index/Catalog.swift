internal import Engine
internal import Glibc
internal import Synchronization

/// What a store knows of its logs without reading them: rebuilt whenever a log disagrees, never trusted over one.
///
/// It lies in `index/catalog` beside the logs, and in memory where it cannot be written there.
final class Catalog: Sendable {
  private let directory: String
  private let state = Mutex(State())

  struct State {
    var file: CatalogFile?
    /// Until `hasClosed`, entries of closed incidents are included only if they were appended later.
    var entries: [String: CatalogEntry] = [:]
    var hasClosed = false
    /// Whether it was asked for the recent ones.
    var wasAsked = false
    /// When every log was looked at last.
    var look: CatalogLook?
    /// By digest, where the bytes lie in the file.
    var places: [String: BlobPlace] = [:]
    /// By digest, what was read already.
    var procedures: [String: RecordedProcedure] = [:]
    /// What was found out since and is not in the file, with its outline.
    var news: [String: (entry: CatalogEntry, outline: [UInt8])] = [:]
    var hasLooked = false
  }

  /// More news than this are written as a new file.
  private static let mostAdded = 64
  /// So many bytes may have been added before the file is written anew.
  private static let mostAddedBytes = 256 << 10

  init(home: String) {
    directory = home + "/index"
  }

  private var path: String { directory + "/catalog" }

  // MARK: - Reading

  /// The entries, with what other processes have added.
  func entries() -> [String: CatalogEntry] {
    state.withLock { state in
      refresh(&state)
      readClosed(&state)
      return state.news.isEmpty
        ? state.entries : state.entries.merging(state.news.mapValues(\.entry)) { $1 }
    }
  }

  /// The entries of open incidents, and of those that changed lately, with when every log was looked at; nil where the file
  /// does not say, and on later calls.
  func recentEntries() -> (entries: [String: CatalogEntry], look: CatalogLook)? {
    state.withLock { state in
      refresh(&state)
      guard !state.wasAsked else { return nil }
      state.wasAsked = true
      guard !state.hasClosed, state.news.isEmpty, state.file?.isBroken == false,
        let look = state.look
      else { return nil }
      return (state.entries, look)
    }
  }

  /// What is known of one log.
  func entry(of id: String) -> CatalogEntry? {
    state.withLock { state in
      refresh(&state)
      if let known = state.news[id]?.entry ?? state.entries[id] { return known }
      readClosed(&state)
      return state.entries[id]
    }
  }

  /// The incident of an entry; nil where its bytes are not as they were written.
  func outline(of entry: CatalogEntry) -> Incident? {
    state.withLock { state in
      let new = state.news[entry.id]
      guard let bytes = new?.outline ?? state.file?.blob(entry.outline) else { return nil }
      var procedures: [RecordedProcedure] = []
      for digest in new?.entry.procedures ?? entry.procedures {
        guard let procedure = Self.procedure(digest, in: &state) else { return nil }
        procedures.append(procedure)
      }
      return Incident(packed: bytes[...], .outline, procedures: procedures)
    }
  }

  private static func procedure(_ digest: String, in state: inout State) -> RecordedProcedure? {
    if let known = state.procedures[digest] { return known }
    guard let place = state.places[digest], let json = state.file?.blob(place) else { return nil }
    let procedure = RecordedProcedure(json: json)
    state.procedures[digest] = procedure
    return procedure
  }

  private func refresh(_ state: inout State) {
    var entries: [String: CatalogEntry] = [:]
    var places: [String: BlobPlace] = [:]
    var look: CatalogLook?
    func take(_ record: CatalogRecord) {
      switch record {
      case .entry(let entry): entries[entry.id] = entry
      case .procedure(let procedure): places[procedure.digest] = procedure.json
      case .look(let found): look = found
      }
    }
    if state.file?.readOn(take) == true {
      state.entries.merge(entries) { $1 }
      state.places.merge(places) { $1 }
      state.look = look ?? state.look
      return
    }
    if state.hasLooked, state.file == nil, FileStatus(path: path) == nil { return }
    state.hasLooked = true
    (entries, places, look) = ([:], [:], nil)
    state.file = CatalogFile(path: path, take)
    (state.entries, state.places, state.look) = (entries, places, look)
    // After loading everything, keep everything.
    let knewClosed = state.hasClosed
    state.hasClosed = false
    if knewClosed { readClosed(&state) }
  }

  /// Adds what the file said of closed incidents, unless that was done before.
  private func readClosed(_ state: inout State) {
    guard !state.hasClosed else { return }
    state.hasClosed = true
    var closed: [String: CatalogEntry] = [:]
    state.file?.readClosed { record in
      if case .entry(let entry) = record { closed[entry.id] = entry }
    }
    state.entries.merge(closed) { newer, _ in newer }
  }

  // MARK: - Learning

  /// Notes what a log tells, as its file was when all of it had been read; `flush` writes it down.
  ///
  /// Without an incident its entry has no outline.
  func note(_ entry: CatalogEntry, _ incident: Incident?) {
    let packed = incident?.packed(.outline)
    var entry = entry
    state.withLock { state in
      entry.procedures = packed?.procedures.map { Self.digest($0, in: &state) } ?? []
      state.news[entry.id] = (entry, packed?.bytes ?? [])
    }
  }

  /// The one procedure of those bytes that all incidents share.
  func shared(_ procedure: RecordedProcedure) -> RecordedProcedure {
    state.withLock { state in
      Self.procedure(Self.digest(procedure, in: &state), in: &state) ?? procedure
    }
  }

  private static func digest(_ procedure: RecordedProcedure, in state: inout State) -> String {
    if let known = state.procedures.first(where: { $0.value === procedure }) { return known.key }
    let digest = String(decoding: Digest.hex(procedure.json), as: UTF8.self)
    if state.procedures[digest] == nil, state.places[digest] == nil {
      state.procedures[digest] = procedure
    }
    return digest
  }

  // MARK: - Writing

  /// Writes down what was noted; what cannot be written is known to this process alone.
  ///
  /// `ids` are those of all logs, where they are known: what is there no more is forgotten. `look` says that all of them
  /// were looked at.
  func flush(
    modes: (directory: mode_t, file: mode_t), ids: @autoclosure () -> Set<String>? = nil,
    look: CatalogLook? = nil
  ) {
    state.withLock { state in
      guard !state.news.isEmpty || look != nil else { return }
      // What another process has added meanwhile is not to be lost.
      refresh(&state)
      if let look { state.look = look }
      let added = state.file.map { $0.end - $0.addedFrom } ?? 0
      let isFull = added > max(Self.mostAddedBytes, (state.file?.addedFrom ?? 0) / 2)
      if state.file == nil || state.file?.isBroken == true || isFull
        || state.news.count > Self.mostAdded
      {
        replace(&state, modes, ids())
      } else {
        add(state.newRecords() + (look.map { [(.look($0), [])] } ?? []), modes)
        // Read back like everybody else's, so that there is one way in.
        refresh(&state)
        let known = state.entries
        state.news = state.news.filter { known[$0.key]?.signature != $0.value.entry.signature }
      }
    }
  }

  private func add(
    _ records: [(record: CatalogRecord, blob: [UInt8])], _ modes: (directory: mode_t, file: mode_t)
  ) {
    let file = open(path, O_WRONLY | O_APPEND | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard file >= 0 else { return }
    defer { close(file) }
    let bytes = CatalogFile.added(records)
    _ = Glibc.write(file, bytes, bytes.count)
  }

  private func replace(
    _ state: inout State, _ modes: (directory: mode_t, file: mode_t), _ ids: Set<String>?
  ) {
    readClosed(&state)
    var records: [(record: CatalogRecord, blob: [UInt8])] = []
    if let look = state.look { records.append((.look(look), [])) }
    var digests: Set<String> = []
    for (id, entry) in state.entries.sorted(by: { $0.key < $1.key })
    where state.news[id] == nil && ids?.contains(id) ?? true {
      guard let blob = state.file?.blob(entry.outline) else { continue }
      records.append((.entry(entry), blob))
      digests.formUnion(entry.procedures)
    }
    for (_, new) in state.news.sorted(by: { $0.key < $1.key }) {
      records.append((.entry(new.entry), new.outline))
      digests.formUnion(new.entry.procedures)
    }
    for digest in digests.sorted() {
      guard let procedure = Self.procedure(digest, in: &state) else { continue }
      records.append((.procedure(CatalogProcedure(digest: digest)), procedure.json))
    }
    let bytes = CatalogFile.whole(records)
    guard CacheFile.replace(path, with: bytes, modes: modes) else { return }
    (state.news, state.file) = ([:], nil)
    refresh(&state)
  }
}

extension Catalog.State {
  /// What is to be added to the file.
  fileprivate func newRecords() -> [(record: CatalogRecord, blob: [UInt8])] {
    var records: [(record: CatalogRecord, blob: [UInt8])] = []
    let digests = Set(news.values.flatMap(\.entry.procedures))
    for digest in digests.sorted() where places[digest] == nil {
      guard let procedure = procedures[digest] else { continue }
      records.append((.procedure(CatalogProcedure(digest: digest)), procedure.json))
    }
    for (_, new) in news.sorted(by: { $0.key < $1.key }) {
      records.append((.entry(new.entry), new.outline))
    }
    return records
  }
}
