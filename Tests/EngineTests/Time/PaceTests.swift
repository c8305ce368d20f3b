import Engine
import Testing

struct PaceTests {
  @Test(arguments: [10, 50, 100, 250, 1000, 100_000])
  func `a drill's clock counts so many hundredths, and its spans can be told in true time`(
    percent: Int
  ) {
    let origin = Timestamp(milliseconds: 1_795_000_000_123)
    let pace = Pace(origin: origin, percent: percent)
    #expect(pace.time(at: origin) == origin)
    let shown = pace.time(at: origin + .minutes(3)) - origin
    #expect(shown == .milliseconds(Int64(3 * 60 * 1000 * percent / 100)))
    #expect(pace.real(shown) == .minutes(3))
  }

  @Test func `true time is untouched, and impossible speeds become possible ones`() {
    let instant = Timestamp(milliseconds: 1_795_000_000_123)
    #expect(Pace.real.time(at: instant) == instant)
    #expect(Pace(origin: instant, percent: 0).percent == 10)
    #expect(Pace(origin: instant, percent: .max).percent == 100_000)
  }

  @Test func `a clock that comes to the end of what can be written stands still`() throws {
    let origin = try #require(Timestamp(rfc3339: "1970-01-01T00:00:00.000Z"))
    let pace = Pace(origin: origin, percent: 100_000)
    let now = try #require(Timestamp(rfc3339: "2026-11-21T01:35:26.000Z"))
    #expect(pace.time(at: now).rfc3339 == "9999-12-31T23:59:59.999Z")
    let later = Pace(origin: now, percent: 100_000)
    #expect(later.time(at: origin).rfc3339 == "0001-01-01T00:00:00.000Z")
  }

  @Test(arguments: [(100, "1"), (1000, "10"), (50, "0.5"), (125, "1.25"), (105, "1.05")])
  func `a speed is written as a factor`(percent: Int, factor: String) {
    #expect(Pace(origin: .distantPast, percent: percent).factor == factor)
  }
}
