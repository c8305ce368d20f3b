import Dashboard
import Display
import Engine
import EventLog
import Testing

/// Whatever is typed, nothing is recorded that no table of keys explains.
struct RandomKeysTests {
  private struct Random {
    var state: UInt64

    mutating func below(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
  }

  /// Five incidents, and a console on one of them that does what it asks for.
  private struct Desk {
    var worlds: [World] = []
    var model: Model
    var present: Timestamp
    var recorded = 0
    var shown = 0

    init() throws {
      for number in 0..<5 {
        var world = try World(
          severity: "SEV-\(number % 4 + 1)", title: "Incident number \(number)",
          id: "2026-11-21-number-\(number)")
        try world.at(30 + number, "kai", .note("words of \(number)"))
        worlds.append(world)
      }
      model = worlds[0].model(size: Size(width: 100, height: 30))
      present = worlds[0].now
      list()
    }

    mutating func list() {
      let context = TimeContext(zone: .utc)
      let open = worlds.map { OpenIncident($0.incident, at: present, in: context) }
      perform(model.update(.listed(open), at: present))
    }

    mutating func press(_ key: Key) {
      present = present + .seconds(1)
      let before = model
      let effects = model.update(.keys([key]), at: present)
      for effect in effects {
        guard case .append(let appending) = effect else { continue }
        #expect(appending.incident == before.incident?.id)
        #expect(isExplained(key, before), "\(key) in \(String(describing: before.overlay))")
      }
      if effects.contains(where: \.isEnd) { return }
      perform(effects)
    }

    /// Whether a table says that the key may record something there.
    private func isExplained(_ key: Key, _ model: Model) -> Bool {
      if model.prompt != nil { return key == .enter }
      switch model.overlay {
      case nil: return model.keymap.request(for: key, in: model.contexts) != nil
      case .confirm: return key == .character("y") || key == .character("Y")
      case .help: return key == .enter
      case .duty, .item, .entry, .runbooks, .decisions:
        let keys = model.overlayHints.map(\.key)
        return key == .character(" ")
          ? keys.contains { $0.lowercased() == "space" }
          : keys.contains { key == .character(Character($0.count == 1 ? $0 : "\u{0}")) }
      case .incidents, .activity, .messages, .contacts, .report, .document, .usage: return false
      }
    }

    private mutating func perform(_ effects: [Effect]) {
      for effect in effects {
        switch effect {
        case .append(let appending): record(appending)
        case .open(let id):
          guard let place = worlds.firstIndex(where: { $0.incident.id == id }) else { continue }
          shown += 1
          let world = worlds[place]
          perform(model.update(.opened(world.incident, world.log.events), at: present))
        default: break
        }
      }
    }

    private mutating func record(_ appending: Appending) {
      guard let place = worlds.firstIndex(where: { $0.incident.id == appending.incident }) else {
        Issue.record("no such incident: \(appending.incident)")
        return
      }
      worlds[place].now = present
      do throws(Rejection) {
        let draft = try worlds[place].incident.decide(
          appending.command, occurred: appending.occurred, at: present)
        worlds[place].append(draft, by: "mira")
        recorded += 1
        let event = worlds[place].log.events.suffix(1)
        perform(
          model.update(.recorded(Array(event), in: appending.incident), at: present)
            + model.update(
              .appended(appending.ticket, sequence: worlds[place].incident.sequence), at: present))
      } catch {
        perform(
          model.update(.notRecorded(appending.ticket, .rejected(error)), at: present))
      }
    }
  }

  private static let keys: [Key] =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 :/?\\;=+-[]$.,!".map {
      .character($0)
    } + [
      .enter, .enter, .escape, .escape, .tab, .backtab, .up, .down, .left, .right, .home, .end,
      .pageUp, .pageDown, .backspace, .delete, .ctrl("c"), .ctrl("d"), .ctrl("u"), .ctrl("n"),
      .function(1), .character("y"), .character("y"), .character("I"),
    ]

  /// Two hundred thousand keys in all.
  @Test(arguments: Array(UInt64(1)...8))
  func `keys at random record what a table explains, where it is shown`(seed: UInt64) throws {
    var random = Random(state: seed)
    var desk = try Desk()
    for number in 0..<25_000 {
      desk.press(Self.keys[random.below(Self.keys.count)])
      if number % 50 == 0 { desk.list() }
      if number % 400 == 0 {
        let steps = [Key](repeating: .down, count: random.below(5))
        for key in [.escape, .escape, .escape, .character("I")] + steps + [.enter] {
          desk.press(key)
        }
      }
      // A run of keys may have closed everything; the next one begins anew.
      if number % 2500 == 2499, desk.worlds.allSatisfy({ !$0.incident.isOpen }) {
        let (recorded, shown) = (desk.recorded, desk.shown)
        desk = try Desk()
        (desk.recorded, desk.shown) = (desk.recorded + recorded, desk.shown + shown)
      }
    }
    #expect(desk.recorded > 50 && desk.shown > 10, "\(desk.recorded), \(desk.shown)")
    for (number, world) in desk.worlds.enumerated() {
      #expect(world.incident.id == "2026-11-21-number-\(number)")
    }
  }

  // MARK: - Keys that are in no table

  /// An item that is open is skipped and corrected in a prompt.
  private static func opensPrompt(_ letter: Character, over overlay: Overlay?) -> Bool {
    if case .item = overlay { "x-".contains(letter) } else { false }
  }

  @Test(arguments: ["?", "I", "o", "b", "D", "M", "2j⏎", "3⏎", "4j⏎", "W", "R"])
  func `a key outside the table of what lies open changes neither log nor incident`(
    opening: String
  ) throws {
    var desk = try Desk()
    for character in opening { desk.press(character == "⏎" ? .enter : .character(character)) }
    let (events, shown) = (desk.worlds.map { $0.log.events.count }, desk.model.incident?.id)
    #expect(desk.model.overlay != nil)
    let known = Set(desk.model.overlayHints.map(\.key))
    for key in Self.keys {
      guard case .character(let letter) = key, !known.contains(String(letter)), letter != " ",
        !"yYqnN".contains(letter), !Self.opensPrompt(letter, over: desk.model.overlay)
      else { continue }
      let overlay = desk.model.overlay
      var other = desk
      other.press(key)
      #expect(other.worlds.map { $0.log.events.count } == events, "\(letter) in \(opening)")
      #expect(other.model.incident?.id == shown)
      #expect(other.model.prompt == nil || other.model.overlay == overlay, "\(letter)")
    }
  }
}

extension Effect {
  fileprivate var isEnd: Bool { if case .quit = self { true } else { false } }
}
