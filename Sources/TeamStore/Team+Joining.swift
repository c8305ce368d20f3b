package import Engine
internal import EventLog
internal import Glibc

/// Joining a store, and leaving it.
extension Team {
  /// What joining found, or would do.
  package struct Joining: Sendable {
    /// The bytes that say which store it is; nil where there is none yet.
    package var identity: [UInt8]?
    /// Number of incidents that the store has.
    package var incidents = 0
    /// Incidents of this machine that would be shared.
    package var brought: [String] = []
    /// Those that stay on this machine alone, with the reason.
    package var refused: [(id: String, reason: String)] = []
  }

  /// Looks what there is to be joined and what this machine would bring along.
  package func lookAtJoining() throws(TeamTrouble) -> Joining {
    let answer = try read(
      [EtcdRange(keys.store), EtcdRange(keys.heads, end: StoreKeys.end(of: keys.heads))],
      until: .now + Self.patience * 2)
    var joining = Joining(identity: answer.found.first?.entries.first?.value)
    let heads = answer.found.last?.entries.compactMap { keys.incident(ofHead: $0.key) } ?? []
    joining.incidents = heads.count
    for id in try locally({ () throws(LogError) in try files.ids() }) {
      do throws(LogError) {
        if let reason = try obstacle(to: id) {
          joining.refused.append((id, reason))
          continue
        }
      } catch {
        joining.refused.append((id, error.description))
        continue
      }
      if heads.contains(id), try !isTheirs(id) {
        joining.refused.append((id, "the team's store has another incident of that id"))
      } else {
        joining.brought.append(id)
      }
    }
    return joining
  }

  /// Why a log cannot be shared: it is not whole.
  private func obstacle(to id: String) throws(LogError) -> String? {
    let reader = LogReader(path: try files.path(of: id))
    _ = try reader.read(at: .distantFuture) { _ in }
    if reader.damageCount > 0 || !reader.acceptedDamage.isEmpty { return "its log is damaged" }
    if reader.tornTail != nil { return "its log ends in an unfinished line" }
    if reader.eventCount != reader.head.sequence { return "its log has lines that are no events" }
    if reader.eventCount == 0 { return "its log is empty" }
    return nil
  }

  /// Whether a log here began with the same event as the incident of its id there.
  private func isTheirs(_ id: String) throws(TeamTrouble) -> Bool {
    let answer = try read([EtcdRange(keys.entry(1, of: id))], until: .now + Self.patience)
    let theirs = answer.found.first?.entries.first.flatMap { EventCoding.event(in: $0.value[...]) }
    let ours = try locally { () throws(LogError) in try files.firstEvent(of: id) }
    return theirs != nil && theirs?.id == ours?.id
  }

  /// Makes the store where there is none, and has this home remember it; `random` names a new one.
  package func join(
    _ joining: Joining, new random: EventID, at now: Timestamp
  ) throws(TeamTrouble) {
    var identity = joining.identity
    if identity == nil {
      let value = JSON.object(["format": 1, "id": .string(random.description)]).bytes
      let outcome = try transact(
        if: [.isMissing(keys.store)], [.put(keys.store, value)],
        else: [.read(EtcdRange(keys.store))], until: .now + Self.patience)
      identity = outcome.isDone ? value : outcome.found.first?.entries.first?.value
    }
    guard let identity else { throw .unknown("the store could not be made") }
    try Self.requireFormat(identity)
    // Nothing is shared before all is known that is not to be; what was shared by an earlier joining stays so.
    let local = folder.joined == nil ? joining.brought + joining.refused.map(\.id) : []
    try locally { () throws(LogError) in
      for id in local { try folder.setLocal(id, true) }
      try folder.join(TeamFolder.Joined(value: identity, since: now))
    }
  }

  package static func requireFormat(_ identity: [UInt8]) throws(TeamTrouble) {
    var json = JSON.null
    do throws(JSONError) { json = try JSON(parsing: identity[...]) } catch { json = .null }
    if json["format"]?.integer == 1, json["id"]?.string != nil { return }
    if let format = json["format"]?.integer {
      throw .otherStore("the team's store has format \(format); update Muster")
    }
    throw .otherStore("what lies under the store's key was not put there by Muster")
  }

  /// Shares incidents that were of this machine alone; whatever of it was done before it was stopped holds.
  package func bring(
    _ ids: [String], _ tell: (String, TeamTrouble?) -> Void
  ) throws(TeamTrouble) {
    for id in ids {
      do throws(TeamTrouble) {
        try locally { () throws(LogError) in try folder.setLocal(id, false) }
        try catchUpAlone(id)
        tell(id, nil)
      } catch {
        tell(id, error)
        if case .local = error { continue }
        throw error
      }
    }
  }
}
