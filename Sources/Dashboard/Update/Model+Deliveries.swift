import Display
import Engine
import Wording

extension Model {
  /// Updates that have not got where they were sent, the newest first.
  var missingDispatches: [Dispatch] { dispatches.filter(\.isMissing).reversed() }

  /// The newest update that was held back because what it says no longer holds.
  private var withheldDispatch: Dispatch? { dispatches.last(where: \.isWithheld) }

  /// The mark that stays until everything is there.
  var deliveryMark: Mark? {
    let missing = missingDispatches
    // One that goes out for the first time is no failure yet.
    guard let worst = missing.first(where: { $0.failures > 0 }) ?? missing.first else {
      return withheldDispatch.map { withheld in
        Mark(
          "NOT SENT \(withheld.target), \(withheld.outlook(at: now))", short: "NOT SENT",
          .badgeDamage)
      }
    }
    let others = Set(missing.map(\.target)).count - 1
    let more = others > 0 ? " +\(others)" : ""
    let name = worst.target + more
    if worst.failures == 0, worst.due != nil {
      return isTrying(worst)
        ? Mark("DELIVERING \(name)", short: "DELIVERING", .countdownSoon)
        : Mark("NOT DELIVERED YET \(name)", short: "NOT DELIVERED", .badgeDamage)
    }
    return Mark(
      "NOT DELIVERED \(name), \(outlook(of: worst))", short: "NOT DELIVERED", .badgeDamage)
  }

  private func isTrying(_ dispatch: Dispatch) -> Bool {
    guard let id = incident?.id else { return false }
    return trying.contains(
      Delivering(incident: id, update: dispatch.update, target: dispatch.target))
  }

  /// What becomes of it: `again in 00:40`, `given up`.
  private func outlook(of dispatch: Dispatch) -> String {
    if isTrying(dispatch) { return "trying" }
    if dispatch.due != nil, let from = dispatch.from, from != login { return "left to \(from)" }
    return dispatch.outlook(at: now)
  }

  /// What did not get where, and why, for pane 1.
  var missingDeliveryText: String? {
    let missing = missingDispatches.first { $0.failures > 0 }
    guard let worst = missing ?? withheldDispatch else { return nil }
    return "\(worst.name): \(worst.words(at: now, in: clock.shown))"
  }
}
