/// A text to be sent, with places to fill in.
package struct Template: Hashable, Sendable {
  package var id: String
  package var title: String
  package var body: String
  /// The severities it is meant for; empty: all.
  package var severities: [String] = []
  package var line: Int

  package init(id: String, title: String, body: String, severities: [String] = [], line: Int) {
    self.id = id
    self.title = title
    self.body = body
    self.severities = severities
    self.line = line
  }
}

extension Template: FactOfSeverities {
  package init?(json: JSON) {
    guard let id = json["id"]?.string else { return nil }
    self.init(
      id: id, title: json["title"]?.string ?? id, body: json["body"]?.string ?? "",
      severities: json.texts("severities"), line: json.int("line") ?? 0)
  }

  package var json: JSON {
    .object([
      "id": .string(id), "title": .string(title), "body": .string(body),
      "severities": .strings(severities), "line": .whole(line),
    ])
  }
}
