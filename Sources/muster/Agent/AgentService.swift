/// A part of an agent that does its work beside the clocks, on threads of its own: a listener, a poller.
protocol AgentService: AnyObject {
  /// Begins by the settings at hand.
  func begin(_ settings: AgentSettings) throws(Failure)

  /// Applies new settings; returns the problems, one sentence each.
  func use(_ settings: AgentSettings) -> [String]

  /// Ends after running work has finished.
  func end()
}
