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
  /// How it stands with the other machines that share the store, in a few words each.
  package var sharing: [String]

  package init(
    unsynced: Timestamp? = nil, kept: Int = 0, settings: String? = nil, agent: AgentWatch = .none,
    sharing: [String] = []
  ) {
    (self.unsynced, self.kept, self.settings) = (unsynced, kept, settings)
    (self.agent, self.sharing) = (agent, sharing)
  }
}
