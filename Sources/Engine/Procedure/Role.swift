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

package struct Contact: Hashable, Sendable {
  package var role: String?
  package var name: String?
  package var contact: String?
  package var line: Int

  package init(role: String?, name: String?, contact: String?, line: Int) {
    self.role = role
    self.name = name
    self.contact = contact
    self.line = line
  }
}

/// Who is on call on which days of the week.
package struct OnCallTurn: Hashable, Sendable {
  package var days: [Weekday]
  package var primary: String?
  package var secondary: String?
  package var line: Int

  package init(days: [Weekday], primary: String?, secondary: String?, line: Int) {
    self.days = days
    self.primary = primary
    self.secondary = secondary
    self.line = line
  }
}
