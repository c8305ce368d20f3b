extension Incident {
  /// A later statement that holds in place of what an entry says.
  package struct Overruling: Hashable, Sendable {
    /// The sequence of the entry that holds.
    package var sequence: Int
    package var effective: Timestamp
    package var actor: String
    package var subject: Subject
    /// What holds, as people call it; nil where nothing single does.
    package var value: String?

    package enum Subject: String, Sendable {
      case status, severity, phase, impact, item, field
      case role
      /// The entry belongs to an episode that a reopening has ended.
      case episode
    }
  }

  /// What holds in place of an entry that moves the present only if nothing later was said; nil where it holds itself, or
  /// states no single value.
  package func overruling(_ event: borrowing RecordedEvent) -> Overruling? {
    let data = event.data
    switch event.kind {
    case .statusChanged:
      return reopening(after: event) ?? overruling(event, in: statuses, .status, statusName)
    case .severityChanged: return overruling(event, in: severities, .severity, severityLabel)
    case .phaseEntered:
      let title = procedure.phases.first { $0.id == phaseID }?.title
      return reopening(after: event) ?? overruling(event, in: phaseEntries, .phase, title)
    case .impactUpdated: return overrulingImpact(event)
    case .roleAssigned, .roleReleased, .handoverAccepted:
      let role = data.string("role") ?? Self.commanderRole
      let holder = holder(ofRole: role)?.name ?? "nobody"
      return roles[roleKey(role)].flatMap { overruling(event, in: $0, .role, holder) }
    case .itemChecked, .itemUnchecked, .itemSkipped:
      return data.string("item").flatMap { items[$0] }
        .flatMap { overruling(event, in: $0, .item, nil) }
    case .fieldFilled:
      return data.string("item").flatMap { fields[$0] }
        .flatMap { overruling(event, in: $0, .field, $0.last?.value) }
    case .incidentAcknowledged, .incidentTriaged: return reopening(after: event)
    default: return nil
    }
  }

  private func overruling<Value>(
    _ event: borrowing RecordedEvent, in history: History<Value>, _ subject: Overruling.Subject,
    _ value: String?
  ) -> Overruling? {
    guard let last = history.last, last.stamp.sequence != event.sequence,
      last.stamp > stamp(of: event)
    else { return nil }
    return Overruling(
      sequence: last.stamp.sequence, effective: last.stamp.effective, actor: last.actor,
      subject: subject, value: value)
  }

  /// An impact holds part by part: one of which every part was said later holds in none.
  private func overrulingImpact(_ event: borrowing RecordedEvent) -> Overruling? {
    guard let own = impacts.entries.first(where: { $0.stamp.sequence == event.sequence }) else {
      return nil
    }
    let later = impacts.entries.filter { $0.stamp > own.stamp }
    func holds(_ part: KeyPath<Impact, String?>) -> Bool {
      own.value[keyPath: part] != nil && !later.contains { $0.value[keyPath: part] != nil }
    }
    if holds(\.summary) || holds(\.services) || holds(\.users) || holds(\.revenue) { return nil }
    return overruling(event, in: impacts, .impact, nil)
  }

  /// The reopening that began the present episode, where an entry belongs to an earlier one.
  private func reopening(after event: borrowing RecordedEvent) -> Overruling? {
    overruling(event, in: reopenings, .episode, nil)
  }
}
