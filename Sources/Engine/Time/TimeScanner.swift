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
      let place = clock.zone ?? zone
      return .instant(place.instant(of: date, secondsOfDay: clock.seconds), next: clock.next)
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
    var place = place
    if words.indices.contains(place), TimeLexicon.atWords.contains(words[place].text) { place += 1 }
    return scanner.read(at: place)
  }

  private func clockFirst() -> Reading {
    switch ClockScanner(words: words, zone: zone).read(at: 0) {
    case .none: return .none
    case .problem(let problem): return .problem(problem)
    case .clock(let clock):
      guard !clock.isClosed else { return latest(clock) }
      switch DayScanner(words: words).read(at: clock.next) {
      case .day(let day, let next) where Self.mayFollow(day):
        var dated = clock
        dated.next = next
        return instant(day, .clock(dated))
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
    let place = clock.zone ?? zone
    let today = place.localTime(at: now).date
    func at(_ date: CivilDate) -> Timestamp {
      place.instant(of: date, secondsOfDay: clock.seconds)
    }
    switch day {
    case .relative(let offset): return .instant(at(today.adding(days: offset)), next: clock.next)
    case .date(let date): return .instant(at(date), next: clock.next)
    case .weekday(let weekday):
      let past = (0...7).map { at(today.adding(days: -$0)) }
      let days = (0...7).map { today.adding(days: -$0).weekday }
      guard let found = zip(past, days).first(where: { $1 == weekday && $0 <= now }) else {
        return .none
      }
      return .instant(found.0, next: clock.next)
    case .ofYear(let month, let day):
      let years = [today.year, today.year - 1]
      let dates = years.filter { day <= CivilDate.daysIn(month: month, of: $0) }.map {
        at(CivilDate(year: $0, month: month, day: day))
      }
      return dates.first { $0 <= now }.map { .instant($0, next: clock.next) } ?? .none
    }
  }

  /// A clock of a zone that could not be loaded says nothing.
  private func missingZone(_ clock: ClockScanner.Clock) -> Reading? {
    clock.zone == nil && zone.isStandIn ? .problem(.zoneNotLoaded(zone.name)) : nil
  }

  /// The last instant up to now at which the clock showed this; where it showed it twice, the later one counts.
  private func latest(_ clock: ClockScanner.Clock) -> Reading {
    if let problem = missingZone(clock) { return problem }
    let place = clock.zone ?? zone
    let today = place.localTime(at: now).date
    for day in [today, today.adding(days: -1), today.adding(days: -2)] {
      let first = place.instant(of: day, secondsOfDay: clock.seconds)
      if let second = place.secondInstant(of: day, secondsOfDay: clock.seconds), second <= now {
        return .instant(second, next: clock.next)
      }
      if first <= now { return .instant(first, next: clock.next) }
    }
    return .none
  }
}
