package import Engine

extension Incident.Overruling {
  /// That an entry changed nothing of what holds, and why: `in the log, but entry 7 (06:51 UTC, bo) is later: the
  /// status stays Monitoring`.
  package func words(in zone: TimeZoneRules, near now: Timestamp) -> String {
    let time = InstantText.short(effective, in: zone, near: now)
    return "NOT IN EFFECT: entry \(sequence) (\(time), \(actor)) is later\(consequence)"
  }

  private var consequence: String {
    switch subject {
    case .episode: "; it reopened the incident"
    case .status, .severity, .phase, .role, .field:
      value.map { "; the \(subject.rawValue) stays \($0)" } ?? ""
    case .impact, .item: "; the \(subject.rawValue) stays as that entry says"
    }
  }
}
