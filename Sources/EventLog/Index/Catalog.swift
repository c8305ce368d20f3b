internal import Engine
internal import Glibc
internal import Synchronization

/// What a store knows of its logs without reading them: rebuilt whenever a log disagrees, never trusted over one.
///
/// It lies in `index/catalog` beside the logs, and in memory where it cannot be written there.
final class Catalog: Sendable {
  typealias Modes = (directory: mode_t, file: mode_t)

  private let path: String
  private let state = Mutex(State())

  struct State {
    var file: CatalogFile?
    var hasLooked = false
    /// Whether `entries` has what was closed when the file was made.
    var hasClosed = false
    var entries: [String: CatalogEntry] = [:]
    var listing: CatalogListing?
    /// By digest, where the bytes lie in the file.
    var places: [String: BlobPlace] = [:]
    /// By digest, what was read already.
    var procedures: [String: RecordedProcedure] = [:]
    /// What was found out since and is not in the file, with its outline.
    var news: [String: (entry: CatalogEntry, outline: [UInt8])] = [:]
    /// A newer look at the directory than the file tells of.
    var newListing: CatalogListing?
  }

  /// More news than this are written as a new file.
  private static let mostAdded = 64
  /// So many bytes may have been added before the file is written anew.
  private static let mostAddedBytes = 256 << 10

  init(home: String) {
    path = home + "/index/catalog"
  }

  // MARK: - Reading

  /// The directory as it was last looked through.
  var listing: CatalogListing? {
    state.withLock { state in
      state.refresh(path)
      return state.newListing ?? state.listing
    }
  }

  /// What was open as far as is known.
  func openEntries() -> [String: CatalogEntry] {
    state.withLock { state in
      state.refresh(path)
      return state.all.filter(\.value.isOpen)
    }
  }

  func entries() -> [String: CatalogEntry] {
    state.withLock { state in
      state.refresh(path)
      state.readClosed()
      return state.all
    }
  }

  /// What is known of one log.
  func entry(of id: String) -> CatalogEntry? {
    state.withLock { state in
      state.refresh(path)
      if let known = state.news[id]?.entry ?? state.entries[id] { return known }
      state.readClosed()
      return state.entries[id]
    }
  }

  /// The incident of an entry; nil where it has none.
  ///
  /// An entry whose bytes are not as they were written is forgotten, so that it is noted again.
  func outline(of entry: CatalogEntry) -> Incident? {
    state.withLock { state in
      let incident = state.outline(of: entry)
      if incident == nil, state.news[entry.id] == nil, entry.outline.count > 0 {
        state.entries[entry.id] = nil
      }
      return incident
    }
  }

  // MARK: - Learning

  /// Notes what a log tells, as its file was when all of it had been read; `flush` writes it down.
  ///
  /// Without an incident its entry has no outline.
  func note(
    _ incident: Incident?, of id: String, _ signature: LogSignature, isOpen: Bool,
    _ details: CatalogDetails
  ) {
    let packed = incident?.packed(.outline)
    var details = details
    state.withLock { state in
      details.procedures = packed?.procedures.map { state.digest(of: $0) } ?? []
      let entry = CatalogEntry(id: id, signature, isOpen: isOpen, details)
      state.news[id] = (entry, packed?.bytes ?? [])
    }
  }

  /// Notes that every log of the directory was looked at.
  func note(_ listing: CatalogListing) { state.withLock { $0.newListing = listing } }

  /// The one procedure of those bytes that all incidents share.
  func shared(_ procedure: RecordedProcedure) -> RecordedProcedure {
    state.withLock { state in
      state.procedure(state.digest(of: procedure)) ?? procedure
    }
  }

  // MARK: - Writing

  /// Writes down what was noted; what cannot be written is known to this process alone.
  ///
  /// `ids` are those of all logs, where they are known: what is there no more is forgotten.
  func flush(modes: Modes, ids: Set<String>? = nil) {
    state.withLock { state in
      guard !state.news.isEmpty || state.newListing != nil else { return }
      // What another process has added meanwhile is not to be lost.
      state.refresh(path)
      if let file = state.file, !file.isBroken, state.news.count <= Self.mostAdded,
        file.addedCount <= max(Self.mostAddedBytes, file.madeCount / 2)
      {
        add(state.added, modes)
        // Read back like everybody else's, so that there is one way in.
        state.refresh(path)
        state.forgetKnownNews()
      } else {
        replace(&state, modes, ids)
      }
    }
  }

  private func add(_ content: CatalogContent, _ modes: Modes) {
    let file = open(path, O_WRONLY | O_APPEND | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard file >= 0 else { return }
    defer { close(file) }
    let bytes = CatalogFile.added(content)
    _ = write(file, bytes, bytes.count)
  }

  private func replace(_ state: inout State, _ modes: Modes, _ ids: Set<String>?) {
    state.readClosed()
    let (open, closed) = state.content(of: ids)
    let bytes = CatalogFile.whole(open: open, closed: closed)
    guard CacheFile.replace(path, with: bytes, modes: modes) else { return }
    (state.news, state.newListing, state.file) = ([:], nil, nil)
    state.refresh(path)
  }
}

// MARK: - The state

extension Catalog.State {
  var all: [String: CatalogEntry] {
    news.isEmpty ? entries : entries.merging(news.mapValues(\.entry)) { $1 }
  }

  /// Takes in what other processes have written.
  mutating func refresh(_ path: String) {
    var new = CatalogRecords()
    if file?.readOn({ new.take($0) }) == true {
      entries.merge(new.entries) { $1 }
      places.merge(new.places) { $1 }
      listing = new.listing ?? listing
      return
    }
    if hasLooked, file == nil, FileStatus(path: path) == nil { return }
    hasLooked = true
    new = CatalogRecords()
    file = CatalogFile(path: path) { new.take($0) }
    (entries, places, listing) = (new.entries, new.places, new.listing)
    hasClosed = file == nil
  }

  mutating func readClosed() {
    guard !hasClosed else { return }
    hasClosed = true
    var closed = CatalogRecords()
    file?.readClosed { closed.take($0) }
    // What was added later counts.
    entries.merge(closed.entries) { known, _ in known }
  }

  mutating func outline(of entry: CatalogEntry) -> Incident? {
    let new = news[entry.id]
    guard let bytes = new?.outline ?? file?.blob(entry.outline), !bytes.isEmpty,
      let details = (new?.entry ?? entry).details
    else { return nil }
    var recorded: [RecordedProcedure] = []
    for digest in details.procedures {
      guard let procedure = procedure(digest) else { return nil }
      recorded.append(procedure)
    }
    return Incident(packed: bytes[...], .outline, procedures: recorded)
  }

  mutating func procedure(_ digest: String) -> RecordedProcedure? {
    if let known = procedures[digest] { return known }
    guard let place = places[digest], let json = file?.blob(place) else { return nil }
    let procedure = RecordedProcedure(json: json)
    procedures[digest] = procedure
    return procedure
  }

  mutating func digest(of procedure: RecordedProcedure) -> String {
    if let known = procedures.first(where: { $0.value === procedure }) { return known.key }
    let digest = String(decoding: Digest.hex(procedure.json), as: UTF8.self)
    if procedures[digest] == nil, places[digest] == nil { procedures[digest] = procedure }
    return digest
  }

  /// What is to be added to the file.
  var added: CatalogContent {
    var content: CatalogContent = []
    let digests = Set(news.values.flatMap { $0.entry.details?.procedures ?? [] })
    for digest in digests.sorted() where places[digest] == nil {
      guard let procedure = procedures[digest] else { continue }
      content.append((.procedure(CatalogProcedure(digest: digest)), procedure.json))
    }
    for (_, new) in news.sorted(by: { $0.key < $1.key }) {
      content.append((.entry(new.entry), new.outline))
    }
    if let newListing { content.append((.listing(newListing), [])) }
    return content
  }

  /// All that a new file is made of; `ids` are those of all logs, where they are known.
  mutating func content(of ids: Set<String>?) -> (open: CatalogContent, closed: CatalogContent) {
    var (open, closed): (CatalogContent, CatalogContent) = ([], [])
    var digests: Set<String> = []
    for (id, entry) in all.sorted(by: { $0.key < $1.key }) where ids?.contains(id) ?? true {
      guard let blob = news[id]?.outline ?? file?.blob(entry.outline) else { continue }
      if entry.isOpen { open.append((.entry(entry), blob)) } else { closed.append((.entry(entry), blob)) }
      digests.formUnion(entry.details?.procedures ?? [])
    }
    for digest in digests.sorted() {
      guard let procedure = procedure(digest) else { continue }
      open.append((.procedure(CatalogProcedure(digest: digest)), procedure.json))
    }
    if let listing = newListing ?? listing { open.append((.listing(listing), [])) }
    return (open, closed)
  }

  /// Lets go of what the file has now.
  mutating func forgetKnownNews() {
    let known = entries
    news = news.filter { known[$0.key]?.signature != $0.value.entry.signature }
    if listing == newListing { newListing = nil }
  }
}

/// The records of a file, the newest of each.
private struct CatalogRecords {
  var entries: [String: CatalogEntry] = [:]
  var places: [String: BlobPlace] = [:]
  var listing: CatalogListing?

  mutating func take(_ record: CatalogRecord) {
    switch record {
    case .entry(let entry): entries[entry.id] = entry
    case .procedure(let procedure): places[procedure.digest] = procedure.json
    case .listing(let new): listing = new
    }
  }
}
