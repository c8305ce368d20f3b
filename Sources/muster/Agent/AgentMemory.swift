import Engine
import EventLog

/// What an agent remembers beside the logs: losing it costs nothing but what it says.
enum AgentMemory {
  private static let seen = "seen.json"

  /// When an agent first saw each open log.
  static func firstSeen(in store: FileStore) -> [String: Timestamp] {
    var all: [String: Timestamp] = [:]
    for member in store.agentNote(seen)?.members ?? [] {
      all[member.key] = member.value.string.flatMap { Timestamp(rfc3339: $0) }
    }
    return all
  }

  static func keep(firstSeen: [String: Timestamp], by claim: AgentClaim) throws(LogError) {
    let members = firstSeen.sorted { $0.key < $1.key }.map {
      JSON.Member($0.key, .string($0.value.rfc3339))
    }
    try claim.keep(seen, .object(members))
  }
}
