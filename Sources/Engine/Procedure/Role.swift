/// A part that a person takes in the response.
package struct Role: Hashable, Sendable {
  package var name: String
  package var duties: [String]
  package var line: Int

  package init(name: String, duties: [String] = [], line: Int) {
    self.name = name
    self.duties = duties
    self.line = line
  }
}

extension Role: ProcedureFact {
  package init?(json: JSON) {
    guard let name = json["name"]?.string else { return nil }
    self.init(name: name, duties: json.texts("duties"), line: json.int("line") ?? 0)
  }

  package var json: JSON {
    .object(["name": .string(name), "duties": .strings(duties), "line": .whole(line)])
  }
}
