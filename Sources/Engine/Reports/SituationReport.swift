/// Where an incident stands at an instant: what `show` prints, and what its JSON holds.
package struct SituationReport: Sendable {
  /// The instant that every state and countdown is about.
  package var now: Timestamp
  package var id: String
  package var title: String
  package var isDrill = false
  package var isOpen = true
  package var outcome: Incident.Outcome?
  /// The id of the severity; nil while it is unknown.
  package var severity: String?
  package var severityName: String?
  package var status: Status
  package var episode = 1
  package var phase: Phase?
  package var impact = Incident.Impact()
  package var times: [(milestone: Incident.Milestone, at: Timestamp?)] = []
  /// The time that the present episode has taken.
  package var clock: EpisodeClock?
  package var clockStart: Timestamp? { clock?.start }
  /// How far the clock of a writer was ahead of this one; nil where no more than clocks differ.
  package var clockAhead: Duration?
  /// How long people felt it.
  package var duration: EpisodeClock?
  package var roles: [Holder] = []
  package var unclaimedRoles: [String] = []
  package var handoverOfferedTo: String?
  package var checklist: [Incident.ItemState] = []
  package var deadlines: [Deadline] = []
  package var nextUpdateDue: Timestamp?
  /// Where updates were sent by a command, a file or the clipboard, and how far they have come.
  package var dispatches: [Dispatch] = []
  package var promises = PromiseCount()
  package var next: NextStep?
  package var procedure: ProcedureUse
  package var alerts: [Incident.AlertCount] = []
  package var counts = Counts()
  package var lastEntry: Timestamp?
  package var head: Head?
  package var damage: [Damage] = []
  /// Since when what is written is not confirmed to be on the disk.
  package var unsyncedSince: Timestamp?
  /// Events that the log could not take, kept elsewhere to be offered again.
  package var keptElsewhere = 0
  /// Why the store's settings could not be read, by this process or another.
  package var settingsUnread: String?
  /// Whether an agent of the store is there and well.
  package var agent = AgentWatch.none
  /// How it stands with telling people, where an agent does.
  package var tracks: [NotificationTrack] = []
  /// How it stands beside other incidents.
  package var urgency: IncidentUrgency
  /// Who is on call; nil where there is no rota, or nobody asked.
  package var onCall: OnCall?

  package struct Phase: Hashable, Sendable {
    package var id: String
    package var title: String
  }

  package struct Holder: Hashable, Sendable {
    package var role: String
    package var name: String
    package var since: Timestamp
  }

  package struct ProcedureUse: Hashable, Sendable {
    package var name: String
    package var path: String
    package var sha256: String
    /// Why the team's own document was not read.
    package var notRead: String?
  }

  package struct Counts: Hashable, Sendable {
    package var entries = 0
    package var late = 0
    package var unknown = 0
    package var clockSteps = 0
  }

  /// The newest line of the log, which every update and report carries.
  package struct Head: Hashable, Sendable {
    package var sequence: Int
    package var hash: String

    package init(sequence: Int, hash: String) {
      self.sequence = sequence
      self.hash = hash
    }
  }

  /// Something in the log that is not as it was written.
  package struct Damage: Hashable, Sendable {
    package var file: String
    /// 1-based; 0 where the file as a whole is meant.
    package var line: Int
    /// Byte offset of the line's beginning.
    package var offset: Int
    package var what: String
    package var isAccepted: Bool

    package init(file: String, line: Int, offset: Int, what: String, isAccepted: Bool = false) {
      self.file = file
      self.line = line
      self.offset = offset
      self.what = what
      self.isAccepted = isAccepted
    }
  }
}
