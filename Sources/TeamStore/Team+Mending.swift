package import Engine
internal import EventLog
internal import Glibc

/// What an operator has done about a store that is not as it must be; nothing of it is done unasked.
extension Team {
  /// An entry that can be no line of a log, so that no copy goes beyond it.
  package struct Unusable: Sendable {
    package var incident: String
    package var number: Int
    /// What takes its place.
    package var remedy: Remedy
    var value: [UInt8]
    var revision: Int64
  }

  package enum Remedy: Sendable {
    /// The line that this machine has under that number.
    case ours([UInt8])
    /// Nothing: it is the newest entry, and the next one gets its number.
    case nothing
    /// The same as one line, which is damaged: others stand behind it.
    case oneLine([UInt8])

    package var words: String {
      switch self {
      case .ours: "the line that this machine has is put in its place"
      case .nothing: "it is taken away, and the next entry gets its number"
      case .oneLine: "what it holds is put there as one line, which stays damage"
      }
    }
  }

  /// All entries of the team's store that can be no line.
  package func unusable() throws(TeamTrouble) -> [Unusable] {
    let range = EtcdRange(keys.heads, end: StoreKeys.end(of: keys.heads))
    let answer = try read([EtcdRange(keys.store), range], until: .now + Self.patience * 2)
    if let store = answer.found.first { try check(store) }
    var found: [Unusable] = []
    for kv in answer.found.last?.entries ?? [] {
      guard let id = keys.incident(ofHead: kv.key), IncidentName.isValid(id) else { continue }
      found += try unusable(in: id)
    }
    return found
  }

  private func unusable(in id: String) throws(TeamTrouble) -> [Unusable] {
    var found: [Unusable] = []
    var next = 1
    var newest = 0
    while true {
      let look = try look(
        read(lookRanges(id, from: next), until: .now + Self.patience * 2), at: id)
      for (number, kv) in look.entries {
        newest = number
        guard kv.value.contains(10) || kv.value.count > EventCoding.maximumLineCount else {
          continue
        }
        found.append(
          Unusable(
            incident: id, number: number, remedy: .nothing, value: kv.value, revision: kv.revision))
      }
      guard look.hasMore, let last = look.entries.last?.number else { break }
      next = last + 1
    }
    guard !found.isEmpty else { return [] }
    let lines = try ownLines(of: id)
    for place in found.indices {
      let number = found[place].number
      if lines.count >= number {
        found[place].remedy = .ours(lines[number - 1])
      } else if number < newest {
        let line = found[place].value.prefix(EventCoding.maximumLineCount)
        found[place].remedy = .oneLine(line.map { $0 == 10 ? 32 : $0 })
      }
    }
    return found
  }

  private func ownLines(of id: String) throws(TeamTrouble) -> [[UInt8]] {
    try locally { () throws(LogError) in
      let replica = try ReplicaFile(id, of: files)
      guard try replica.lock() else { return [] }
      defer { replica.unlock() }
      return try replica.lines().map { Array($0) }
    }
  }

  /// Keeps the value of an entry in a file here, has what is to take its place take it, and answers the file's name; nil
  /// where the entry was changed in the meantime.
  package func setAside(_ entry: Unusable) throws(TeamTrouble) -> String? {
    let name = "forks/\(entry.incident)-entry-\(entry.number)"
    try locally { () throws(LogError) in
      try files.makeDirectory(inStore: "forks")
      try files.replace(name, with: entry.value)
    }
    let key = keys.entry(entry.number, of: entry.incident)
    let operation: EtcdOperation =
      switch entry.remedy {
      case .ours(let line), .oneLine(let line): .put(key, line)
      case .nothing: .remove(key)
      }
    let outcome = try transact(
      if: [try isOurs(), .isAt(key, revision: entry.revision)], [operation],
      until: .now + Self.patience)
    guard outcome.isDone else { return nil }
    folder.clearAlarm("line-\(entry.incident)-\(entry.number)")
    return "\(files.home)/\(name)"
  }

  // MARK: - Which store

  /// What stands where the store that was joined should be.
  package enum StoreThere: Sendable {
    case ours
    case missing
    case other([UInt8])
  }

  package func lookAtStore() throws(TeamTrouble) -> StoreThere {
    let found = try read([EtcdRange(keys.store)], until: .now + Self.patience).found
    guard let value = found.first?.entries.first?.value else { return .missing }
    return value == identity ? .ours : .other(value)
  }

  /// Makes the store that this home has joined anew where there is none; false where somebody else was faster.
  package func makeAgain() throws(TeamTrouble) -> Bool {
    guard let identity else { return false }
    return try transact(
      if: [.isMissing(keys.store)], [.put(keys.store, identity)], until: .now + Self.patience
    ).isDone
  }

  /// Has this home go on with another store. What waits to be shared goes there; an incident whose id that store has for
  /// another one stays on this machine alone, and those are answered.
  package func accept(_ other: [UInt8], at now: Timestamp) throws(TeamTrouble) -> [String] {
    try Self.requireFormat(other)
    let refused = try lookAtJoining().refused.map(\.id)
    try locally { () throws(LogError) in
      for id in refused { try folder.setLocal(id, true) }
      try folder.join(TeamFolder.Joined(value: other, since: now))
    }
    folder.forgetSeen()
    return refused
  }
}
