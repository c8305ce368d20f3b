package import Engine

/// A past timeline as it was kept elsewhere: a table, a chat log or an export of messages, read with an explicit zone or
/// not at all.
package struct TimelineImport: Sendable {
  /// In the order in which things happened.
  package private(set) var rows: [Row] = []
  /// What was not taken over.
  package private(set) var omissions: [Omission] = []
  /// What was assumed.
  package private(set) var remarks: [String] = []

  /// Reads a table with a header (in CSV or Markdown), messages and timelines in JSON, or else lines that begin with a time.
  ///
  /// `zone` holds for times that state none; `day` for times without a date, which go on to the next day where the clock
  /// jumps back. Where the order of day and month is not said and two orders give different days, nothing is read.
  package init(
    _ text: String, zone: TimeZoneRules?, day: CivilDate? = nil, order: DateOrder? = nil
  ) throws(Problem) {
    let text = Self.plain(text)
    if let order {
      self = try TimelineImport(
        text, ImportContext(zone: zone, day: day, order: order, isOrderStated: true))
      return
    }
    var found: [(order: DateOrder, read: TimelineImport)] = []
    var problem: Problem?
    for order in DateOrder.allCases {
      do throws(Problem) {
        let read = try TimelineImport(text, ImportContext(zone: zone, day: day, order: order))
        found.append((order, read))
      } catch {
        // In an order that gives no day the file says nothing of what else is missing.
        if problem == nil || problem?.what == Problem.noSuchDay { problem = error }
      }
    }
    guard let first = found.first else {
      throw problem
        ?? Problem(line: 0, what: "no timeline was found", remedy: "give a table or a chat log")
    }
    for other in found.dropFirst() where other.read.rows != first.read.rows {
      throw Self.ambiguity(between: first, and: other)
    }
    self = first.read
  }

  private init(_ text: String, _ context: ImportContext) throws(Problem) {
    var context = context
    let found: ImportFound
    if let first = text.first(where: { !$0.isWhitespace }), "[{".contains(first),
      let messages = MessageExport(text)
    {
      found = try messages.read(context)
    } else if let table = MarkdownTable(text) {
      context.take(HeadingZone(above: text, context))
      found = try table.read(context)
    } else if CSVReader.firstRow(of: text).map(ImportTable.Columns.init)?.isComplete ?? false {
      found = try ImportTable.read(text, context)
    } else {
      context.take(HeadingZone(above: text, context))
      found = try ChatLog.read(text, context)
    }
    (rows, omissions, remarks) = (found.rows, found.omissions, found.remarks)
    guard !rows.isEmpty else {
      throw Problem(
        line: 0, what: "no line begins with a time and no header names one",
        remedy:
          "give a table with the columns time and text, or lines such as '2026-11-21 14:05 mira: text'"
      )
    }
    rows.sort { ($0.occurred, $0.line) < ($1.occurred, $1.line) }
    var counts: [String: Int] = [:]
    for index in rows.indices {
      let identity = rows[index].identity
      counts[identity, default: 0] += 1
      rows[index].repetition = counts[identity] ?? 1
    }
  }

  /// Without the marks of direction and the narrow blanks that programs put around times.
  private static func plain(_ text: String) -> String {
    var scalars = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\u{200E}", "\u{200F}", "\u{FEFF}": continue
      case "\u{202F}", "\u{00A0}": scalars.append(" ")
      default: scalars.append(scalar)
      }
    }
    return String(scalars)
  }

  private static func ambiguity(
    between one: (order: DateOrder, read: TimelineImport),
    and other: (order: DateOrder, read: TimelineImport)
  ) -> Problem {
    let byLine = Dictionary(
      other.read.rows.map { ($0.line, $0) }, uniquingKeysWith: { first, _ in first })
    let differing = one.read.rows.sorted { $0.line < $1.line }.first {
      byLine[$0.line]?.occurred != $0.occurred
    }
    func day(_ row: Row?) -> String { String((row?.occurred.rfc3339 ?? "nothing").prefix(10)) }
    let line = differing?.line ?? 0
    return Problem(
      line: line,
      what: "the date can be \(day(differing)) or \(day(differing.flatMap { byLine[$0.line] }))",
      remedy:
        "say which: --date-order \(one.order.rawValue) or --date-order \(other.order.rawValue)")
  }
}

/// What holds for a whole file that is read.
struct ImportContext {
  var zone: TimeZoneRules?
  var day: CivilDate?
  var order: DateOrder
  /// The order was said, not tried.
  var isOrderStated = false
  /// The zone that stands above the times, where one does.
  private(set) var heading: HeadingZone?

  init(
    zone: TimeZoneRules?, day: CivilDate?, order: DateOrder, isOrderStated: Bool = false
  ) {
    self.zone = zone
    self.day = day
    self.order = order
    self.isOrderStated = isOrderStated
  }

  /// Takes the zone above the times for them, unless another one is said.
  mutating func take(_ heading: HeadingZone?) {
    self.heading = heading
    if zone == nil { zone = heading?.rules }
  }

  func time(_ text: some StringProtocol) -> StatedTime? {
    StatedTime(text, order: order, isStated: isOrderStated)
  }

  func instant(_ stated: StatedTime, _ line: Int) throws(TimelineImport.Problem) -> Timestamp {
    if stated.isImpossible {
      throw .init(
        line: line, what: TimelineImport.Problem.noSuchDay, remedy: "write 2026-11-21 14:05")
    }
    if let doubt = stated.doubt {
      throw .init(
        line: line, what: doubt,
        remedy: "put spaces around the dash of a range, or write seconds before an offset")
    }
    if let name = stated.zoneName {
      let here = stated.instant(in: zone, on: day).flatMap { zone?.localTime(at: $0).abbreviation }
      guard here == name else {
        throw .init(
          line: line, what: "several zones are called \(name)",
          remedy: "write its offset, +05:30, or say --zone Asia/Kolkata")
      }
    }
    if stated.offset == nil, zone == nil {
      throw .init(
        line: line, what: "the time has no zone", remedy: "say which: --zone Europe/Berlin")
    }
    guard let instant = stated.instant(in: zone, on: day) else {
      throw .init(
        line: line, what: "the time has no date", remedy: "say the first day: --date 2026-11-21")
    }
    if let heading, let zone, stated.offset == nil, stated.zoneName == nil,
      !heading.agrees(with: zone, at: instant)
    {
      throw .init(
        line: heading.line,
        what: "the times are said to be in \(heading.name), and --zone says \(zone.name)",
        remedy: "leave --zone out, or correct the heading")
    }
    return instant
  }
}
