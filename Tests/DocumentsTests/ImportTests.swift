import Documents
import Engine
import Testing

@Suite struct ImportTests {
  private static let berlin = TimeZoneRules(
    name: "Europe/Berlin",
    initial: .init(offset: 3600, abbreviation: "CET", isDaylightSaving: false),
    rule: RecurringRule("CET-1CEST,M3.5.0,M10.5.0/3"))

  @Test(
    arguments: [
      ("[2026-11-21 14:05] mira: looking", "2026-11-21T13:05:00.000Z", "mira", "looking"),
      ("2026-07-01 14:05:09 mira: summer", "2026-07-01T12:05:09.000Z", "mira", "summer"),
      ("2026-11-21T14:05:00Z <ana> utc", "2026-11-21T14:05:00.000Z", "ana", "utc"),
      ("2026-11-21T14:05:00.250+02:00 ana: offset", "2026-11-21T12:05:00.250Z", "ana", "offset"),
      ("21.11.2026 14:05 - Ben Roth: dots", "2026-11-21T13:05:00.000Z", "Ben Roth", "dots"),
      ("[2026-11-21 2:05 PM] mira: half", "2026-11-21T13:05:00.000Z", "mira", "half"),
      (
        "2026/11/21 14:05 nobody in particular said this", "2026-11-21T13:05:00.000Z", nil,
        "nobody in particular said this"
      ),
      ("14:05 mira: only a time", "2026-11-20T13:05:00.000Z", "mira", "only a time"),
    ] as [(String, String, String?, String)])
  func `a line of a chat log`(
    line: String, occurred: String, actor: String?, text: String
  ) throws {
    let day = CivilDate(year: 2026, month: 11, day: 20)
    let row = try #require(TimelineImport(line, zone: Self.berlin, day: day).rows.first)
    #expect(row.occurred.rfc3339 == occurred)
    #expect(row.actor == actor)
    #expect(row.text == text)
  }

  @Test func `lines go on below, and times go on past midnight`() throws {
    let text = "23:50 mira: first\nmore of it\n\n00:10 ana: second\n"
    let rows = try TimelineImport(
      text, zone: .utc, day: CivilDate(year: 2026, month: 11, day: 20)
    ).rows
    #expect(rows.map(\.text) == ["first\nmore of it", "second"])
    #expect(rows.map(\.line) == [1, 4])
    #expect(rows[1].occurred.rfc3339 == "2026-11-21T00:10:00.000Z")
  }

  @Test(arguments: [
    "Time,Who,Text,Type\n2026-11-21 01:10,ana,\"Pool, \"\"full\"\"\",finding\n2026-11-21 01:00,mira,,ack\n",
    "time;who;text;kind\r\n2026-11-21 01:10;ana;Pool, \"full\";finding.added\r\n2026-11-21 01:00;mira;acknowledged;acknowledged\r\n",
  ])
  func `a table, by the names of its columns`(text: String) throws {
    let rows = try TimelineImport(text, zone: .utc).rows
    #expect(rows.map(\.kind) == [.acknowledged, .finding])
    #expect(rows.map(\.actor) == ["mira", "ana"])
    #expect(rows[1].text == "Pool, \"full\"")
    #expect(rows[1].command() == .finding("Pool, \"full\""))
  }

  @Test(arguments: [
    ("2026-11-21 14:05 mira: x", 1, "no zone"), ("a\nb", 0, "no line begins"),
    ("14:05 UTC mira: x", 1, "no date"), ("time,text\n11/21/2026 14:05,x\n", 2, "no time"),
    ("time,text\n,x\n", 2, "no time"), ("time,text\n2026-02-30 14:05,x\n", 2, "no time"),
    ("", 0, "no line begins"),
  ])
  func `what could mean something else is refused`(text: String, line: Int, what: String) {
    let problem = #expect(throws: TimelineImport.Problem.self) {
      try TimelineImport(text, zone: nil)
    }
    #expect(problem?.line == line)
    #expect(problem?.what.containsText(what) == true, "\(problem?.what ?? "")")
  }

  @Test func `an exported table comes back with the same times`() throws {
    let rich = try RichIncident(BuiltIns.read("standard"))
    let export = TimelineExport(of: rich.source)
    let rows = try TimelineImport(export.csv, zone: nil).rows
    #expect(rows.map(\.occurred) == export.entries.map(\.effective))
    #expect(rows.map(\.actor) == export.entries.map(\.actor))
  }
}
