package import Engine

/// What is wrong with a store beside damage in its logs, whichever process met it: for every surface to show.
package struct StoreTrouble: Hashable, Sendable {
  /// An entry that is not recorded yet.
  package struct Kept: Hashable, Sendable {
    package var incident: String
    package var event: EventID
    /// When they were to be recorded.
    package var since: Timestamp
    /// The system's number of the user whose process keeps them, and offers them again.
    package var user: UInt32
  }

  /// Since when a log may hold less on the disk than it shows, by incident.
  package var unsynced: [String: Timestamp] = [:]
  /// Oldest first.
  package var kept: [Kept] = []
  /// Users whose processes could not read the store's settings.
  package var withoutSettings: [UInt32] = []

  package init() {}

  package var isEmpty: Bool { unsynced.isEmpty && kept.isEmpty && withoutSettings.isEmpty }

  /// Number of an incident's entries that are not recorded yet.
  package func keptCount(of incident: String) -> Int { kept.count { $0.incident == incident } }
}

extension StoreTrouble {
  /// What all processes told, and what the spool of this user says where the store took no sign.
  init(of store: any Store, spooled: [SpoolEntry]) {
    for mark in store.board?.marks() ?? [] where store.board?.holds(mark) == true { add(mark) }
    for entry in spooled { add(entry, in: store) }
    kept.sort { ($0.since, $0.event.description) < ($1.since, $1.event.description) }
    withoutSettings.sort()
  }

  private mutating func add(_ mark: TroubleMark) {
    switch mark {
    case .unsynced(let incident, let since, _, _): add(unsynced: incident, since: since)
    case .kept(let incident, let event, let since, let user):
      kept.append(Kept(incident: incident, event: event, since: since, user: user))
    case .withoutSettings(let user): withoutSettings.append(user)
    }
  }

  private mutating func add(_ entry: SpoolEntry, in store: any Store) {
    switch entry.state {
    case .notRecorded:
      guard !kept.contains(where: { $0.event == entry.id }) else { return }
      kept.append(
        Kept(
          incident: entry.incident, event: entry.id, since: entry.time,
          user: SpoolEntry.currentUser))
    case .unconfirmed:
      if !entry.mayBeOffered(to: store.fileIdentity(of: entry.incident)) {
        add(unsynced: entry.incident, since: entry.time)
      }
    }
  }

  mutating func add(unsynced incident: String, since: Timestamp) {
    unsynced[incident] = min(unsynced[incident] ?? since, since)
  }
}
