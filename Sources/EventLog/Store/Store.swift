internal import CSystem
package import Engine
internal import Glibc

/// A directory with one log for each incident.
package struct Store: Sendable {
  package let home: String
  let calls: FileCalls
  let patience: Duration

  /// Writers wait for the lock of a log as long as `patience`.
  package init(home: String, calls: FileCalls = .system, patience: Duration = .seconds(5)) {
    self.home = home.count > 1 && home.hasSuffix("/") ? String(home.dropLast()) : home
    self.calls = calls
    self.patience = patience
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

  /// The store of exercises, which no verb takes for the real one.
  package var drills: Store { Store(home: home + "/drills", calls: calls, patience: patience) }

  package var incidentsDirectory: String { home + "/incidents" }
  package var openDirectory: String { home + "/open" }

  package func path(of id: String) throws(LogError) -> String {
    guard IncidentName.isValid(id) else { throw .invalidID(id) }
    return incidentsDirectory + "/" + id + ".jsonl"
  }

  package func reader(of id: String, since: Head? = nil) throws(LogError) -> LogReader {
    LogReader(path: try path(of: id), since: since)
  }

  package func writer(of id: String) throws(LogError) -> LogWriter {
    LogWriter(path: try path(of: id), calls: calls, patience: patience)
  }

  /// The ids of all incidents, oldest day first; none where there is no store yet.
  package func ids() throws(LogError) -> [String] {
    guard let names = Directory.list(incidentsDirectory) else {
      if errno == ENOENT { return [] }
      throw .cannotOpen(path: incidentsDirectory, error: errno)
    }
    return names.compactMap(Self.id(ofFile:))
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

  private var fileMode: mode_t { isShared ? 0o660 : 0o640 }

  /// Makes the directories that are not there yet.
  package func prepare() throws(LogError) {
    try makeDirectories(home)
    let isShared = isShared
    for path in [incidentsDirectory, openDirectory] {
      guard try makeDirectory(path, mode: 0o750) else { continue }
      if isShared { try set(path, mode: 0o2770) }
      let error = Directory.synchronize(home)
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

  private func makeDirectories(_ path: String) throws(LogError) {
    if path.isEmpty || FileStatus(path: path) != nil { return }
    if let slash = path.lastIndex(of: "/") { try makeDirectories(String(path[..<slash])) }
    _ = try makeDirectory(path, mode: path == home ? 0o750 : 0o755)
  }

  private func makeDirectory(_ path: String, mode: mode_t) throws(LogError) -> Bool {
    if mkdir(path, mode) == 0 {
      try set(path, mode: mode)
      return true
    }
    if errno == EEXIST { return false }
    throw .cannotWrite(path: path, offset: 0, error: errno)
  }

  private func set(_ path: String, mode: mode_t) throws(LogError) {
    if chmod(path, mode) != 0 { throw .cannotWrite(path: path, offset: 0, error: errno) }
  }

  /// Gives the store, and every log in it, to a group whose members all may read and record.
  package func makeGroup(_ group: UInt32) throws(LogError) {
    try prepare()
    for path in [home, incidentsDirectory, openDirectory] {
      if chown(path, uid_t.max, gid_t(group)) != 0 {
        throw .cannotWrite(path: path, offset: 0, error: errno)
      }
      try set(path, mode: 0o2770)
    }
    for id in try ids() {
      let path = try path(of: id)
      if chown(path, uid_t.max, gid_t(group)) != 0 {
        throw .cannotWrite(path: path, offset: 0, error: errno)
      }
      try set(path, mode: 0o660)
    }
    for name in Directory.names(openDirectory)
    where chown(openDirectory + "/" + name, uid_t.max, gid_t(group)) != 0 {
      throw .cannotWrite(path: openDirectory + "/" + name, offset: 0, error: errno)
    }
    if FileStatus(path: drills.incidentsDirectory) != nil { try drills.makeGroup(group) }
  }

  /// What became of a declaration.
  package struct Created {
    package var id: String
    package var writer: LogWriter
    package var outcome: Appended
  }

  /// Begins the log of a new incident under the first free id of its day and title.
  ///
  /// An `id` given, as of a declaration offered again, is used instead and must be free. `draft` makes the first event,
  /// which carries the id. `began` gives the day where the incident is of the past.
  package func create(
    title: String, id: String? = nil, began: Timestamp? = nil, author: Author,
    now: () -> Timestamp, draft: (String) -> EventDraft
  ) throws(LogError) -> Created {
    let day = (began ?? now()).milliseconds.quotientAndRemainderRoundedDown(by: 86_400_000).0
    let base = IncidentName.make(title: title, on: CivilDate(daysSince1970: Int(day)))
    if let id, !IncidentName.isValid(id) { throw .invalidID(id) }
    try prepare()
    let wasSurveyed = try surveyed()
    var number = 1
    while true {
      let candidate = id ?? (number == 1 ? base : "\(base)-\(number)")
      guard id != nil || !isTakenBeside(candidate),
        let file = try claim(candidate, mustBeFree: id != nil)
      else {
        number += 1
        continue
      }
      let path = try path(of: candidate)
      let writer = LogWriter(created: file, path: path, calls: calls, patience: patience)
      var outcome = writer.append(draft(candidate), author: author, now: now)
      if case .notRecorded = outcome {
        try abandon(candidate, file)
      } else if let event = outcome.event {
        let error = Directory.synchronize(incidentsDirectory)
        if error != 0, case .recorded = outcome { outcome = .unconfirmed(event, error: error) }
        if let wasSurveyed { try noteSurvey(after: wasSurveyed) }
      }
      return Created(id: candidate, writer: writer, outcome: outcome)
    }
  }

  /// Whether an exercise has the id of what is to be a real incident, or the other way round: one name must never lead to
  /// either.
  private func isTakenBeside(_ id: String) -> Bool {
    let above = home.hasSuffix("/drills") ? [String(home.dropLast("/drills".count))] : []
    return ([drills.home] + above).contains {
      FileStatus(path: "\($0)/incidents/\(id).jsonl") != nil
    }
  }

  /// Makes hint and file of an id, the hint first, so that no open incident is ever without; nil where the id is taken.
  private func claim(_ id: String, mustBeFree: Bool) throws(LogError) -> OpenFile? {
    let path = try path(of: id)
    if FileStatus(path: path) != nil {
      if mustBeFree { throw .exists(path: path) }
      return nil
    }
    let isNewHint = try makeHint(id)
    do throws(LogError) {
      let file = try OpenFile.open(
        path, flags: O_RDWR | O_APPEND | O_CREAT | O_EXCL, mode: UInt32(fileMode), calls: calls)
      // The mask of the process has no say in who may read an incident.
      if fchmod(file.descriptor, fileMode) != 0 {
        throw LogError.cannotWrite(path: path, offset: 0, error: errno)
      }
      return file
    } catch {
      if case .exists = error, !mustBeFree { return nil }
      if isNewHint { unlink(openDirectory + "/" + id) }
      throw error
    }
  }

  /// Takes a file away in which no event came to stand.
  private func abandon(_ id: String, _ file: OpenFile) throws(LogError) {
    let path = try path(of: id)
    let count = FileStatus(file: file.descriptor)?.count ?? 0
    if try file.bytes(0..<count, path: path).contains(10) { return }
    unlink(path)
    unlink(openDirectory + "/" + id)
  }
}
