import Dashboard
import Display
import Engine
import EventLog
import Testing

/// What happens in incidents that are not shown.
struct ElsewhereTests {
  private let world: World
  private let summary: OpenIncident

  init() throws {
    world = try World.busy()
    summary = OpenIncident(world.incident, at: world.now, in: TimeContext(zone: .utc))
  }

  private func other(
    _ number: Int, isAcknowledged: Bool = true, due: Timestamp? = nil
  ) -> OpenIncident {
    var other = summary
    other.id += "-\(number)"
    other.title = "Other incident \(number)"
    (other.isAcknowledged, other.due, other.next) = (isAcknowledged, due, "Update to customers")
    return other
  }

  private func list(_ listed: [OpenIncident], _ model: inout Model, after seconds: Int64)
    -> [Effect]
  {
    model.update(.listed([summary] + listed), at: world.now + .seconds(seconds))
  }

  private func press(_ keys: [Key], _ model: inout Model) -> [Effect] {
    let now = model.present + .seconds(1)
    return keys.flatMap { model.update(.keys([$0]), at: now) }
  }

  private func text(_ model: Model) -> String { model.frame(size: model.size).text }

  // MARK: - What cannot be read

  @Test func `an incident whose log cannot be read is told beside the one that is shown`() {
    var model = world.model()
    let context = TimeContext(zone: .utc)
    let lost = OpenIncident(
      unread: .missing, "2026-11-21-lost", lastKnown: nil, at: world.now, in: context)
    #expect(lost.urgency < summary.urgency)
    _ = list([], &model, after: 0)
    let effects = list([lost], &model, after: 1)
    #expect(effects.contains(.bell))
    #expect(!effects.contains(.open(lost.id)))
    #expect(text(model).contains("LOG MISSING: 2026-11-21-lost"))
  }

  @Test(arguments: [Model.Screen.console, .wall])
  func `where no other is open, one whose log cannot be read is opened as far as it is known`(
    _ screen: Model.Screen
  ) {
    var model = world.modelWithNothingOpen(screen)
    let context = TimeContext(zone: .utc)
    let lost = OpenIncident(
      unread: .notReadable, world.incident.id, lastKnown: world.incident, at: world.now,
      in: context)
    #expect(lost.title == summary.title && lost.severity == summary.severity)
    #expect(model.update(.listed([lost]), at: world.now).contains(.open(lost.id)))
    #expect(!text(model).uppercased().contains("NO OPEN INCIDENT"))
    _ = model.update(.opened(world.incident, []), at: world.now)
    _ = model.update(.readFailed("permission denied"), at: world.now)
    #expect(text(model).contains("NOT READABLE"))
    _ = model.update(.looked, at: world.now)
    #expect(!text(model).contains("NOT READABLE"))
  }

  // MARK: - Announcements

  @Test func `a deadline that becomes overdue in another incident is announced once, with a bell`()
  {
    var model = world.model()
    let due = world.now + .seconds(30)
    #expect(!list([other(1, due: due)], &model, after: 0).contains(.bell))
    #expect(!list([other(1, due: due)], &model, after: 29).contains(.bell))

    #expect(list([other(1, due: due)], &model, after: 31).contains(.bell))
    #expect(
      text(model).contains("other incident: SEV-1 Other incident 1: Update to customers is overdue")
    )
    #expect(!list([other(1, due: due)], &model, after: 34).contains(.bell))
  }

  @Test func `an incident that somebody else declares is told, and what was there before is not`() {
    var model = world.model()
    _ = list([other(1, isAcknowledged: false)], &model, after: 0)

    let both = [other(1, isAcknowledged: false), other(2, isAcknowledged: false)]
    #expect(list(both, &model, after: 3).contains(.bell))
    #expect(text(model).contains("other incident: SEV-1 Other incident 2: not acknowledged"))
    #expect(!list(both, &model, after: 6).contains(.bell))
  }

  @Test func `a muted console announces it without a bell`() {
    var model = world.model()
    _ = list([], &model, after: 0)
    _ = model.update(.muted, at: model.present)

    #expect(!list([other(1, isAcknowledged: false)], &model, after: 3).contains(.bell))
    #expect(text(model).contains("other incident: "))
  }

  // MARK: - The switcher

  @Test func `the picked incident is previewed, with what is new since it was looked at`() {
    var model = world.model()
    _ = list([other(1), other(2)], &model, after: 0)
    #expect(press([.character("I")], &model).contains(.preview(summary.id)))
    #expect(press([.down], &model) == [.preview("\(summary.id)-1")])

    let preview = IncidentPreview(
      of: world.incident, world.log.events.suffix(3), in: .utc)
    var its = preview
    its.id += "-1"
    _ = model.update(.previewed(its), at: model.present)
    #expect(text(model).contains("Rolled back api to 41f2"))
    #expect(press([.down], &model) == [.preview("\(summary.id)-2")])
    #expect(!text(model).contains("  mira        Rolled back api to 41f2"), "\(text(model))")
  }

  @Test func `closed incidents are a key away, and open for reading`() {
    var model = world.model()
    _ = list([other(1)], &model, after: 0)
    _ = press([.character("I")], &model)
    #expect(press([.tab], &model) == [.listClosed])
    var closed = other(7)
    (closed.isOpen, closed.title) = (false, "Disk was full")
    _ = model.update(.listedClosed([closed]), at: model.present)

    #expect(text(model).contains("Closed incidents 1") && text(model).contains("Disk was full"))
    #expect(!text(model).contains("Other incident 1"))
    #expect(press([.enter], &model) == [.open(closed.id)])

    _ = press([.character("I")], &model)
    #expect(text(model).contains("Open incidents 2"))
  }

  @Test func `a pasted id narrows the list, and Enter in the help runs nothing that nobody picked`()
  {
    var model = world.model()
    _ = list([other(1), other(2)], &model, after: 0)
    _ = press([.character("I"), .paste("\(summary.id)-2\nrest")], &model)
    #expect(text(model).contains("Open incidents 1 of 3: \(summary.id)-2"))
    #expect(press([.enter], &model) == [.open("\(summary.id)-2")])

    #expect(press([.character("?"), .enter], &model) == [])
    #expect(model.overlay == .help)
  }

  @Test func `where several are open a prompt says which incident its words go to`() {
    var model = world.model()
    _ = press([.character("n")], &model)
    #expect(!text(model).contains("Note · SEV-1"))
    _ = press([.escape], &model)
    _ = list([other(1)], &model, after: 3)
    _ = press([.character("n")], &model)
    #expect(text(model).contains("Note · SEV-1 Checkout returns 502"))
  }

  @Test func `a severity is picked from the present one, and the ends hold`() {
    var model = world.model()
    _ = press([.character("v"), .up, .up], &model)
    #expect(model.prompt?.shownChoices[model.prompt?.picked ?? 9].value == "SEV-1")
    _ = press([.down, .down, .down, .down, .down], &model)
    #expect(model.prompt?.shownChoices[model.prompt?.picked ?? 9].value == "SEV-4")
  }

  @Test func `the timeline is narrowed by words as well as by kinds and people`() {
    var filter = TimelineFilter("N by:kai replica Lag")
    #expect(filter.letters == ["N"] && filter.person == "kai")
    #expect(filter.words == ["replica", "lag"] && filter.text == "N by:kai replica lag")
    filter = TimelineFilter("command")
    #expect(filter.letters.isEmpty && filter.words == ["command"])

    var model = world.model()
    _ = press([.character("\\"), .paste("rolled"), .enter], &model)
    #expect(text(model).contains("Rolled back api") && !text(model).contains("Timer 25 min"))
  }

  // MARK: - Nothing open

  @Test func `a wall on which nothing is open tells the last incident and what is overdue`() throws
  {
    var world = try World.busy()
    try world.at(2600, "mira", .resolve)
    try world.at(2700, "mira", .close(.resolved, reason: nil))
    var model = Model(
      .wall, size: Size(width: 100, height: 30), at: world.now,
      context: TimeContext(zone: .utc), actor: "mira")
    #expect(model.update(.listed([]), at: world.now).contains(.listClosed))
    #expect(!model.update(.listed([]), at: world.now + .seconds(3)).contains(.listClosed))
    let later = world.now + .seconds(6 * 86_400)
    #expect(model.update(.listed([]), at: later).contains(.listClosed))

    let closed = OpenIncident(world.incident, at: later, in: TimeContext(zone: .utc))
    _ = model.update(.listedClosed([closed]), at: later)
    let text = text(model)
    #expect(text.contains("Post-mortem draft OVERDUE 4 d: Checkout returns 502 for all carts"))
    #expect(text.contains("last: SEV-1  Checkout returns 502 for all carts, ended 6 d ago"))
  }

  // MARK: - Marks

  @Test(arguments: [20, 24, 30, 40, 60, 80, 100, 110, 120, 160, 240])
  func `damage is in sight at every width, on both screens`(width: Int) {
    let long = "2026-11-21-checkout-502.jsonl ends at 3, and 20 was seen before: lines are missing"
    for screen in [Model.Screen.console, .wall] {
      for height in [8, 12, 20, 24, 30, 45] {
        let size = Size(width: width, height: height)
        var model = world.model(screen, size: size)
        _ = model.update(.damage([long, "another"]), at: world.now)
        // The toast tells it, too, for a while.
        _ = model.update(.tick, at: world.now + .seconds(120))
        _ = model.update(.looked, at: world.now + .seconds(120))
        let text = model.frame(size: size).text
        #expect(text.contains("DAMAGED"), "\(screen) \(size)\n\(text)")
      }
    }
  }
}
