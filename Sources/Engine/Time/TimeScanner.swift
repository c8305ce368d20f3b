/// Finds the point of time that words begin with.
struct TimeScanner {
  let words: [TimeWord]
  let now: Timestamp
  let zone: TimeZoneRules

  enum Reading: Hashable {
    case none
    /// With the index of the first word behind it.
    case instant(Timestamp, next: Int)
    case problem(TimeExpression.Problem)
  }

  /// `isWhole`: all of the words are to be one time, as behind an option; else the shortest time counts.
  mutating func read(isWhole: Bool) -> Reading {
    guard !words.isEmpty else { return .none }
    if let stated = stated() { return stated }
    if let named = TimeLexicon.namedPart(words[...]) {
      let scanner = ClockScanner(words: words, zone: zone)
      let clock = scanner.read(at: scanner.behindAt(named.count), part: named.part)
      if clock != .none { return instant(.relative(named.day), clock) }
    }
    switch DayScanner(words: words).read(at: 0) {
    case .day(let day, let next):
      let clock = clock(behind: next)
      // `21 Nov` may also be the hour of a clock, `Mon 14:05` is none.
      if case .none = clock { break }
      return instant(day, clock)
    case .problem(let problem, let next):
      if case .none = clock(behind: next) { return isWhole ? .problem(problem) : .none }
      return .problem(problem)
    case .none: break
    }
    return clockFirst()
  }

  // MARK: - Stated in full

  /// RFC 3339 in one word or two, and a day and a clock with a `T` between them.
  private func stated() -> Reading? {
    for count in 1...2 where count <= words.count {
      let text = words[..<count].map(\.text).joined(separator: " ").uppercased()
      if let instant = Timestamp(rfc3339: Self.withSeconds(text)) {
        return .instant(instant, next: count)
      }
    }
    let parts = words[0].text.split(separator: "t", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0].count == 10, let date = CivilDate(parts[0]) else { return nil }
    let clock = TimeWord(parts[1])
    let rest = [clock] + words.dropFirst()
    switch ClockScanner(words: rest, zone: zone).read(at: 0) {
    case .none: return .problem(.noTimeOfDay(words[0].typed))
    case .problem(let problem): return .problem(problem)
    case .clock(let clock):
      if let problem = missingZone(clock) { return problem }
      return shown(clock, on: date)
    }
  }

  /// `2026-11-21T01:35Z` as `2026-11-21T01:35:00Z`.
  private static func withSeconds(_ text: String) -> String {
    guard let zone = text.dropFirst(16).first, "Z+-".contains(zone) else { return text }
    return text.prefix(16) + ":00" + text.dropFirst(16)
  }

  // MARK: - By a clock

  private func clock(behind place: Int) -> ClockScanner.Reading {
    let scanner = ClockScanner(words: words, zone: zone)
    if let found = TimeLexicon.partOfDay(words[min(place, words.count)...]) {
      let clock = scanner.read(at: scanner.behindAt(place + found.count), part: found.part)
      if clock != .none { return clock }
    }
    return scanner.read(at: scanner.behindAt(place))
  }

  private func clockFirst() -> Reading {
    let scanner = ClockScanner(words: words, zone: zone)
    let reading = scanner.read(at: 0)
    switch reading {
    case .none: return .none
    case .problem(let problem): return .problem(problem)
    case .clock(var clock):
      guard !clock.isClosed else { return latest(clock) }
      if let named = TimeLexicon.namedPart(words[clock.next...]) {
        clock.next += named.count
        return instant(.relative(named.day), scanner.within(named.part, .clock(clock), from: 0))
      }
      let day = DayScanner(words: words).read(at: clock.next)
      // French for yesterday, German for here.
      if day != .none, words[clock.next].text == "hier" {
        return .problem(.ambiguousDay(words[...clock.next].map(\.typed).joined(separator: " ")))
      }
      switch day {
      case .day(let day, let next) where Self.mayFollow(day):
        clock.next = next
        guard let part = TimeLexicon.partOfDay(words[next...]) else {
          return instant(day, .clock(clock))
        }
        clock.next += part.count
        return instant(day, scanner.within(part.part, .clock(clock), from: 0))
      case .day, .problem, .none: return latest(clock)
      }
    }
  }

  /// Behind a clock a weekday may begin the words: `14:05 Mon was restarted`.
  private static func mayFollow(_ day: DayScanner.Day) -> Bool {
    switch day {
    case .relative, .date: true
    case .weekday, .ofYear: false
    }
  }

  private func instant(_ day: DayScanner.Day, _ reading: ClockScanner.Reading) -> Reading {
    let clock: ClockScanner.Clock
    switch reading {
    case .none: return .none
    case .problem(let problem): return .problem(problem)
    case .clock(let read): clock = read
    }
    if let problem = missingZone(clock) { return problem }
    if clock.isMidnight {
      // The day that begins then, or the one that ends.
      return .problem(.ambiguousDay(words[..<clock.next].map(\.typed).joined(separator: " ")))
    }
    let today = (clock.zone ?? zone).localTime(at: now).date
    switch day {
    case .relative(let offset): return relative(offset, from: today, clock)
    case .date(let date): return shown(clock, on: date)
    case .weekday(let weekday):
      let days = (0...7).map { today.adding(days: -$0) }.filter { $0.weekday == weekday }
      return past(clock, on: days)
    case .ofYear(let month, let day):
      let years = [today.year, today.year - 1]
      let dates = years.filter { day <= CivilDate.daysIn(month: month, of: $0) }.map {
        CivilDate(year: $0, month: month, day: day)
      }
      return past(clock, on: dates)
    }
  }

  /// A clock of a day counted from today.
  ///
  /// The small hours of last night may be those of either day; what says `tomorrow` has not happened.
  private func relative(
    _ offset: Int, from today: CivilDate, _ clock: ClockScanner.Clock
  ) -> Reading {
    if offset < 0, clock.part == .night, clock.seconds < 6 * 3600 {
      return .problem(.ambiguousDay(words[..<clock.next].map(\.typed).joined(separator: " ")))
    }
    let reading = shown(clock, on: today.adding(days: offset))
    guard case .instant(let instant, _) = reading, instant > now,
      offset > 0 || clock.part == .night
    else { return reading }
    return .problem(.inTheFuture(instant))
  }

  /// The first of some days on which the clock has shown this by now.
  private func past(_ clock: ClockScanner.Clock, on days: [CivilDate]) -> Reading {
    for day in days {
      let reading = shown(clock, on: day)
      guard case .instant(let instant, _) = reading else { return reading }
      if instant <= now { return reading }
    }
    return .none
  }

  /// When the clock showed this on a day: a time that it skipped is none, and of one that it showed twice by now nobody can
  /// say which is meant.
  private func shown(_ clock: ClockScanner.Clock, on date: CivilDate) -> Reading {
    let place = clock.zone ?? zone
    let first = place.instant(of: date, secondsOfDay: clock.seconds)
    let typed = words[..<clock.next].map(\.typed).joined(separator: " ")
    if place.localTime(at: first).secondsOfDay != clock.seconds { return .problem(.skipped(typed)) }
    if let second = place.secondInstant(of: date, secondsOfDay: clock.seconds), second <= now {
      return .problem(.twice(typed))
    }
    return .instant(first, next: clock.next)
  }

  /// A clock of a zone that could not be loaded says nothing.
  private func missingZone(_ clock: ClockScanner.Clock) -> Reading? {
    clock.zone == nil && zone.isStandIn ? .problem(.zoneNotLoaded(zone.name)) : nil
  }

  /// The last instant up to now at which the clock showed this.
  private func latest(_ clock: ClockScanner.Clock) -> Reading {
    if let problem = missingZone(clock) { return problem }
    let local = (clock.zone ?? zone).localTime(at: now)
    let today = shown(clock, on: local.date)
    switch today {
    // What the clock is about to skip was last shown the day before.
    case .problem(.skipped) where local.secondsOfDay < clock.seconds: break
    case .instant(let instant, _) where instant > now: break
    case .instant, .problem, .none: return today
    }
    return past(clock, on: [local.date.adding(days: -1), local.date.adding(days: -2)])
  }
}
