/// How a place sets its clocks every year from now on: the `TZ` string of POSIX as RFC 8536 extends it.
package struct RecurringRule: Hashable, Sendable {
  package var standard: TimeZoneRules.Period
  /// Nil where the clocks stay.
  package var daylightSaving: DaylightSaving?

  package init(standard: TimeZoneRules.Period, daylightSaving: DaylightSaving? = nil) {
    self.standard = standard
    self.daylightSaving = daylightSaving
  }

  package struct DaylightSaving: Hashable, Sendable {
    package var period: TimeZoneRules.Period
    package var begin: Moment
    package var end: Moment

    package init(period: TimeZoneRules.Period, begin: Moment, end: Moment) {
      self.period = period
      self.begin = begin
      self.end = end
    }
  }

  /// A day of any year and a time on it.
  package struct Moment: Hashable, Sendable {
    package var day: Day
    /// Seconds from midnight by the clock that ends; beyond a day, or negative, in some places.
    package var time: Int

    package init(_ day: Day, time: Int = 7200) {
      self.day = day
      self.time = time
    }
  }

  package enum Day: Hashable, Sendable {
    /// 1 to 365; 29 February is not counted.
    case julian(Int)
    /// 0 to 365; 29 February is counted.
    case ofYear(Int)
    /// Week 5 is the last; weekday 0 is Sunday.
    case weekdayOfMonth(month: Int, week: Int, weekday: Int)
  }

  func period(atSecond second: Int) -> TimeZoneRules.Period {
    guard let daylightSaving else { return standard }
    let (days, _) = Int64(second + standard.offset).quotientAndRemainderRoundedDown(by: 86_400)
    let year = CivilDate(daysSince1970: Int(days)).year
    var latest = (at: Int.min, period: standard)
    for year in (year - 1)...(year + 1) {
      let end = daylightSaving.end.second(in: year, offset: daylightSaving.period.offset)
      if end <= second, end > latest.at { latest = (end, standard) }
      let begin = daylightSaving.begin.second(in: year, offset: standard.offset)
      // Where one summer time ends as the next begins, it never ends.
      if begin <= second, begin >= latest.at { latest = (begin, daylightSaving.period) }
    }
    return latest.period
  }
}

extension RecurringRule.Moment {
  /// Seconds since 1970 UTC.
  fileprivate func second(in year: Int, offset: Int) -> Int {
    day.daysSince1970(in: year) * 86_400 + time - offset
  }
}

extension RecurringRule.Day {
  fileprivate func daysSince1970(in year: Int) -> Int {
    let newYear = CivilDate(year: year, month: 1, day: 1).daysSince1970
    switch self {
    case .julian(let day):
      let leapDay = CivilDate.daysIn(month: 2, of: year) == 29 && day >= 60 ? 1 : 0
      return newYear + day - 1 + leapDay
    case .ofYear(let day):
      return newYear + day
    case .weekdayOfMonth(let month, let week, let weekday):
      let first = CivilDate(year: year, month: month, day: 1).daysSince1970
      // 1970-01-01 was a Thursday.
      let firstWeekday = ((first + 4) % 7 + 7) % 7
      var day = (weekday - firstWeekday + 7) % 7 + (week - 1) * 7
      if day >= CivilDate.daysIn(month: month, of: year) { day -= 7 }
      return first + day
    }
  }
}
