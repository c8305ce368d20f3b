/// One incident, as its log tells it: the fold of its events, from which everything else is computed.
///
/// It holds histories rather than present values, so that a late entry fills in the past and moves the present only if
/// nothing later was said, and so that a retraction takes back exactly what it names. It never reads a clock.
package struct Incident: Sendable {
  /// The newest log format that this version can write.
  package static let format = 1

  package internal(set) var id = ""
  package internal(set) var title = ""
  package internal(set) var logFormat = Incident.format
  /// A training incident: marked on every surface, and nothing leaves the house.
  package internal(set) var isDrill = false
  /// How its clock runs: true time, except in a drill that was declared at another speed.
  package internal(set) var pace = Pace.real
  /// What a drill was made from, and what it tells.
  package internal(set) var drill: Drill?
  /// The numbers in the script of what it has told, from 1 on.
  var injected: Set<Int> = []
  /// Why the team's own document could not be read at declaration.
  package internal(set) var procedureNotRead: String?
  package internal(set) var declaration: Opening?

  package internal(set) var procedures = History<RecordedProcedure>()
  package internal(set) var severities = History<String?>()
  package internal(set) var statuses = History<StatusChange>()
  package internal(set) var acknowledgements = History<Void>()
  package internal(set) var triages = History<Void>()
  package internal(set) var reopenings = History<String?>()
  package internal(set) var closings = History<Closing>()
  package internal(set) var milestones = History<MilestoneValue>()
  package internal(set) var impacts = History<Impact>()
  package internal(set) var phaseEntries = History<String>()
  /// By role name as first written; compared without case.
  package internal(set) var roles: [String: History<String?>] = [:]
  package internal(set) var handovers = History<Handover>()
  package internal(set) var items: [String: History<ItemChange>] = [:]
  package internal(set) var fields: [String: History<String>] = [:]
  package internal(set) var addedItems = History<ChecklistItem>()
  package internal(set) var decisions = History<Decision>()
  package internal(set) var tasks = History<Task>()
  package internal(set) var finishedTasks: [Int: Stamp] = [:]
  package internal(set) var timers = History<Countdown>()
  package internal(set) var cancelledTimers: [Int: Stamp] = [:]
  package internal(set) var updates = History<Update>()
  /// How many were sent to each audience, retracted ones among them: their numbers are used up.
  var updateCounts: [String: Int] = [:]
  package internal(set) var firings = History<Firing>()
  package internal(set) var reached = History<Reached>()
  package internal(set) var snoozes = History<Snooze>()
  package internal(set) var exhaustions = History<Int>()
  package internal(set) var deliveryStarts = History<DeliveryStart>()
  package internal(set) var deliveries = History<Delivery>()
  package internal(set) var actions = History<ActionItem>()
  package internal(set) var finishedActions: [Int: Stamp] = [:]
  package internal(set) var postmortems = History<Publication>()
  package internal(set) var postmortemWaivers = History<Waiver>()
  package internal(set) var clockSteps = History<Duration>()
  /// Corrected words, by the sequence of the entry that they correct.
  package internal(set) var corrections: [Int: History<String>] = [:]
  package internal(set) var retractions: [Int: Retraction] = [:]
  package internal(set) var alerts: [String: AlertCount] = [:]

  package internal(set) var timeline = Timeline()
  /// Events of kinds that this version does not know.
  package internal(set) var unknownCount = 0
  /// Sequence of the newest event that was applied.
  package internal(set) var sequence = 0
  /// Changes with every event that may change what is due.
  package internal(set) var dutyMark = DutyMark()
  /// The latest instant at which something was written that happened then.
  var lastSaid: Timestamp?
  /// Entries of clocks that were behind, with when they count as said.
  var pulled: [Int: Timestamp] = [:]
  /// Where the newest entry about its own time stands in the order of what holds.
  var lastStanding: Timestamp?
  /// Entries of clocks that were far behind, with where they stand in the order of what holds.
  var raised: [Int: Timestamp] = [:]
  /// The newest entries that added something, in the order of the log.
  var additions: [Written] = []
  /// When the newest entry by a person happened.
  package internal(set) var lastEntry: Timestamp?
  var seen = EventIDIndex()

  package init() {}

  /// Folds a history.
  package init(replaying events: some Sequence<RecordedEvent>) {
    for event in events { apply(event) }
  }

  package struct Opening: Hashable, Sendable {
    package var stamp: Stamp
    package var recorded: Timestamp
    package var actor: String
    /// When it became known, where that was not at declaration.
    package var detected: Timestamp?
    /// When the impact began, where known.
    package var started: Timestamp?
  }

  /// The procedure that rules: the snapshot of the declaration, or the one last reloaded.
  package var procedure: Procedure {
    procedures.last?.value.procedure ?? Self.noProcedure
  }

  static let noProcedure = Procedure(name: "", source: .init(path: "", sha256: ""))
}
