extension Procedure {
  /// Whether the document says nothing by which an incident could be run: all that is there was assumed.
  package var statesNothing: Bool {
    let isSilent =
      severities.allSatisfy { $0.line == 0 } && statuses.allSatisfy { $0.line == 0 }
      && phases.isEmpty && checklist.isEmpty && escalation.isEmpty
    let hasNoTimes =
      cadence.isEmpty && notices.isEmpty && watch.isEmpty && postmortem.isEmpty
      && metrics.isEmpty && silence == nil && calendar == nil
    let hasNobody = roles.isEmpty && contacts.isEmpty && oncall.isEmpty
    return isSilent && hasNoTimes && hasNobody && templates.isEmpty && runbooks.isEmpty
      && decisions.isEmpty
  }
}
