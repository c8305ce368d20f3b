package import Engine

extension Drill.Cut {
  /// For whoever makes the drill.
  package var words: String {
    let rest = end.map { "; nothing comes after \(SpanText.text($0))" } ?? ""
    return "\(leftOut) of \(count) events were dropped to fit, repeated alerts first\(rest)"
  }
}

extension Injection.Event {
  /// In one line.
  package var words: String {
    switch self {
    case .alert(let title, _): "Alert: \(title)"
    case .alertOver(let title, _): "Alert resolved: \(title)"
    case .note(let text): text
    case .finding(let text): "Finding: \(text)"
    case .hypothesis(let text): "Hypothesis: \(text)"
    case .impact(let impact): "Impact: \(impact.words ?? "")"
    }
  }
}
