import Dashboard
import Display
import Engine
import EventLog
import Glibc
import Procedures
import Runtime
import Synchronization
import Terminal
import Themes
import Wording

/// A screen on a store: what it was set up with, to be run on a terminal or printed once.
struct ScreenSession {
  let store: StoreAccess
  let options: ScreenOptions
  let actor: String?
  var model: Model
  let context: TimeContext
  let theme: ScreenTheme
  /// When the wall is to be darker.
  var dim: TypedHours?
  /// The past incident that is to be looked at; nil: what goes on now.
  var replay: Replay?

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
    store = choice?.store ?? own
    self.options = options
    self.actor = actor
    let name = options.theme ?? store.user.theme ?? (screen == .wall ? "wall" : "default")
    do throws(ThemeError) { theme = try ScreenTheme(name) } catch {
      throw Failure(.usage, "\(error)")
    }
    let clock = store.clock
    let settings = store.settings
    let context = store.context(clock)
    self.context = context
    var conflicts: [String] = []
    let keymap = Keymap(remapping: store.user.keys, conflicts: &conflicts)
    model = Model(
      screen, size: Size(width: 80, height: 24), at: clock.now, context: context,
      actor: try store.author(actor: actor).actor, glyphs: options.ascii ? .ascii : .utf8,
      keymap: keymap)
    model.clock = Clock(zone: clock.zone)
    model.reader = ConsoleReader()
    model.storeContacts = settings.everybody
    model.storePeople = settings.people
    model.storeRota = store.rota(clock)
    model.ways = store.deliveryWays
    model.login = ProgramDeliveries.login
    model.themes = theme.names
    model.pinned = choice?.id
    model.isNewStore = try store.ids().isEmpty
    conflicts += ZoneFiles.problems
    for conflict in conflicts { _ = model.update(.told(conflict, isError: true), at: clock.now) }
    if !store.user.bell { _ = model.update(.muted, at: clock.now) }
  }

  /// A wall writes nothing, not even beside the logs.
  private var readStore: FileStore { model.screen == .wall ? store.store.readOnly : store.store }

  private var isLiveConsole: Bool { model.screen == .console && replay == nil }

  /// What is to be done first: the incident that was named, or the most urgent one, is shown.
  private mutating func begin() throws(Failure) -> [Effect] {
    guard let replay else { return model.begin() }
    let (playback, damage) = try playback(of: replay)
    return model.update(.replaying(playback), at: WallClock.now)
      + model.update(.damage(damage), at: WallClock.now)
  }

  // MARK: - On a terminal

  /// Runs the screen until somebody leaves or the terminal is gone.
  mutating func run(mouse: Bool) throws(Failure) {
    let answers: Mailbox<Answer>
    do throws(SystemTrouble) { answers = try Mailbox() } catch { throw Failure(error) }
    var effects = try begin()
    let surface = try TerminalSurface(
      TerminalOptions(ascii: options.ascii, mouse: mouse), theme,
      NotificationWay(rawValue: store.user.notify) ?? .none)
    // Standard error is the screen's own terminal.
    Output.listener.withLock { $0 = { answers.post(.told($0, isError: true)) } }
    defer { Output.listener.withLock { $0 = nil } }
    model.glyphs = surface.glyphs
    if isLiveConsole, let why = surface.obstacleToNotifications {
      effects += model.update(.told(why, isError: false), at: WallClock.now)
    }
    let view = isLiveConsole ? KeptView(home: store.place.home) : nil
    let drafts = isLiveConsole ? KeptDrafts(home: store.place.home) : nil
    let crew: ScreenCrew
    do throws(SystemTrouble) {
      crew = try ScreenCrew(
        surroundings(view, drafts),
        deliverer: .own(in: store.place.home, source: ScreenRecording.source),
        answers: answers, time: SystemTime())
      try crew.keepFiles().detach()
      if replay == nil { try TeamAccess.follow(store.place) }
      if replay == nil { try crew.read(readStore, in: context, attends: isLiveConsole).detach() }
    } catch { throw Failure(error) }
    let recording = recordingThread(crew)
    let dim = dim
    var loop = ScreenLoop(
      model, on: surface, crew: crew, answers: answers, time: SystemTime(), effects: effects,
      isDim: { Self.isDim($0, dim) })
    loop.run()
    surface.leave()
    Output.listener.withLock { $0 = nil }
    view?.write(loop.model.viewState)
    for case .keepDraft(let draft, let id) in loop.unkeptDrafts() {
      _ = drafts?.keep(draft, of: id)
    }
    // What was asked to be recorded is recorded, also when the terminal has gone.
    crew.stop()
    if let recording { recording.join() }
    waitForDeliveries(of: crew)
    for case .message(.notRecorded(_, let why)) in answers.take() {
      Output.complain(Self.words(why))
    }
  }

  private func surroundings(_ view: KeptView?, _ drafts: KeptDrafts?) -> ScreenSurroundings {
    ScreenSurroundings(
      place: store.place, actor: actor, theme: theme, view: view, drafts: drafts)
  }

  private func waitForDeliveries(of crew: ScreenCrew) {
    guard crew.isDelivering else { return }
    Output.remark("waiting for running deliveries to finish; ^C stops them …")
    ProgramDeliveries.isEnding.store(false, ordering: .relaxed)
    for number in [SIGINT, SIGTERM, SIGHUP] {
      signal(number) { _ in ProgramDeliveries.isEnding.store(true, ordering: .relaxed) }
    }
    crew.waitForDeliveries()
  }

  private mutating func recordingThread(_ crew: ScreenCrew) -> Worker? {
    guard isLiveConsole else { return nil }
    do throws(SystemTrouble) { return try crew.record() } catch {
      _ = model.update(.readOnly(true), at: WallClock.now)
      return nil
    }
  }

  private static func words(_ why: NotRecorded) -> String {
    switch why {
    case .rejected(let rejection): rejection.message(on: Shell.surface, in: .utc, at: WallClock.now)
    case .refused(let text), .failed(let text), .kept(let text), .unknown(let text): text
    }
  }

  /// Whether it is time for darker colours.
  private static func isDim(_ model: Model, _ hours: TypedHours?) -> Bool {
    guard let hours else { return false }
    let local = model.clock.zone.localTime(at: model.now)
    return hours.contains(minute: local.hour * 60 + local.minute)
  }

  // MARK: - One frame

  /// Prints the screen as text, as it is now.
  mutating func dump(_ size: Size) throws(Failure) {
    // No console goes on after a frame to write down what is due; looking at a drill does.
    if isLiveConsole, store.place.isDrills, let named = model.pinned {
      _ = try ReadingSession(store, named)
    }
    let answers: Mailbox<Answer>
    do throws(SystemTrouble) { answers = try Mailbox() } catch { throw Failure(error) }
    let access = store
    var reader = StoreReader(
      readStore, context, answers: answers, time: SystemTime(), unconfirmed: Unconfirmed(),
      condition: { access.condition(of: $0) })
    var effects = try begin()
    while !effects.isEmpty {
      for effect in effects { effect.readingJob.map { reader.perform($0) } }
      effects = []
      for case .message(let message) in answers.take() {
        effects += model.update(message, at: WallClock.now)
      }
    }
    _ = model.update(.resized(size), at: WallClock.now)
    try Output.write(Array(model.frame(size: size).text.utf8), to: 1)
  }
}

extension Effect {
  /// What of it is to be read.
  fileprivate var readingJob: ReadingJob? {
    switch self {
    case .open(let id): .open(id)
    case .showNothing: .showNothing
    case .list: .list
    case .load(let range, let id): .load(range, in: id)
    default: nil
    }
  }
}
