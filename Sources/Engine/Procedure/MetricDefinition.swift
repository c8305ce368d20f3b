/// A metric of the team's own: the time from one milestone to another.
package struct MetricDefinition: Hashable, Sendable {
  package var id: String
  package var from: String
  package var to: String
  package var line: Int

  package init(id: String, from: String, to: String, line: Int) {
    self.id = id
    self.from = from
    self.to = to
    self.line = line
  }
}

extension MetricDefinition: ProcedureFact {
  package init?(json: JSON) {
    guard let id = json["id"]?.string, let from = json["from"]?.string,
      let to = json["to"]?.string
    else { return nil }
    self.init(id: id, from: from, to: to, line: json.int("line") ?? 0)
  }

  package var json: JSON {
    .object(["id": .string(id), "from": .string(from), "to": .string(to), "line": .whole(line)])
  }
}
