/// Numbers over many incidents, each with what it was computed from and what was left out.
package struct Statistics: Sendable {
  /// All, then by severity from the worst, then by month.
  package var groups: [Group]
  /// Incidents that no time was taken from, and why.
  package var excluded: [Exclusion]
  package var includesDrills: Bool

  /// How the 90th percentile is taken, for people.
  package static let percentileMethod =
    "90th percentile by nearest rank: the smallest value that at least 90 % of the values do not exceed"
  /// What one value is, for people.
  package static let sampleMethod =
    "every episode of an incident gives one value; the median of an even number is the mean of the middle two"

  package struct Group: Sendable {
    package var kind: Kind
    /// The severity or the month; `all`.
    package var name: String
    package var incidents: Int
    package var open: Int
    package var falseAlarms: Int
    package var reopened: Int
    package var metrics: [Aggregate]
    package var targets: Targets
    package var promises: Promises

    package enum Kind: String, Sendable {
      case all, severity, month
    }
  }

  /// One metric over the incidents of a group.
  package struct Aggregate: Hashable, Sendable {
    package var id: String
    package var title: String
    package var formula: String
    package var isOfProcedure: Bool
    /// In ascending order.
    package var values: [Duration]
    /// Reasons for missing values, with counts.
    package var excluded: [Count]

    package var median: Duration? { values.median }
    package var percentile90: Duration? { values.percentile(90) }
    package var distribution: Distribution { Distribution(of: values) }
    package var excludedCount: Int { excluded.reduce(0) { $0 + $1.count } }
  }

  package struct Count: Hashable, Sendable {
    package var reason: String
    package var count: Int
  }

  package struct Targets: Hashable, Sendable {
    package var met = 0
    package var late = 0
    package var missed = 0
    package var running = 0
  }

  package struct Promises: Hashable, Sendable {
    package var kept = 0
    package var broken = 0
    package var open = 0
  }

  package struct Exclusion: Hashable, Sendable {
    package var id: String
    package var reason: String
  }

  package init(of summaries: [IncidentSummary], includingDrills: Bool, zone: TimeZoneRules) {
    includesDrills = includingDrills
    let ordered = summaries.sorted { ($0.began, $0.id) < ($1.began, $1.id) }
    excluded = ordered.compactMap { summary in
      summary.exclusion(includingDrills: includingDrills).map {
        Exclusion(id: summary.id, reason: $0)
      }
    }
    let counted = ordered.filter { includingDrills || !$0.isDrill }
    groups = [Group(.all, "all", counted)]
    var severities: [(rank: Int, name: String)] = []
    for summary in counted {
      let name = summary.severity ?? "unknown"
      if !severities.contains(where: { $0.name == name }) {
        severities.append((summary.severityRank ?? .max, name))
      }
    }
    for severity in severities.sorted(by: { ($0.rank, $0.name) < ($1.rank, $1.name) }) {
      groups.append(
        Group(
          .severity, severity.name, counted.filter { $0.severity ?? "unknown" == severity.name }))
    }
    let months = Set(counted.map { InstantText.month($0.began, in: zone) })
    for month in months.sorted() {
      groups.append(
        Group(.month, month, counted.filter { InstantText.month($0.began, in: zone) == month }))
    }
  }
}

extension IncidentSummary {
  /// Why no time is taken from this incident; nil where it counts.
  fileprivate func exclusion(includingDrills: Bool) -> String? {
    if isDrill, !includingDrills { return "drill" }
    switch outcome {
    case .falseAlarm: return "false alarm"
    case .merged: return "merged into another"
    case .cancelled: return "cancelled"
    case .resolved, nil: return nil
    }
  }
}

extension Statistics.Group {
  fileprivate init(_ kind: Kind, _ name: String, _ summaries: [IncidentSummary]) {
    self.kind = kind
    self.name = name
    incidents = summaries.count
    open = summaries.count { $0.isOpen }
    falseAlarms = summaries.count { $0.outcome == .falseAlarm }
    reopened = summaries.count { $0.episodes.count > 1 }
    targets = Statistics.Targets()
    promises = Statistics.Promises()
    metrics = []
    let counted = summaries.filter { $0.exclusion(includingDrills: true) == nil }
    for summary in counted {
      add(summary.targets)
      add(summary.promises)
    }
    collect(summaries)
  }

  private mutating func add(_ outcomes: [Conduct.TargetOutcome]) {
    for outcome in outcomes where outcome.kind != .phase {
      switch outcome.result {
      case .met: targets.met += 1
      case .late: targets.late += 1
      case .missed: targets.missed += 1
      case .running: targets.running += 1
      case .cancelled: break
      }
    }
  }

  private mutating func add(_ made: [Conduct.Promise]) {
    for promise in made {
      switch promise.result {
      case .kept: promises.kept += 1
      case .broken: promises.broken += 1
      case .running, .ended: promises.open += 1
      }
    }
  }

  private mutating func collect(_ summaries: [IncidentSummary]) {
    for summary in summaries {
      let reason = summary.exclusion(includingDrills: true)
      for metric in summary.episodes.flatMap(\.metrics) {
        let index = place(of: metric)
        if let reason {
          metrics[index].leaveOut(reason)
        } else if let duration = metric.duration {
          metrics[index].values.append(duration)
        } else {
          metrics[index].leaveOut(metric.absence(isResolved: summary.isResolved))
        }
      }
    }
    for index in metrics.indices {
      metrics[index].values.sort()
      metrics[index].excluded.sort { ($1.count, $0.reason) < ($0.count, $1.reason) }
    }
  }

  /// Two procedures may give one name to different spans: those are kept apart. A later episode counts from its
  /// reopening and joins the first ones all the same.
  private mutating func place(of metric: Metric) -> Int {
    let found = metrics.firstIndex {
      $0.id == metric.id && $0.isOfProcedure == metric.isOfProcedure
        && (!metric.isOfProcedure || $0.formula == metric.definition)
    }
    if let found { return found }
    metrics.append(
      Statistics.Aggregate(
        id: metric.id, title: metric.title, formula: metric.definition,
        isOfProcedure: metric.isOfProcedure, values: [], excluded: []))
    return metrics.count - 1
  }
}

extension Statistics.Aggregate {
  fileprivate mutating func leaveOut(_ reason: String) {
    if let index = excluded.firstIndex(where: { $0.reason == reason }) {
      excluded[index].count += 1
    } else {
      excluded.append(.init(reason: reason, count: 1))
    }
  }
}

extension Metric {
  /// Why there is no value, in a few words.
  package func absence(isResolved: Bool) -> String {
    switch value {
    case .measured: ""
    case .notRecorded(let missing):
      !isResolved && missing.allSatisfy { $0 == "mitigated" || $0 == "resolved" }
        ? "not yet \(missing.joined(separator: ", "))"
        : "not recorded: \(missing.joined(separator: ", "))"
    case .invalid: "invalid: ends before it begins"
    case .unknownAnchor(let words): "the procedure's \"\(words)\" is not a milestone of an incident"
    }
  }
}
