/// A stretch of the response, with the window that the document gives it.
package struct Phase: Hashable, Sendable {
  package var id: String
  package var title: String
  /// Seconds; nil where the document gives none.
  package var window: Window?
  /// Commands and lists under it that belong to no item and no runbook.
  package var details: [Detail] = []
  /// Whether it is about what comes after the incident: no incident begins in it, and its window is a duty.
  package var isAfterIncident: Bool
  package var line: Int

  /// `isAfterIncident`: nil where only the title tells.
  package init(
    id: String, title: String, window: Window? = nil, details: [Detail] = [],
    isAfterIncident: Bool? = nil, line: Int
  ) {
    self.isAfterIncident = isAfterIncident ?? SubjectLexicon.isAfterIncident(title)
    self.id = id
    self.title = title
    self.window = window
    self.details = details
    self.line = line
  }

  package struct Window: Hashable, Sendable {
    package var start: Int
    /// Nil: open-ended ("30+ minutes").
    package var end: Int?

    package init(start: Int, end: Int?) {
      self.start = start
      self.end = end
    }
  }
}

extension Phase: ProcedureFact {
  package init?(json: JSON) {
    guard let id = json["id"]?.string else { return nil }
    let ends = json["window_seconds"]?.array ?? []
    self.init(
      id: id, title: json["title"]?.string ?? id,
      window: ends.first?.integer.map { start in
        Window(
          start: Int(start),
          end: ends.count > 1 ? ends[1].integer.map { Int($0) } : nil)
      },
      details: json.facts("details"), isAfterIncident: json["after_incident"]?.bool,
      line: json.int("line") ?? 0)
  }

  package var json: JSON {
    .object([
      "id": .string(id), "title": .string(title),
      "window_seconds": window.map {
        .array([.whole($0.start), $0.end.map(JSON.whole) ?? .null])
      } ?? .null,
      "details": details.isEmpty ? nil : .facts(details),
      // What the title says already need not be said again.
      "after_incident": isAfterIncident || SubjectLexicon.isAfterIncident(title)
        ? .bool(isAfterIncident) : nil,
      "line": .whole(line),
    ])
  }
}
