/// Who is on call on which day of the week, and when such a day begins where.
package struct Rota: Hashable, Sendable {
  package var turns: [OnCallTurn]
  /// Minutes after midnight at which a day of the rota begins: until then the day before still holds.
  package var handover: Int
  /// The zone whose days and hours are meant.
  package var zone: TimeZoneRules

  package init(turns: [OnCallTurn] = [], handover: Int = 0, zone: TimeZoneRules = .utc) {
    self.turns = turns
    self.handover = handover
    self.zone = zone
  }

  /// The day of the rota that an instant belongs to.
  package func day(at instant: Timestamp) -> Weekday {
    let local = zone.localTime(at: instant)
    let isBeforeHandover = local.secondsOfDay < handover * 60
    return (isBeforeHandover ? local.date.adding(days: -1) : local.date).weekday
  }

  /// The day that holds at an instant and the six after it, each with the first turn that names it; none without turns.
  package func week(from instant: Timestamp) -> [(date: CivilDate, turn: OnCallTurn?)] {
    guard !turns.isEmpty else { return [] }
    let local = zone.localTime(at: instant)
    let first = local.secondsOfDay < handover * 60 ? local.date.adding(days: -1) : local.date
    return (0..<7).map { first.adding(days: $0) }.map { date in
      (date, turns.first { $0.days.contains(date.weekday) })
    }
  }

  /// The turn that holds at an instant: the first that names its day.
  package func turn(at instant: Timestamp) -> OnCallTurn? {
    let day = day(at: instant)
    return turns.first { $0.days.contains(day) }
  }
}

/// Who is on call at an instant.
package struct OnCall: Hashable, Sendable {
  /// The day of the rota.
  package var day: Weekday
  package var primary: Directory.Person?
  package var secondary: Directory.Person?
}
