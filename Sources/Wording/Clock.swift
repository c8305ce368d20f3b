package import Engine

/// The zone in which a surface shows and reads times.
package struct Clock: Sendable {
  /// The zone of the person or the store.
  package var zone: TimeZoneRules
  /// Whether times are shown in UTC in place of that zone.
  package var showsUTC = false

  package init(zone: TimeZoneRules) {
    self.zone = zone
  }

  /// The zone in which times are shown and typed.
  package var shown: TimeZoneRules { showsUTC ? .utc : zone }

  /// `14:05:09`.
  package func time(_ instant: Timestamp) -> String { InstantText.second(instant, in: shown) }

  /// `14:05`.
  package func minute(_ instant: Timestamp) -> String { InstantText.minute(instant, in: shown) }

  /// `14:05`, or `11-20 14:05` where that was not today.
  package func minute(_ instant: Timestamp, today now: Timestamp) -> String {
    InstantText.date(instant, in: shown) == InstantText.date(now, in: shown)
      ? minute(instant) : "\(day(instant)) \(minute(instant))"
  }

  /// `11-20`.
  package func day(_ instant: Timestamp) -> String { InstantText.day(instant, in: shown) }

  /// The name of the shown zone at an instant: `UTC`, `WIB`.
  package func abbreviation(_ now: Timestamp) -> String { shown.localTime(at: now).abbreviation }

  /// `02:17:43 UTC`, and in a zone with an offset also `09:17 WIB`.
  package func header(_ now: Timestamp) -> [String] {
    let world = "\(InstantText.second(now, in: .utc)) UTC"
    let local = zone.localTime(at: now)
    if zone.isStandIn { return [world, "ZONE NOT LOADED"] }
    guard local.offset != 0 else { return [world] }
    return [world, "\(InstantText.minute(now, in: zone)) \(local.abbreviation)"]
  }
}
