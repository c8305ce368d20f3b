package import Engine

/// Keeps the logs of a store the same on several machines; a store of one machine alone has none.
package protocol Sharing: Sendable {
  /// What was recorded here and the others have not got yet.
  var outbox: Outbox { get }

  /// Appends to a log that all machines have; `store` is where this machine's copy lies.
  func writer(of id: String, in store: FileStore) throws(LogError) -> any LogWriting

  /// Begins the log of a new incident for all machines, or on this one alone while the others cannot be reached.
  func create(
    title: String, id: String?, began: Timestamp?, author: Author,
    now: () -> Timestamp, draft: (String) -> EventDraft, in store: FileStore
  ) throws(LogError) -> NewLog

  /// Offers the others what they have not got yet, in the order in which it was recorded.
  func offer(now: (String) -> Timestamp) -> [Offered]

  /// How things stand between this machine and the others.
  var condition: SharingCondition { get }

  /// Whether an incident was declared here while the others could not be reached, and they have not got it yet.
  func isPending(_ id: String) -> Bool
}

/// What became of an entry that was offered to the others.
package struct Offered: Sendable {
  package var incident: String
  package var event: RecordedEvent

  package init(incident: String, event: RecordedEvent) {
    (self.incident, self.event) = (incident, event)
  }
}

/// How things stand between a machine and those it shares incidents with.
package struct SharingCondition: Hashable, Sendable {
  /// Since when the others cannot be reached; nil where they can.
  package var outOfReachSince: Timestamp?
  /// Why they cannot be, in words.
  package var reason: String?
  /// When this machine last had all that the others have.
  package var asOf: Timestamp?
  /// Whether that was more than a few seconds ago.
  package var isStale = false
  /// Number of entries that the others have not got, by incident.
  package var unshared: [String: Int] = [:]
  /// Since when the oldest of them waits, by incident.
  package var since: [String: Timestamp] = [:]
  /// Seconds by which this machine's clock is ahead of those of the others, as far as that is known; behind where it is
  /// negative.
  package var skew: Int?
  /// What is wrong with what is shared, in sentences; oldest first.
  package var alarms: [String] = []

  package init() {}

  package var unsharedCount: Int { unshared.values.reduce(0, +) }

  /// Since when the oldest of all that is not shared waits.
  package var unsharedSince: Timestamp? { since.values.min() }
}
