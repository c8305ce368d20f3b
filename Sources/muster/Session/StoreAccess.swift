import Engine
import EventLog
import Glibc
import Procedures
import TeamStore

/// Which store, so that another thread can open it too.
struct StorePlace: Hashable, Sendable {
  /// Where incidents and settings lie.
  var home: String
  /// Whether its drills are meant, which have a store of their own in it.
  var isDrills = false
  /// By what the home was named, where it is not where stores lie by themselves.
  var namedBy: String?
}

/// The store that a verb works on, with what the person and the team have set.
struct StoreAccess {
  let store: FileStore
  let user: UserConfiguration
  /// Appends, and keeps what a log does not take.
  let recorder: Recorder
  let place: StorePlace
  /// What keeps it with the stores of other machines; nil where it is of this one alone.
  let team: Team?

  init(home flag: String?) throws(Failure) {
    try PlatformText.requireUsableHome(flag: flag)
    guard let home = FileStore.home(flag: flag, environment: environment) else {
      throw Failure(.usage, "no folder for the store: set $HOME or $MUSTER_HOME, or use --home DIR")
    }
    var place = StorePlace(home: FileStore(home: home).home)
    if flag?.isEmpty == false {
      place.namedBy = "--home"
    } else if environment("MUSTER_HOME") != nil {
      place.namedBy = "$MUSTER_HOME"
    }
    self.init(place)
    if let team { TeamAccess.freshen(team, in: clock.zone) }
  }

  init(_ place: StorePlace) { self.init(place, user: Settings.user()) }

  private init(_ place: StorePlace, user: UserConfiguration) {
    let own = FileStore(home: place.home)
    team = place.isDrills ? nil : TeamAccess.team(of: own)
    store = place.isDrills ? own.drills : team.map { own.shared(by: $0) } ?? own
    self.place = place
    self.user = user
    recorder = Recorder(store: store, spool: Spool(for: store, environment: environment))
  }

  /// The drills of this store, under the same settings.
  var drills: StoreAccess {
    StoreAccess(StorePlace(home: place.home, isDrills: true), user: user)
  }

  var home: String { store.home }

  /// Now, in the zone that the person sees.
  var clock: LocalClock { LocalClock(zoneName: user.zone) }

  /// The author: actor as typed, as configured, else from the system. The source cannot be chosen.
  func author(actor: String?) throws(Failure) -> Author {
    let name = actor ?? user.actor ?? Login.actor
    guard name.contains(where: { !$0.isWhitespace }), name.utf8.count <= 200 else {
      throw Failure(.usage, "--as needs a name, of at most 200 bytes")
    }
    return Author(actor: name, source: Login.source)
  }

  // MARK: - Incidents

  func path(of id: String) throws(Failure) -> String {
    do throws(LogError) { return try store.path(of: id) } catch { throw Failure(error) }
  }

  /// Whether there is an incident of that id. Words that are no id are refused: they could lead out of the store.
  func contains(_ id: String) throws(Failure) -> Bool {
    do throws(LogError) { return try store.contains(id) } catch { throw Failure(error) }
  }

  /// The ids of all incidents, oldest day first.
  func ids() throws(Failure) -> [String] {
    do throws(LogError) { return try store.ids() } catch { throw Failure(error) }
  }

  /// Hands over the open incidents or all, oldest day first.
  func survey(
    _ scope: SurveyScope, _ body: (SurveyedIncident) -> Void
  ) throws(Failure) {
    do throws(LogError) { try store.survey(scope, at: WallClock.now, body) } catch {
      throw Failure(error)
    }
  }

  /// The oldest incident that is open.
  func firstOpen() throws(Failure) -> Incident? {
    var first: Incident?
    try survey(.open) { found in
      if first == nil, found.incident?.declaration != nil { first = found.incident }
    }
    return first
  }

  /// The ids of the open incidents, oldest day first.
  func openIDs() throws(Failure) -> [String] {
    do throws(LogError) { return try store.openIDs(at: WallClock.now) } catch {
      throw Failure(error)
    }
  }

  /// Sets the hint of what is open right after an event that may have changed it, and gives back what a closed incident
  /// had in reserve.
  func hint(_ incident: Incident, after kind: EventKind) {
    if !incident.isOpen { giveBackReserve(of: incident.id) }
    guard kind == .incidentClosed || kind == .incidentReopened || kind == .entryRetracted else {
      return
    }
    do throws(LogError) { try store.setOpen(incident.id, incident.isOpen) } catch {
      // The log has it; a wrong hint is set right by the next look at the log.
      return
    }
  }

  private func giveBackReserve(of id: String) {
    do throws(LogError) { try recorder.giveBackReserve(of: id) } catch {
      // Nothing is missing from the log; it only takes more room than it needs.
      return
    }
  }

  /// Now, as the clock of an incident counts it: what its declaration says, where nothing else of it is read.
  func now(in id: String) -> Timestamp {
    let now = WallClock.now
    do throws(LogError) {
      let declaration = try LogReader.firstEvent(path: try store.path(of: id))
      return declaration.map { Incident(replaying: [$0]).pace.time(at: now) } ?? now
    } catch { return now }
  }

  // MARK: - What the team has set

  /// Those of the store itself also for its drills.
  var settings: StoreConfiguration { Settings.store(in: place.home) }

  /// What deadlines are computed with: the team's zone and hours.
  func context(_ clock: LocalClock) -> TimeContext {
    settings.context(clock)
  }

  /// Whom to call in an incident: its procedure's people and the team's.
  func directory(_ procedure: Procedure) -> Directory {
    let settings = settings
    return Directory(procedure, storeContacts: settings.everybody, rota: rota(clock))
  }

  /// The team's rota, with its hand-off hour, by the team's zone.
  func rota(_ clock: LocalClock) -> Rota {
    let settings = settings
    return Rota(
      turns: settings.rota, handover: settings.handover, zone: context(clock).zone)
  }
}
