extension Dispatch {
  /// Why an update that has not gone out yet would be false by now.
  package enum Contradiction: Hashable, Sendable {
    case reopened(Timestamp)
    /// The update tells of one status, and another one holds since.
    case status(told: String, holds: String, since: Timestamp)
  }
}

extension Incident {
  /// What was recorded after an update and contradicts it: a reopening, or a status of another kind than it tells of.
  ///
  /// A status that was different from the start contradicts nothing: people announce a fix before they record it.
  func contradiction(of update: History<Update>.Entry) -> Dispatch.Contradiction? {
    let number = update.stamp.sequence
    if let reopened = reopenings.entries.last, reopened.stamp.sequence > number {
      return .reopened(reopened.stamp.effective)
    }
    guard let told = update.value.status, role(ofStatus: told) != presentRole,
      let turn = turns(after: number).max()
    else { return nil }
    return .status(told: statusName(of: told), holds: statusName, since: turn)
  }

  private var presentRole: Status.Role {
    isResolved ? .resolved : isMitigated ? .mitigated : .open
  }

  /// When the status was set, or a setting of it taken back, by what was recorded after an entry.
  private func turns(after number: Int) -> [Timestamp] {
    let set = statuses.entries.filter { $0.stamp.sequence > number }.map(\.stamp.effective)
    let stated = milestones.entries.filter {
      $0.stamp.sequence > number
        && ($0.value.milestone == .mitigated || $0.value.milestone == .resolved)
    }
    let takenBack = retractions.filter { entry, retraction in
      guard retraction.stamp.sequence > number else { return false }
      let kind = timeline.row(sequence: entry)?.kind
      return kind == .statusChanged || kind == .milestoneSet || kind == .incidentReopened
    }
    return set + stated.map(\.stamp.effective) + takenBack.values.map(\.stamp.effective)
  }
}
