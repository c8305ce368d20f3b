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
