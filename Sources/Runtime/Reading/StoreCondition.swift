package import Engine

/// What is wrong with a store, as far as the screen of one incident shows it.
package struct StoreCondition: Hashable, Sendable {
  /// Since when what was written to the incident's log may be lost with the machine.
  package var unsynced: Timestamp?
  /// Number of entries in the spool, not recorded in a log yet.
  package var kept: Int
  /// Why the settings could not be read, by this process or another.
  package var settings: String?
  /// Whether an agent is there and well.
  package var agent: AgentWatch

  package init(
    unsynced: Timestamp? = nil, kept: Int = 0, settings: String? = nil, agent: AgentWatch = .none
  ) {
    (self.unsynced, self.kept, self.settings) = (unsynced, kept, settings)
    self.agent = agent
  }
}
