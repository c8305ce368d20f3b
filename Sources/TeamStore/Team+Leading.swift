internal import Engine
internal import Glibc

/// Which of the agents of several machines leads: the one that has a lease. Telling somebody twice is harmless, so that a
/// lease will do; the order of entries never depends on it.
extension Team {
  /// Seconds after which the lease of an agent that is gone ends.
  package static let leaseSeconds = 15

  package enum Lead: Sendable {
    case held(lease: String)
    /// Another agent leads, which calls itself so.
    case other(String)
  }

  /// Takes the lead where nobody has it.
  package func takeLead(
    as name: String, until deadline: ContinuousClock.Instant
  ) throws(TeamTrouble) -> Lead {
    let found = try read([EtcdRange(keys.store), EtcdRange(keys.lead)], until: deadline).found
    if let store = found.first { try check(store) }
    if let holder = found.last?.entries.first { return .other(Self.text(holder.value)) }
    let grant = try ask(
      "/v3/lease/grant", .object(["TTL": .string(String(Self.leaseSeconds))]), until: deadline)
    guard let lease = grant["ID"]?.string else {
      throw .outOfReach("the cluster grants no lease")
    }
    let outcome = try transact(
      if: [try isOurs(), .isMissing(keys.lead)], [.hold(keys.lead, Array(name.utf8), lease: lease)],
      else: [.read(EtcdRange(keys.lead))], until: deadline)
    if outcome.isDone { return .held(lease: lease) }
    giveUpLead(lease)
    return .other(outcome.found.last?.entries.first.map { Self.text($0.value) } ?? "another")
  }

  /// Keeps the lead; false where it is lost.
  package func keepLead(
    _ lease: String, until deadline: ContinuousClock.Instant
  ) throws(TeamTrouble) -> Bool {
    let answer = try ask("/v3/lease/keepalive", .object(["ID": .string(lease)]), until: deadline)
    return answer["result"]?["TTL"].whole ?? 0 > 0
  }

  /// Lets another lead at once.
  package func giveUpLead(_ lease: String) {
    do throws(TeamTrouble) {
      _ = try ask("/v3/lease/revoke", .object(["ID": .string(lease)]), until: .now + .seconds(1))
    } catch {
      // It ends by itself.
      return
    }
  }

  private static func text(_ value: [UInt8]) -> String { String(decoding: value, as: UTF8.self) }
}
