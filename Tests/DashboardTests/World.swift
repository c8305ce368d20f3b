import Dashboard
import Display
import Engine
import EventLog
import Glibc
import Procedures
import Testing
import Wording
import muster

/// A pinned world: a scripted incident under the procedure `standard`, seen at a given instant.
struct World {
  var log = MemoryLog()
  var incident = Incident()
  var now: Timestamp
  let start: Timestamp

  init(
    severity: String? = "SEV-1", title: String = "Checkout returns 502 for all carts",
    id: String = "2026-11-21-checkout-502", procedure: String = "standard"
  ) throws {
    start = try #require(Timestamp(rfc3339: "2026-11-21T01:35:26.000Z"))
    now = start
    let entry = try #require(BuiltInProcedures.named(procedure))
    let draft = try Incident.declare(
      Declaration(
        id: id, title: title, severity: severity,
        procedure: try entry.read()),
      at: start)
    append(draft, by: "mira")
  }

  mutating func append(_ draft: EventDraft, by actor: String, source: String = "console") {
    let event = log.append(draft, author: Author(actor: actor, source: source), at: now)
    incident.apply(event)
  }

  /// Records a command so many seconds after the start.
  mutating func at(
    _ seconds: Int, _ actor: String, _ command: Command, happened: Int? = nil
  ) throws {
    now = start + .seconds(seconds)
    for draft in incident.unrecordedFirings(at: now) { append(draft, by: "muster") }
    let occurred = happened.map { start + .seconds($0) }
    append(try incident.decide(command, occurred: occurred, at: now), by: actor)
  }

  /// An incident of three quarters of an hour with everything in it.
  static func busy() throws -> World {
    var world = try World()
    try world.at(5, "alertmanager", .alert(.init(title: "HighErrorRate checkout 14 %")))
    try world.at(330, "mira", .acknowledge)
    try world.at(345, "mira", .assign(role: "Incident Commander", name: "mira"))
    try world.at(350, "mira", .check("ack"))
    try world.at(355, "mira", .check("commander"))
    try world.at(400, "kai", .note("Errors began right after deploy 41f3"))
    try world.at(420, "alertmanager", .alert(.init(title: "HighErrorRate checkout 14 %")))
    try world.at(
      500, "dev",
      .updateImpact(
        .init(summary: "all checkouts since 01:35, ~500 customers", services: "checkout, payments"))
    )
    try world.at(520, "dev", .assign(role: "Communications Lead", name: "dev"))
    try world.at(
      560, "dev",
      .sendUpdate(.init(text: "We are looking into failing checkouts.", audience: "customers")))
    try world.at(600, "kai", .hypothesis("connection pool of the new version is too small"))
    try world.at(980, "kai", .note("Pager did not ring for bo"), happened: 200)
    try world.at(1000, "kai", .reached(step: "Engineering Lead", name: "kai"))
    try world.at(1300, "bo", .startTimer("bo: replica lag", .minutes(25)))
    try world.at(
      1500, "mira",
      .decide(question: "Roll back to 41f2?", choice: "yes", objections: ["bo: migrations"]))
    try world.at(2400, "mira", .note("Rolled back api to 41f2"))
    try world.at(2410, "alertmanager", .alert(.init(title: "HighErrorRate checkout 14 %")))
    world.now = world.start + .seconds(2537)
    return world
  }

  func model(_ screen: Model.Screen = .console, size: Size = Size(width: 80, height: 24)) -> Model {
    var model = Model(
      screen, size: size, at: now, context: TimeContext(zone: Self.jakarta), actor: "mira")
    model.clock.showsUTC = true
    model.reader = ConsoleReader()
    model.storeContacts = [
      Contact(role: "Head of Engineering", name: "Ana Ruiz", contact: "+62 21 555 0101", line: 3),
      Contact(role: "Engineering Lead", name: "kai", contact: "+62 21 555 0102", line: 4),
      Contact(role: "Secondary on call", name: "bo", contact: "+62 21 555 0103", line: 5),
    ]
    _ = model.update(.opened(incident, log.events), at: now)
    _ = model.update(
      .listed([OpenIncident(incident, at: now, in: model.context)]), at: now)
    return model
  }

  /// A screen on a store in which nothing is open.
  func modelWithNothingOpen(_ screen: Model.Screen) -> Model {
    let full = model(screen)
    var model = Model(screen, size: full.size, at: now, context: full.context, actor: "mira")
    (model.clock, model.storeContacts) = (full.clock, full.storeContacts)
    _ = model.update(.listed([]), at: now)
    return model
  }

  static let jakarta = TimeZoneRules(
    name: "Asia/Jakarta",
    initial: .init(offset: 7 * 3600, abbreviation: "WIB", isDaylightSaving: false))
}

/// Compares a screen with the one that somebody looked at and kept.
///
/// A new or different one is written beside it (`.new`), and the test fails until it was looked at and renamed.
func expectSnapshot(
  _ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation
) {
  let folder = #filePath.split(separator: "/").dropLast().joined(separator: "/")
  let path = "/\(folder)/Snapshots/\(name).txt"
  let kept = readFile(path)
  guard kept != text else {
    unlink(path + ".new")
    return
  }
  writeFile(text, path + ".new")
  Issue.record(
    "\(name) \(kept == nil ? "is new" : "differs"): look at \(path).new",
    sourceLocation: sourceLocation
  )
}

func readFile(_ path: String) -> String? {
  guard let file = fopen(path, "r") else { return nil }
  defer { fclose(file) }
  var bytes: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 65_536)
  while case let count = fread(&buffer, 1, buffer.count, file), count > 0 {
    bytes += buffer[..<count]
  }
  return String(decoding: bytes, as: UTF8.self)
}

private func writeFile(_ text: String, _ path: String) {
  guard let file = fopen(path, "w") else { return }
  defer { fclose(file) }
  _ = text.withCString { fputs($0, file) }
}
