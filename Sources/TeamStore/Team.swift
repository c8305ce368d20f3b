package import Engine
package import EventLog
internal import Glibc
internal import Synchronization

/// The store of a team: this machine's copies of logs, kept in one order with those of other machines by an etcd cluster.
package final class Team: Sharing {
  package let files: FileStore
  package let settings: TeamSettings
  package let folder: TeamFolder
  let keys: StoreKeys
  /// The bytes that say which store this is; nil where it was never joined.
  let identity: [UInt8]?
  private let client: Mutex<EtcdClient>
  /// When the cluster was last asked in vain: what waits for it waits no longer than from then on.
  private let silence = Mutex<ContinuousClock.Instant?>(nil)

  /// How long recording waits for an answer in all.
  static let patience = Duration.seconds(2)
  /// How long a try takes at most while the others were out of reach a moment ago.
  static let glance = Duration.milliseconds(300)
  /// Seconds between two tries of verbs while the others are out of reach.
  static let rest = 10

  package init(_ settings: TeamSettings, of files: FileStore) {
    (self.files, self.settings) = (files, settings)
    folder = TeamFolder(of: files)
    keys = StoreKeys(prefix: settings.prefix)
    identity = folder.joined?.value
    client = Mutex(EtcdClient(settings, tokenPath: folder.tokenPath))
  }

  package var outbox: Outbox { Outbox(of: files) }

  // MARK: - The cluster

  func transact(
    if conditions: [EtcdCondition], _ done: [EtcdOperation], else other: [EtcdOperation] = [],
    until deadline: ContinuousClock.Instant
  ) throws(TeamTrouble) -> EtcdOutcome {
    try client.withLock { client throws(TeamTrouble) in
      try client.transact(if: conditions, done, else: other, until: deadline)
    }
  }

  func read(
    _ ranges: [EtcdRange], until deadline: ContinuousClock.Instant
  ) throws(TeamTrouble) -> EtcdOutcome {
    try client.withLock { client throws(TeamTrouble) in
      try client.read(ranges, until: deadline)
    }
  }

  /// Asks for what is neither a key nor a transaction, and does no harm where it is asked twice.
  func ask(
    _ path: String, _ body: JSON, until deadline: ContinuousClock.Instant
  ) throws(TeamTrouble) -> JSON {
    try client.withLock { client throws(TeamTrouble) in
      try client.call(path, body, repeatable: true, until: deadline)
    }
  }

  /// That the store is the one that was joined: holds for every change.
  func isOurs() throws(TeamTrouble) -> EtcdCondition {
    guard let identity else {
      throw .otherStore("this home has joined no store; 'muster store join' joins one")
    }
    return .holds(keys.store, identity)
  }

  /// Checks what stands where the store says which one it is.
  func check(_ found: EtcdOutcome.Found) throws(TeamTrouble) {
    guard let identity else {
      throw .otherStore("this home has joined no store; 'muster store join' joins one")
    }
    guard let value = found.entries.first?.value else {
      throw .otherStore(
        "there is no store under \(settings.prefix) in that cluster; check 'endpoints' and "
          + "'prefix' in store.yaml, or see 'muster store doctor'")
    }
    guard value == identity else {
      throw .otherStore(
        "under \(settings.prefix) is another store than the one that this home has joined; "
          + "check 'endpoints' and 'prefix' in store.yaml, or see 'muster store doctor'")
    }
  }

  func locally<Result>(
    _ body: () throws(LogError) -> Result
  ) throws(TeamTrouble) -> Result {
    do throws(LogError) { return try body() } catch { throw .local(error) }
  }

  /// Until when an answer is waited for.
  func deadline() -> ContinuousClock.Instant {
    let now = ContinuousClock.now
    guard let begin = silence.withLock({ $0 }), now - begin < Self.patience else {
      return now + Self.patience
    }
    return begin + Self.patience
  }

  func noteSilence(since begin: ContinuousClock.Instant) {
    silence.withLock { $0 = begin }
  }

  // MARK: - Out of reach

  /// Since when the others are known to be out of reach; nil where trying is worth while. One process tries now and then.
  package func restingSince() -> Timestamp? {
    guard let known = folder.outOfReach else { return nil }
    if known.rest < Self.rest { return known.since }
    folder.noteTry()
    do throws(TeamTrouble) {
      try probe(within: Self.glance)
      return nil
    } catch { return known.since }
  }

  /// Finds out whether a majority answers, and notes that it does.
  package func probe(within limit: Duration) throws(TeamTrouble) {
    let answer = try read([EtcdRange(keys.store)], until: .now + limit)
    if let found = answer.found.first { try check(found) }
    folder.noteInReach()
  }

  func noteTrouble(_ trouble: TeamTrouble, at now: Timestamp) {
    switch trouble {
    case .outOfReach(let reason), .unknown(let reason), .otherStore(let reason):
      folder.noteOutOfReach(reason, at: now)
    case .damaged, .local: break
    }
  }

  // MARK: - Sharing

  package func writer(of id: String, in store: FileStore) throws(LogError) -> any LogWriting {
    // Whoever looks for open incidents must not pass over one that is opened again.
    if try store.contains(id) { store.makeHintIfAllowed(id) }
    return try TeamWriter(of: id, in: self)
  }

  package func isPending(_ id: String) -> Bool { folder.isPending(id) }

  package var condition: SharingCondition {
    var condition = SharingCondition()
    if let known = folder.outOfReach {
      (condition.outOfReachSince, condition.reason) = (known.since, known.reason)
    }
    condition.asOf = folder.seen?.at
    condition.isStale = folder.isStale
    condition.skew = folder.skew
    condition.alarms = folder.alarms()
    for id in outbox.ids() {
      do throws(LogError) {
        let entries = try outbox.unshared(in: id)
        if !entries.isEmpty { condition.unshared[id] = entries.count }
        condition.since[id] = entries.first?.recorded
      } catch {
        condition.alarms.append("what is kept for \(id) cannot be read: \(error.description)")
      }
    }
    for id in folder.pendingIDs() {
      do throws(LogError) {
        guard let head = try files.replicaEnd(of: id) else { continue }
        condition.unshared[id] = head.sequence
        condition.since[id] = try files.firstEvent(of: id)?.recorded
      } catch {
        condition.alarms.append(error.description)
      }
    }
    return condition
  }
}
