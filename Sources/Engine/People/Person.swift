/// Somebody of the team, with the ways by which they are reached.
package struct Person: Hashable, Sendable {
  package var name: String
  /// What they are called for, in the words of the procedure.
  package var role: String?
  package var number: String?
  package var email: String?
  /// IANA name of the zone that they live by; nil: the store's.
  package var zone: String?
  /// When they may be told of what can wait; nil: at any time.
  package var hours: BusinessCalendar?
  /// In the order in which they are tried.
  package var reach: [Reach]
  package var line: Int

  package init(
    name: String, role: String? = nil, number: String? = nil, email: String? = nil,
    zone: String? = nil, hours: BusinessCalendar? = nil, reach: [Reach] = [], line: Int = 0
  ) {
    self.name = name
    self.role = role
    self.number = number
    self.email = email
    self.zone = zone
    self.hours = hours
    self.reach = reach
    self.line = line
  }

  /// One way to reach somebody.
  package struct Reach: Hashable, Sendable {
    /// The name of a channel in the settings of the agent.
    package var channel: String
    /// Where they are there, where that is not their number or mail address.
    package var address: String?
    /// How long an answer is waited for before the next way is tried.
    package var wait: Duration

    package init(channel: String, address: String? = nil, wait: Duration = Self.usualWait) {
      self.channel = channel
      self.address = address
      self.wait = wait
    }

    package static let usualWait: Duration = .minutes(2)
  }

  /// As somebody to be called.
  package var contact: Contact {
    Contact(role: role, name: name, contact: number ?? email, line: line)
  }
}
