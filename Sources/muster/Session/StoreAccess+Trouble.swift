import Documents
import Engine
import EventLog
import Glibc
import Procedures
import Runtime
import TeamStore
import Wording

/// What is wrong with a store, whichever process met it, for one surface to show.
struct Trouble: Hashable, Sendable {
  var store = StoreTrouble()
  /// Why this process cannot read the store's settings.
  var settings: String?
  /// Whether an agent is there and well.
  var agent = AgentWatch.none
  /// How it stands with the other machines; nil where nothing is shared.
  var sharing: SharingCondition?
  /// Incidents that have no log, as no disk took their declaration.
  var declarations: [KeptDeclaration] = []

  var isEmpty: Bool {
    store.isEmpty && settings == nil && sharing?.marks({ _ in "" }).isEmpty ?? true
      && agent.mark { _ in "" } == nil
  }

  /// Who could not read the settings, the reason where it is us.
  var settingsUnread: String? {
    if let settings { return settings }
    guard let user = store.withoutSettings.first else { return nil }
    return "store.yaml could not be read by \(Self.login(user))"
  }

  /// In a few words each, for one line; of one incident or of all.
  func marks(of incident: String? = nil, _ time: (Timestamp) -> String) -> [String] {
    var marks: [String] = []
    let unsynced = store.unsynced.filter { incident == nil || $0.key == incident }
    if let since = unsynced.values.min() { marks.append("UNSYNCED SINCE \(time(since))") }
    if incident == nil { marks += declarations.map(\.mark) }
    let kept = incident.map { store.keptCount(of: $0) } ?? keptCount
    if kept > 0 { marks.append("\(kept) NOT RECORDED") }
    if settingsUnread != nil { marks.append("STORE.YAML NOT READ") }
    if let mark = agent.mark(time) { marks.append(mark) }
    marks += sharing?.marks(time) ?? []
    return marks
  }

  /// Number of entries that incidents with a log still lack.
  var keptCount: Int {
    store.kept.count { kept in !declarations.contains { $0.id == kept.incident } }
  }

  /// Sentences about the store as a whole.
  func sentences(_ time: (Timestamp) -> String) -> [String] {
    var lines: [String] = []
    for (id, since) in store.unsynced.sorted(by: { $0.key < $1.key }) {
      lines.append(
        "UNSYNCED SINCE \(time(since)): the disk did not confirm what was written to \(id)")
    }
    for id in Set(store.kept.map(\.incident)).sorted() {
      let kept = store.kept.filter { $0.incident == id }
      let logins = Set(kept.map { Self.login($0.user) }).sorted().joined(separator: ", ")
      lines.append(
        "\(kept.count) NOT RECORDED in \(id) since \(time(kept[0].since)), kept by \(logins); "
          + "their next command or console retries them")
    }
    if let settingsUnread { lines.append("STORE.YAML NOT READ: \(settingsUnread)") }
    if let sentence = agent.sentence(time) { lines.append(sentence) }
    return lines + (sharing?.sentences(time) ?? [])
  }

  private static func login(_ user: UInt32) -> String {
    getpwuid(uid_t(user)).map { String(cString: $0.pointee.pw_name) } ?? "user \(user)"
  }
}

extension StoreAccess {
  /// What is wrong now; cheap enough for every second.
  var trouble: Trouble {
    let trouble = recorder.trouble
    return Trouble(
      store: trouble, settings: Settings.readStore(in: place.home).failure,
      agent: agentWatch, sharing: team?.condition, declarations: declarations(among: trouble.kept))
  }

  /// Whether an agent is there and well; nobody has to watch over exercises.
  var agentWatch: AgentWatch {
    guard !place.isDrills, settings.delivers else { return .none }
    return FileStore(home: place.home).agentPresence.watch(at: WallClock.now)
  }

  /// What is wrong now, for a screen that shows an incident.
  func condition(of incident: String?) -> StoreCondition {
    let trouble = trouble
    return StoreCondition(
      unsynced: incident.flatMap { trouble.store.unsynced[$0] }
        ?? (incident == nil ? trouble.store.unsynced.values.min() : nil),
      kept: trouble.keptCount, settings: trouble.settingsUnread, agent: trouble.agent,
      sharing: trouble.declarations.map(\.mark) + (absence.map { _ in [absenceMark] } ?? [])
        + (trouble.sharing?.marks { InstantText.minute($0, in: clock.zone) } ?? []))
  }

  /// Tells on standard error what is wrong between this machine and the others.
  func complainOfSharing() {
    let clock = clock
    for line in team?.condition.sentences({
      InstantText.second($0, in: clock.zone, near: clock.now)
    }) ?? [] {
      Output.complain(line)
    }
  }

  /// That somebody named a store which is not there, as by a slip of the pen: what is open is open elsewhere then. Nil where it
  /// is there or nobody named it.
  var absence: String? {
    guard let namedBy = place.namedBy, access(place.home, F_OK) != 0, errno == ENOENT else {
      return nil
    }
    return "there is no store at \(place.home) yet, which \(namedBy) names"
  }

  var absenceMark: String { "NO STORE AT \(place.home)" }

  /// Tells on standard error what is wrong with the store as a whole.
  func complainOfTrouble() {
    for line in trouble.sentences({ InstantText.second($0, in: clock.zone, near: clock.now) }) {
      Output.complain(line)
    }
  }
}
