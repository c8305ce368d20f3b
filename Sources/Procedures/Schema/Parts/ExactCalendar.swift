import Engine
import YAML

struct ExactCalendar: ExactForm {
  func read(
    _ fields: SchemaFields, into reader: inout SchemaReader
  ) throws(ProcedureError) {
    guard let node = try fields.value("calendar") else { return }
    let inner = try SchemaFields(
      node, "the calendar", keys: ["zone", "days", "from", "to", "hours", "holidays"],
      reader.context)
    reader.procedure.calendar = try CalendarFields.read(inner)
  }

  func yaml(of procedure: Procedure) -> YAMLValue? {
    guard let calendar = procedure.calendar else { return nil }
    var map = MapBuilder()
    map.add("zone", calendar.zone)
    map.add("days", .list(calendar.days.map { .text($0.rawValue) }))
    map.add("from", .text(AllowanceText.clock(calendar.from)))
    map.add("to", .text(AllowanceText.clock(calendar.to)))
    map.add("holidays", calendar.holidays.map { .text($0.description) })
    return map.value(line: calendar.line)
  }

  func merge(_ frontMatter: PartialProcedure, over prose: inout Procedure) {
    merge(.calendar, frontMatter, over: &prose)
  }
}
