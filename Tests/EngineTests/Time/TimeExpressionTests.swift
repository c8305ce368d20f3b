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
    ("noon", "2026-11-21T05:00:00Z"), ("at noon", "2026-11-21T05:00:00Z"),
    ("um 14:05", "2026-11-21T07:05:00Z"), ("midnight", "2026-11-20T17:00:00Z"),
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
    "2026-11-21", "-99999999w", "2026-11-21 14:05 x", "-5m ago", "16:9",
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
    ("today 08:01", "2026-11-21T08:01:00Z"), ("tomorrow 10:00", "2026-11-22T10:00:00Z"),
    ("2026-11-22 00:00", "2026-11-22T00:00:00Z"),
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
    ("2026-10-25T12:00:00Z", "02:30 CEST", "2026-10-25T00:30:00Z"),
    ("2026-10-25T12:00:00Z", "2026-10-25 02:30 CET", "2026-10-25T01:30:00Z"),
    // A day has 25 hours: an hour by the span, two by the clock.
    ("2026-10-25T01:40:00Z", "-1h", "2026-10-25T00:40:00Z"),
    ("2026-03-29T00:10:00Z", "02:30", "2026-03-28T01:30:00Z"),
  ])
  func `on nights on which the clocks change`(now: String, text: String, expected: String) throws {
    let instant = try TimeExpression.read(
      text, now: at(now), zone: Zones.read("Europe/Berlin"))
    #expect(instant == (try at(expected)))
  }

  @Test(arguments: [
    ("2026-10-25T01:40:00Z", "02:30"), ("2026-10-25T12:00:00Z", "02:30"),
    ("2026-10-25T12:00:00Z", "today 02:30"), ("2026-10-25T12:00:00Z", "2026-10-25 02:30"),
    ("2026-10-26T12:00:00Z", "2026-10-25T02:30"), ("2026-10-26T12:00:00Z", "yesterday 02:30"),
  ])
  func `that the clocks showed twice are refused, whatever way they are written`(
    now: String, text: String
  ) throws {
    let zone = try Zones.read("Europe/Berlin")
    #expect(throws: TimeExpression.Problem.twice(text)) {
      try TimeExpression.read(text, now: at(now), zone: zone)
    }
    let leading = TimeExpression.leading("\(text) foo", now: try at(now), zone: zone)
    #expect(leading == .problem(.twice(text)))
  }

  @Test(arguments: [
    ("2026-03-29T12:00:00Z", "02:30"), ("2026-03-29T01:10:00Z", "02:30"),
    ("2026-03-29T12:00:00Z", "2026-03-29 02:30"), ("2026-03-30T12:00:00Z", "yesterday 02:30"),
  ])
  func `that the clocks skipped are refused`(now: String, text: String) throws {
    let zone = try Zones.read("Europe/Berlin")
    #expect(throws: TimeExpression.Problem.skipped(text)) {
      try TimeExpression.read(text, now: at(now), zone: zone)
    }
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
        checked += 1
        let instant: Timestamp
        do throws(TimeExpression.Problem) {
          instant = try TimeExpression.read(text, now: now, zone: zone)
        } catch {
          // Only a night whose clocks change leaves one open.
          let night = (0...49).map { zone.offset(at: now - .hours($0)) }
          #expect(error == .twice(text) || error == .skipped(text))
          #expect(Set(night).count == 2)
          continue
        }
        let local = zone.localTime(at: instant)
        #expect(instant <= now && now - instant < .hours(49))
        #expect(local.secondsOfDay == minute * 60)
        // Nothing nearer shows it.
        var later = instant + .minutes(10)
        while later <= now {
          #expect(zone.localTime(at: later).secondsOfDay != minute * 60)
          later = later + .minutes(10)
        }
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
    ("07:05 +20 pods", "2026-11-21T07:05:00Z", "+20 pods"),
    ("07:05, +10 pods", "2026-11-21T07:05:00Z", "+10 pods"),
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
    ("-1:30 rolled back", .noTimeOfDay("-1:30")),
    ("05:10 PT foo", .foreignZone("PT")), ("05:10 ET foo", .foreignZone("ET")),
    ("05:10 local foo", .foreignZone("local")), ("05:10 Pacific foo", .foreignZone("Pacific")),
    ("05:10 UTC+25 foo", .foreignZone("UTC+25")), ("05:10 Z+1 foo", .foreignZone("Z+1")),
    ("05:10 +2 foo", .foreignZone("+2")), ("05:10 -3 foo", .foreignZone("-3")),
    ("05:10 +10 foo", .foreignZone("+10")), ("05:10 UTC +2 foo", .foreignZone("UTC +2")),
    ("05:10EST foo", .foreignZone("EST")),
    ("05:10 -> 05:20 foo", .range("05:10")), ("05:10 through 05:20 foo", .range("05:10")),
    ("05:10->05:20 foo", .range("5:10->05:20")), ("05:10~05:20 foo", .range("5:10~05:20")),
    ("05:10 UTC - 05:20 UTC foo", .range("05:10 UTC")), ("5 am to 6 am foo", .range("5 am")),
    ("05:10から05:20 foo", .range("5:10から05:20")), ("05:10 bis mittags foo", .range("05:10")),
    ("14:05 in the morning foo", .noTimeOfDay("14:05 in the morning")),
    ("12:10 abends foo", .noTimeOfDay("12:10 abends")),
    ("05:10 am in the evening foo", .noTimeOfDay("05:10 am in the evening")),
    ("last night 02:10 foo", .ambiguousDay("last night 02:10")),
    ("02:10 last night foo", .ambiguousDay("02:10 last night")),
    ("05:10 hier foo", .ambiguousDay("05:10 hier")), ("05:10xy foo", .noTimeOfDay("5:10xy")),
    ("05:10に再起動", .noTimeOfDay("5:10に再起動")),
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

  @Test(arguments: [
    "8:10 abends", "8:10 am Abend", "8:10 Uhr abends", "8.10 Uhr abends", "8 Uhr abends",
    "8 h du soir", "8h10 du soir", "8:10 du soir", "8:10 in the evening", "8:10 at night",
    "8 in the evening", "in the evening 8:10", "8:10 μ.μ.", "8:10 م", "8:10 مساءً",
    "8:10 de la tarde", "8:10 de la noche", "8:10 da tarde", "8:10 da noite", "8:10 à noite",
    "8:10 вечера", "вечером 8:10", "8:10 di sera", "8:10 's avonds", "8:10 ’s avonds",
    "8:10 wieczorem", "8:10 akşam", "akşam 8:10", "8:10 malam", "8:10 tối", "8:10 เย็น",
    "晚上8:10", "晚上 8:10", "夜8:10", "午后8:10", "下午8:10", "저녁 8:10", "밤8:10", "8:10p", "8.10pm",
    "8.10 pm", "20:10 abends", "20:10 du soir", "20:10:00,5", "8:10 abends UTC", "8:10 UTC abends",
  ])
  func `a part of the day in many languages says which half is meant`(text: String) throws {
    let now = try at("2026-11-21T22:00:00Z")
    let expected = try at("2026-11-21T20:10:00Z")
    let leading = TimeExpression.leading("\(text) foo", now: now, zone: .utc)
    guard case .time(let time, rest: "foo") = leading else {
      Issue.record("\(text) is \(leading)")
      return
    }
    #expect(time == expected || time == expected - .minutes(10))
  }

  @Test(arguments: [
    ("8:10 in the morning", "2026-11-21T08:10:00Z"), ("8:10 du matin", "2026-11-21T08:10:00Z"),
    ("3:10 nachts", "2026-11-21T03:10:00Z"), ("12:10 at night", "2026-11-21T00:10:00Z"),
    ("2:10 ночи", "2026-11-21T02:10:00Z"), ("1:10 trưa", "2026-11-21T13:10:00Z"),
    ("凌晨2:10", "2026-11-21T02:10:00Z"), ("last night 23:50", "2026-11-20T23:50:00Z"),
    ("8:10 last night", "2026-11-20T20:10:00Z"), ("gestern Abend um 8:10", "2026-11-20T20:10:00Z"),
    ("yesterday evening 8:10", "2026-11-20T20:10:00Z"), ("hier soir 23:50", "2026-11-20T23:50:00Z"),
    ("昨晚8:10", "2026-11-20T20:10:00Z"), ("昨天晚上8:10", "2026-11-20T20:10:00Z"),
    ("어젯밤 8:10", "2026-11-20T20:10:00Z"), ("tonight 8:10", "2026-11-21T20:10:00Z"),
    ("this morning 8:10", "2026-11-21T08:10:00Z"), ("8:10 this morning", "2026-11-21T08:10:00Z"),
    ("dün 03:10", "2026-11-20T03:10:00Z"), ("hôm qua 03:10", "2026-11-20T03:10:00Z"),
    ("vorgestern 03:10", "2026-11-19T03:10:00Z"), ("前天 03:10", "2026-11-19T03:10:00Z"),
    ("Freitag 20:10", "2026-11-20T20:10:00Z"), ("vendredi 20:10", "2026-11-20T20:10:00Z"),
    ("金曜日 20:10", "2026-11-20T20:10:00Z"), ("20 novembre 20:10", "2026-11-20T20:10:00Z"),
    ("20 de noviembre 20:10", "2026-11-20T20:10:00Z"), ("20. Nov. 20:10", "2026-11-20T20:10:00Z"),
    ("20 tháng 11 20:10", "2026-11-20T20:10:00Z"), ("11月20日 20:10", "2026-11-20T20:10:00Z"),
    ("2026年11月20日20:10", "2026-11-20T20:10:00Z"), ("11월 20일 20:10", "2026-11-20T20:10:00Z"),
    ("-1h30", "2026-11-21T20:30:00Z"), ("20:10 +5:30", "2026-11-21T14:40:00Z"),
  ])
  func `days and their parts are read in many languages`(text: String, expected: String) throws {
    let leading = TimeExpression.leading(
      "\(text) foo", now: try at("2026-11-21T22:00:00Z"), zone: .utc)
    #expect(leading == .time(try at(expected), rest: "foo"))
  }

  @Test(arguments: ["tomorrow 05:10 foo", "morgen 05:10 foo", "05:10 tomorrow foo", "明天5:10 foo"])
  func `a day that has not come is refused before a note`(text: String) throws {
    let leading = TimeExpression.leading(text, now: try at("2026-11-21T08:00:00Z"), zone: .utc)
    #expect(leading == .problem(.inTheFuture(try at("2026-11-22T05:10:00Z"))))
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
