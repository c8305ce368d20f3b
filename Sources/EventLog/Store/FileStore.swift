internal import CLinux
package import Engine
internal import Glibc

/// A directory with one log for each incident.
package struct FileStore: Store {
  package let home: String
  let calls: FileCalls
  let patience: Duration
  /// The store that this one's drills or, of drills, real incidents lie in: its ids are taken too.
  private let neighbour: String
  /// Whether nothing is written, not even beside the logs.
  private(set) var isReadOnly = false
  let catalog: Catalog
  /// What keeps the logs the same on several machines; nil where they are of this machine alone.
  package private(set) var sharing: (any Sharing)?

  package var name: String { home }

  /// Writers wait for the lock of a log as long as `patience`.
  package init(home: String, calls: FileCalls = .system, patience: Duration = .seconds(5)) {
    let home = home.count > 1 && home.hasSuffix("/") ? String(home.dropLast()) : home
    self.init(home, beside: home + "/drills", calls, patience)
  }

  private init(
    _ home: String, beside neighbour: String, _ calls: FileCalls, _ patience: Duration
  ) {
    self.home = home
    self.neighbour = neighbour
    catalog = Catalog(home: home)
    self.calls = calls
    self.patience = patience
  }

  /// The same store for a reader that must leave no trace.
  package var readOnly: FileStore {
    var store = self
    store.isReadOnly = true
    return store
  }

  /// The same store, for what is of this machine alone.
  package var unshared: FileStore {
    var store = self
    store.sharing = nil
    return store
  }

  /// The same store, as this machine's part of what several share.
  package func shared(by sharing: any Sharing) -> FileStore {
    var store = self
    store.sharing = sharing
    return store
  }

  /// Where the store is: what the command line says, else the environment, else the user's state directory.
  ///
  /// Nil where neither says anything and there is no home directory either.
  package static func home(flag: String?, environment: (String) -> String?) -> String? {
    func value(_ name: String) -> String? {
      environment(name).flatMap { $0.isEmpty ? nil : $0 }
    }
    if let flag, !flag.isEmpty { return flag }
    if let home = value("MUSTER_HOME") { return home }
    // The specification has relative paths ignored.
    if let state = value("XDG_STATE_HOME"), state.hasPrefix("/") { return state + "/muster" }
    return value("HOME").map { $0 + "/.local/state/muster" }
  }

  /// The drill store, which no verb uses in place of the real one.
  package var drills: FileStore {
    FileStore(home + "/drills", beside: home, calls, patience)
  }

  package var incidentsDirectory: String { home + "/incidents" }
  package var openDirectory: String { home + "/open" }

  package func path(of id: String) throws(LogError) -> String {
    guard IncidentName.isValid(id) else { throw .invalidID(id) }
    return incidentsDirectory + "/" + id + ".jsonl"
  }

  package func contains(_ id: String) throws(LogError) -> Bool {
    access(try path(of: id), F_OK) == 0
  }

  package func isWritable(_ id: String) -> Bool {
    IncidentName.isValid(id) && access("\(incidentsDirectory)/\(id).jsonl", W_OK) == 0
  }

  package func obstacle(toReading id: String) -> LogError? {
    let path = "\(incidentsDirectory)/\(id).jsonl"
    // One that is not there is missed by whoever reads on.
    guard IncidentName.isValid(id), access(path, R_OK) != 0, errno != ENOENT else { return nil }
    return .cannotOpen(path: path, error: errno)
  }

  package func fileIdentity(of id: String) -> FileIdentity? {
    IncidentName.isValid(id) ? FileStatus(path: "\(incidentsDirectory)/\(id).jsonl")?.identity : nil
  }

  package func reader(of id: String, since: Head?) throws(LogError) -> any LogReading {
    let reader = LogReader(path: try path(of: id), since: since)
    guard let sharing else { return reader }
    return SharedReader(reader, of: id, sharing.outbox)
  }

  package func writer(of id: String) throws(LogError) -> any LogWriting {
    guard let sharing else { return try localWriter(of: id) }
    return try sharing.writer(of: id, in: self)
  }

  /// Appends to a log that is of this machine alone.
  package func localWriter(of id: String) throws(LogError) -> LogWriter {
    // Whoever looks for open incidents must not pass over one that is opened again.
    if try contains(id) { makeHintIfAllowed(id) }
    return LogWriter(path: try path(of: id), calls: calls, patience: patience)
  }

  package func follower(
    of id: String, usesNotices: Bool
  ) throws(LogError) -> any LogFollowing {
    let follower = LogFollower(path: try path(of: id), usesNotices: usesNotices)
    guard let sharing else { return follower }
    return SharedFollower(
      follower, LogFollower(path: sharing.outbox.path(of: id), usesNotices: false))
  }

  package func follower() throws(LogError) -> any LogFollowing {
    // A directory that is not there yet could not be watched.
    if !isReadOnly { try prepare() }
    return LogFollower(path: incidentsDirectory + "/")
  }

  package func events(
    _ sequences: Set<Int>, of id: String
  ) throws(LogError) -> [Int: RecordedEvent] {
    var found = try EventSearch(path: try path(of: id)).find(sequences)
    guard let sharing, sequences.contains(where: RecordedEvent.unsharedPlaces.contains) else {
      return found
    }
    for event in try sharing.outbox.unshared(in: id) where sequences.contains(event.sequence) {
      found[event.sequence] = event
    }
    return found
  }

  package func firstEvent(of id: String) throws(LogError) -> RecordedEvent? {
    do throws(LogError) { return try LogReader.firstEvent(path: try path(of: id)) } catch {
      if case .notFound = error { return nil }
      throw error
    }
  }

  package var board: TroubleBoard? { TroubleBoard(store: self) }

  package var unsharedSince: [String: Timestamp] { sharing?.condition.since ?? [:] }

  package func ids() throws(LogError) -> [String] {
    guard let names = Folder.list(incidentsDirectory, isSorted: false) else {
      if errno == ENOENT { return [] }
      throw .cannotOpen(path: incidentsDirectory, error: errno)
    }
    // Sorted as ids: a number behind one comes after it, and before the next.
    return names.compactMap(Self.id(ofFile:)).sorted()
  }

  static func id(ofFile name: String) -> String? {
    guard name.hasSuffix(".jsonl") else { return nil }
    let id = String(name.dropLast(6))
    return IncidentName.isValid(id) ? id : nil
  }

  /// Whether other machines may be writing to the same files, so that locks and appends promise less.
  package var isOnNetwork: Bool {
    let directory = open(existingPart(of: home), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard directory >= 0 else { return false }
    defer { close(directory) }
    return muster_is_on_network(directory) == 1
  }

  private func existingPart(of path: String) -> String {
    var path = path
    while FileStatus(path: path) == nil, let slash = path.lastIndex(of: "/") {
      path = String(path[..<slash])
    }
    return path.isEmpty ? "/" : path
  }

  /// Whether members of a group share this store.
  package var isShared: Bool {
    guard let status = FileStatus(path: incidentsDirectory) else { return false }
    return status.mode & S_ISGID != 0 && status.mode & S_IWGRP != 0
  }

  /// Makes the directories that are not there yet.
  package func prepare() throws(LogError) {
    try makeDirectories(home)
    let isShared = isShared
    for path in [incidentsDirectory, openDirectory] {
      guard try makeDirectory(path, mode: 0o750) else { continue }
      if isShared { try set(path, mode: 0o2770) }
      let error = Folder.synchronize(home)
      if error != 0 { throw .cannotWrite(path: path, offset: 0, error: error) }
    }
  }

  /// The same for the store of exercises, which belongs to the group that shares this one.
  package func prepareDrills() throws(LogError) {
    try prepare()
    let drills = drills
    guard FileStatus(path: drills.incidentsDirectory) == nil else { return }
    if isShared, let group = FileStatus(path: incidentsDirectory)?.group {
      try drills.makeGroup(group)
    } else {
      try drills.prepare()
    }
  }

  func makeDirectories(_ path: String) throws(LogError) {
    if path.isEmpty || FileStatus(path: path) != nil { return }
    if let slash = path.lastIndex(of: "/") { try makeDirectories(String(path[..<slash])) }
    _ = try makeDirectory(path, mode: path == home ? 0o750 : 0o755)
  }

  func makeDirectory(_ path: String, mode: mode_t) throws(LogError) -> Bool {
    if mkdir(path, mode) == 0 {
      try set(path, mode: mode)
      return true
    }
    if errno == EEXIST { return false }
    throw .cannotWrite(path: path, offset: 0, error: errno)
  }

  func set(_ path: String, mode: mode_t) throws(LogError) {
    if chmod(path, mode) != 0 { throw .cannotWrite(path: path, offset: 0, error: errno) }
  }

  /// Gives the store, and every log in it, to a group whose members all may read and record.
  package func makeGroup(_ group: UInt32) throws(LogError) {
    try prepare()
    try share(with: group)
    discardIndex()
    if FileStatus(path: drills.incidentsDirectory) != nil { try drills.makeGroup(group) }
  }

  package func create(
    title: String, id: String?, began: Timestamp?, author: Author,
    now: () -> Timestamp, draft: (String) -> EventDraft
  ) throws(LogError) -> NewLog {
    if let sharing {
      return try sharing.create(
        title: title, id: id, began: began, author: author, now: now, draft: draft, in: self)
    }
    return try createLocally(
      title: title, id: id, began: began, author: author, now: now, draft: draft)
  }

  /// Begins the log of an incident that is of this machine alone.
  package func createLocally(
    title: String, id: String?, began: Timestamp?, author: Author,
    now: () -> Timestamp, draft: (String) -> EventDraft
  ) throws(LogError) -> NewLog {
    let base = IncidentName.make(title: title, at: began ?? now())
    if let id, !IncidentName.isValid(id) { throw .invalidID(id) }
    try prepare()
    var number = 1
    removeAbandoned()
    while true {
      let candidate = id ?? (number == 1 ? base : "\(base)-\(number)")
      if let created = try begin(candidate, author, now, draft(candidate)) { return created }
      if id != nil { throw .exists(path: try path(of: candidate)) }
      number += 1
    }
  }

  /// Writes the first event aside and gives the file its name when it is whole, so that nobody ever meets an empty log;
  /// nil where the name is taken.
  private func begin(
    _ id: String, _ author: Author, _ now: () -> Timestamp, _ draft: EventDraft
  ) throws(LogError) -> NewLog? {
    let path = try path(of: id)
    if try isTaken(id) { return nil }
    let aside = "\(incidentsDirectory)/.\(id).\(getpid())\(Self.unfinished)"
    let file = try makeFile(aside)
    var isNewHint = false
    do throws(LogError) {
      // Before the log, so that no open incident is ever without, and behind the file aside, so that a hint alone tells of
      // a log that was taken away.
      isNewHint = try makeHint(id)
      let writer = LogWriter(created: file, path: aside, calls: calls, patience: patience)
      var outcome = writer.append(draft, author: author, now: now)
      if let event = outcome.event {
        let error = calls.place(aside, path)
        if error == EEXIST {
          unlink(aside)
          return nil
        }
        guard error == 0 else { throw LogError.cannotWrite(path: path, offset: 0, error: error) }
        writer.move(to: path)
        let unsynced = Folder.synchronize(incidentsDirectory)
        if unsynced != 0, case .recorded = outcome {
          outcome = .unconfirmed(event, error: unsynced)
        }
      } else {
        if isNewHint { unlink(openDirectory + "/" + id) }
        unlink(aside)
      }
      return NewLog(id: id, writer: writer, outcome: outcome)
    } catch {
      if isNewHint { unlink(openDirectory + "/" + id) }
      unlink(aside)
      throw error
    }
  }

  /// Whether a file holds the declaration of an incident that is still being written, or never was to its end.
  func isUnfinished(_ name: String, of id: String) -> Bool {
    name.hasPrefix(".\(id).") && name.hasSuffix(Self.unfinished)
  }

  /// What the name of a log ends in that is not whole yet.
  private static let unfinished = ".new"

  /// A new file of the store, with its mode and group.
  func makeFile(_ path: String) throws(LogError) -> OpenFile {
    // Left by a process of the same number that was stopped.
    unlink(path)
    let file = try OpenFile.open(
      path, flags: O_RDWR | O_APPEND | O_CREAT | O_EXCL, mode: UInt32(fileMode), calls: calls)
    // The mask of the process has no say in who may read an incident.
    if fchmod(file.descriptor, fileMode) != 0 {
      throw LogError.cannotWrite(path: path, offset: 0, error: errno)
    }
    return file
  }

  /// Takes away what declarations left that were stopped an hour ago or earlier.
  private func removeAbandoned() {
    for name in Folder.names(incidentsDirectory)
    where name.hasPrefix(".") && name.hasSuffix(Self.unfinished) {
      let path = incidentsDirectory + "/" + name
      guard let status = FileStatus(path: path), time(nil) - status.modified.seconds > 3600
      else { continue }
      // `.<id>.<process>.new`; its hint tells of no log.
      let id = name.split(separator: ".").first.map(String.init) ?? ""
      if IncidentName.isValid(id), FileStatus(path: "\(incidentsDirectory)/\(id).jsonl") == nil {
        unlink(openDirectory + "/" + id)
      }
      unlink(path)
    }
  }

  package func isTaken(_ id: String) throws(LogError) -> Bool {
    if FileStatus(path: try path(of: id)) != nil { return true }
    return isTakenBeside(id)
  }

  /// Whether an exercise has the id of what is to be a real incident, or the other way round: one name must never lead to
  /// either.
  private func isTakenBeside(_ id: String) -> Bool {
    FileStatus(path: "\(neighbour)/incidents/\(id).jsonl") != nil
  }
}
