import Engine
import Testing

@Suite struct `Business time` {
  /// 2026-11-20 is a Friday; 2026-12-25 and 2027-01-01 are Fridays too.
  @Test(arguments: [
    ("2026-11-18T10:00:00Z", 1, "2026-11-19T17:00:00Z"),
    ("2026-11-20T16:59:00Z", 1, "2026-11-23T17:00:00Z"),
    ("2026-11-20T10:00:00Z", 0, "2026-11-20T17:00:00Z"),
    // Out of hours, from the next opening: Monday 09:00, so the first business day after is Tuesday.
    ("2026-11-20T17:00:00Z", 1, "2026-11-24T17:00:00Z"),
    ("2026-11-21T12:00:00Z", 1, "2026-11-24T17:00:00Z"),
    ("2026-11-23T08:59:00Z", 1, "2026-11-24T17:00:00Z"),
    ("2026-11-23T09:00:00Z", 1, "2026-11-24T17:00:00Z"),
    ("2026-11-18T10:00:00Z", 5, "2026-11-25T17:00:00Z"),
    // Over Christmas: 24, (25 holiday, weekend), 28.
    ("2026-12-23T10:00:00Z", 2, "2026-12-28T17:00:00Z"),
  ])
  func `days end at the close of the nth business day`(
    start: String, days: Int, expected: String
  ) throws {
    var calendar = BusinessCalendar.assumed
    calendar.holidays = [try day("2026-12-25"), try day("2027-01-01")]
    let due = calendar.due(after: try at(start), allowance: .businessDays(days), zone: .utc)
    #expect(due == (try at(expected)))
  }

  @Test(arguments: [
    ("2026-11-18T10:00:00Z", 4, "2026-11-18T14:00:00Z"),
    ("2026-11-18T13:00:00Z", 4, "2026-11-18T17:00:00Z"),
    ("2026-11-20T16:00:00Z", 4, "2026-11-23T12:00:00Z"),
    ("2026-11-21T12:00:00Z", 4, "2026-11-23T13:00:00Z"),
    ("2026-11-20T16:00:00Z", 0, "2026-11-20T16:00:00Z"),
    ("2026-11-18T10:00:00.500Z", 40, "2026-11-25T10:00:00.500Z"),
    ("2026-12-24T15:00:00Z", 4, "2026-12-28T11:00:00Z"),
  ])
  func `hours count while it is open`(start: String, hours: Int, expected: String) throws {
    var calendar = BusinessCalendar.assumed
    calendar.holidays = [try day("2026-12-25")]
    let due = calendar.due(after: try at(start), allowance: .businessHours(hours), zone: .utc)
    #expect(due == (try at(expected)))
  }

  @Test(arguments: [
    // Friday to Monday over the nights on which the clocks change: the close moves with the clocks.
    ("Europe/Berlin", "2026-03-27T10:00:00Z", "2026-03-30T15:00:00Z"),
    ("Europe/Berlin", "2026-10-23T10:00:00Z", "2026-10-26T16:00:00Z"),
    ("America/New_York", "2026-03-06T15:00:00Z", "2026-03-09T21:00:00Z"),
    ("Asia/Jakarta", "2026-11-20T03:00:00Z", "2026-11-23T10:00:00Z"),
    ("Australia/Lord_Howe", "2026-10-02T00:00:00Z", "2026-10-05T06:00:00Z"),
  ])
  func `the close of a business day is by the clocks of the zone`(
    zone: String, start: String, expected: String
  ) throws {
    let due = BusinessCalendar.assumed.due(
      after: try at(start), allowance: .businessDays(1), zone: try Zones.read(zone))
    #expect(due == (try at(expected)))
  }

  @Test(arguments: [
    ("2026-03-28T22:00:00Z", 3, "2026-03-29T01:00:00Z"),
    ("2026-03-28T22:00:00Z", 24, "2026-03-29T22:00:00Z"),
    ("2026-10-24T22:00:00Z", 26, "2026-10-26T00:00:00Z"),
  ])
  func `hours that passed are counted where the clocks jump`(
    start: String, hours: Int, expected: String
  ) throws {
    let always = BusinessCalendar(days: Weekday.allCases, from: 0, to: 24 * 60)
    let due = always.due(
      after: try at(start), allowance: .businessHours(hours), zone: try Zones.read("Europe/Berlin"))
    #expect(due == (try at(expected)))
  }

  @Test func `hours over midnight belong to the day on which they begin`() throws {
    let night = BusinessCalendar(days: [.friday], from: 22 * 60, to: 6 * 60)
    let due = night.due(
      after: try at("2026-11-21T05:00:00Z"), allowance: .businessHours(2), zone: .utc)
    #expect(due == (try at("2026-11-27T23:00:00Z")))
    #expect(night.isOpen(at: try at("2026-11-21T05:59:59Z"), zone: .utc))
    #expect(!night.isOpen(at: try at("2026-11-21T06:00:00Z"), zone: .utc))
    #expect(!night.isOpen(at: try at("2026-11-20T05:00:00Z"), zone: .utc))
  }

  @Test func `seconds need no calendar`() throws {
    let start = try at("2026-11-21T12:00:00Z")
    let due = BusinessCalendar.assumed.due(
      after: start, allowance: .seconds(900, maximum: 1800), zone: .utc)
    #expect(due == (try at("2026-11-21T12:15:00Z")))
  }

  @Test func `a calendar without a working day works every day, and absurd counts end`() throws {
    let start = try at("2026-11-21T12:00:00Z")
    let empty = BusinessCalendar(days: [], from: 540, to: 1020)
    #expect(
      empty.due(after: start, allowance: .businessDays(1), zone: .utc)
        == (try at("2026-11-22T17:00:00Z")))
    let far = empty.due(after: start, allowance: .businessDays(.max), zone: .utc)
    #expect(far == start + .days(10_000) + .hours(5))
  }

  @Test func `a later start is never due earlier`() throws {
    let zone = try Zones.read("Europe/Berlin")
    var calendar = BusinessCalendar.assumed
    calendar.holidays = [try day("2026-04-03"), try day("2026-04-06")]
    for allowance in [Allowance.businessDays(2), .businessHours(5)] {
      var start = try at("2026-03-25T00:00:00Z")
      var last = Timestamp.distantPast
      while start < (try at("2026-04-12T00:00:00Z")) {
        let due = calendar.due(after: start, allowance: allowance, zone: zone)
        #expect(due >= last && due > start)
        last = due
        start = start + .minutes(30)
      }
    }
  }
}
