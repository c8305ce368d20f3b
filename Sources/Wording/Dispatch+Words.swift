package import Engine

extension Dispatch {
  /// How far it has come, in one sentence: `not delivered (exit 7: no route), tried 2 times, again at 02:13:40`.
  package func words(at now: Timestamp, in zone: TimeZoneRules) -> String {
    func time(_ instant: Timestamp) -> String {
      InstantText.second(instant, in: zone, near: now)
    }
    switch state {
    case .delivered(let at): return "delivered at \(time(at))"
    case .superseded(let update): return "not delivered; the later update \(update) was"
    case .withheld(.reopened(let at)):
      return "NOT SENT: the incident was reopened at \(time(at))"
    case .withheld(.status(let told, let holds, let since)):
      return "NOT SENT: it says \(told), and the status is \(holds) since \(time(since))"
    case .failed: return "not delivered\(because)"
    case .givenUp(let at):
      return isTooOld
        ? "NOT DELIVERED\(because), too old to be retried automatically since \(time(at))"
        : "NOT DELIVERED\(because), given up after \(failures) attempts at \(time(at))"
    case .due(let due):
      guard failures > 0 else { return "NOT DELIVERED yet" }
      return
        "NOT DELIVERED\(because), \(triedWords), next attempt \(due > now ? "at \(time(due))" : "now")"
    }
  }

  /// What becomes of it, in a few words: `again in 00:40`, `given up`.
  package func outlook(at now: Timestamp) -> String {
    switch state {
    case .delivered: "delivered"
    case .superseded(let update): "superseded by \(update)"
    case .withheld(.reopened): "reopened since"
    case .withheld(.status(_, let holds, _)): "\(holds) since"
    case .failed: "failed"
    case .givenUp: isTooOld ? "too old to retry" : "given up"
    case .due(let due): due > now ? "retry in \(InstantText.countdown(due - now))" : "due"
    }
  }

  /// Which update goes where: `update 17 to customers: statuspage`.
  package var name: String {
    "update \(update)\(audience.map { " to \($0)" } ?? ""): \(target)"
  }

  /// `tried once`, `tried 3 times`.
  package var triedWords: String { failures == 1 ? "tried once" : "tried \(failures) times" }

  private var because: String { error.map { " (\($0))" } ?? "" }
  /// Given up for its age before it was tried as often as an update is.
  private var isTooOld: Bool { failures < Self.mostAttempts }
}
