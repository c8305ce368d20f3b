/// How the clock of an incident runs beside the true one.
///
/// Real incidents keep true time. A drill may run faster or slower: from its declaration on, its clock counts so many
/// hundredths of a second for each that passes. The mapping stands in the declaration, so every process that reads the
/// log has the same clock, and true times can be told from recorded ones again.
package struct Pace: Hashable, Sendable {
  /// The instant at which both clocks read the same.
  package var origin: Timestamp
  /// Hundred for true time; 1,000 for ten times as fast.
  package var percent: Int

  /// From a tenth of true time to a thousand times as fast.
  package static let possible = 10...100_000

  package static let real = Self(origin: Timestamp(milliseconds: 0), percent: 100)

  package init(origin: Timestamp, percent: Int) {
    self.origin = origin
    self.percent = min(max(percent, Self.possible.lowerBound), Self.possible.upperBound)
  }

  /// How many times as fast as true time: `10`, `0.5`, `1.25`.
  package var factor: String {
    let (whole, rest) = percent.quotientAndRemainder(dividingBy: 100)
    if rest == 0 { return "\(whole)" }
    if rest % 10 == 0 { return "\(whole).\(rest / 10)" }
    return "\(whole).\(rest < 10 ? "0" : "")\(rest)"
  }

  /// What the incident's clock reads when the true one reads `real`.
  package func time(at real: Timestamp) -> Timestamp {
    guard percent != 100 else { return real }
    let passed = (real - origin).wholeMilliseconds
    let (whole, rest) = passed.quotientAndRemainder(dividingBy: 100)
    let time = origin.milliseconds + whole * Int64(percent) + rest * Int64(percent) / 100
    return Timestamp(
      milliseconds: min(max(time, Self.writable.lowerBound), Self.writable.upperBound))
  }

  /// What a log can write: the years 1 to 9999. A clock that comes to the end of it stands still.
  private static let writable = Int64(-62_135_596_800_000)...253_402_300_799_999

  /// How long it truly takes until the incident's clock has counted so much.
  package func real(_ span: Duration) -> Duration {
    .milliseconds(span.wholeMilliseconds * 100 / Int64(percent))
  }
}
