/// The moments of an incident that the words beside a time can name.
enum TemplateMoment {
  case nextUpdate, now, identified, mitigated, resolved, alert, acknowledged, detected, declared
  case started

  /// Nil for words that name none of them.
  init?(words: String) {
    func has(_ parts: String...) -> Bool { parts.contains { words.containsText($0) } }
    if has("next update") {
      self = .nextUpdate
    } else if has("updated") || words == "time" || words == "date" {
      self = .now
    } else if has("root cause", "cause found", "identified") {
      self = .identified
    } else if has("mitigat", "workaround") {
      self = .mitigated
    } else if has("resolved", "confirmed", "verified", "end time", "ended", "resolution time") {
      self = .resolved
    } else if has("alert") {
      self = .alert
    } else if has("investigation", "acknowledg", "somebody looks", "responded") {
      self = .acknowledged
    } else if has("detect") {
      self = .detected
    } else if has("declared") {
      self = .declared
    } else if has("started", "began", "start time", "since") {
      self = .started
    } else {
      return nil
    }
  }
}
