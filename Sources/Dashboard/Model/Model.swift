package import Display
package import Engine
package import Wording

/// Everything a screen shows, and everything its person has half done. Changed by ``update(_:at:)`` alone.
package struct Model: Sendable {
  /// Which of the two screens it is.
  package enum Screen: Hashable, Sendable { case console, wall }

  // Where and when.
  package var screen: Screen
  package var size: Size
  package var glyphs: Glyphs
  /// The moment that is shown, by the incident's own clock.
  package internal(set) var now: Timestamp
  /// What the true clock reads: for what is told here, and for the age of what is shown.
  package internal(set) var present: Timestamp
  package var clock: Clock
  package var context: TimeContext
  package var actor: String
  package var keymap: Keymap
  /// Reads what is typed behind a colon.
  package var reader: any CommandReader = NoCommands()
  /// The store's people and numbers, beside those of the procedure.
  package var storeContacts: [Contact] = []
  package var storeRota: Rota
  /// The store's people, with the ways by which they are reached.
  package var storePeople: [Person] = []
  /// By which ways updates of this person go out.
  package var ways: [DeliveryWay] = []
  /// Whose deliveries are tried from here, as `login@host`; nil: nobody's.
  package var login: String?
  /// Names of themes to choose from.
  package var themes: [String] = []
  /// Whether the wall may blink.
  package var blinks = true
  /// The incident that was named, so that no other takes its place.
  package var pinned: String?
  /// Whether nothing was ever declared in the store: a newcomer is told what this is.
  package var isNewStore = false
  /// How the open incidents take turns on the wall; nil: the most urgent one stays.
  package var rotation: Rotation?

  // What the log tells.
  package internal(set) var incident: Incident?
  /// What is due, and what has come of updates.
  package internal(set) var standing = Standing()
  /// The zone of the procedure's working hours, where it could not be loaded.
  var hoursZoneMissing: String?
  package internal(set) var words = EntryCache()
  package internal(set) var incidents: [OpenIncident] = []
  package internal(set) var health = Health()
  /// Successful reads so far: what the heartbeat shows.
  package internal(set) var reads = 0
  /// The past incident that is looked at; nil: the present one.
  package internal(set) var playback: Playback?
  /// From where the incident was folded last.
  var folded: Vantage?
  /// The incident that is being read to be shown; nil: none is.
  package internal(set) var opening: Opening?
  /// Whether anything of the store was seen yet.
  package internal(set) var hasBegun = false

  // What the person does.
  package internal(set) var focus = Pane.escalation
  package internal(set) var isZoomed = false
  package internal(set) var timeline = TimelineView()
  /// The picked item of the checklist, by id.
  package internal(set) var selectedItem: String?
  /// The picked deadline, by id.
  package internal(set) var selectedDeadline: String?
  package internal(set) var scroll = 0
  /// What narrows the list that lies open.
  var listFilter = ListFilter()
  /// Closed incidents where the switcher lists those; nil: the open ones.
  var closedIncidents: [OpenIncident]?
  /// The newest closed incidents while nothing is open on the wall, and when they were asked for.
  var recentlyClosed: [OpenIncident] = []
  var askedForClosed: Timestamp?
  /// What is known of the incident that is picked in the switcher.
  var preview: IncidentPreview?
  package internal(set) var prompt: Prompt?
  package internal(set) var overlay: Overlay?
  /// When a prompt took words last.
  var promptEnded: Timestamp?
  var held: Held?
  /// When a letter last did nothing in what lies open.
  var strayed: Timestamp?
  /// Whether what follows the end of a prompt has turned out to be words.
  var isWord = false
  /// The report that lies open; nil until it has been made.
  var reportLines: [String]?
  /// The document as it lies open; nil where it was never opened.
  var document: DocumentView?
  /// The document from which passages are quoted; nil before one was asked for.
  var passages: DocumentPage?
  package internal(set) var toasts: [Toast] = []
  /// The toast that was put away with a key.
  package internal(set) var dismissedToasts = 0
  package internal(set) var history: [String] = []
  package internal(set) var isMuted = false

  // On its way to the log.
  var pending: [Int: Pending] = [:]
  /// Words that did not get into the log of an incident that is not shown any more, by its id.
  var returned: [String: Prompt] = [:]
  /// Updates that are being written and were not sent, by the id of their incident.
  package internal(set) var drafts: [String: Draft] = [:]
  /// Those of them that are kept outside, as they are kept.
  var keptDrafts: [String: Draft] = [:]
  /// What happened last in the open incidents; nil before it was read.
  var activity: [ActivityEntry]?
  /// The newest entries of the incidents when that was asked for.
  var activityAsked: [String: Int] = [:]
  /// An entry to go to as soon as its incident is shown.
  var goingTo: (incident: String, entry: Int)?
  /// The theme that is shown to be chosen from.
  var previewedTheme: String?
  /// The newest entry that this person has seen, by the id of its incident.
  var lastSeen: [String: Int] = [:]
  /// An incident that was declared from here and waits for the end of what is being typed.
  var declared: String?
  var lastTicket = 0
  /// What was recorded last from here.
  var lastDone: Done?
  /// Deliveries that are being tried now.
  var trying: Set<Delivering> = []
  /// Deadlines that were loud already, by id and due time.
  var loud: Set<String> = []
  /// What was over or not acknowledged in other incidents already; nil before they were listed.
  var loudElsewhere: Set<String>?
  var title = ""
  var requestedLoads: ClosedRange<Int>?
  /// Older entries that were asked for and not found.
  var vainLoads: ClosedRange<Int>?

  package init(
    _ screen: Screen, size: Size, at now: Timestamp, context: TimeContext, actor: String,
    glyphs: Glyphs = .utf8, keymap: Keymap = .standard
  ) {
    self.screen = screen
    self.size = size
    self.glyphs = glyphs
    self.now = now
    present = now
    self.context = context
    self.clock = Clock(zone: context.zone)
    storeRota = Rota(zone: context.zone)
    self.actor = actor
    self.keymap = keymap
    if screen == .wall { health.isReadOnly = true }
  }

  /// An incident on its way to the screen.
  package struct Opening: Hashable, Sendable {
    package var id: String
    /// What part of a long log was read.
    package var part: Double?
  }

  /// Words on their way, to be given back should they not get there.
  struct Pending: Sendable {
    var incident: String
    var prompt: Prompt?
    var since: Timestamp
    var done: String
    /// Whether it is the update that was being written.
    var isDraft = false
    /// Whether it was asked about beforehand.
    var isConfirmed = false
  }

  /// An entry of an incident.
  struct Done: Sendable {
    var incident: String
    var entry: Int
    /// When that was known here.
    var at: Timestamp
    /// The words that it was typed with.
    var prompt: Prompt?
  }

  /// Nothing can be written, and why.
  var isReadOnly: Bool {
    playback != nil || health.isReadOnly || (incident?.logFormat ?? 1) > Incident.format
  }

  /// In the order of pane 2: what to do next stands first.
  package var deadlines: [Deadline] { standing.deadlines }
  /// Every update that was sent by a way, with what has come of it.
  package var dispatches: [Dispatch] { standing.dispatches }
  package var promises: PromiseCount { standing.promises }

  /// Whether something is being recorded that the disk has not confirmed yet.
  package var isRecording: Bool { !pending.isEmpty }

  /// What to do next, where anything runs.
  package var next: Deadline? { deadlines.first { $0.state.isRunning } }

  func text(of deadline: Deadline) -> DeadlineText {
    var text = DeadlineText(deadline, directory: directory, now: now, clock: clock)
    let telling = telling(of: deadline)
    if let long = telling.first, let short = telling.last {
      text.reason = "\(long)  \(text.reason)"
      text.shortReason = short
    }
    return text
  }

  /// What an agent does to tell somebody of a call, shorter and shorter; nothing where none is there, or it is no call.
  func telling(of deadline: Deadline) -> [String] {
    guard let incident, deadline.urgency.group == .call, !health.agent.channels.isEmpty,
      playback == nil
    else { return [] }
    let roster = Roster(
      people: storePeople, contacts: storeContacts, rota: storeRota,
      channels: Set(health.agent.channels))
    let situation = NotificationSituation(roster: roster, context: context)
    return incident.tracks(at: now, among: deadlines, in: situation).first {
      $0.duty.deadline?.id == deadline.id
    }?.forms(at: now) ?? []
  }

  /// Who can be called, for this incident.
  var directory: Directory {
    Directory(
      incident?.procedure ?? Procedure(name: "", source: .init(path: "", sha256: "")),
      storeContacts: storeContacts, rota: storeRota)
  }

  var isAcknowledged: Bool { incident?.acknowledgement != nil }
}
