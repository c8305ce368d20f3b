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
  ])
  func `are read by the clock of the zone`(text: String, expected: String) throws {
    let instant = try TimeExpression.read(
      text, now: at("2026-11-21T08:00:00Z"), zone: Zones.read("Asia/Jakarta"))
    #expect(instant == (try at(expected)))
  }

  @Test(arguments: [
    "", " ", "24:00", "14:60", "1405", "14:5", "12m", "-12", "-m", "--5m", "-5m-3m", "yesterday",
    "tomorrow 10:00", "2026-02-30 10:00", "2026-11-21", "14:05 pm", "-99999999w", "٠٩:٠٥",
    "2026-11-21 14:05 x", "-5m ago",
  ])
  func `are nothing else`(text: String) throws {
    #expect(throws: TimeExpression.Problem.notATime) {
      try TimeExpression.read(text, now: at("2026-11-21T08:00:00Z"), zone: .utc)
    }
  }

  @Test(arguments: [
    ("today 08:01", "2026-11-21T08:01:00Z"), ("2026-11-22 00:00", "2026-11-22T00:00:00Z"),
    ("2026-11-21T08:00:00.001Z", "2026-11-21T08:00:00.001Z"),
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
  ])
  func `may stand before a note`(text: String, time: String, rest: String) throws {
    let parts = try #require(
      TimeExpression.splitting(text, now: try at("2026-11-21T08:00:00Z"), zone: .utc))
    #expect(parts.time == (try at(time)))
    #expect(parts.rest == rest)
  }

  @Test(arguments: [
    "", " ", "rolled back", "- item", "-12 items", "14:05-14:10 outage", "now it works",
    "2027-01-01 10:00 planned", "today 23:00 planned", "502 errors", "1:1 with kai", "5m later",
  ])
  func `are part of the note where they are none`(text: String) throws {
    #expect(
      TimeExpression.splitting(text, now: try at("2026-11-21T08:00:00Z"), zone: .utc) == nil)
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
