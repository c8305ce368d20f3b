import Engine

/// Steps that a document states twice.
extension Reading {
  mutating func dropRepeatedSteps() {
    // A step for every severity covers the same step for one.
    let general = procedure.escalation.filter { $0.severity == nil && $0.condition == nil }
    procedure.escalation.removeAll { step in
      guard step.severity != nil, let after = step.after else { return false }
      return general.contains { $0.after == after && Folded($0.to).words == Folded(step.to).words }
    }
    // "Page the on-call engineer", among what is done, says again what a path with times says.
    let timed = procedure.escalation.filter { $0.after != nil }
    procedure.escalation.removeAll { step in
      guard step.severity != nil, step.after == nil, step.relativeTo == nil,
        step.condition == step.text
      else { return false }
      return timed.contains {
        $0.severity == step.severity && Folded($0.to).words == Folded(step.to).words
      }
    }
    // "Within the SLA" means the time to respond where none to acknowledge is stated.
    let kinds = Set(procedure.severities.flatMap { $0.targets.map(\.kind) })
    if !kinds.contains(.acknowledge), kinds.contains(.respond) {
      for index in procedure.escalation.indices
      where procedure.escalation[index].relativeTo == .acknowledge {
        procedure.escalation[index].relativeTo = .respond
      }
    }
    dropShorterNames()
    remarkOnTwoTimes()
    var seen: Set<String> = []
    procedure.escalation = procedure.escalation.filter { step in
      let key =
        "\(step.severity ?? "")|\(Folded(step.to).words.joined())|\(step.after ?? -1)|\(step.condition ?? "")|\(step.relativeTo?.rawValue ?? "")"
      return seen.insert(key).inserted
    }
  }

  /// "The secondary" after 10 minutes is the "Secondary on-call" after 10 minutes of the drawing beside.
  private mutating func dropShorterNames() {
    let all = procedure.escalation
    procedure.escalation = all.enumerated().filter { index, step in
      guard step.after != nil, step.condition == nil else { return true }
      let words = Set(Folded(step.to).words)
      return !all.enumerated().contains { other, longer in
        other != index && longer.severity == step.severity && longer.after == step.after
          && longer.condition == nil && !longer.to.contains { "/+&,".contains($0) }
          && Set(Folded(longer.to).words).count > words.count
          && words.isSubset(of: Folded(longer.to).words)
      }
    }.map(\.element)
  }

  /// Somebody is called for one severity at two different times.
  private mutating func remarkOnTwoTimes() {
    for (index, step) in procedure.escalation.enumerated() where step.condition == nil {
      guard let after = step.after,
        let earlier = procedure.escalation[..<index].first(where: {
          $0.severity == step.severity && $0.condition == nil && $0.after != nil
            && $0.after != after && Folded($0.to).words == Folded(step.to).words
        })
      else { continue }
      remark(
        .ambiguous, step.line,
        "\(step.to) is called \(step.severity.map { "for \($0) " } ?? "")at another time in line \(earlier.line); both calls are kept, so the earlier one comes first"
      )
    }
  }
}
