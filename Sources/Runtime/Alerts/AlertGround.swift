package import Engine
package import EventLog

/// What applying rules to alerts needs of the program around it: settings, and the documents that incidents are declared
/// under.
package protocol AlertGround {
  var recorder: Recorder { get }
  /// The team's rules as they are now.
  func rules() -> [AlertRule]
  /// Opens an incident once, whoever else finds it due, and answers its id.
  func declare(_ opening: AlertPlan.Opening, by author: Author) throws(Told) -> String
  /// Told of every event of an incident that was decided here and is in its log.
  func didRecord(_ incident: Incident, _ event: RecordedEvent)
}

/// What a sender delivered, read.
package struct AlertArrival: Sendable {
  package var alerts: [Alert]
  package var unread: [Unread]
  package var author: Author

  /// A message that is kept because it could not be read.
  package struct Unread: Hashable, Sendable {
    package var sender: String
    package var reason: String
    package var content: String

    package init(sender: String, reason: String, content: String) {
      (self.sender, self.reason, self.content) = (sender, reason, content)
    }
  }

  package init(alerts: [Alert], unread: [Unread] = [], author: Author) {
    (self.alerts, self.unread, self.author) = (alerts, unread, author)
  }
}

/// What became of deliveries.
package struct AlertReceipt: Hashable, Sendable {
  /// Entries that were new.
  package var recorded = 0
  /// Alerts that were in the log already.
  package var repeated = 0
  package var unread = 0

  package init() {}
}
