import Engine
import Procedures
import Testing

@Suite struct `A person's configuration` {
  private func read(_ text: String) -> UserConfiguration {
    UserConfiguration.read(Array(text.utf8), path: "config.yaml")
  }

  @Test func `has an actor, a zone, a theme, keys and deliveries`() {
    let configuration = read(
      """
      actor: mira
      zone: Asia/Jakarta
      theme: paper
      bell: false
      notify: osc9
      keys:
        note: n
        status: [s, ctrl-s]
      delivery:
        chat: [post, --room, ops]
        mail:
          command: /usr/local/bin/mail-update
          audiences: [customers, stakeholders]
          timeout: 1m
      """)
    #expect(configuration.problems == [])
    #expect(configuration.actor == "mira")
    #expect(configuration.zone == "Asia/Jakarta")
    #expect(configuration.theme == "paper")
    #expect(configuration.bell == false)
    #expect(configuration.notify == "osc9")
    #expect(configuration.keys == ["note": ["n"], "status": ["s", "ctrl-s"]])
    #expect(configuration.deliveries.map(\.name) == ["chat", "mail"])
    #expect(
      configuration.deliveries.map(\.command)
        == [["post", "--room", "ops"], ["/usr/local/bin/mail-update"]])
    #expect(configuration.deliveries.map(\.audiences) == [[], ["customers", "stakeholders"]])
    #expect(configuration.deliveries.map(\.timeout) == [30, 60])
    #expect(configuration.deliveries.map(\.line) == [10, 11])
  }

  @Test(arguments: ["", "# nothing\n", "actor:\n", "keys: ~\n"])
  func `may say nothing`(text: String) {
    #expect(read(text) == UserConfiguration())
  }

  @Test(arguments: [
    ("colour: red\n", "1:1: unknown key 'colour' in the configuration; known: actor, zone, theme"),
    ("them: x\n", "1:1: unknown key 'them' in the configuration; known: actor, zone, theme"),
    (
      "zone: ../x\n", "1:7: '../x' is not the name of a time zone; write it as Europe/Berlin or UTC"
    ),
    ("bell: loud\n", "1:7: 'bell' must be true or false, and is 'loud'; correct it"),
    ("notify: loud\n", "1:9: 'notify' must be none, osc9, osc9-tmux, and is 'loud'; correct it"),
    ("keys: [a]\n", "1:7: 'keys' must be a mapping, and this is a list"),
    ("keys: {note: {a: b}}\n", "1:14: 'note' of the configuration must be text"),
    ("delivery: {chat: notify ops}\n", "1:18: the command 'notify ops' is a single text, but no"),
    ("delivery: {chat: []}\n", "1:18: the delivery 'chat' has no program"),
    ("delivery: {chat: {timeout: 5s}}\n", "1:18: a delivery has no 'command'"),
    ("delivery: {chat: {command: x, timeout: 5h}}\n", "1:18: 'timeout' of a delivery must be"),
    ("- a\n", "1:1: the configuration must be a mapping, and this is a list"),
    ("a: [\n", "2:1: not valid YAML: "),
  ])
  func `a slip is told with its place and costs only itself`(text: String, words: String) throws {
    let alone = read(text)
    try #require(alone.problems.count == 1)
    #expect(alone.problems[0].description.hasPrefix("config.yaml:\(words)"))
    #expect(alone.deliveries == [] && alone.keys == [:])
    guard text != "- a\n", text != "a: [\n" else { return }
    #expect(read(text + "actor: mira\n").actor == "mira")
  }
}

@Suite struct `A store's settings` {
  private func read(_ text: String) -> StoreConfiguration {
    StoreConfiguration.read(Array(text.utf8), path: "store.yaml")
  }

  @Test func `have a procedure, hours, contacts and a rota`() throws {
    let store = read(
      """
      procedure: docs/OUTAGES.md
      zone: Europe/Berlin
      days: mon-thu
      hours: 08:30-16:00
      holidays: [2026-12-25]
      handover: 09:00
      contacts:
        - {role: CEO, name: Ines, contact: +49 30 000}
      rota:
        - {days: mon-wed, primary: kai, secondary: mira}
        - {days: [thu, fri-sun], primary: mira}
      """)
    #expect(store.problems == [])
    #expect(store.procedure == "docs/OUTAGES.md")
    #expect(store.zone == "Europe/Berlin")
    let calendar = try #require(store.calendar)
    #expect(calendar.zone == "Europe/Berlin")
    #expect(calendar.days == [.monday, .tuesday, .wednesday, .thursday])
    #expect(calendar.from == 510 && calendar.to == 960)
    #expect(calendar.holidays == [CivilDate(year: 2026, month: 12, day: 25)])
    #expect(store.handover == 540)
    #expect(
      store.contacts == [Contact(role: "CEO", name: "Ines", contact: "+49 30 000", line: 8)])
    #expect(store.rota.map(\.days.count) == [3, 4])
    #expect(store.rota.map(\.line) == [10, 11])
  }

  @Test func `business hours are absent where none are stated`() {
    #expect(read("zone: UTC\n").calendar == nil)
  }

  @Test func `one bad contact costs only itself`() {
    let store = read("contacts:\n  - {phone: 1}\n  - {name: kai}\nrota: x\n")
    #expect(store.contacts.map(\.name) == ["kai"])
    #expect(store.problems.map(\.line) == [2, 4])
  }

  @Test func `never name a command`() {
    let store = read("delivery: {chat: [rm]}\nprocedure: standard\n")
    #expect(store.procedure == "standard")
    #expect(
      store.problems.map(\.description) == [
        "store.yaml:1:1: unknown key 'delivery' in the store's settings; "
          + "commands are only taken from your own config.yaml"
      ])
  }

  @Test(arguments: [
    ("", "procedure: team.md\n"),
    ("# ours\nzone: UTC\n", "procedure: team.md\n# ours\nzone: UTC\n"),
    ("---\nzone: UTC\n", "---\nprocedure: team.md\nzone: UTC\n"),
    ("zone: UTC\nprocedure: old # why\n# end\n", "zone: UTC\nprocedure: team.md\n# end\n"),
  ])
  func `take another procedure and keep the rest`(text: String, expected: String) {
    let changed = StoreConfiguration.setting(procedure: "team.md", in: text)
    #expect(changed == expected)
    #expect(read(changed).procedure == "team.md")
    #expect(read(StoreConfiguration.setting(procedure: "- #x", in: text)).procedure == "- #x")
  }
}
