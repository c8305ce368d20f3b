import Dashboard
import Display
import Engine
import EventLog
import Testing

/// Two incidents in one store: nothing of one is ever shown or written as the other's.
struct SwitchingTests {
  private let alpha: World
  private let beta: World

  init() throws {
    func world(_ name: String, _ severity: String) throws -> World {
      var world = try World(
        severity: severity, title: "\(name) is down", id: "2026-11-21-\(name.lowercased())")
      try world.at(60, "kai", .note("first words of \(name)"))
      try world.at(120, "kai", .note("second words of \(name)"))
      return world
    }
    (alpha, beta) = (try world("Alpha", "SEV-1"), try world("Beta", "SEV-2"))
  }

  private func model(_ screen: Model.Screen = .console) -> Model {
    var model = alpha.model(screen)
    _ = model.update(.listed(summaries), at: alpha.now)
    return model
  }

  private var summaries: [OpenIncident] {
    [alpha, beta].map { OpenIncident($0.incident, at: $0.now, in: TimeContext(zone: .utc)) }
  }

  /// Types a second after what came before, so that nothing is taken for a word that was typed on.
  @discardableResult
  private func press(_ text: String, _ model: inout Model) -> [Effect] {
    let now = model.present + .seconds(1)
    return text.flatMap { character in
      model.update(.keys([Self.key(character)]), at: now)
    }
  }

  private static func key(_ character: Character) -> Key {
    switch character {
    case "⏎": .enter
    case "↓": .down
    default: .character(character)
    }
  }

  private func open(_ world: World, _ model: inout Model) {
    _ = model.update(.opened(world.incident, world.log.events), at: world.now)
  }

  private func text(_ model: Model) -> String { model.frame(size: model.size).text }

  private func appends(_ effects: [Effect]) -> [Appending] {
    effects.compactMap { if case .append(let appending) = $0 { appending } else { nil } }
  }

  private func opened(_ effects: [Effect]) -> [String] {
    effects.compactMap { if case .open(let id) = $0 { id } else { nil } }
  }

  // MARK: - Words

  @Test func `the timeline, an entry, the search and a correction have the words of what is shown`()
    throws
  {
    var model = model()
    #expect(text(model).contains("second words of Alpha"))
    #expect(opened(press("I↓⏎", &model)) == [beta.incident.id])
    open(beta, &model)
    let panes = text(model)
    #expect(panes.contains("Beta is down") && panes.contains("second words of Beta"))
    #expect(!panes.contains("words of Alpha"), "\(panes)")

    press("4⏎", &model)
    #expect(text(model).contains("Entry 3") && !text(model).contains("words of Alpha"))
    press("c", &model)
    #expect(model.prompt?.line.text == "second words of Beta")
    let corrections = appends(press("!⏎", &model))
    #expect(corrections.map(\.incident) == [beta.incident.id])
    #expect(corrections.map(\.command) == [.correct(entry: 3, text: "second words of Beta!")])

    press("4/Beta⏎", &model)
    #expect(model.timeline.matches.count == 3)
    open(alpha, &model)
    #expect(model.timeline.matches.isEmpty && !text(model).contains("words of Beta"))
  }

  @Test func `a wall that takes turns shows the words of the incident whose turn it is`() {
    var wall = model(.wall)
    wall.size = Size(width: 160, height: 45)
    wall.rotation = Rotation(every: 5)
    var asked: [String] = []
    for second in 1...20 {
      for effect in wall.update(.tick, at: alpha.now + .seconds(second)) {
        guard case .open(let id) = effect else { continue }
        asked.append(id)
        open(id == alpha.incident.id ? alpha : beta, &wall)
        let own = id == alpha.incident.id ? "Alpha" : "Beta"
        let other = id == alpha.incident.id ? "Beta" : "Alpha"
        #expect(text(wall).contains("second words of \(own)"))
        #expect(!text(wall).contains("words of \(other)"), "\(text(wall))")
      }
    }
    #expect(asked == [beta.incident.id, alpha.incident.id, beta.incident.id, alpha.incident.id])
  }

  @Test func `a wall that takes turns shows every open incident, also while one is over`() {
    var wall = model(.wall)
    wall.rotation = Rotation(every: 5)
    var both = [alpha, beta].map {
      OpenIncident($0.incident, at: $0.now, in: TimeContext(zone: .utc))
    }
    (both[0].due, both[0].next) = (alpha.now, "Update to customers")
    _ = wall.update(.listed(both), at: alpha.now + .seconds(1))
    var asked: [String] = []
    for second in 2...21 {
      for effect in wall.update(.tick, at: alpha.now + .seconds(second)) {
        guard case .open(let id) = effect else { continue }
        asked.append(id)
        open(id == alpha.incident.id ? alpha : beta, &wall)
      }
    }
    #expect(asked == [beta.incident.id, alpha.incident.id, beta.incident.id, alpha.incident.id])
  }

  @Test func `what was asked of one incident is not taken for another one's`() {
    var model = model()
    press("w", &model)
    open(beta, &model)
    #expect(model.overlay == nil)
    press("w", &model)
    _ = model.update(.report(.brief, of: alpha.incident.id, ["Alpha's brief"]), at: model.now)
    #expect(!text(model).contains("Alpha's brief"))

    var other = Model(
      .console, size: model.size, at: model.now, context: model.context, actor: "mira")
    _ = other.update(.opened(beta.incident, []), at: beta.now)
    _ = other.update(.loaded(alpha.log.events, in: alpha.incident.id), at: beta.now)
    _ = other.update(.recorded(alpha.log.events, in: alpha.incident.id), at: beta.now)
    #expect(!text(other).contains("Alpha"), "\(text(other))")
  }

  @Test func `a log that was put in the place of another shows its own words`() throws {
    var model = model()
    var other = try World(severity: "SEV-1", title: "Alpha is down", id: alpha.incident.id)
    try other.at(60, "kai", .note("words from a backup"))
    open(other, &model)
    #expect(text(model).contains("words from a backup"))
    #expect(!text(model).contains("words of Alpha"))
  }

  // MARK: - What is typed

  @Test func `nothing is recorded while another incident is on its way to the screen`() {
    var model = model()
    #expect(opened(press("I↓⏎", &model)) == [beta.incident.id])
    #expect(appends(press("a", &model) + press(":note to whom⏎", &model)).isEmpty)
    #expect(text(model).contains("is being opened"))
    open(beta, &model)
    _ = model.update(.keys([.escape]), at: model.now)
    #expect(appends(press("a", &model)).map(\.incident) == [beta.incident.id])
  }

  @Test func `words that are being typed stay with their incident`() {
    var model = model()
    press("nhalf a note", &model)
    open(beta, &model)
    #expect(model.prompt == nil)
    open(alpha, &model)
    #expect(model.prompt?.line.text == "half a note")
  }

  @Test func `words that were not recorded come back in their own incident alone`() throws {
    var model = model()
    let sent = try #require(appends(press("nlost words⏎", &model)).first)
    open(beta, &model)
    _ = model.update(.notRecorded(sent.ticket, .failed("the disk is full")), at: model.now)
    #expect(model.prompt == nil)
    #expect(text(model).contains("\(alpha.incident.id): the disk is full"))
    open(alpha, &model)
    #expect(model.prompt?.line.text == "lost words")
  }

  @Test func `an incident declared here is shown as soon as nothing is being typed`() {
    var model = model()
    press("n", &model)
    #expect(model.update(.declared(beta.incident.id), at: model.now).isEmpty)
    #expect(press("x", &model).isEmpty)
    let effects = model.update(.keys([.escape]), at: model.now)
    #expect(effects == [.open(beta.incident.id)])
  }

  // MARK: - Which one

  @Test func `the most urgent incident is opened where none is shown, and the wall goes to it`() {
    var console = Model(
      .console, size: Size(width: 80, height: 24), at: alpha.now, context: TimeContext(zone: .utc),
      actor: "mira")
    #expect(console.begin() == [.list])
    #expect(console.update(.listed(summaries), at: alpha.now) == [.open(alpha.incident.id)])
    open(beta, &console)
    #expect(console.update(.listed(summaries), at: alpha.now).isEmpty)

    var wall = beta.model(.wall)
    #expect(wall.update(.listed(summaries), at: alpha.now) == [.open(alpha.incident.id)])
    var pinned = beta.model(.wall)
    pinned.pinned = beta.incident.id
    #expect(pinned.update(.listed(summaries), at: alpha.now).isEmpty)
  }

  @Test func `a wall lets go of an incident that was closed when nothing else is open`() throws {
    var closed = alpha
    try closed.at(300, "mira", .close(.cancelled, reason: nil))
    var wall = model(.wall)
    open(closed, &wall)
    #expect(wall.update(.listed([]), at: closed.now).contains(.showNothing))
    #expect(wall.incident == nil && !text(wall).contains("Alpha"))
  }

  @Test func `an incident that cannot be read leaves the one before, and is asked for again`() {
    var model = model()
    press("I↓⏎", &model)
    _ = model.update(.openFailed(beta.incident.id, "permission denied"), at: model.now)
    #expect(model.incident?.id == alpha.incident.id)
    #expect(text(model).contains("permission denied"))
    #expect(opened(press("I↓⏎", &model)) == [beta.incident.id])
  }
}
