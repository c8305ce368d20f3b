import Engine

/// What the document says for certain severities under a label: a cell of a table, a labelled line, an item.
struct Statement {
  var severities: [String]
  /// The column's header or the line's label.
  var label: String
  var text: String
  var line: Int
  var section: Int
  /// Whether the label was weighed by what its section is about.
  var isCell = false
}

/// What a label or a sentence is about.
enum Topic: Hashable {
  case target(Severity.Target.Kind)
  case cadence
  case escalation
  case postmortem
  case people
  case description
}

extension Topic {
  /// The topics of a label in the order in which it names them.
  static func topics(of label: String) -> [Topic] {
    let folded = Folded(label)
    guard !folded.isEmpty else { return [] }
    var found: [(Int, Topic)] = []
    func look(_ concept: Concept, _ topic: Topic) {
      if let at = folded.position(of: concept) {
        found.append((at, topic))
      }
    }
    look(.postmortem, .postmortem)
    if !found.isEmpty { return [.postmortem] }
    look(.escalate, .escalation)
    look(.frequency, .cadence)
    look(.acknowledge, .target(.acknowledge))
    look(.triage, .target(.triage))
    look(.mitigate, .target(.mitigate))
    look(.resolve, .target(.resolve))
    look(.respond, .target(.respond))
    if found.contains(where: { $0.1 == .cadence }) { return [.cadence] }
    if found.contains(where: { $0.1 == .escalation }) { return [.escalation] }
    // "Response SLA" and "SLA" are one thing; "Resolution SLA" is the other.
    if found.count > 1, folded.has(.time) {
      if let at = folded.position(of: .time), found.contains(where: { $0.0 == at }),
        found.contains(where: { $0.0 != at })
      {
        found.removeAll { $0.0 == at }
      }
    }
    if found.isEmpty {
      look(.communicate, .target(.communicate))
      if folded.has(any: peopleWords) { found.append((1 << 20, .people)) }
      if found.isEmpty, folded.has(.description) { found.append((0, .description)) }
    } else if found.allSatisfy({ $0.1 == .target(.respond) }), folded.has(any: peopleWords) {
      // "Response team", "Responders"
      if !folded.has(any: [.time]) {
        return [.people]
      }
    }
    var topics: [Topic] = []
    for (_, topic) in found.sorted(by: { $0.0 < $1.0 }) where !topics.contains(topic) {
      topics.append(topic)
    }
    return explained(topics, label)
  }

  /// "Response (ack)": what stands in brackets tells which response is meant.
  private static func explained(_ topics: [Topic], _ label: String) -> [Topic] {
    guard topics.count == 2, topics[0] == .target(.respond),
      let open = label.lastIndex(where: { $0 == "(" || $0 == "（" }),
      Self.topics(of: String(label[label.index(after: open)...])) == [topics[1]]
    else { return topics }
    return [topics[1]]
  }

  private static let peopleWords: [Concept] = [.who]
}
