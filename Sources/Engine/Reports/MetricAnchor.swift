/// A moment of an episode that a metric counts from or to.
package enum MetricAnchor: String, CaseIterable, Sendable {
  case started, detected, alert, declared, acknowledged, triaged, mitigated, resolved, closed
  case firstUpdate = "first update"
  case reopened

  /// The moment that a procedure's words mean (`workaround`, `permanent fix`); nil for words that mean none.
  package init?(words: String) {
    let plain = words.lowercased().map { $0 == "_" || $0 == "-" ? " " : $0 }
    let wanted = String(plain)
    guard let match = Self.words.first(where: { $0.value.contains(wanted) }) else { return nil }
    self = match.key
  }

  private static let words: [Self: Set<String>] = [
    .started: ["started", "start", "impact started", "impact start", "began", "impact"],
    .detected: ["detected", "detection", "detect"],
    .alert: ["alert", "alerted", "first alert", "alert fired", "triggered"],
    .declared: ["declared", "declaration", "created", "opened", "reported"],
    .acknowledged: [
      "acknowledged", "ack", "acknowledgment", "acknowledgement", "responded", "response",
    ],
    .triaged: ["triaged", "triage"],
    .mitigated: ["mitigated", "mitigation", "workaround", "contained", "stabilised", "stabilized"],
    .resolved: [
      "resolved", "resolution", "fix", "fixed", "permanent fix", "recovered", "recovery",
    ],
    .closed: ["closed", "close"],
    .firstUpdate: ["first update", "update", "communicated"],
    .reopened: ["reopened"],
  ]

  /// As a formula names it.
  package var words: String { self == .started ? "impact started" : rawValue }
}

extension Episode {
  /// When an anchor took place in this episode; later episodes begin and are detected at their reopening.
  package func time(of anchor: MetricAnchor) -> Timestamp? {
    if let reopened {
      switch anchor {
      case .started, .detected, .alert, .declared, .reopened: return reopened
      default: break
      }
    }
    switch anchor {
    case .started: return incident.time(of: .started)
    case .detected: return incident.time(of: .detected)
    case .alert:
      return incident.alerts.values.map(\.first).min() ?? incident.time(of: .detected)
    case .declared: return incident.time(of: .declared)
    case .acknowledged: return incident.time(of: .acknowledged)
    case .triaged: return incident.time(of: .triaged)
    case .mitigated: return incident.time(of: .mitigated)
    case .resolved: return incident.time(of: .resolved)
    case .closed: return incident.closing?.stamp.effective
    case .firstUpdate:
      guard let start = incident.episodeStart else { return nil }
      return incident.updates.since(start).first?.stamp.effective
    case .reopened: return nil
    }
  }
}
