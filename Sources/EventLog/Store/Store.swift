package import Engine

/// Keeps the logs of incidents, wherever they lie: in files, in memory, or with a team.
///
/// What does not lie in files has no offsets; everything else means the same everywhere.
package protocol Store: Sendable {
  /// What messages call the store: a directory, or an address.
  var name: String { get }

  /// The ids of all incidents, oldest day first; none where there is no store yet.
  func ids() throws(LogError) -> [String]

  /// Whether there is an incident of that id.
  ///
  /// - Throws: `LogError.invalidID` for what is no id.
  func contains(_ id: String) throws(LogError) -> Bool

  /// Whether no new incident may have an id: it leads to one already.
  func isTaken(_ id: String) throws(LogError) -> Bool

  /// The first event of a log alone; nil where the first line is none, or there is no log.
  func firstEvent(of id: String) throws(LogError) -> RecordedEvent?

  /// Where processes tell each other what is wrong; nil where there is no such place.
  var board: TroubleBoard? { get }

  /// Whether this process may append to an incident's log.
  func isWritable(_ id: String) -> Bool

  /// Why this process could not open an incident's log now, though it may have it open from before.
  func obstacle(toReading id: String) -> LogError?

  /// The file that the log of an incident lies in; nil where there is none or there are no files.
  func fileIdentity(of id: String) -> FileIdentity?

  /// Reads a log from its beginning and goes on with what is appended; opens nothing yet.
  ///
  /// `since` is what is known of the log from elsewhere: the reader's `alarm` tells where the log disagrees.
  func reader(of id: String, since: Head?) throws(LogError) -> any LogReading

  /// Appends to a log; opens nothing yet.
  func writer(of id: String) throws(LogError) -> any LogWriting

  /// Tells when a log has changed, by notices where `usesNotices` asks for them and there are some.
  func follower(of id: String, usesNotices: Bool) throws(LogError) -> any LogFollowing

  /// Tells when any log of the store has changed, by notices where there are some.
  func follower() throws(LogError) -> any LogFollowing

  /// The events of some sequences, without those that are not there.
  func events(_ sequences: Set<Int>, of id: String) throws(LogError) -> [Int: RecordedEvent]

  /// An earlier fold of a log that still holds, with a reader of what came since; an outline only where nothing came since.
  func remembered(_ id: String, _ extent: Incident.Extent) throws(LogError) -> RememberedLog?

  /// Remembers a fold if that saves time and the store can; only an optimisation.
  func remember(_ log: FoldedLog, at now: Timestamp)

  /// Begins the log of a new incident under the first free id of its day and title.
  ///
  /// An `id` given, as of a declaration offered again, is used instead and must be free. `draft` makes the first event,
  /// which carries the id. `began` gives the day where the incident is of the past.
  func create(
    title: String, id: String?, began: Timestamp?, author: Author,
    now: () -> Timestamp, draft: (String) -> EventDraft
  ) throws(LogError) -> NewLog

  /// Hands over what is known of each incident, oldest day first: the one way to learn what is open.
  func survey(
    _ scope: SurveyScope, at now: Timestamp, _ body: (SurveyedIncident) -> Void
  ) throws(LogError)

  /// The ids of the open incidents, oldest day first; cheaper than a survey.
  func openIDs(at now: Timestamp) throws(LogError) -> [String]

  /// Since when the oldest entry of each incident waits to be shared; nothing where all are, or nothing is shared.
  var unsharedSince: [String: Timestamp] { get }
}

extension Store {
  package func reader(of id: String) throws(LogError) -> any LogReading {
    try reader(of: id, since: nil)
  }

  package func isTaken(_ id: String) throws(LogError) -> Bool { try contains(id) }

  package func firstEvent(of id: String) throws(LogError) -> RecordedEvent? {
    try contains(id) ? try events([1], of: id)[1] : nil
  }

  package var board: TroubleBoard? { nil }

  package var unsharedSince: [String: Timestamp] { [:] }

  package func obstacle(toReading id: String) -> LogError? { nil }

  package func openIDs(at now: Timestamp) throws(LogError) -> [String] {
    var ids: [String] = []
    try survey(.open, at: now) { ids.append($0.id) }
    return ids
  }

  /// The newest events up to a sequence, as many as anybody is likely to look at first, in their order.
  func newestEvents(of id: String, upTo sequence: Int) throws(LogError) -> [RecordedEvent] {
    let newest = max(1, sequence - 1023)...max(1, sequence)
    return try events(Set(newest), of: id).values.sorted { $0.sequence < $1.sequence }
  }

  package func remembered(
    _ id: String, _ extent: Incident.Extent
  ) throws(LogError) -> RememberedLog? { nil }

  package func remember(_ log: FoldedLog, at now: Timestamp) {}
}

/// An earlier fold of a log, and where to read on.
package struct RememberedLog {
  package var incident: Incident
  package var extent: Incident.Extent
  package var reader: any LogReading
  package var lastRecorded: Timestamp?
  /// Up to when nothing falls due by itself; nil where that is not known.
  package var quietUntil: Timestamp?
}

/// What became of a declaration.
package struct NewLog {
  package var id: String
  package var writer: any LogWriting
  package var outcome: Appended

  package init(id: String, writer: any LogWriting, outcome: Appended) {
    (self.id, self.writer, self.outcome) = (id, writer, outcome)
  }
}
