import Documents
import Engine
import EventLog
import Testing
import Wording

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
      ("02.03.26, 14:05 - Mira: phone", "2026-03-02T13:05:00.000Z", "Mira", "phone"),
      (
        "\u{200E}[02.03.26, 14:05:33] Mira Okafor: phone", "2026-03-02T13:05:33.000Z",
        "Mira Okafor", "phone"
      ),
      ("3/25/26, 2:05\u{202F}PM - Mira: far west", "2026-03-25T13:05:00.000Z", "Mira", "far west"),
      ("25/03/2026, 14:05 - Mira: day", "2026-03-25T13:05:00.000Z", "Mira", "day"),
      ("14:05 <@mira> operator", "2026-11-20T13:05:00.000Z", "mira", "operator"),
      ("14:05:09 < bo> blank", "2026-11-20T13:05:09.000Z", "bo", "blank"),
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
    ("14:05 UTC mira: x", 1, "no date"), ("time,text\n11/21/2026 14:05,x\n", 2, "no zone"),
    ("time,text\n,x\n", 2, "no time"), ("time,text\n2026-02-30 14:05Z,x\n", 2, "no such day"),
    ("", 0, "no line begins"),
    ("02/03/26, 14:05 - Mira: x", 1, "no zone"),
    ("time,text,kind\n2026-02-03T14:05Z,x,outage\n", 2, "is no kind"),
    ("31.02.2026 14:05Z mira: x", 1, "no such day"),
    ("[{\"text\":\"x\"}]", 0, "has no ts"),
    ("time,text,drill\n2026-02-03T14:05Z,x,true\n", 2, "of a drill"),
    ("time,text\n2026-02-03T14:05Z,\"x\n2026-02-03T14:06Z,y\n", 2, "never closed"),
    ("time,text,kind\n2026-02-03T14:05Z,,resolved\n2026-02-03T14:06Z,,\n", 3, "no text"),
  ])
  func `what could mean something else is refused`(text: String, line: Int, what: String) {
    let problem = #expect(throws: TimelineImport.Problem.self) {
      try TimelineImport(text, zone: nil)
    }
    #expect(problem?.line == line)
    #expect(problem?.what.containsText(what) == true, "\(problem?.what ?? "")")
  }

  @Test(
    arguments: [
      ("02/03/26, 14:05 - Mira: a", 1, "2026-03-02 or 2026-02-03"),
      ("13/03/26 14:05 a\n02/03/26 14:06 b", nil, ""),
      ("2026-03-01 14:05 a\n02/03/2026 14:06 b", 2, "2026-03-02 or 2026-02-03"),
      ("time,text\n02-03-26 14:05,x\n", 2, "2026-03-02 or 2026-02-03"),
      ("03/03/26 14:05 a", nil, ""),
    ] as [(String, Int?, String)])
  func `where day and month can be told apart in two ways, somebody has to say`(
    text: String, line: Int?, what: String
  ) throws {
    guard let line else {
      #expect(throws: Never.self) { try TimelineImport(text, zone: .utc) }
      return
    }
    let problem = #expect(throws: TimelineImport.Problem.self) {
      try TimelineImport(text, zone: .utc)
    }
    #expect(problem?.line == line)
    #expect(problem?.what.containsText(what) == true, "\(problem?.what ?? "")")
    #expect(problem?.remedy.containsText("--date-order dmy or --date-order mdy") == true)
    let said = try TimelineImport(text, zone: .utc, order: .monthDayYear).rows
    #expect(said.contains { $0.occurred.rfc3339.hasPrefix("2026-02-03T14:0") })
  }

  @Test(arguments: [
    "Mira Okafor  2:05 PM\nlooking\nat graphs\n\nbo  [2:09 PM]\nrolled back at 14:08\n",
    "Mira Okafor\n  2:05 PM\nlooking\nat graphs\n\nbo\n14:09\nrolled back at 14:08\n",
    "Mira Okafor\n02.03.2026 14:05\nlooking\nat graphs\n\nbo\n02.03.2026 14:09\nrolled back at 14:08",
    "[14:05] Mira Okafor\nlooking\nat graphs\n[14:09] Bo\nrolled back at 14:08\n",
    "[14:05] <Mira Okafor> looking\nat graphs\n[14:09] <Bo> rolled back at 14:08\n",
  ])
  func `names and times may stand above the words`(text: String) throws {
    let day = CivilDate(year: 2026, month: 3, day: 2)
    let rows = try TimelineImport(text, zone: .utc, day: day).rows
    #expect(rows.map { $0.actor?.lowercased() } == ["mira okafor", "bo"])
    #expect(rows.map(\.text) == ["looking\nat graphs", "rolled back at 14:08"])
    #expect(
      rows.map(\.occurred.rfc3339) == ["2026-03-02T14:05:00.000Z", "2026-03-02T14:09:00.000Z"])
  }

  @Test func `an export of messages needs no zone`() throws {
    let text = """
      [{"user":"U1","user_profile":{"real_name":"Mira Okafor"},"ts":"1772460300.250100","text":"a &lt; b"},
       {"type":"message","ts":"1772460360.000000","username":"bot","text":"5xx &amp;amp;"},
       {"ts":"1772460361.000000","text":" "}]
      """
    let rows = try TimelineImport(text, zone: nil).rows
    #expect(rows.map(\.actor) == ["Mira Okafor", "bot"])
    #expect(rows.map(\.text) == ["a < b", "5xx &amp;"])
    #expect(rows[0].occurred.rfc3339 == "2026-03-02T14:05:00.250Z")
  }

  @Test func `the same words twice in a minute are two entries`() throws {
    let text = "2026-03-02 14:05 mira: ok\n2026-03-02 14:05 mira: ok\n2026-03-02 14:05 bo: ok\n"
    let rows = try TimelineImport(text, zone: .utc).rows
    #expect(Set(rows.map(\.identity)).count == 3)
    let longer = try TimelineImport(text + "2026-03-02 14:06 bo: ok\n", zone: .utc).rows
    #expect(longer.prefix(3).map(\.identity) == rows.map(\.identity))
  }

  @Test(arguments: BuiltIns.names)
  func `an exported table comes back with the same words at the same times`(name: String) throws {
    let rich = try RichIncident(BuiltIns.read(name))
    let export = TimelineExport(of: rich.source)
    let read = try TimelineImport(export.csv, zone: nil)
    let kept = export.entries.filter { !$0.isRetracted }
    #expect(read.leftOut == export.entries.count - kept.count)
    #expect(read.rows.map(\.occurred) == kept.map(\.effective))
    #expect(read.rows.map(\.actor) == kept.map(\.actor))
    // Told again in another incident of the same procedure, the words are the same but for those made harmless.
    let declaration = Declaration(
      id: "2026-11-21-again", title: "Again", procedure: rich.incident.procedure)
    var log = MemoryLog()
    var incident = Incident()
    incident.apply(
      log.append(
        try Incident.declare(
          declaration, occurred: RichIncident.time("00:01"), at: RichIncident.now),
        at: RichIncident.now))
    for row in read.rows {
      var draft = EventDraft(
        .noteAdded, occurred: row.occurred, EventData(["text": .string(row.text)]))
      do {
        draft = try incident.decide(row.command(), occurred: row.occurred, at: RichIncident.now)
      } catch {
        // What the log says already stays a note in the same words.
      }
      incident.apply(
        log.append(
          draft, author: Author(actor: row.actor ?? "", source: "import"), at: RichIncident.now))
    }
    let again = TimelineExport(
      of: ReportSource(of: incident, events: log.events, at: RichIncident.now))
    let told = again.entries.filter { $0.text != "Declared: Again (severity unknown)" }
    #expect(told.map(\.effective) == kept.map(\.effective))
    #expect(
      told.filter { $0.actor != "ben" }.map(\.text) == kept.filter { $0.actor != "ben" }.map(\.text)
    )
  }
}
