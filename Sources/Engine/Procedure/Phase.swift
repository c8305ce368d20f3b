/// A word for where an incident stands; behaviour hangs on its role, never on its name.
package struct Status: Hashable, Sendable {
  package var id: String
  package var name: String
  package var role: Role
  package var line: Int

  package init(id: String, name: String, role: Role, line: Int) {
    self.id = id
    self.name = name
    self.role = role
    self.line = line
  }

  package enum Role: String, CaseIterable, Sendable {
    case open, mitigated, resolved
  }
}

/// A stretch of the response, with the window that the document gives it.
package struct Phase: Hashable, Sendable {
  package var id: String
  package var title: String
  /// Seconds; nil where the document gives none.
  package var window: Window?
  package var line: Int

  package init(id: String, title: String, window: Window? = nil, line: Int) {
    self.id = id
    self.title = title
    self.window = window
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
