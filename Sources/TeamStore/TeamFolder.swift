package import Engine
package import EventLog
internal import Glibc

/// What a machine remembers of its team's store, in `team/` of its home.
package struct TeamFolder: Sendable {
  package let files: FileStore

  package init(of files: FileStore) { self.files = files }

  package var path: String { files.home + "/team" }
  var tokenPath: String { path + "/token" }

  // MARK: - Which store

  /// The store that was joined.
  package struct Joined: Hashable, Sendable {
    /// The bytes that its key holds.
    package var value: [UInt8]
    package var since: Timestamp

    package init(value: [UInt8], since: Timestamp) { (self.value, self.since) = (value, since) }
  }

  package var joined: Joined? {
    guard let json = json("joined"), let value = json["store"]?.string,
      let since = json["since"]?.string.flatMap({ Timestamp(rfc3339: $0) })
    else { return nil }
    return Joined(value: Array(value.utf8), since: since)
  }

  /// Whether this home has joined a store, even if what it remembers of it cannot be read.
  package static func hasJoined(_ home: String) -> Bool {
    access(home + "/team/joined", F_OK) == 0
  }

  package func join(_ joined: Joined) throws(LogError) {
    let json = JSON.object([
      "store": .string(String(decoding: joined.value, as: UTF8.self)),
      "since": .string(joined.since.rfc3339),
    ])
    try files.replace("team/joined", with: json.bytes + [10])
  }

  /// Forgets the store; the copies of its logs stay.
  package func leave() throws(LogError) {
    for name in ["joined", "seen", "unreachable", "token"] {
      if unlink(path + "/" + name) != 0, errno != ENOENT {
        throw .cannotWrite(path: path + "/" + name, offset: 0, error: errno)
      }
    }
  }

  // MARK: - How far it was read

  struct Seen: Hashable {
    var header: EtcdHeader
    var at: Timestamp
  }

  var seen: Seen? {
    guard let json = json("seen"), let cluster = json["cluster"]?.string,
      let revision = json["revision"].whole,
      let at = json["at"]?.string.flatMap({ Timestamp(rfc3339: $0) })
    else { return nil }
    return Seen(header: EtcdHeader(cluster: cluster, revision: revision), at: at)
  }

  /// Only saves time and tells how old the copies are, so that it need not reach the disk.
  func note(_ seen: Seen) {
    write(
      "seen",
      JSON.object([
        "cluster": .string(seen.header.cluster), "revision": .integer(seen.header.revision),
        "at": .string(seen.at.rfc3339),
      ]).bytes)
  }

  /// Has everything be looked at anew.
  func forgetSeen() { unlink(path + "/seen") }

  /// Whether a process here said within the last seconds that it follows.
  var isFollowed: Bool {
    var status = stat()
    guard stat(path + "/following", &status) == 0 else { return false }
    return abs(time(nil) - status.st_mtim.tv_sec) < 5
  }

  /// Whether nobody here has had all that there is within the last seconds.
  var isStale: Bool {
    var status = stat()
    guard stat(path + "/seen", &status) == 0 else { return true }
    return abs(time(nil) - status.st_mtim.tv_sec) > 5
  }

  /// Seconds by which this machine's clock is ahead of those of the cluster, as it was last seen; nil where that is not
  /// known or long ago.
  var skew: Int? {
    var status = stat()
    guard stat(path + "/skew", &status) == 0, abs(time(nil) - status.st_mtim.tv_sec) < 600 else {
      return nil
    }
    return json("skew")?["seconds"]?.integer.map { Int($0) }
  }

  func note(skew: Int) { write("skew", JSON.object(["seconds": .integer(Int64(skew))]).bytes) }

  /// Says that this process has all that there is.
  func noteFollowing() { write("following", []) }

  func noteNotFollowing() { unlink(path + "/following") }

  // MARK: - Out of reach

  struct OutOfReach: Hashable {
    var since: Timestamp
    var reason: String
    /// Seconds since somebody last tried.
    var rest: Int
  }

  var outOfReach: OutOfReach? {
    var status = stat()
    guard stat(path + "/unreachable", &status) == 0 else { return nil }
    let json = json("unreachable")
    let since = json?["since"]?.string.flatMap { Timestamp(rfc3339: $0) }
    return OutOfReach(
      since: since ?? Timestamp(milliseconds: Int64(status.st_mtim.tv_sec) * 1000),
      reason: json?["reason"]?.string ?? "unknown", rest: abs(time(nil) - status.st_mtim.tv_sec))
  }

  /// Notes that the others cannot be reached, and that this was tried now; the first time of it stays.
  func noteOutOfReach(_ reason: String, at now: Timestamp) {
    let since = outOfReach?.since ?? now
    write(
      "unreachable",
      JSON.object(["since": .string(since.rfc3339), "reason": .string(reason)]).bytes)
  }

  /// Notes that it is tried now, so that others need not.
  func noteTry() { utimensat(AT_FDCWD, path + "/unreachable", nil, 0) }

  func noteInReach() { unlink(path + "/unreachable") }

  // MARK: - Incidents of this machine alone

  /// Incidents of this machine that are not shared: another machine has the id, or they are damaged.
  package func isLocal(_ id: String) -> Bool { access("\(path)/local/\(id)", F_OK) == 0 }

  package func localIDs() -> [String] { ids(in: "local") }

  package func setLocal(_ id: String, _ isLocal: Bool) throws(LogError) {
    try set("local", id, isLocal)
  }

  /// Incidents that were declared while the others could not be reached.
  func isPending(_ id: String) -> Bool { access("\(path)/pending/\(id)", F_OK) == 0 }

  func pendingIDs() -> [String] { ids(in: "pending") }

  func setPending(_ id: String, _ isPending: Bool) throws(LogError) {
    try set("pending", id, isPending)
  }

  private func set(_ folder: String, _ id: String, _ isSet: Bool) throws(LogError) {
    let name = "team/\(folder)/\(id)"
    if isSet {
      try files.makeDirectory(inStore: "team")
      return try files.replace(name, with: [])
    }
    if unlink(files.home + "/" + name) != 0, errno != ENOENT {
      throw .cannotWrite(path: files.home + "/" + name, offset: 0, error: errno)
    }
    let folder = open("\(path)/\(folder)", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { return }
    fsync(folder)
    close(folder)
  }

  private func ids(in folder: String) -> [String] {
    names("\(path)/\(folder)").filter { IncidentName.isValid($0) }
  }

  /// Declarations that were not answered, with the incident that took their place and the event that they had.
  struct Unanswered: Hashable {
    var id: String
    var event: EventID
    var replacement: String
  }

  func note(_ unanswered: Unanswered) throws(LogError) {
    try files.makeDirectory(inStore: "team")
    let json = JSON.object([
      "event": .string(unanswered.event.description),
      "replacement": .string(unanswered.replacement),
    ])
    try files.replace("team/unanswered/\(unanswered.id)", with: json.bytes)
  }

  func unanswered() -> [Unanswered] {
    ids(in: "unanswered").compactMap { id in
      guard let json = json("unanswered/\(id)"),
        let event = json["event"]?.string.flatMap({ EventID($0) }),
        let replacement = json["replacement"]?.string
      else { return nil }
      return Unanswered(id: id, event: event, replacement: replacement)
    }
  }

  func forget(_ unanswered: Unanswered) { unlink("\(path)/unanswered/\(unanswered.id)") }

  // MARK: - Alarms

  /// Sentences about damage and forks, for every surface until somebody has looked after them.
  package func alarms() -> [String] {
    names("\(path)/alarms").sorted().compactMap { name in
      json("alarms/\(name)")?["text"]?.string
    }
  }

  /// Raises an alarm once; `name` tells it from others and becomes that of a file.
  func raise(_ name: String, _ text: String) {
    let name = "alarms/" + name
    guard access(path + "/" + name, F_OK) != 0 else { return }
    do throws(LogError) {
      try files.makeDirectory(inStore: "team")
      try files.replace("team/" + name, with: JSON.object(["text": .string(text)]).bytes)
    } catch {
      // What raised it is told by whoever met it, and met again.
      return
    }
  }

  func clearAlarm(_ name: String) { unlink("\(path)/alarms/\(name)") }

  package func clearAlarms() {
    for name in names("\(path)/alarms") { unlink("\(path)/alarms/\(name)") }
  }

  // MARK: - Files

  private func names(_ path: String) -> [String] {
    Folder.names(path).filter { !$0.hasPrefix(".") && !$0.hasSuffix(".new") }
  }

  func json(_ name: String) -> JSON? {
    let bytes = Folder.smallFile(path + "/" + name)
    guard !bytes.isEmpty else { return nil }
    do throws(JSONError) { return try JSON(parsing: bytes[...]) } catch { return nil }
  }

  /// Replaces a small file without waiting for the disk.
  private func write(_ name: String, _ bytes: [UInt8]) {
    let aside = "\(path)/.\(name).\(getpid())"
    let file = open(aside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o660)
    guard file >= 0 else { return }
    fchmod(file, files.fileMode)
    let isWritten = Glibc.write(file, bytes, bytes.count) == bytes.count
    close(file)
    if !isWritten || rename(aside, path + "/" + name) != 0 { unlink(aside) }
  }
}
