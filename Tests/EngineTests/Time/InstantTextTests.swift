import Engine
import Testing

struct InstantTextTests {
  @Test(arguments: [
    (45, "00:45", "00:00:45", "45 s", "45 s"),
    (137, "02:17", "00:02:17", "2 min 17 s", "2 min"),
    (3737, "1:02:17", "01:02:17", "1 h 02 min", "1 h 02 min"),
    (90_000, "1 d 01 h", "25:00:00", "1 d 1 h", "1 d 1 h"),
    (345_600, "4 d 00 h", "4 d 00 h", "4 d", "4 d"),
  ])
  func `spans are told as people read them`(
    seconds: Int, countdown: String, elapsed: String, span: String, rough: String
  ) {
    #expect(InstantText.countdown(.seconds(seconds)) == countdown)
    #expect(InstantText.countdown(.seconds(-seconds)) == countdown)
    #expect(InstantText.elapsed(.seconds(seconds)) == elapsed)
    #expect(InstantText.span(.seconds(seconds)) == span)
    #expect(InstantText.roughSpan(.seconds(-seconds)) == rough)
  }

  @Test func `an instant has its date where it is not of the day`() {
    let instant = Timestamp(milliseconds: 1_795_000_000_000)
    #expect(InstantText.second(instant, in: .utc, near: instant) == "11:06:40")
    #expect(InstantText.minute(instant, in: .utc, near: instant + .hours(24)) == "2026-11-18 11:06")
    #expect(InstantText.short(instant, in: .utc, near: instant) == "11:06 UTC")
    #expect(InstantText.exact(instant, in: .utc) == "2026-11-18 11:06:40 UTC")
    #expect(InstantText.elapsed(.seconds(-5)) == "-00:00:05")
  }
}
