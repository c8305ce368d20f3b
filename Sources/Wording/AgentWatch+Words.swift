package import Engine

extension AgentWatch {
  /// What must not be overlooked, in a few words; nil where all is well.
  package func mark(_ time: (Timestamp) -> String) -> String? {
    switch self {
    case .none, .watching(_, nil): nil
    case .watching: "AGENT: SETTINGS OF BEFORE"
    case .stuck(_, let since): "NOBODY WATCHES: the agent is stuck since \(time(since))"
    case .missing(let since): "NOBODY WATCHES: no agent since \(time(since))"
    }
  }

  /// The same for a narrow place.
  package var shortMark: String {
    if case .watching = self { "AGENT SETTINGS" } else { "NOBODY WATCHES" }
  }

  /// A sentence with what to do; nil where all is well.
  package func sentence(_ time: (Timestamp) -> String) -> String? {
    guard let mark = mark(time) else { return nil }
    switch self {
    case .none: return nil
    case .watching(_, let trouble): return "\(mark): \(trouble ?? "")"
    case .stuck: return "\(mark); 'systemctl restart muster-agent' starts it anew"
    case .missing:
      return "\(mark), and people are reached by its channels; 'systemctl start muster-agent' or "
        + "'muster agent' starts one"
    }
  }
}
