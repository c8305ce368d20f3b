import Dashboard
import Display
import Engine
import EventLog
import Procedures
import Terminal
import Themes

/// A screen on a store: the model, the log it follows, and what it was set up with.
struct ScreenSession {
  let store: StoreAccess
  let options: ScreenOptions
  let actor: String?
  var model: Model
  var shown: FollowedLog?
  var open: OpenIncidents
  var theme: ScreenTheme
  private var hasLooked = false
  /// The unfinished line that was mentioned, once.
  private var toldUnfinished: String?
  /// When the wall is to be darker.
  var dim: TypedHours?
  var rotation: Rotation?
  /// The past incident that is to be looked at; nil: what goes on now.
  var replay: Replay?
  /// The incident that was named, so that no other takes its place.
  private let named: String?
  private var isPinned: Bool { named != nil }

  /// `chosen` is an incident that was found already, as by a verb that takes its id.
  init(
    _ screen: Model.Screen, _ options: ScreenOptions, actor: String?,
    named chosen: IncidentChoice.Choice? = nil
  ) throws(Failure) {
    let own = try StoreAccess(home: options.target.store.home)
    var choice = chosen
    if choice == nil {
      choice = try IncidentChoice(store: own, typed: options.target.incident).named()
    }
    named = choice?.id
    store = choice?.store ?? own
    self.options = options
    self.actor = actor
    open = OpenIncidents(store: store.store)
    let name = options.theme ?? store.user.theme ?? (screen == .wall ? "wall" : "default")
    do throws(ThemeError) { theme = try ScreenTheme(name) } catch {
      throw Failure(.usage, "\(error)")
    }
    let clock = store.clock
    let settings = store.settings
    var context = store.context(clock)
    context.zone = settings.zone.map { ZoneFiles.zone(named: $0) } ?? clock.zone
    var conflicts: [String] = []
    let keymap = Keymap(remapping: store.user.keys, conflicts: &conflicts)
    model = Model(
      screen, size: Size(width: 80, height: 24), at: clock.now, context: context,
      actor: try store.author(actor: actor).actor, glyphs: options.ascii ? .ascii : .utf8,
      keymap: keymap)
    model.clock = Clock(zone: clock.zone)
    model.storeContacts = settings.contacts
    model.storeTurns = settings.rota
    model.ways = store.deliveryWays
    model.login = Deliverer.login
    model.themes = theme.names
    for conflict in conflicts { _ = model.update(.told(conflict, isError: true), at: clock.now) }
    if !store.user.bell { _ = model.update(.muted, at: clock.now) }
  }

  // MARK: - Which incident

  /// What is told how far the first reading of a long log is: its id, and the part that was read.
  typealias Progress = (String, Double) -> Void

  /// Shows the incident that was named, or the most urgent one.
  mutating func begin(_ progress: Progress = { _, _ in }) throws(Failure) {
    if let replay { return try begin(replay, progress) }
    if let named { return try show(named, progress) }
    try look(progress)
  }

  /// Shows an incident; what cannot be read is told on the screen.
  mutating func show(_ id: String, _ progress: Progress = { _, _ in }) throws(Failure) {
    let log = FollowedLog(id: id, path: try store.path(of: id), usesNotices: true)
    shown = log
    do throws(LogError) {
      let (incident, newest) = try log.readAll { progress(id, $0) }
      effects += model.update(.opened(incident, newest), at: WallClock.now)
      effects += model.update(.readOnly(!log.isWritable), at: WallClock.now)
    } catch {
      effects += model.update(.readFailed(error.description), at: WallClock.now)
    }
    judge()
  }

  /// What is still to be done because of messages.
  var effects: [Effect] = []

  /// Looks for what is open, and shows the most urgent where none is shown, or on the wall none that is open.
  mutating func look(_ progress: Progress = { _, _ in }) throws(Failure) {
    let now = WallClock.now
    defer { hasLooked = true }
    if !hasLooked, !isPinned, let only = open.only() {
      try show(only, progress)
      if model.incident?.isOpen != true {
        shown = nil
        effects += model.update(.nothingOpen, at: now)
      }
    }
    let summaries = open.look(besides: model.incident, at: now, in: model.context)
    if let failure = open.failure {
      if shown == nil { effects += model.update(.readFailed(failure), at: now) }
      return
    }
    effects += model.update(.listed(summaries), at: now)
    guard !isPinned else { return }
    if model.screen == .wall {
      let isOpen = model.incident?.isOpen ?? false
      let first = summaries.first
      if let first, !isOpen || (rotation == nil && first.id != model.incident?.id) {
        try show(first.id, progress)
      } else if first == nil, shown != nil, !isOpen {
        shown = nil
        effects += model.update(.nothingOpen, at: now)
      } else if shown == nil {
        effects += model.update(.looked, at: now)
      }
    } else if shown == nil {
      if let first = summaries.first {
        try show(first.id, progress)
      } else {
        effects += model.update(.looked, at: now)
      }
    }
  }

  /// Shows the next incident when its turn has come.
  mutating func rotate(atSecond count: Int) throws(Failure) {
    let open = model.incidents.filter(\.isOpen)
    guard !isPinned, let place = rotation?.place(atSecond: count, of: open.count) else { return }
    if open[place].id != model.incident?.id { try show(open[place].id) }
  }

  // MARK: - Following

  /// Reads what is new in the log that is shown.
  mutating func follow() {
    guard let shown else { return }
    let now = WallClock.now
    do throws(LogError) {
      switch try shown.readOn() {
      case .nothing where shown.isMissing:
        effects += model.update(.readFailed("\(shown.path) is gone"), at: now)
      case .nothing: effects += model.update(.looked, at: now)
      case .events(let events): effects += model.update(.recorded(events), at: now)
      case .anew(let incident, let newest):
        effects += model.update(.opened(incident, newest), at: now)
      }
    } catch {
      effects += model.update(.readFailed(error.description), at: now)
    }
    judge()
  }

  /// Tells what is wrong with the log.
  mutating func judge() {
    guard let shown else { return }
    let damage = shown.damage
    if damage != model.health.damage {
      effects += model.update(.damage(damage), at: WallClock.now)
    }
    if let unfinished = shown.unfinished, unfinished != toldUnfinished {
      effects += model.update(.told(unfinished, isError: false), at: WallClock.now)
    }
    toldUnfinished = shown.unfinished
  }

  // MARK: - One frame

  /// Prints the screen as text, as it is now.
  mutating func dump(_ size: Size) throws(Failure) {
    // No console goes on after a frame to write down what is due; looking at a drill does.
    if model.screen == .console, replay == nil, store.place.isDrills, let named {
      _ = try ReadingSession(store, named)
    }
    try begin()
    _ = model.update(.resized(size), at: WallClock.now)
    try Output.write(Array(model.frame(size: size).text.utf8), to: 1)
  }
}
