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

  @Test(arguments: [(100, "1"), (1000, "10"), (50, "0.5"), (125, "1.25"), (105, "1.05")])
  func `a speed is written as a factor`(percent: Int, factor: String) {
    #expect(Pace(origin: .distantPast, percent: percent).factor == factor)
  }
}
