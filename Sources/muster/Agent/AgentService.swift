/// A part of an agent that does its work beside the clocks, on threads of its own: a listener, a poller.
protocol AgentService: AnyObject {
  /// Begins by the settings at hand.
  func begin(_ settings: AgentSettings) throws(Failure)

  /// Goes on by other settings; answers what it cannot do by them, each in a sentence.
  func use(_ settings: AgentSettings) -> [String]

  /// Ends, after what was begun is at its end.
  func end()
}
