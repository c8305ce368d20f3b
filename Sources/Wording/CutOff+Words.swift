package import Engine

extension NotificationOrder {
  /// What is said beside every message by an agent that is cut off from the others of its team.
  package static func cutOff(_ since: String) -> String {
    "This agent is cut off from the team's store since \(since): others may have told you already."
  }
}
