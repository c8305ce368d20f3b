/// How many promised updates came in time, and how many did not.
package struct PromiseCount: Hashable, Sendable {
  package var kept = 0
  package var broken = 0
  /// Still to be kept.
  package var running = 0

  package init() {}

  package var isEmpty: Bool { self == Self() }
}

extension Incident {
  /// The promises of all episodes, counted without their events: cheap enough for every second.
  package func promiseCount(at now: Timestamp) -> PromiseCount {
    var count = PromiseCount()
    guard updates.entries.contains(where: { $0.value.next != nil }) else { return count }
    let reopened = reopenings.entries.map(\.stamp)
    var start = Stamp(effective: .distantPast, sequence: 0)
    for index in 0...reopened.count {
      let next = index < reopened.count ? reopened[index] : nil
      let own = updates.since(start).prefix { entry in next.map { entry.stamp < $0 } ?? true }
      let end =
        next.map { ends(start, $0) } ?? [time(of: .resolved), closing?.stamp.effective]
      let promises = Conduct.promises(
        own, until: end.compactMap { $0 }.min(), at: next.map { min($0.effective, now) } ?? now)
      for promise in promises {
        switch promise.result {
        case .kept: count.kept += 1
        case .broken: count.broken += 1
        case .running: count.running += 1
        case .ended: break
        }
      }
      if let next { start = next }
    }
    return count
  }

  /// What ended an episode that was followed by another.
  private func ends(_ start: Stamp, _ next: Stamp) -> [Timestamp?] {
    var resolved: Timestamp?
    for entry in statuses.since(start) where entry.stamp < next {
      resolved = entry.value.role == .resolved ? resolved ?? entry.stamp.effective : nil
    }
    let closed = closings.since(start).last { $0.stamp < next }?.stamp.effective
    return [resolved, closed, next.effective]
  }
}
