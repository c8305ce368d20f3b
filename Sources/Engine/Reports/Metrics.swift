/// How long something took from one moment of an incident to another, with the formula that says which.
package struct Metric: Hashable, Sendable {
  /// `time_to_mitigate`, or the id that the procedure gives.
  package var id: String
  package var title: String
  /// `mitigated − impact started`.
  package var formula: String
  /// The formula as it is for a first episode, which names the metric over many.
  package var definition: String
  package var from: Timestamp?
  package var to: Timestamp?
  package var value: Value
  /// The line of the procedure that defines it; nil for the definitions that every incident has.
  package var line: Int?

  package enum Value: Hashable, Sendable {
    case measured(Duration)
    /// Moments that nobody recorded, in the formula's words.
    case notRecorded(missing: [String])
    /// The end lies before the beginning by so much.
    case invalid(Duration)
    /// The procedure counts from or to something that is not a moment of an incident.
    case unknownAnchor(String)
  }

  package var isOfProcedure: Bool { line != nil }

  package var duration: Duration? {
    if case .measured(let duration) = value { duration } else { nil }
  }
}

/// The metrics of one episode.
package struct EpisodeMetrics: Hashable, Sendable {
  package var episode: Int
  package var metrics: [Metric]

  /// The defaults, then the procedure's own, over what is known at `now`.
  ///
  /// A milestone counts once it has taken place; a later episode has no time to detect, because its reopening is how it
  /// became known.
  package init(of episode: Episode, at now: Timestamp) {
    self.episode = episode.number
    var metrics: [Metric] = []
    for (id, title, from, to) in Self.defaults {
      if episode.reopened != nil, to == .detected { continue }
      metrics.append(
        Metric(id: id, title: title, from: from, to: to, line: nil, in: episode, at: now))
    }
    for own in episode.incident.procedure.metrics {
      let title = Self.title(own.id)
      guard let from = MetricAnchor(words: own.from) else {
        metrics.append(Metric(own, title: title, unknown: own.from))
        continue
      }
      guard let to = MetricAnchor(words: own.to) else {
        metrics.append(Metric(own, title: title, unknown: own.to))
        continue
      }
      metrics.append(
        Metric(id: own.id, title: title, from: from, to: to, line: own.line, in: episode, at: now))
    }
    self.metrics = metrics
  }

  /// Every episode of an incident.
  package static func all(of episodes: [Episode], at now: Timestamp) -> [EpisodeMetrics] {
    episodes.map { EpisodeMetrics(of: $0, at: now) }
  }

  private static let defaults: [(String, String, MetricAnchor, MetricAnchor)] = [
    ("time_to_detect", "Time to detect", .started, .detected),
    ("time_to_acknowledge", "Time to acknowledge", .detected, .acknowledged),
    ("time_to_mitigate", "Time to mitigate", .started, .mitigated),
    ("time_to_resolve", "Time to resolve", .started, .resolved),
  ]

  /// `time_to_recover` as people write it.
  private static func title(_ id: String) -> String {
    let words = String(id.map { $0 == "_" || $0 == "-" ? " " : $0 })
    return words.prefix(1).uppercased() + words.dropFirst()
  }
}

extension Metric {
  fileprivate init(
    id: String, title: String, from: MetricAnchor, to: MetricAnchor, line: Int?,
    in episode: Episode, at now: Timestamp
  ) {
    let isLater = episode.reopened != nil
    func words(_ anchor: MetricAnchor) -> String {
      switch anchor {
      case .started, .detected, .alert, .declared: isLater ? "reopened" : anchor.words
      default: anchor.words
      }
    }
    func time(_ anchor: MetricAnchor) -> Timestamp? {
      episode.time(of: anchor).flatMap { $0 <= now ? $0 : nil }
    }
    let (begin, end) = (time(from), time(to))
    let value: Value
    if let begin, let end {
      value = end < begin ? .invalid(begin - end) : .measured(end - begin)
    } else {
      let missing = [begin == nil ? from : nil, end == nil ? to : nil].compactMap { $0 }
      value = .notRecorded(missing: missing.map(words))
    }
    self.init(
      id: id, title: title, formula: "\(words(to)) − \(words(from))",
      definition: "\(to.words) − \(from.words)", from: begin, to: end, value: value, line: line)
  }

  fileprivate init(_ own: MetricDefinition, title: String, unknown: String) {
    self.init(
      id: own.id, title: title, formula: "\(own.to) − \(own.from)",
      definition: "\(own.to) − \(own.from)", from: nil, to: nil, value: .unknownAnchor(unknown),
      line: own.line)
  }
}
