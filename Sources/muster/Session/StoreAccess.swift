import Engine
import EventLog
import Glibc
import Procedures

/// Appends to logs and keeps what they do not take; the screens' recorder is built on it.
typealias LogRecorder = EventLog.Recorder

/// Which store, so that another thread can open it too.
struct StorePlace: Hashable, Sendable {
  /// Where incidents and settings lie.
  var home: String
  /// Whether its drills are meant, which have a store of their own in it.
  var isDrills = false
}

/// The store that a verb works on, with what the person and the team have set.
struct StoreAccess {
  let store: Store
  let user: UserConfiguration
  /// Appends, and keeps what a log does not take.
  let recorder: LogRecorder
  let place: StorePlace

  init(home flag: String?) throws(Failure) {
    guard let home = Store.home(flag: flag, environment: environment) else {
      throw Failure(.usage, "no place for the store: set $HOME or $MUSTER_HOME, or say --home DIR")
    }
    self.init(StorePlace(home: Store(home: home).home))
  }

  init(_ place: StorePlace) { self.init(place, user: Settings.user()) }

  private init(_ place: StorePlace, user: UserConfiguration) {
    let own = Store(home: place.home)
    store = place.isDrills ? own.drills : own
    self.place = place
    self.user = user
    recorder = LogRecorder(store: store, spool: Spool(for: store, environment: environment))
  }

  /// The drills of this store, under the same settings.
  var drills: StoreAccess {
    StoreAccess(StorePlace(home: place.home, isDrills: true), user: user)
  }

  var home: String { store.home }

  /// Now, in the zone that the person sees.
  var clock: LocalClock { LocalClock(zoneName: user.zone) }

  /// Who writes: as typed, as configured, else as the system says. By what way is not theirs to say.
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
    access(try path(of: id), F_OK) == 0
  }

  /// The ids of all incidents, oldest day first.
  func ids() throws(Failure) -> [String] {
    do throws(LogError) { return try store.ids() } catch { throw Failure(error) }
  }

  /// The open incidents with their logs folded, oldest day first.
  func open() throws(Failure) -> [(id: String, log: FoldedLog)] {
    let now = WallClock.now
    var logs: [String: FoldedLog] = [:]
    let ids: [String]
    do throws(LogError) {
      ids = try store.openIDs { id throws(LogError) in
        var log = FoldedLog(path: try store.path(of: id))
        do throws(Failure) { try log.refresh(at: now) } catch {
          // One that cannot be read counts as open: it must not go out of sight.
          return true
        }
        logs[id] = log
        return log.incident.declaration == nil || log.incident.isOpen
      }
    } catch {
      throw Failure(error)
    }
    return try ids.map { id throws(Failure) in
      if let log = logs[id] { return (id, log) }
      return (id, FoldedLog(path: try path(of: id)))
    }
  }

  func openIDs() throws(Failure) -> [String] { try open().map(\.id) }

  /// Sets the hint of what is open right after an event that may have changed it.
  func hint(_ incident: Incident, after kind: EventKind) {
    guard kind == .incidentClosed || kind == .incidentReopened || kind == .entryRetracted else {
      return
    }
    do throws(LogError) { try store.setOpen(incident.id, incident.isOpen) } catch {
      // The log has it; a wrong hint is set right by the next look at the log.
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
    let settings = settings
    return TimeContext(
      zone: settings.zone.map { ZoneFiles.zone(named: $0) } ?? clock.zone,
      calendar: settings.calendar ?? .assumed)
  }

  /// Whom to call in an incident: its procedure's people and the team's.
  func directory(_ procedure: Procedure) -> Directory {
    let settings = settings
    return Directory(procedure, storeContacts: settings.contacts, storeTurns: settings.rota)
  }
}
