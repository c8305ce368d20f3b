/// When a team works, for targets in business time.
package struct BusinessCalendar: Hashable, Sendable {
  /// IANA name; nil: the store's.
  package var zone: String?
  package var days: [Weekday]
  /// Minutes after midnight.
  package var from: Int
  package var to: Int
  package var holidays: [CivilDate]
  package var line: Int

  package init(
    zone: String? = nil, days: [Weekday], from: Int, to: Int, holidays: [CivilDate] = [],
    line: Int = 0
  ) {
    self.zone = zone
    self.days = days
    self.from = from
    self.to = to
    self.holidays = holidays
    self.line = line
  }

  /// Monday to Friday, 09:00 to 17:00: what is assumed where nothing is stated.
  package static let assumed = Self(
    days: [.monday, .tuesday, .wednesday, .thursday, .friday], from: 9 * 60, to: 17 * 60)
}
