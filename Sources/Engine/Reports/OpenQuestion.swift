/// What nobody has answered yet, and whoever takes over has to find out.
package enum OpenQuestion: Hashable, Sendable {
  case severity
  /// When the impact began.
  case start
  /// What customers notice.
  case impact
  /// Who is affected, and how many.
  case users
  /// A field of the checklist, as the procedure words it.
  case field(String)
  case cause
}

extension Incident {
  /// The questions that are open, none once it is over; where the checklist asks, it asks in place of the general ones.
  ///
  /// `hasFindings` is whether something was found out about the cause.
  package func openQuestions(hasFindings: Bool) -> [OpenQuestion] {
    guard isOpen, !isResolved else { return [] }
    let fields = openFields
    var questions: [OpenQuestion] = severityID == nil ? [.severity] : []
    if fields.isEmpty {
      if time(of: .started) == nil { questions.append(.start) }
      if impact.summary == nil { questions.append(.impact) }
      if impact.users == nil { questions.append(.users) }
    }
    questions += fields.map(\.item.text).filter { !isAnswered($0) }.map { .field($0) }
    return hasFindings ? questions : questions + [.cause]
  }

  /// Fields of the checklist that are to be filled in by now, those of the present phase first: what later phases ask
  /// cannot be answered yet.
  package var openFields: [ItemState] {
    let phases = procedure.phases.map(\.id)
    let present = phases.firstIndex { $0 == phaseID }
    let later = present.map { Set(phases[($0 + 1)...]) } ?? []
    let fields = checklist.filter {
      $0.state == .open && $0.item.kind == .field && !later.contains($0.item.phase ?? "")
    }
    return fields.filter { $0.item.phase == phaseID } + fields.filter { $0.item.phase != phaseID }
  }

  /// Whether the log knows what a field asks, by the words that such fields use.
  private func isAnswered(_ field: String) -> Bool {
    let words = TemplatePlace.key(field)
    func asks(_ parts: String...) -> Bool { parts.contains { words.containsText($0) } }
    if asks("when did it begin", "when did it start", "time started", "start time") {
      return time(of: .started) != nil
    }
    if asks("time detected", "when was it detected") { return time(of: .detected) != nil }
    if asks("how many", "users affected", "customers affected") { return impact.users != nil }
    if asks("what do customers notice", "what do users notice", "what is broken") {
      return impact.summary != nil
    }
    return false
  }
}
