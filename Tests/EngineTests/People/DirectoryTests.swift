import Engine
import Testing

struct DirectoryTests {
  // Noon of 2026-11-22 and the two days after it.
  static let sunday = Scenario.time("22 12:00")
  static let monday = Scenario.time("23 12:00")
  static let tuesday = Scenario.time("24 12:00")

  let procedure: Procedure = {
    var procedure = Procedure(name: "t", source: .init(path: "t.md", sha256: ""))
    procedure.contacts = [
      Contact(role: "CTO", name: "______", contact: "[phone]", line: 3),
      Contact(role: "Engineering Lead", name: "Ada", contact: "+49 30 1", line: 4),
      Contact(role: nil, name: "kai", contact: "+62 1", line: 5),
    ]
    procedure.oncall = [
      OnCallTurn(days: [.monday, .tuesday], primary: "kai", secondary: "[Name]", line: 9)
    ]
    return procedure
  }()

  @Test(arguments: ["____", "[phone]", "TBD", "—", "", "<name>", "xxx-xxxx"])
  func `blanks are nobody`(text: String) {
    #expect(Directory.isPlaceholder(text))
  }

  @Test(arguments: ["Ada", "+49 30 1", "<ada@example.org>", "#ops-oncall"])
  func `names and numbers are somebody`(text: String) {
    #expect(!Directory.isPlaceholder(text))
  }

  @Test func `a role is called by its contact and an on-call role by the rota`() {
    let directory = Directory(procedure)

    #expect(
      directory.receiver("Engineering Lead", at: Self.monday)
        == .init(name: "Ada", contact: "+49 30 1")
    )
    #expect(
      directory.receiver("On-call Engineer", at: Self.tuesday)
        == .init(name: "kai", contact: "+62 1"))
    #expect(directory.receiver("On-call Engineer", at: Self.sunday) == nil)
    #expect(directory.receiver("CTO", at: Self.monday) == nil)
    #expect(directory.onCall(at: Self.monday)?.secondary == nil)
  }

  @Test(arguments: [
    ("Eng Manager", "Engineering Manager"), ("Engineering Manager", "Eng Manager"),
    ("Sr. Mgr", "Senior Manager"), ("Eng. Mgr.", "Engineering Manager"),
  ])
  func `an abbreviated role is the role`(asked: String, written: String) {
    var procedure = procedure
    procedure.contacts = [Contact(role: written, name: "Lin", contact: "+1 3", line: 0)]
    let found = Directory(procedure).receiver(asked, at: Self.monday)
    #expect(found == .init(name: "Lin", contact: "+1 3"))
  }

  @Test(arguments: [("CEO", "CTO"), ("Eng Manager", "Energy Manager"), ("Lead", "Manager")])
  func `two roles are not one for looking alike`(asked: String, written: String) {
    var procedure = procedure
    procedure.contacts = [Contact(role: written, name: "Lin", contact: "+1 3", line: 0)]
    #expect(Directory(procedure).receiver(asked, at: Self.monday) == nil)
  }

  @Test func `every role of a row is called by its own name, whatever stands before it`() {
    var procedure = procedure
    let numbers = [10, 1, 12, 2]
    procedure.contacts = numbers.map {
      Contact(role: "Lead \($0)", name: "person\($0)", contact: "+\($0)", line: 0)
    }
    let directory = Directory(procedure)
    for number in numbers {
      let found = directory.receiver("Lead \(number)", at: Self.monday)
      #expect(found?.name == "person\(number)")
    }
    #expect(directory.receiver("Lead 100", at: Self.monday) == nil)
    #expect(directory.receiver("Lead", at: Self.monday) == nil)
  }

  @Test(arguments: [
    ("Tech Lead", ["Lead", "Tech Lead"], 1), ("Lead", ["Lead 1"], 0),
    ("Ops", ["DevOps", "Ops (EU)"], 1),
    ("CTO", ["Director of CTOs", "CTO and CEO"], 1), ("Lead 10", ["Lead 100", "Ld 1"], nil),
    ("SRE L1", ["SRE L10", "SRE L1 (night)"], 1),
    ("Level 2: CTO", ["CFO", "CTO"], 1), ("Anna", ["Annabel", "anna"], 1),
  ])
  func `a name counts in whole words, and in full before in part`(
    name: String, names: [String], place: Int?
  ) {
    #expect(NameMatch.place(of: name, among: names) == place)
  }

  @Test func `the week begins with the day that holds`() {
    let week = Directory(procedure).rota.week(from: Self.sunday)
    #expect(week.map(\.date.day) == [22, 23, 24, 25, 26, 27, 28])
    #expect(week.map { $0.turn?.primary } == [nil, "kai", "kai", nil, nil, nil, nil])
    #expect(Rota().week(from: Self.sunday).isEmpty)
  }

  @Test func `the store fills what the document leaves blank`() {
    let store = [Contact(role: "CTO", name: "Grace", contact: "+1 2", line: 0)]
    let directory = Directory(procedure, storeContacts: store)

    #expect(directory.receiver("CTO", at: Self.monday) == .init(name: "Grace", contact: "+1 2"))
  }

  @Test func `until the hand-off hour the day before still holds, in the zone of the rota`() {
    let jakarta = TimeZoneRules(
      name: "Asia/Jakarta",
      initial: .init(offset: 7 * 3600, abbreviation: "WIB", isDaylightSaving: false))
    let rota = Rota(
      turns: [
        OnCallTurn(days: [.sunday], primary: "ada", secondary: nil, line: 0),
        OnCallTurn(days: [.monday], primary: "kai", secondary: "ada", line: 0),
      ], handover: 9 * 60, zone: jakarta)
    let directory = Directory(procedure, rota: rota)

    // Monday 08:59 and 09:00 in Jakarta.
    #expect(directory.onCall(at: Scenario.time("23 01:59"))?.primary?.name == "ada")
    #expect(directory.onCall(at: Scenario.time("23 02:00"))?.primary?.name == "kai")
    #expect(directory.receiver("On-call Engineer", at: Scenario.time("23 01:59"))?.name == "ada")
    #expect(directory.onCall(at: Scenario.time("24 01:59"))?.day == .monday)
  }

  @Test func `a rota of the store takes the place of the procedure's, and keeps its hour for it`() {
    let directory = Directory(procedure, rota: Rota(handover: 9 * 60))

    #expect(directory.onCall(at: Scenario.time("23 08:59"))?.primary == nil)
    #expect(directory.onCall(at: Scenario.time("23 09:00"))?.primary?.name == "kai")
    #expect(
      Directory(Procedure(name: "", source: .init(path: "", sha256: ""))).onCall(
        at: Self.monday) == nil)
  }
}
