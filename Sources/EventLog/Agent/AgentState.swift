package import Engine

/// What an agent tells about itself in its store, for every screen to see.
package struct AgentState: Hashable, Sendable {
  /// The system's number of its process, on that host.
  package var process: Int32
  /// Who runs it, as `login@host`.
  package var login: String
  package var since: Timestamp
  package var version: String
  /// The channels by which it reaches people.
  package var channels: [String] = []
  /// The audiences whose updates go by a channel, by channel.
  package var audiences: [String: [String]] = [:]
  /// Why it goes on with settings of before, or cannot do all that they ask for.
  package var trouble: String?
  /// When it ended; nil while it runs, and after one that was killed.
  package var ended: Timestamp?

  package init(process: Int32, login: String, since: Timestamp, version: String) {
    self.process = process
    self.login = login
    self.since = since
    self.version = version
  }

  init?(json: JSON) {
    guard let process = json["process"]?.integer, let login = json["login"]?.string,
      let since = json["since"]?.string.flatMap({ Timestamp(rfc3339: $0) })
    else { return nil }
    self.init(
      process: Int32(clamping: process), login: login, since: since,
      version: json["version"]?.string ?? "")
    channels = json["channels"]?.array?.compactMap(\.string) ?? []
    for member in json["audiences"]?.members ?? [] {
      audiences[member.key] = member.value.array?.compactMap(\.string)
    }
    trouble = json["trouble"]?.string
    ended = json["ended"]?.string.flatMap { Timestamp(rfc3339: $0) }
  }

  package var json: JSON {
    .object([
      "process": .integer(Int64(process)), "login": .string(login),
      "since": .string(since.rfc3339), "version": .string(version),
      "channels": .array(channels.map(JSON.string)),
      "audiences": .object(
        audiences.sorted { $0.key < $1.key }.map {
          JSON.Member($0.key, .array($0.value.map(JSON.string)))
        }),
      "trouble": .text(trouble),
      "ended": .time(ended),
    ])
  }
}

/// Whether an agent attends to a store, as anybody who may read it can see.
package struct AgentPresence: Hashable, Sendable {
  /// State published by the running or the last agent; nil if there has been none.
  package var state: AgentState?
  /// Whether one runs on this machine.
  package var isRunning: Bool
  /// When it last gave a sign of life.
  package var lastSign: Timestamp?

  package init(state: AgentState? = nil, isRunning: Bool = false, lastSign: Timestamp? = nil) {
    (self.state, self.isRunning, self.lastSign) = (state, isRunning, lastSign)
  }

  /// How often an agent gives a sign of life, and how long it may give none before it is taken for stuck.
  package static let (pulse, patience) = (Duration.seconds(20), Duration.seconds(75))

  /// `needsOne`: the settings at hand name channels.
  package func watch(at now: Timestamp, needsOne: Bool = false) -> AgentWatch {
    if isRunning {
      let channels = state?.channels ?? []
      if let lastSign, now - lastSign > Self.patience {
        return .stuck(channels: channels, since: lastSign)
      }
      return .watching(channels: channels, trouble: state?.trouble)
    }
    let since = state?.ended ?? lastSign ?? state?.since
    guard needsOne || state?.channels.isEmpty == false else { return .none }
    return .missing(since: since ?? now)
  }
}
