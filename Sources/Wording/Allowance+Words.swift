package import Engine

extension Allowance {
  /// `15 min`, `15 min to 30 min`, `2 business days`.
  package var words: String {
    switch self {
    case .seconds(let seconds, let maximum):
      let text = InstantText.span(.seconds(seconds))
      return maximum.map { "\(text) to \(InstantText.span(.seconds($0)))" } ?? text
    case .businessDays(let days): return "\(days) business day\(days == 1 ? "" : "s")"
    case .businessHours(let hours): return "\(hours) business hour\(hours == 1 ? "" : "s")"
    }
  }
}
