package import Engine

extension Dispatch {
  package var json: JSON {
    let (word, at): (String, Timestamp?) =
      switch state {
      case .due: (failures == 0 ? "pending" : "retrying", nil)
      case .delivered(let at): ("delivered", at)
      case .givenUp: ("given_up", nil)
      case .superseded: ("superseded", nil)
      case .withheld: ("withheld", nil)
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
  package var json: JSON {
    .object([
      "kept": .whole(kept), "broken": .whole(broken), "running": .whole(running),
    ])
  }
}
