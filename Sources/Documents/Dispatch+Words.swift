package import Engine

extension Dispatch {
  /// How far it has come, in one sentence: `not delivered (exit 7: no route), tried 2 times, again at 02:13:40`.
  package func words(at now: Timestamp, in zone: TimeZoneRules) -> String {
    func time(_ instant: Timestamp) -> String { ClockText.time(instant, in: zone, at: now) }
    switch state {
    case .delivered(let at): return "delivered at \(time(at))"
    case .superseded(let update): return "not delivered; the later update \(update) was"
    case .failed: return "not delivered\(because)"
    case .givenUp(let at):
      return failures < Self.mostAttempts
        ? "NOT DELIVERED\(because), too old to go out unasked since \(time(at))"
        : "NOT DELIVERED\(because), given up after \(failures) attempts at \(time(at))"
    case .due(let due):
      guard failures > 0 else { return "NOT DELIVERED yet" }
      let times = failures == 1 ? "once" : "\(failures) times"
      return
        "NOT DELIVERED\(because), tried \(times), again \(due > now ? "at \(time(due))" : "now")"
    }
  }

  /// Which update goes where: `update 17 to customers: statuspage`.
  package var name: String {
    "update \(update)\(audience.map { " to \($0)" } ?? ""): \(target)"
  }

  private var because: String { error.map { " (\($0))" } ?? "" }

  package var json: JSON {
    let (word, at): (String, Timestamp?) =
      switch state {
      case .due: (failures == 0 ? "pending" : "retrying", nil)
      case .delivered(let at): ("delivered", at)
      case .givenUp: ("given_up", nil)
      case .superseded: ("superseded", nil)
      case .failed: ("failed", nil)
      }
    return .object([
      "update": .whole(update), "audience": .orNull(audience), "target": .string(target),
      "state": .string(word), "failures": .whole(failures), "error": .orNull(error),
      "next_attempt": .orNull(due?.rfc3339), "delivered": .orNull(at?.rfc3339),
      "from": .orNull(from),
    ])
  }
}

extension PromiseCount {
  /// `3 kept, 1 broken`; nil where none was made.
  package var words: String? {
    guard !isEmpty else { return nil }
    let open = running > 0 ? ", \(running) running" : ""
    return "\(kept) kept, \(broken) broken\(open)"
  }

  package var json: JSON {
    .object([
      "kept": .whole(kept), "broken": .whole(broken), "running": .whole(running),
    ])
  }
}
