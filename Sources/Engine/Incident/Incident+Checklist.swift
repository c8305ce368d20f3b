extension Incident {
  /// A checklist item with what has become of it.
  package struct ItemState: Hashable, Sendable {
    package var item: ChecklistItem
    /// 1-based place among the items in force.
    package var number: Int
    package var state: State
    package var by: String?
    package var at: Timestamp?
    package var reason: String?
    package var value: String?

    package enum State: String, CaseIterable, Sendable {
      case open, done, skipped
    }
  }

  /// The items in force: the procedure's for the severity that holds, then those added, in the order of phases.
  package var checklist: [ItemState] {
    let severity = severityID
    let own = procedure.checklist.filter {
      $0.severities.isEmpty || severity == nil || $0.severities.contains(severity ?? "")
    }
    let all = own + addedItems.entries.map(\.value)
    return all.enumerated().map { index, item in state(of: item, number: index + 1) }
  }

  private func state(of item: ChecklistItem, number: Int) -> ItemState {
    var state = ItemState(item: item, number: number, state: .open)
    if let filled = fields[item.id]?.last {
      state.value = filled.value
      state.state = .done
      (state.by, state.at) = (filled.actor, filled.stamp.effective)
    }
    guard let change = items[item.id]?.last else { return state }
    if let filled = fields[item.id]?.last, filled.stamp > change.stamp { return state }
    (state.by, state.at) = (change.actor, change.stamp.effective)
    switch change.value {
    case .checked: state.state = .done
    case .unchecked: state.state = .open
    case .skipped(let reason):
      state.state = .skipped
      state.reason = reason
    }
    return state
  }
}

extension String {
  /// Whether a text occurs in it.
  package func containsText(_ other: String) -> Bool {
    guard !other.isEmpty else { return true }
    let own = Array(utf8)
    let wanted = Array(other.utf8)
    guard own.count >= wanted.count else { return false }
    return (0...own.count - wanted.count).contains { own[$0..<$0 + wanted.count] == wanted[...] }
  }
}
