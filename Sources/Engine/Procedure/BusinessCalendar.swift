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

extension BusinessCalendar: ProcedureFact {
  package init?(json: JSON) {
    guard json.members != nil else { return nil }
    self.init(
      zone: json["zone"]?.string, days: json.texts("days").compactMap(Weekday.init(rawValue:)),
      from: Self.minutes(json["from"]) ?? Self.assumed.from,
      to: Self.minutes(json["to"]) ?? Self.assumed.to,
      holidays: json.texts("holidays").compactMap { CivilDate($0) }, line: json.int("line") ?? 0)
  }

  private static func minutes(_ json: JSON?) -> Int? {
    guard let parts = json?.string?.split(separator: ":"), parts.count == 2,
      let hour = Int(parts[0]), let minute = Int(parts[1]), (0...24).contains(hour),
      (0..<60).contains(minute)
    else { return nil }
    return hour * 60 + minute
  }

  package var json: JSON {
    .object([
      "zone": .maybe(zone), "days": .strings(days.map(\.rawValue)), "from": .string(clock(from)),
      "to": .string(clock(to)), "holidays": .strings(holidays.map(\.description)),
      "line": .whole(line),
    ])
  }

  private func clock(_ minutes: Int) -> String {
    let hour = minutes / 60
    let minute = minutes % 60
    return "\(hour < 10 ? "0" : "")\(hour):\(minute < 10 ? "0" : "")\(minute)"
  }
}
