import Engine
import YAML

extension DigestSchedule {
  /// `{name: morning, every: day, at: "09:00", audience: team}`, or a day of the week as `every`.
  static func read(_ node: YAMLNode, _ context: SchemaContext) throws(ProcedureError) -> Self {
    let fields = try SchemaFields(
      node, "a digest", keys: ["name", "every", "at", "audience"], context)
    let every = try fields.required("every", "day")
    let day = AllowanceText.days(every).flatMap { $0.count == 1 ? $0[0] : nil }
    guard day != nil || ["day", "daily"].contains(every.lowercased()) else {
      throw context.error(
        at: node, "'\(every)' is not when a digest is sent",
        remedy: "write 'every: day', or a day of the week: 'every: monday'")
    }
    guard let minutes = try CalendarFields.minutes("at", fields), minutes < 24 * 60 else {
      throw fields.missing("at", "\"09:00\"")
    }
    return Self(
      name: try fields.required("name", "morning"), day: day, minutes: minutes,
      audience: try fields.required("audience", "team"), line: fields.line)
  }
}
