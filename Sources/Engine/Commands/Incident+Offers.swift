extension Incident {
  /// What the value of a filled field could set as well: the commander, the severity, a milestone; nil for nothing that
  /// could be recorded now.
  ///
  /// `zone` is the one that times are typed in.
  package func offer(
    afterFilling id: String, with value: String, at now: Timestamp, in zone: TimeZoneRules
  ) -> Command? {
    let checklist = checklist
    guard let index = checklist.firstIndex(where: { $0.item.id == id }) else { return nil }
    let command =
      Self.subject(ofItemAt: index, in: checklist) == .commander
      ? .assign(role: Self.commanderRole, name: value)
      : meaning(of: value, for: checklist[index].item.text.lowercased(), at: now, in: zone)
    guard let command else { return nil }
    do throws(Rejection) { _ = try decide(command, at: now) } catch { return nil }
    return command
  }

  private func meaning(
    of value: String, for field: String, at now: Timestamp, in zone: TimeZoneRules
  ) -> Command? {
    if field.containsText("severity") {
      let wanted = value.lowercased()
      let severity = procedure.severities.first {
        $0.id.lowercased() == wanted || $0.name.lowercased() == wanted
      }
      if let severity { return .setSeverity(severity.id) }
    }
    guard let milestone = Self.milestone(in: field) else { return nil }
    do throws(TimeExpression.Problem) {
      return .setMilestone(milestone, try TimeExpression.read(value, now: now, zone: zone))
    } catch {
      return nil
    }
  }

  /// The milestone whose time a field asks for: `When did it begin?`
  package static func milestone(askedBy field: String) -> Milestone? {
    let field = field.lowercased()
    return field.hasPrefix("when ") ? milestone(in: field) : nil
  }

  private static func milestone(in field: String) -> Milestone? {
    let words: [(String, Milestone)] = [
      ("detected", .detected), ("noticed first", .detected), ("mitigated", .mitigated),
      ("resolved", .resolved), ("began", .started), ("begin", .started), ("start", .started),
    ]
    return words.first { field.containsText($0.0) }?.1
  }
}
