package import Engine

extension AgentWatch {
  /// Whether an agent is there: `none`, `watching`, `stuck` or `missing`, and since when it is not well.
  package var json: JSON {
    let (state, since, trouble): (String, Timestamp?, String?) =
      switch self {
      case .none: ("none", nil, nil)
      case .watching(_, let trouble): ("watching", nil, trouble)
      case .stuck(_, let since): ("stuck", since, nil)
      case .missing(let since): ("missing", since, nil)
      }
    return .object([
      "state": .string(state), "since": .orNull(since?.rfc3339), "trouble": .orNull(trouble),
      "channels": .array(channels.map(JSON.string)),
    ])
  }
}

extension NotificationTrack {
  /// What is to be told to whom, what was tried, and what is tried next.
  package var json: JSON {
    .object([
      "subject": .string(duty.subject.text), "person": .orNull(person),
      "since": .string(duty.since.rfc3339), "obstacle": .orNull(obstacle?.name),
      "tried": .array(tried.map(\.json)),
      "next": next.map { next in
        .object([
          "channel": .string(next.channel), "at": .string(next.at.rfc3339),
          "attempt": .whole(next.attempt),
        ])
      } ?? .null,
    ])
  }
}

extension NotificationTrack.Attempt {
  fileprivate var json: JSON {
    let (word, error): (String, String?) =
      switch state {
      case .underWay: ("under_way", nil)
      case .delivered: ("delivered", nil)
      case .failed(let error): ("failed", error)
      }
    return .object([
      "channel": .string(channel), "attempt": .whole(number), "at": .string(at.rfc3339),
      "state": .string(word), "error": .orNull(error),
    ])
  }
}

extension NotificationTrack.Obstacle {
  fileprivate var name: String {
    switch self {
    case .nobodyKnown: "nobody_known"
    case .notAmongPeople: "not_among_people"
    case .noChannel: "no_channel"
    case .allFailed: "all_failed"
    case .old: "old"
    }
  }
}
