import Engine
import YAML

/// Opening hours, as procedures and stores state them.
enum CalendarFields {
  static func read(_ fields: SchemaFields) throws(ProcedureError) -> BusinessCalendar {
    var calendar = BusinessCalendar.assumed
    calendar.line = fields.line
    calendar.zone = try zone(fields)
    if let value = try fields.value("days") { calendar.days = try days(value, fields) }
    if let value = try fields.value("hours") {
      guard !fields.states("from"), !fields.states("to") else {
        throw fields.context.error(
          at: value, "'hours' says the same as 'from' and 'to'", remedy: "keep one of them")
      }
      let ends = value.text?.split(separator: "-").map { AllowanceText.minutes($0.trimmed()) }
      guard let ends, ends.count == 2, let from = ends[0], let to = ends[1] else {
        throw badClock(value, fields.context)
      }
      (calendar.from, calendar.to) = (from, to)
    }
    calendar.from = try minutes("from", fields) ?? calendar.from
    calendar.to = try minutes("to", fields) ?? calendar.to
    calendar.holidays = try fields.facts("holidays") { node throws(ProcedureError) in
      guard let date = node.text.flatMap({ CivilDate($0) }) else {
        throw fields.context.error(
          at: node, "'\(node.shown)' is not a date", remedy: "write it as 2026-12-25")
      }
      return [date]
    }
    return calendar
  }

  /// The name under `zone`; refuses what could leave the folder of the system's zones.
  static func zone(_ fields: SchemaFields) throws(ProcedureError) -> String? {
    guard let node = try fields.value("zone") else { return nil }
    let name = try fields.text(of: node, "zone")
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    let isName =
      name.utf8.count <= 64
      && parts.allSatisfy { part in
        part.first?.isLetter == true
          && part.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "_+-".contains($0)) }
      }
    guard isName else {
      throw fields.context.error(
        at: node, "'\(node.shown)' is not the name of a time zone",
        remedy: "write it as Europe/Berlin or UTC")
    }
    return name
  }

  static func days(
    _ value: YAMLNode, _ fields: SchemaFields
  ) throws(ProcedureError) -> [Weekday] {
    var days: [Weekday] = []
    for node in value.items ?? [value] {
      guard let more = node.text.flatMap(AllowanceText.days) else {
        throw fields.context.error(
          at: node, "'\(node.shown)' is not a day of the week",
          remedy: "write mon, tue-thu or daily")
      }
      for day in more where !days.contains(day) { days.append(day) }
    }
    return days
  }

  static func minutes(
    _ name: String, _ fields: SchemaFields
  ) throws(ProcedureError) -> Int? {
    guard let value = try fields.value(name) else { return nil }
    guard let minutes = value.text.flatMap(AllowanceText.minutes) else {
      throw badClock(value, fields.context)
    }
    return minutes
  }

  private static func badClock(_ value: YAMLNode, _ context: SchemaContext) -> ProcedureError {
    context.error(
      at: value, "'\(value.shown)' is not a time of day",
      remedy: "write 09:00, or 09:00-17:00 for hours")
  }
}
