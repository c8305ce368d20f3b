package import Engine
package import EventLog
internal import Glibc

/// Getting to the others what was recorded while they could not be reached.
extension Team {
  package func offer(now: (String) -> Timestamp) -> [Offered] {
    if let first = folder.unanswered().first { closeUnanswered(at: now(first.id)) }
    let waiting = outbox.ids()
    let pending = folder.pendingIDs()
    guard !waiting.isEmpty || !pending.isEmpty, restingSince() == nil else { return [] }
    var offered: [Offered] = []
    do throws(LogError) {
      try outbox.prepare()
      guard let lock = try outbox.offering() else { return [] }
      defer { withExtendedLifetime(lock) {} }
      for id in pending { offered += try offerDeclared(id, at: now(id)) }
      for id in waiting where try !offerKept(id, now, &offered) { break }
    } catch {
      folder.raise("outbox", "what is kept here cannot be offered: \(error.description)")
    }
    return offered
  }

  /// Shares an incident that was declared here alone, with all its lines.
  private func offerDeclared(_ id: String, at now: Timestamp) throws(LogError) -> [Offered] {
    do throws(TeamTrouble) {
      let replica = try locally { () throws(LogError) in try ReplicaFile(id, of: files) }
      guard try locally({ () throws(LogError) in try replica.lock() }) else {
        try locally { () throws(LogError) in try folder.setPending(id, false) }
        return []
      }
      defer { replica.unlock() }
      guard replica.tail.isEmpty else {
        folder.raise(
          "torn-\(id)", "\(id) ends in an unfinished line; record something in it to have it shared"
        )
        return []
      }
      _ = try catchUp(replica, id, until: .now + Self.patience)
      let lines = try locally { () throws(LogError) in try replica.lines() }
      return lines.compactMap { EventCoding.event(in: $0) }.map {
        Offered(incident: id, event: $0.compacted())
      }
    } catch {
      if case .local(let error) = error { throw error }
      noteTrouble(error, at: now)
      return []
    }
  }

  /// Offers what the outbox has for an incident; false where the others cannot be reached.
  private func offerKept(
    _ id: String, _ now: (String) -> Timestamp, _ offered: inout [Offered]
  ) throws(LogError) -> Bool {
    let writer = try TeamWriter(of: id, in: self, isOffering: true)
    while true {
      let entries = try outbox.entries(of: id)
      for entry in entries {
        let author = Author(actor: entry.actor, source: entry.source)
        switch writer.append(entry.offer, author: author, expecting: nil, now: { now(id) }) {
        case .recorded(let event): offered.append(Offered(incident: id, event: event))
        case .present: break
        case .kept: return folder.outOfReach == nil
        case .notRecorded, .unconfirmed, .conflict: return true
        }
      }
      if try outbox.letGo(of: id, count: entries.count) { return true }
    }
  }
}
