extension BusinessCalendar {
  /// When an allowance that begins at `start` is used up.
  ///
  /// Seconds are seconds of the clock; of a range it is the earlier end. Business time counts in opening hours by the
  /// clocks of `zone`, and a start out of hours counts from the next opening: *n* business days end at the close of the
  /// *n*th business day after the day of the start, business hours where that much opening time has passed. Hours that end
  /// at or before their beginning run into the next day; a calendar without any working day works every day.
  package func due(
    after start: Timestamp, allowance: Allowance, zone: TimeZoneRules
  ) -> Timestamp {
    switch allowance {
    case .seconds(let seconds, _):
      return start + .seconds(seconds)
    case .businessDays(let days):
      var window = windowHolding(start, zone: zone)
      for _ in 0..<min(max(days, 0), Self.farthest) {
        window = firstWindow(from: window.date.adding(days: 1), zone: zone)
      }
      return window.close
    case .businessHours(let hours):
      var window = windowHolding(start, zone: zone)
      var left = Duration.hours(Int64(min(max(hours, 0), Self.farthest)))
      var begin = max(start, window.open)
      while window.close - begin < left {
        left -= max(.zero, window.close - begin)
        window = firstWindow(from: window.date.adding(days: 1), zone: zone)
        begin = window.open
      }
      return begin + left
    }
  }

  /// Whether an instant lies within opening hours.
  package func isOpen(at instant: Timestamp, zone: TimeZoneRules) -> Bool {
    windowHolding(instant, zone: zone).open <= instant
  }

  /// The instant itself where it lies within opening hours, else when they begin next.
  package func opening(from instant: Timestamp, zone: TimeZoneRules) -> Timestamp {
    max(instant, windowHolding(instant, zone: zone).open)
  }

  /// More than any procedure allows, so that a hostile one does not keep the program busy.
  private static var farthest: Int { 10_000 }

  /// The opening hours of one working day.
  private struct Window {
    var date: CivilDate
    var open: Timestamp
    var close: Timestamp
  }

  /// The opening hours that an instant lies in, else the next ones.
  private func windowHolding(_ instant: Timestamp, zone: TimeZoneRules) -> Window {
    var date = zone.localTime(at: instant).date.adding(days: -1)
    while true {
      let window = firstWindow(from: date, zone: zone)
      if instant < window.close { return window }
      date = window.date.adding(days: 1)
    }
  }

  /// There is one within a week and the holidays, as those are finite.
  private func firstWindow(from date: CivilDate, zone: TimeZoneRules) -> Window {
    var date = date
    while !isWorkingDay(date) { date = date.adding(days: 1) }
    let closing = to > from ? to : to + 24 * 60
    return Window(
      date: date, open: zone.instant(of: date, secondsOfDay: from * 60),
      close: zone.instant(of: date, secondsOfDay: closing * 60))
  }

  private func isWorkingDay(_ date: CivilDate) -> Bool {
    (days.isEmpty || days.contains(date.weekday)) && !holidays.contains(date)
  }
}
