import Engine
import EventLog
import Glibc
import TeamStore
import TestSupport

/// A machine of its own: a home that shares its incidents by a cluster.
final class Machine {
  let home: String
  let files: FileStore
  private(set) var settings: TeamSettings
  private(set) var team: Team
  /// What was answered as recorded, and what as kept.
  private(set) var events: [EventID] = []

  static let start = Timestamp(milliseconds: 1_763_686_800_000)
  static let mira = Author(actor: "mira", source: "cli/mira@ops1")

  var now = Machine.start

  init(_ name: String, of cluster: EtcdCluster, joins: Bool = true) throws {
    home = cluster.folder + "/" + name
    files = FileStore(home: home)
    settings = TeamSettings(endpoints: cluster.endpoints)
    team = Team(settings, of: files)
    if joins { try join() }
  }

  func join() throws {
    let joining = try team.lookAtJoining()
    try team.join(joining, new: Self.random(), at: now)
    team = Team(settings, of: files)
    try team.bring(joining.brought) { _, _ in }
    try team.freshen(until: .now + .seconds(5), now: { self.now })
  }

  /// As after a start of the program, with other settings where they are given.
  func restart(_ change: (inout TeamSettings) -> Void = { _ in }) {
    change(&settings)
    team = Team(settings, of: files)
  }

  static func random() -> EventID {
    var random = SystemRandomNumberGenerator()
    return EventID(version7At: start, random: (random.next(), random.next()))
  }

  var store: FileStore { files.shared(by: team) }

  func declare(_ title: String) throws -> String {
    let new = try store.create(
      title: title, id: nil, began: nil, author: Self.mira, now: { self.now }
    ) { id in
      EventDraft(
        .incidentDeclared,
        EventData(["format": 1, "id": .string(id), "title": .string(title)]))
    }
    if let event = new.outcome.event { events.append(event.id) }
    return new.id
  }

  /// The same on a thread of its own.
  @concurrent
  static func declare(
    _ title: String, _ settings: TeamSettings, _ files: FileStore, at now: Timestamp
  ) async throws -> String {
    try files.shared(by: Team(settings, of: files)).create(
      title: title, id: nil, began: nil, author: mira, now: { now }
    ) { id in
      EventDraft(
        .incidentDeclared,
        EventData(["format": 1, "id": .string(id), "title": .string(title)]))
    }.id
  }

  func note(_ text: String, in id: String, expecting: Int? = nil) throws -> Appended {
    let appended = try store.writer(of: id).append(
      Self.note(text), author: Self.mira, expecting: expecting, now: { self.now })
    take(appended)
    return appended
  }

  func take(_ appended: Appended) {
    if let event = appended.event { events.append(event.id) }
    if case .kept(let draft, _, _) = appended, case .known(let id) = draft.identity {
      events.append(id)
    }
  }

  static func note(_ text: String) -> EventDraft {
    EventDraft(.noteAdded, EventData(["text": .string(text)]))
  }

  func freshen() throws { try team.freshen(until: .now + .seconds(5), now: { self.now }) }

  @discardableResult
  func offer() -> [Offered] { team.offer(now: { _ in self.now }) }

  /// The texts of an incident as a reader has them, those that are not shared in brackets.
  func texts(of id: String) throws -> [String] {
    let log = try FoldedLog(of: id, in: store, keeping: .all)
    try log.readOn(at: now)
    return log.events.map { event in
      let text = event.data.string("text") ?? event.kindName
      return event.isShared ? text : "[\(text)]"
    }
  }

  func bytes(of id: String) -> [UInt8] { Self.bytes("\(home)/incidents/\(id).jsonl") }

  static func bytes(_ path: String) -> [UInt8] {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return [] }
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: 8 << 20)
    let count = read(file, &bytes, bytes.count)
    return Array(bytes.prefix(max(0, count)))
  }

  static func write(_ bytes: [UInt8], to path: String) {
    let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o640)
    precondition(file >= 0 && Glibc.write(file, bytes, bytes.count) == bytes.count)
    close(file)
  }
}

/// What is wrong after all machines have taken over what there is.
func problems(_ cluster: EtcdCluster, _ machines: Machine...) throws -> [String] {
  // What a copy alone had after a restored backup is found by the first look and offered by the second.
  for _ in 1...2 {
    for machine in machines {
      machine.offer()
      try machine.freshen()
    }
  }
  for machine in machines { try machine.freshen() }
  return TeamChecker(endpoints: cluster.endpoints).check(
    homes: machines.map(\.home), events: machines.flatMap(\.events)
  ).problems
}

extension EtcdCluster {
  /// Two machines that share an incident of a declaration and four notes.
  func sharingFiveEntries() throws -> (a: Machine, b: Machine, id: String) {
    let (a, b) = (try Machine("a", of: self), try Machine("b", of: self))
    let id = try a.declare("Checkout errors")
    for number in 1...4 { _ = try a.note("note \(number)", in: id) }
    try b.freshen()
    return (a, b, id)
  }

  /// The key of an entry of an incident.
  func key(_ number: Int, of id: String) -> String {
    let digits = String(number, radix: 16)
    return "/muster/v1/incidents/\(id)/" + String(repeating: "0", count: 16 - digits.count) + digits
  }
}
