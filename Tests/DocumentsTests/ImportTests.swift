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
      ("[20.11.26, 14:05:09] ~ Kai: ok", "2026-11-20T13:05:09.000Z", "Kai", "ok"),
      (
        "20.11.26, 14:05 - +49 170 1234567: ok", "2026-11-20T13:05:00.000Z", "+49 170 1234567", "ok"
      ),
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
    ("time,text,kind\n2026-02-03T14:05Z,x,outage\n", 2, "is not a kind"),
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

  @Test func `nobody's words are put into another's mouth where no blank line stands between`()
    throws
  {
    let text = """
      Mira Kos
        9:12 AM
      Checkout is down
      Bo Li
        9:14 AM
      is it the deploy?
      9:15 AM
      Rolled back
      kai:fire:  9:16 AM
      hot
      Mira Kos
      9:17 AM
      Watching Now
      """
    let day = CivilDate(year: 2026, month: 3, day: 2)
    let rows = try TimelineImport(text, zone: .utc, day: day).rows
    #expect(rows.map(\.actor) == ["Mira Kos", "Bo Li", "Bo Li", "kai", "Mira Kos"])
    #expect(
      rows.map(\.text) == [
        "Checkout is down", "is it the deploy?", "Rolled back", "hot", "Watching Now",
      ])
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

  @Test(arguments: [
    "Mira Kos\n  9:12 AM\nCheckout is down\nBo Li\n  9:14 AM\nis it the deploy?\n",
    "Mira Kos\n9:12 AM\nCheckout is down\nBo Li\n9:14 AM\nis it the deploy?\n",
    "Mira Kos  9:12 AM\nCheckout is down\nBo Li:fire:  9:14 AM\nis it the deploy?\n",
    "Mira Kos (she/her)  9:12 AM\nCheckout is down\nBo Li 🔥  9:14 AM\nis it the deploy?\n",
    "Mira Kos, [20.11.2026 09:12]\nCheckout is down\n\nBo Li, [20.11.2026 09:14]\nis it the deploy?\n",
  ])
  func `nobody's words become those of whoever spoke before`(text: String) throws {
    let day = CivilDate(year: 2026, month: 11, day: 20)
    let rows = try TimelineImport(text, zone: .utc, day: day).rows
    #expect(rows.map(\.actor) == ["Mira Kos", "Bo Li"])
    #expect(rows.map(\.text) == ["Checkout is down", "is it the deploy?"])
    #expect(rows.map(\.occurred.rfc3339.utf8.count) == [24, 24])
  }

  @Test(arguments: [
    "[9:12 AM] Kos, Mira\nCheckout is down\n[9:14 AM] Li, Bo\nis it?\n",
    "Kos, Mira  20.11.2026 09:12\nCheckout is down\nLi, Bo  20.11.2026 09:14\nis it?\n",
  ])
  func `a name with the family's first is no word`(text: String) throws {
    let day = CivilDate(year: 2026, month: 11, day: 20)
    let rows = try TimelineImport(text, zone: .utc, day: day).rows
    #expect(rows.map(\.actor) == ["Kos, Mira", "Li, Bo"])
    #expect(rows.map(\.text) == ["Checkout is down", "is it?"])
  }

  @Test func `a name that may be a word stays with the words, and it is said`() throws {
    let text = "kai\n9:12\nlooking\nDone\n9:15\nrolled back\n"
    let read = try TimelineImport(
      text, zone: .utc, day: CivilDate(year: 2026, month: 11, day: 20))
    #expect(read.rows.map(\.actor) == ["kai", "kai"])
    #expect(read.rows.map(\.text) == ["looking\nDone", "rolled back"])
    #expect(read.remarks.contains { $0.containsText("line 4: 'Done' is taken as words") })
  }

  @Test(arguments: ["## Timeline (all times CET)", "Zeiten in MEZ", "# Log (UTC+1)"])
  func `the zone above the times holds, and another one is refused`(heading: String) throws {
    let text = "\(heading)\n- 14:05 mira: looking\n"
    let day = CivilDate(year: 2026, month: 11, day: 20)
    for zone in [nil, Self.berlin] {
      let rows = try TimelineImport(text, zone: zone, day: day).rows
      #expect(rows.map(\.occurred.rfc3339) == ["2026-11-20T13:05:00.000Z"])
    }
    let problem = #expect(throws: TimelineImport.Problem.self) {
      try TimelineImport(text, zone: .utc, day: day)
    }
    #expect(problem?.line == 1)
    #expect(problem?.what.containsText("the times are said to be") == true)
  }

  @Test func `an hour that is there twice keeps the order of what was said in it`() throws {
    let text = """
      02:10 mira: a
      02:50 mira: b
      02:05 mira: c
      02:40 mira: d
      03:00 mira: e
      """
    let read = try TimelineImport(
      text, zone: Self.berlin, day: CivilDate(year: 2026, month: 10, day: 25))
    #expect(read.rows.map(\.text) == ["a", "b", "c", "d", "e"])
    #expect(
      read.rows.map { String($0.occurred.rfc3339.dropFirst(11).prefix(5)) }
        == ["00:10", "00:50", "01:05", "01:40", "02:00"])
    #expect(read.remarks.contains { $0.containsText("line 1: the clocks showed this time twice") })
    #expect(read.remarks.contains { $0.containsText("line 3:") && $0.containsText("second") })
  }

  @Test(arguments: ["\"has_more\":true", "\"more\":true", "\"next_cursor\":\"x\""])
  func `an export that is only a part says so`(mark: String) throws {
    let messages = "[{\"ts\":\"1763733900.1\",\"user\":\"mira\",\"text\":\"x\"}]"
    let read = try TimelineImport("{\"messages\":\(messages),\(mark)}", zone: nil)
    #expect(read.rows.count == 1)
    #expect(read.remarks.contains { $0.hasPrefix("incomplete:") })
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

  private static let day = CivilDate(year: 2026, month: 3, day: 2)

  @Test(
    arguments: [
      ("09:29 EST mira: hi", "2026-03-02T14:29:00.000Z", "mira", "hi"),
      ("9:29 p. m. mira: hi", "2026-03-02T21:29:00.000Z", "mira", "hi"),
      ("9 pm - mira: hi", "2026-03-02T21:00:00.000Z", "mira", "hi"),
      ("2:05 p.m. mira: hi", "2026-03-02T14:05:00.000Z", "mira", "hi"),
      ("14:05 Uhr: mira: hi", "2026-03-02T14:05:00.000Z", "mira", "hi"),
      ("14h05 - mira: hi", "2026-03-02T14:05:00.000Z", "mira", "hi"),
      ("10:12-10:20 watch", "2026-03-02T10:12:00.000Z", nil, "watch (until 10:20)"),
      ("10:12 – 10:20: mira: watch", "2026-03-02T10:12:00.000Z", "mira", "watch (until 10:20)"),
      ("Mar 28, 2025 2:05 PM mira: hi", "2025-03-28T14:05:00.000Z", "mira", "hi"),
      ("March 28, 2025 at 2:05 PM - mira: hi", "2025-03-28T14:05:00.000Z", "mira", "hi"),
      ("Fri, 28 Mar 2025 14:05:09 +0100 mira: hi", "2025-03-28T13:05:09.000Z", "mira", "hi"),
      ("28. März 2025, 14:05 Uhr - mira: hi", "2025-03-28T14:05:00.000Z", "mira", "hi"),
      ("28 de marzo de 2025 14:05 - mira: hi", "2025-03-28T14:05:00.000Z", "mira", "hi"),
      ("2025年3月28日 14:05 mira: hi", "2025-03-28T14:05:00.000Z", "mira", "hi"),
      ("下午 2:05 mira: hi", "2026-03-02T14:05:00.000Z", "mira", "hi"),
      ("- 14:05 mira: hi", "2026-03-02T14:05:00.000Z", "mira", "hi"),
      ("* **14:05** mira: hi", "2026-03-02T14:05:00.000Z", "mira", "hi"),
      ("1. 14:05 mira: hi", "2026-03-02T14:05:00.000Z", "mira", "hi"),
      ("1772460300 mira: hi", "2026-03-02T14:05:00.000Z", "mira", "hi"),
      ("2026-03-02 14:05-05:00 mira: hi", "2026-03-02T19:05:00.000Z", "mira", "hi"),
      ("2026-03-02T09:05-10:00 mira: hi", "2026-03-02T19:05:00.000Z", "mira", "hi"),
    ] as [(String, String, String?, String)])
  func `times as people write them`(
    line: String, occurred: String, actor: String?, text: String
  ) throws {
    let row = try #require(TimelineImport(line, zone: .utc, day: Self.day).rows.first)
    #expect(row.occurred.rfc3339 == occurred)
    #expect(row.actor == actor)
    #expect(row.text == text)
  }

  @Test(arguments: [
    ("14:05 IST mira: hi", "several zones are called IST"),
    ("2026-03-02 09:05-10:00 mira: hi", "'-10:00' can be the end of a range or an offset"),
  ])
  func `a time that can mean two is refused with the reason`(line: String, what: String) {
    let problem = #expect(throws: TimelineImport.Problem.self) {
      try TimelineImport(line, zone: .utc, day: Self.day)
    }
    #expect(problem?.what.containsText(what) == true, "\(problem?.what ?? "")")
  }

  @Test func `letters of a zone mean what they mean where the file comes from`() throws {
    let kolkata = TimeZoneRules(
      name: "Asia/Kolkata",
      initial: .init(offset: 19_800, abbreviation: "IST", isDaylightSaving: false), rule: nil)
    let rows = try TimelineImport("14:05 IST mira: hi", zone: kolkata, day: Self.day).rows
    #expect(rows.first?.occurred.rfc3339 == "2026-03-02T08:35:00.000Z")
  }

  @Test func `items of a list between lines with times keep their own times`() throws {
    let text = "14:05 mira: down\n- 14:07 rolled back\n- no effect\n14:09 bo: up\n"
    let rows = try TimelineImport(text, zone: .utc, day: Self.day).rows
    #expect(rows.map(\.text) == ["down", "rolled back\n- no effect", "up"])
  }

  @Test(arguments: [
    "time,text\n23:50,a\n00:10,b\n00:20,c\n",
    "| Time | What |\n|---|---|\n| 23:50 | a |\n| 00:10 | b |\n| 00:20 | c |\n",
    "23:50 a\n00:10 b\n00:20 c\n",
  ])
  func `rows of a table go on past midnight as lines do, and it is said`(text: String) throws {
    let read = try TimelineImport(text, zone: .utc, day: Self.day)
    #expect(
      read.rows.map(\.occurred.rfc3339) == [
        "2026-03-02T23:50:00.000Z", "2026-03-03T00:10:00.000Z", "2026-03-03T00:20:00.000Z",
      ])
    #expect(read.remarks.count == 1)
    #expect(read.remarks.first?.hasSuffix("a new day begins, 2026-03-03") == true)
  }

  @Test func `what is passed on late pushes nothing a day on`() throws {
    let early = try TimelineImport(
      "14:05 a\n01:50 b\n14:10 c\n", zone: .utc, day: Self.day)
    #expect(early.rows.map(\.text) == ["b", "a", "c"])
    #expect(
      early.rows.map { $0.occurred.rfc3339.prefix(10) } == [
        "2026-03-02", "2026-03-02", "2026-03-02",
      ])
    #expect(early.remarks == ["line 2: taken as earlier on the same day"])
    let night = try TimelineImport(
      "23:50 a\n00:10 b\n23:55 c\n00:15 d\n", zone: .utc, day: Self.day)
    #expect(night.rows.map(\.text) == ["a", "c", "b", "d"])
    #expect(night.rows.last?.occurred.rfc3339 == "2026-03-03T00:15:00.000Z")
  }

  @Test(arguments: [
    "Date,Time,Note\n2026-03-02,14:05,x\n", "Datum;Uhrzeit;Ereignis\n02.03.2026;14:05;x\n",
    "Timestamp (UTC),Message\n2026-03-02 14:05,x\n", "ts,text\n1772460300,x\n",
    "epoch;msg\n1772460300;x\n",
    "timestamp,text\n1772460300000,x\n", "time,text\n\"Mar 2, 2026 2:05 PM UTC\",x\n",
    "| Date | Time (UTC) | Who | Event |\n|---|:-:|---|---|\n| 2026-03-02 | 14:05 | mira | x |\n",
    "# Outage\n\nSeen by us.\n\n| When | What |\n| --- | --- |\n| 2026-03-02 14:05Z | **x** |\n\nEnd.\n",
  ])
  func `a table may have a date beside the time, a zone in its header, or seconds since 1970`(
    text: String
  ) throws {
    let zone: TimeZoneRules? = text.containsText("UTC") || text.containsText("Z") ? nil : .utc
    let read = try TimelineImport(text, zone: zone)
    #expect(read.rows.map(\.occurred.rfc3339) == ["2026-03-02T14:05:00.000Z"])
    #expect(read.rows.map(\.text) == ["x"])
  }

  @Test func `what is left out is counted and named`() throws {
    let chat = try TimelineImport(
      "Export of #ops\n\n14:05 mira: x\n", zone: .utc, day: Self.day)
    #expect(chat.omissionLines == ["left out: 1 before the first time (line 1)"])
    let table = try TimelineImport(
      "Intro\n\n| Time | What |\n|---|---|\n| 14:05 | x |\n\nOutro\n", zone: .utc, day: Self.day)
    #expect(table.omissionLines == ["left out: 2 outside the table (lines 1, 7)"])
    let messages = try TimelineImport(
      #"[{"ts":"1772460300.0","text":"x"},{"ts":"1772460301.0","text":""}]"#, zone: nil)
    #expect(messages.omissionLines == ["left out: 1 without text (line 2)"])
  }

  @Test func `a message without text says what is attached to it`() throws {
    let text = """
      [{"ts":"1772460300.0","text":"","attachments":[{"title":"Checkout 5xx","text":"over 2 %"}]},
       {"ts":"1772460301.0","text":"","user":"mira","blocks":[{"type":"rich_text","elements":
         [{"type":"rich_text_section","elements":[{"type":"text","text":"I "},{"type":"text","text":"have it"}]}]}]},
       {"ts":"1772460302.0","text":"","files":[{"name":"graph.png"}]},
       {"ts":"1772460303.0","text":"said","blocks":[{"type":"section","text":{"type":"mrkdwn","text":"said"}}]}]
      """
    let read = try TimelineImport(text, zone: nil)
    #expect(
      read.rows.map(\.text) == ["Checkout 5xx\nover 2 %", "I have it", "[file: graph.png]", "said"])
    #expect(read.omissions.isEmpty)
  }

  @Test func `messages of Teams, Telegram and Discord, and log entries of a pager, are read`()
    throws
  {
    let teams =
      #"{"value":[{"createdDateTime":"2026-03-02T14:05:00Z","from":{"user":{"displayName":"Mira Okafor"}},"body":{"contentType":"html","content":"<p>rolling <b>back</b></p><p>now &amp; then</p>"}}]}"#
    let telegram =
      #"{"name":"ops","messages":[{"id":1,"type":"message","date":"2026-03-02T15:05:00","date_unixtime":"1772460300","from":"Mira Okafor","text":["rolling ",{"type":"bold","text":"back"},"\nnow & then"]}]}"#
    let discord =
      #"{"messages":[{"timestamp":"2026-03-02T14:05:00.000+00:00","content":"rolling back\nnow & then","author":{"name":"mo","nickname":"Mira Okafor"}}]}"#
    for text in [teams, telegram, discord] {
      let rows = try TimelineImport(text, zone: nil).rows
      #expect(rows.map(\.text) == ["rolling back\nnow & then"])
      #expect(rows.map(\.actor) == ["Mira Okafor"])
      #expect(rows.map(\.occurred.rfc3339) == ["2026-03-02T14:05:00.000Z"])
    }
    let pager = """
      {"log_entries":[
        {"id":"R1","type":"trigger_log_entry","created_at":"2026-03-02T14:05:00Z","summary":"Triggered through the API","agent":{"summary":"Checkout"},"event_details":{"description":"5xx over 2 %"}},
        {"id":"R2","type":"acknowledge_log_entry","created_at":"2026-03-02T14:06:00Z","summary":"Acknowledged by Mira","agent":{"summary":"Mira"}},
        {"id":"R3","type":"annotate_log_entry","created_at":"2026-03-02T14:07:00Z","summary":"Note by Mira","channel":{"type":"note","content":"rolled back"},"agent":{"summary":"Mira"}},
        {"id":"R4","type":"resolve_log_entry","created_at":"2026-03-02T14:09:00Z","summary":"Resolved by Mira","agent":{"summary":"Mira"}}]}
      """
    let rows = try TimelineImport(pager, zone: nil).rows
    #expect(rows.map(\.kind) == [.alert, .acknowledged, .note, .resolved])
    #expect(rows[0].text.hasSuffix("5xx over 2 %"))
    #expect(rows[2].text == "Note by Mira\nrolled back")
  }

  @Test(arguments: BuiltIns.names)
  func `every export of a timeline comes back with as many entries, at the same times`(
    name: String
  ) throws {
    let rich = try RichIncident(BuiltIns.read(name))
    let export = TimelineExport(of: rich.source)
    let kept = export.entries.filter { !$0.isRetracted }
    for text in [export.json.indentedText, export.entries.map(\.json.text).joined(separator: "\n")]
    {
      let read = try TimelineImport(text, zone: nil)
      #expect(read.rows.map(\.occurred) == kept.map(\.effective))
      #expect(read.rows.map(\.text) == kept.map(\.text))
    }
    let markdown = try TimelineImport(export.markdown, zone: rich.source.zone)
    #expect(markdown.rows.count == kept.count)
    #expect(markdown.rows.first?.origin?.incident == rich.incident.id)
    let events = try TimelineImport(export.cloudEvents.text, zone: nil)
    #expect(events.rows.count + events.omissions.count == export.entries.count)
    #expect(events.rows.allSatisfy { $0.event != nil })
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
    #expect(read.omissions.count == export.entries.count - kept.count)
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
