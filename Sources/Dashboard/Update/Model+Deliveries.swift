import Display
import Engine

/// An attempt that is asked of the runtime: which update of which incident, to which target.
package struct Delivering: Hashable, Sendable {
  package var incident: String
  package var update: Int
  package var target: String

  package init(incident: String, update: Int, target: String) {
    self.incident = incident
    self.update = update
    self.target = target
  }
}

extension Model {
  /// How long an attempt that changed nothing is left alone: another process may be at it.
  private static let pause: Duration = .seconds(3)

  /// What this login is to deliver and what is due by now. A drill, a replay and the wall deliver nothing.
  mutating func dueDeliveries() -> [Effect] {
    guard screen == .console, !isReadOnly, let incident, !incident.isDrill, let login else {
      return []
    }
    func due(_ dispatches: [Dispatch], of id: String) -> [Delivering] {
      let own = dispatches.filter { $0.from == login && $0.isDue(at: now) }
      return own.map { Delivering(incident: id, update: $0.update, target: $0.target) }
    }
    // Nobody may be looking at the others.
    let others = incidents.filter { $0.id != incident.id && $0.isOpen }
    let due =
      due(dispatches, of: incident.id) + others.flatMap { due($0.missing, of: $0.id) }
    let fresh = due.filter { !trying.contains($0) && hasRested($0) }
    guard !fresh.isEmpty else { return [] }
    trying.formUnion(fresh)
    return [.deliver(fresh)]
  }

  private func hasRested(_ delivering: Delivering) -> Bool {
    guard let tried = tried[delivering] else { return true }
    return present < tried || present - tried >= Self.pause
  }

  /// An attempt is over; what came of it, the log tells.
  mutating func deliveryEnded(_ delivering: Delivering) {
    trying.remove(delivering)
    tried[delivering] = present
    if tried.count > 1000 { tried = [delivering: present] }
  }

  /// Updates that have not got where they were sent, the newest first.
  var missingDispatches: [Dispatch] { dispatches.filter(\.isMissing).reversed() }

  /// The mark that stays until everything is there.
  var deliveryBadge: (text: String, short: String, role: StyleRole)? {
    let missing = missingDispatches
    // One that goes out for the first time is no failure yet.
    guard let worst = missing.first(where: { $0.failures > 0 }) ?? missing.first else { return nil }
    let others = Set(missing.map(\.target)).count - 1
    let more = others > 0 ? " +\(others)" : ""
    let name = worst.target + more
    if worst.failures == 0, worst.due != nil {
      return isTrying(worst)
        ? (" DELIVERING \(name) ", " DELIVERING ", .countdownSoon)
        : (" NOT DELIVERED YET \(name) ", " NOT DELIVERED ", .badgeDamage)
    }
    return (" NOT DELIVERED \(name), \(outlook(of: worst)) ", " NOT DELIVERED ", .badgeDamage)
  }

  private func isTrying(_ dispatch: Dispatch) -> Bool {
    trying.contains {
      $0.incident == incident?.id && $0.update == dispatch.update && $0.target == dispatch.target
    }
  }

  /// What becomes of it: `again in 00:40`, `given up`.
  private func outlook(of dispatch: Dispatch) -> String {
    if isTrying(dispatch) { return "trying" }
    guard let due = dispatch.due else {
      return dispatch.failures < Dispatch.mostAttempts ? "too old to go out unasked" : "given up"
    }
    if let from = dispatch.from, from != login { return "left to \(from)" }
    return due > now ? "again in \(Clock.countdown(due - now))" : "due"
  }

  /// What did not get where, and why, for pane 1.
  var missingDeliveryText: String? {
    guard let worst = missingDispatches.first(where: { $0.failures > 0 }) else { return nil }
    let audience = worst.audience.map { " to \($0)" } ?? ""
    let times = worst.failures == 1 ? "once" : "\(worst.failures) times"
    let why = worst.error.map { ": \($0)" } ?? ""
    return "update \(worst.update)\(audience) by \(worst.target), tried \(times)\(why)"
  }
}
