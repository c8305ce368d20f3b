import Engine
import Testing

@Suite struct `Times as people type them` {
  @Test(arguments: [
    ("14:05", "2026-11-21T07:05:00Z"), ("9:05", "2026-11-21T02:05:00Z"),
    ("14:05:30", "2026-11-21T07:05:30Z"), ("23:50", "2026-11-20T16:50:00Z"),
    ("15:00", "2026-11-21T08:00:00Z"), ("15:01", "2026-11-20T08:01:00Z"),
    ("-12m", "2026-11-21T07:48:00Z"), ("-1h30m", "2026-11-21T06:30:00Z"),
    ("-90s", "2026-11-21T07:58:30Z"), ("- 2 h", "2026-11-21T06:00:00Z"),
    ("-0m", "2026-11-21T08:00:00Z"), ("now", "2026-11-21T08:00:00Z"),
    ("yesterday 23:50", "2026-11-20T16:50:00Z"), ("Yesterday 9:00", "2026-11-20T02:00:00Z"),
    ("today 00:00", "2026-11-20T17:00:00Z"), ("2026-11-21 14:05", "2026-11-21T07:05:00Z"),
    ("2026-11-21T14:05", "2026-11-21T07:05:00Z"), ("2026-11-21T07:05:00Z", "2026-11-21T07:05:00Z"),
    ("2026-11-21T09:05:00.25+02:00", "2026-11-21T07:05:00.250Z"),
    ("2026-11-21T07:05Z", "2026-11-21T07:05:00Z"),
    ("2026-11-21T09:05+02:00", "2026-11-21T07:05:00Z"),
    ("2026-11-21 07:05:00z", "2026-11-21T07:05:00Z"), (" 14:05 ", "2026-11-21T07:05:00Z"),
    ("2:05 pm", "2026-11-21T07:05:00Z"), ("2:05pm", "2026-11-21T07:05:00Z"),
    ("2:05 P.M.", "2026-11-21T07:05:00Z"), ("2:05 p. m.", "2026-11-21T07:05:00Z"),
    ("2 pm", "2026-11-21T07:00:00Z"), ("12:10 am", "2026-11-20T17:10:00Z"),
    ("12:10 pm", "2026-11-21T05:10:00Z"), ("下午2:05", "2026-11-21T07:05:00Z"),
    ("午後 2:05", "2026-11-21T07:05:00Z"), ("٠٩:٠٥", "2026-11-21T02:05:00Z"),
    ("１４：０５", "2026-11-21T07:05:00Z"), ("14 Uhr", "2026-11-21T07:00:00Z"),
    ("14:05 Uhr", "2026-11-21T07:05:00Z"), ("14.05 Uhr", "2026-11-21T07:05:00Z"),
    ("14h05", "2026-11-21T07:05:00Z"),
    ("07:05 UTC", "2026-11-21T07:05:00Z"), ("07:05Z", "2026-11-21T07:05:00Z"),
    ("07:05 GMT", "2026-11-21T07:05:00Z"), ("09:05 UTC+2", "2026-11-21T07:05:00Z"),
    ("09:05 +0200", "2026-11-21T07:05:00Z"), ("09:05+02:00", "2026-11-21T07:05:00Z"),
    ("14:05 WIB", "2026-11-21T07:05:00Z"), ("14:05 Asia/Jakarta", "2026-11-21T07:05:00Z"),
    ("gestern 23:50", "2026-11-20T16:50:00Z"), ("23:50 yesterday", "2026-11-20T16:50:00Z"),
    ("yesterday at 23:50", "2026-11-20T16:50:00Z"), ("Fri 23:50", "2026-11-20T16:50:00Z"),
    ("21.11.2026 14:05", "2026-11-21T07:05:00Z"), ("21.11. 14:05", "2026-11-21T07:05:00Z"),
    ("Nov 20 23:50", "2026-11-20T16:50:00Z"), ("20 Nov 2026, 23:50", "2026-11-20T16:50:00Z"),
    ("12m ago", "2026-11-21T07:48:00Z"), ("2 hours ago", "2026-11-21T06:00:00Z"),
    ("noon", "2026-11-21T05:00:00Z"), ("midnight", "2026-11-20T17:00:00Z"),
    ("midday UTC", "2026-11-20T12:00:00Z"), ("yesterday noon", "2026-11-20T05:00:00Z"),
    ("vor 12 Minuten", "2026-11-21T07:48:00Z"), ("-12 минут", "2026-11-21T07:48:00Z"),
  ])
  func `are read by the clock of the zone`(text: String, expected: String) throws {
    let instant = try TimeExpression.read(
      text, now: at("2026-11-21T08:00:00Z"), zone: Zones.read("Asia/Jakarta"))
    #expect(instant == (try at(expected)))
  }

  @Test(arguments: [
    "", " ", "1405", "14:5", "12m", "-m", "--5m", "-5m-3m", "yesterday",
    "tomorrow 10:00", "2026-11-21", "-99999999w", "2026-11-21 14:05 x", "-5m ago", "16:9",
    "12:34:56:78",
  ])
  func `are nothing else`(text: String) throws {
    #expect(throws: TimeExpression.Problem.notATime) {
      try TimeExpression.read(text, now: at("2026-11-21T08:00:00Z"), zone: .utc)
    }
  }

  @Test(arguments: [
    ("24:00", TimeExpression.Problem.noTimeOfDay("24:00")), ("14:60", .noTimeOfDay("14:60")),
    ("14:05 pm", .noTimeOfDay("14:05 pm")), ("13pm", .noTimeOfDay("13pm")),
    ("2026-02-30 10:00", .noDay("2026-02-30")), ("30.02.2026 10:00", .noDay("30.02.2026")),
    ("02/03/26 10:00", .ambiguousDay("02/03/26")), ("10:12-10:20", .range("10:12-10:20")),
    ("~07:05", .approximate("~07:05")), ("07:05 EST", .foreignZone("EST")),
    ("07:05 +02", .foreignZone("+02")),
    ("07:05 Europe/Berlin", .foreignZone("Europe/Berlin")),
    ("yesterday 25:10", .noTimeOfDay("25:10")), ("-12", .noUnit("-12")),
    ("yesterday midnight", .ambiguousDay("yesterday midnight")),
  ])
  func `say what is wrong with them`(text: String, problem: TimeExpression.Problem) throws {
    #expect(throws: problem) {
      try TimeExpression.read(text, now: at("2026-11-21T08:00:00Z"), zone: .utc)
    }
  }

  @Test(arguments: [
    ("today 08:01", "2026-11-21T08:01:00Z"), ("2026-11-22 00:00", "2026-11-22T00:00:00Z"),
    ("2026-11-21T08:00:00.001Z", "2026-11-21T08:00:00.001Z"), ("+5m", "2026-11-21T08:05:00Z"),
  ])
  func `are never in the future`(text: String, understood: String) throws {
    #expect(throws: TimeExpression.Problem.inTheFuture(try at(understood))) {
      try TimeExpression.read(text, now: at("2026-11-21T08:00:00Z"), zone: .utc)
    }
  }

  @Test(arguments: [
    // The clock showed 02:30 at 00:30Z and again at 01:30Z.
    ("2026-10-25T00:40:00Z", "02:30", "2026-10-25T00:30:00Z"),
    ("2026-10-25T01:10:00Z", "02:30", "2026-10-25T00:30:00Z"),
    ("2026-10-25T01:40:00Z", "02:30", "2026-10-25T01:30:00Z"),
    ("2026-10-25T12:00:00Z", "02:30", "2026-10-25T01:30:00Z"),
    ("2026-10-25T12:00:00Z", "today 02:30", "2026-10-25T00:30:00Z"),
    // A day has 25 hours: an hour by the span, two by the clock.
    ("2026-10-25T01:40:00Z", "-1h", "2026-10-25T00:40:00Z"),
    // The clock never showed 02:30: what then reads 03:30.
    ("2026-03-29T12:00:00Z", "02:30", "2026-03-29T01:30:00Z"),
    ("2026-03-29T01:10:00Z", "02:30", "2026-03-28T01:30:00Z"),
  ])
  func `on nights on which the clocks change`(now: String, text: String, expected: String) throws {
    let instant = try TimeExpression.read(
      text, now: at(now), zone: Zones.read("Europe/Berlin"))
    #expect(instant == (try at(expected)))
  }

  @Test(arguments: [
    ("Europe/Berlin", "2026-03-28T20:00:00Z"), ("Europe/Berlin", "2026-10-24T20:00:00Z"),
    ("America/New_York", "2026-03-08T00:00:00Z"), ("America/New_York", "2026-11-01T00:00:00Z"),
    ("Australia/Lord_Howe", "2026-04-04T08:00:00Z"), ("Asia/Jakarta", "2026-11-20T10:00:00Z"),
  ])
  func `a clock is what was last shown, or what the zone makes of it`(
    name: String, start: String
  ) throws {
    let zone = try Zones.read(name)
    var checked = 0
    for step in 0..<36 {
      let now = try at(start) + .minutes(Int64(step) * 20)
      for minute in stride(from: 0, to: 24 * 60, by: 10) {
        let text = "\(minute / 60):\(minute % 60 < 10 ? "0" : "")\(minute % 60)"
        let instant = try TimeExpression.read(text, now: now, zone: zone)
        let local = zone.localTime(at: instant)
        #expect(instant <= now && now - instant < .hours(49))
        if local.secondsOfDay != minute * 60 {
          #expect(zone.instant(of: local.date, secondsOfDay: minute * 60) == instant)
        } else {
          // Nothing nearer shows it.
          var later = instant + .minutes(10)
          while later <= now {
            #expect(zone.localTime(at: later).secondsOfDay != minute * 60)
            later = later + .minutes(10)
          }
        }
        checked += 1
      }
    }
    #expect(checked == 36 * 144)
  }

  @Test(arguments: [
    ("-12m rolled back api", "2026-11-21T07:48:00Z", "rolled back api"),
    ("14:05 text", "2026-11-20T14:05:00Z", "text"),
    ("07:05: two  spaces", "2026-11-21T07:05:00Z", "two  spaces"),
    ("yesterday 23:50, then", "2026-11-20T23:50:00Z", "then"),
    ("2026-11-21 07:05 x", "2026-11-21T07:05:00Z", "x"),
    ("2026-11-21T07:05:00Z x y z", "2026-11-21T07:05:00Z", "x y z"),
    ("-1h 30m of errors", "2026-11-21T07:00:00Z", "30m of errors"),
    ("-12 m late", "2026-11-21T07:48:00Z", "late"),
    ("  -5m", "2026-11-21T07:55:00Z", ""),
    ("-5m line\nnext", "2026-11-21T07:55:00Z", "line\nnext"),
    ("-5m\nline", "2026-11-21T07:55:00Z", "line"),
    ("6:10 am said hi", "2026-11-21T06:10:00Z", "said hi"),
    ("9:10 pm said hi", "2026-11-20T21:10:00Z", "said hi"),
    ("9:10 p.m., said hi", "2026-11-20T21:10:00Z", "said hi"),
    ("07:05 UTC said", "2026-11-21T07:05:00Z", "said"),
    ("07:05 - rolled back", "2026-11-21T07:05:00Z", "rolled back"),
    ("[07:05] <kai> rolled back", "2026-11-21T07:05:00Z", "<kai> rolled back"),
    ("07:05 API down", "2026-11-21T07:05:00Z", "API down"),
    ("07:05 +10 pods", "2026-11-21T07:05:00Z", "+10 pods"),
    ("07:05 Mon was restarted", "2026-11-21T07:05:00Z", "Mon was restarted"),
    ("12m ago rolled back", "2026-11-21T07:48:00Z", "rolled back"),
    ("23:50 yesterday rolled back", "2026-11-20T23:50:00Z", "rolled back"),
    ("noon deploy went out", "2026-11-20T12:00:00Z", "deploy went out"),
    ("midday: deploy went out", "2026-11-20T12:00:00Z", "deploy went out"),
    ("midnight - backup ran", "2026-11-21T00:00:00Z", "backup ran"),
    ("an hour ago it began", "2026-11-21T07:00:00Z", "it began"),
    ("half an hour ago it began", "2026-11-21T07:30:00Z", "it began"),
    ("1 h 30 min ago it began", "2026-11-21T06:30:00Z", "it began"),
    ("[12m ago] it began", "2026-11-21T07:48:00Z", "it began"),
  ])
  func `may stand before a note`(text: String, time: String, rest: String) throws {
    let leading = TimeExpression.leading(text, now: try at("2026-11-21T08:00:00Z"), zone: .utc)
    #expect(leading == .time(try at(time), rest: rest))
  }

  @Test(arguments: [
    "", " ", "rolled back", "- item", "- 12 items", "-12% traffic", "now it works", "+10 pods",
    "vor 12 Pods gewarnt", "a pod is down", "an alert came", "hace falta un reinicio",
    "12 min agony", "10m rows", "半分のサーバー",
    "2027-01-01 10:00 planned", "today 23:00 planned", "502 errors", "1:1 with kai", "5m later",
    "2 pods down", "16:9 screen", "10.0.0.1 is down", "1.2.3 released", "3/4 of nodes", "May be it",
    "yesterday kai said", "Mon alerts", "12:34:56:78:9a:bc is flapping", "2026-11-21 deploy",
    "March figures", "8080:80 mapped", "7-8 pods", "Sat in a meeting",
    "今日 deploy", "at 14:05 it broke",
  ])
  func `are part of the note where they are none`(text: String) throws {
    let leading = TimeExpression.leading(text, now: try at("2026-11-21T08:00:00Z"), zone: .utc)
    #expect(leading == .none)
  }

  @Test(arguments: [
    ("99:99 foo", TimeExpression.Problem.noTimeOfDay("99:99")),
    ("25:10 foo", .noTimeOfDay("25:10")),
    ("14:05 pm said", .noTimeOfDay("14:05 pm")), ("10:12-10:20 watch", .range("10:12-10:20")),
    ("07:05–07:10 outage", .range("7:05-07:10")), ("07:05 - 07:10 outage", .range("07:05")),
    ("07:05 to 07:10 outage", .range("07:05")), ("07:05 EST mira", .foreignZone("EST")),
    ("07:05 America/New_York mira", .foreignZone("America/New_York")),
    ("~07:05 it began", .approximate("~07:05")), ("07:05? it began", .approximate("7:05?")),
    ("2026-13-45 07:05 x", .noDay("2026-13-45")), ("02/03/26 07:05 x", .ambiguousDay("02/03/26")),
    ("yesterday 99:99 x", .noTimeOfDay("99:99")), ("07:05 +1000 requests", .foreignZone("+1000")),
    ("2026-11-21T25:00 x", .noTimeOfDay("25:00")), ("25:99 foo", .noTimeOfDay("25:99")),
    ("-12 rolled back", .noUnit("-12")), ("-12: rolled back", .noUnit("-12")),
    ("yesterday midnight x", .ambiguousDay("yesterday midnight")),
  ])
  func `are refused before a note where they cannot be understood`(
    text: String, problem: TimeExpression.Problem
  ) throws {
    let leading = TimeExpression.leading(text, now: try at("2026-11-21T08:00:00Z"), zone: .utc)
    #expect(leading == .problem(problem))
  }

  @Test(arguments: [
    "vor 12 Minuten zurückgerollt", "hace 12 minutos zurückgerollt",
    "il y a 12 min zurückgerollt", "há 12 minutos zurückgerollt", "12 minuti fa zurückgerollt",
    "12 minuten geleden zurückgerollt", "12 minut temu zurückgerollt",
    "12 минут назад zurückgerollt", "12 dk önce zurückgerollt", "12 分前 zurückgerollt",
    "12分钟前 zurückgerollt", "12 分鐘前zurückgerollt", "12분 전 zurückgerollt",
    "12 menit yang lalu zurückgerollt", "12 phút trước, zurückgerollt",
    "12 นาทีที่แล้ว zurückgerollt", "１２分前 zurückgerollt", "-12 Minuten zurückgerollt",
    "-12分 zurückgerollt",
  ])
  func `a span before now may stand before a note in many languages`(text: String) throws {
    let leading = TimeExpression.leading(text, now: try at("2026-11-21T08:00:00Z"), zone: .utc)
    #expect(leading == .time(try at("2026-11-21T07:48:00Z"), rest: "zurückgerollt"))
  }

  @Test(arguments: ["+5m later", "+5m", "+1h30m: restart", "+5 min restart"])
  func `a span that has not passed is refused before a note`(text: String) throws {
    let leading = TimeExpression.leading(text, now: try at("2026-11-21T08:00:00Z"), zone: .utc)
    guard case .problem(.inTheFuture) = leading else {
      Issue.record("\(text) is \(leading)")
      return
    }
  }

  @Test(arguments: [
    ("7d", "2026-11-28T23:59:59Z"), ("2w", "2026-12-05T23:59:59Z"), ("4h", "2026-11-21T12:00:00Z"),
    ("tomorrow", "2026-11-22T23:59:59Z"), ("Mon", "2026-11-23T23:59:59Z"),
    ("Sat", "2026-11-28T23:59:59Z"), ("2026-12-01", "2026-12-01T23:59:59Z"),
    ("2026-12-01T10:00:00Z", "2026-12-01T10:00:00Z"), ("in 3 days", "2026-11-24T23:59:59Z"),
  ])
  func `a day by which something is due is a date, a span or a weekday`(
    text: String, expected: String
  ) throws {
    let due = DueExpression.read(text, now: try at("2026-11-21T08:00:00Z"), zone: .utc)
    #expect(due == (try at(expected)))
  }

  @Test(arguments: ["", "soon", "7", "-7d", "0d", "2026-02-30", "12:00"])
  func `nothing else is a day`(text: String) throws {
    #expect(DueExpression.read(text, now: try at("2026-11-21T08:00:00Z"), zone: .utc) == nil)
  }

  @Test(arguments: [
    ("10m", 600), ("1h30m", 5400), ("90s", 90), ("2 h", 7200), ("1.5h", 5400), ("1 Week", 604_800),
    ("2 hours 5 min", 7500), ("0s", 0),
  ])
  func `spans have numbers and units`(text: String, expected: Int) {
    #expect(SpanText.seconds(text) == expected)
    #expect(SpanText.seconds(SpanText.text(expected)) == expected)
  }

  @Test(arguments: ["", "10", "-10m", "10x", "m10", "1h1h", "1..5h", "1.h", ".5h", "99999999999w"])
  func `spans are nothing else`(text: String) {
    #expect(SpanText.seconds(text) == nil)
  }
}
