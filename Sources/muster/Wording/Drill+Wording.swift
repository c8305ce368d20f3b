import Engine

extension Drill.Cut {
  /// For whoever makes the drill.
  var words: String {
    let rest = end.map { "; nothing comes after \(SpanText.text($0))" } ?? ""
    return "\(leftOut) of \(count) events found no room, alerts that repeat themselves first\(rest)"
  }
}
