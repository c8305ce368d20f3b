/// When the clocks of a place differ from UTC by how much, for all time.
package struct TimeZoneRules: Hashable, Sendable {
  /// IANA name (`Europe/Berlin`), for people.
  package var name: String
  /// What holds before the first change.
  package var initial: Period
  /// In order of time.
  package var changes: [Change]
  /// What holds after the last change; nil: what that change brought.
  package var rule: RecurringRule?

  package init(name: String, initial: Period, changes: [Change] = [], rule: RecurringRule? = nil) {
    self.name = name
    self.initial = initial
    self.changes = changes
    self.rule = rule
  }

  package static let utc = Self(
    name: "UTC", initial: Period(offset: 0, abbreviation: "UTC", isDaylightSaving: false))

  /// Stands in for a zone that could not be loaded: the clocks of UTC under a mark that every time shows.
  package static func standIn(for name: String) -> Self {
    Self(
      name: name, initial: Period(offset: 0, abbreviation: standInMark, isDaylightSaving: false))
  }

  /// Whether the zone of this name could not be loaded.
  package var isStandIn: Bool { initial.abbreviation == Self.standInMark }

  private static let standInMark = "UTC!"

  /// One way of setting the clocks.
  package struct Period: Hashable, Sendable {
    /// Seconds to add to UTC.
    package var offset: Int
    package var abbreviation: String
    package var isDaylightSaving: Bool

    package init(offset: Int, abbreviation: String, isDaylightSaving: Bool) {
      self.offset = offset
      self.abbreviation = abbreviation
      self.isDaylightSaving = isDaylightSaving
    }
  }

  package struct Change: Hashable, Sendable {
    /// Seconds since 1970 UTC: the first second of the new period.
    package var at: Int
    package var period: Period

    package init(at: Int, period: Period) {
      self.at = at
      self.period = period
    }
  }
}

/// What the clock on the wall shows.
package struct LocalTime: Hashable, Sendable {
  package var date: CivilDate
  /// 0 to 86,399.
  package var secondsOfDay: Int
  package var abbreviation: String
  /// Seconds ahead of UTC.
  package var offset: Int

  package init(date: CivilDate, secondsOfDay: Int, abbreviation: String, offset: Int) {
    self.date = date
    self.secondsOfDay = secondsOfDay
    self.abbreviation = abbreviation
    self.offset = offset
  }

  package var hour: Int { secondsOfDay / 3600 }
  package var minute: Int { secondsOfDay / 60 % 60 }
  package var second: Int { secondsOfDay % 60 }
}

extension TimeZoneRules {
  /// Seconds to add to UTC at an instant.
  package func offset(at instant: Timestamp) -> Int {
    period(atSecond: instant.secondsSince1970).offset
  }

  package func localTime(at instant: Timestamp) -> LocalTime {
    let second = instant.secondsSince1970
    let period = period(atSecond: second)
    let (days, rest) = Int64(second + period.offset).quotientAndRemainderRoundedDown(by: 86_400)
    return LocalTime(
      date: CivilDate(daysSince1970: Int(days)), secondsOfDay: Int(rest),
      abbreviation: period.abbreviation, offset: period.offset)
  }

  /// The instant at which the clock on the wall shows this.
  ///
  /// A time that the clocks skip counts by the setting before (02:30 is what then reads 03:30); of a time that they show
  /// twice it is the first. `secondsOfDay` may pass the day's end: 86,400 is the next midnight.
  package func instant(of date: CivilDate, secondsOfDay: Int) -> Timestamp {
    let local = date.daysSince1970 * 86_400 + secondsOfDay
    // No place is a day away from UTC, and none changes its clocks twice in two days.
    let before = period(atSecond: local - 86_400).offset
    let after = period(atSecond: local + 86_400).offset
    if before != after, period(atSecond: local - before).offset != before,
      period(atSecond: local - after).offset == after
    {
      return Timestamp(milliseconds: Int64(local - after) * 1000)
    }
    return Timestamp(milliseconds: Int64(local - before) * 1000)
  }

  /// The last second of a day.
  package func end(of date: CivilDate) -> Timestamp {
    instant(of: date.adding(days: 1), secondsOfDay: 0) - .seconds(1)
  }

  /// The second instant at which the clock on the wall shows this, on a night that has it twice; nil on any other.
  package func secondInstant(of date: CivilDate, secondsOfDay: Int) -> Timestamp? {
    let local = date.daysSince1970 * 86_400 + secondsOfDay
    let before = period(atSecond: local - 86_400).offset
    let after = period(atSecond: local + 86_400).offset
    guard before > after, period(atSecond: local - before).offset == before,
      period(atSecond: local - after).offset == after
    else { return nil }
    return Timestamp(milliseconds: Int64(local - after) * 1000)
  }

  package func period(atSecond second: Int) -> Period {
    if let last = changes.last, second < last.at { return periodAmongChanges(second) }
    if let rule { return rule.period(atSecond: second) }
    return changes.last?.period ?? initial
  }

  /// The last change that is not after the second, by halving.
  private func periodAmongChanges(_ second: Int) -> Period {
    var low = 0
    var high = changes.count
    while low < high {
      let middle = (low + high) / 2
      if changes[middle].at <= second { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? initial : changes[low - 1].period
  }
}

extension Timestamp {
  /// Whole seconds since 1970 UTC, rounded down.
  package var secondsSince1970: Int {
    Int(milliseconds.quotientAndRemainderRoundedDown(by: 1000).0)
  }
}
