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
    promiseCountAndChange(at: now).count
  }

  /// The promises of all episodes, with when the next one of them falls due that is still to be kept.
  func promiseCountAndChange(at now: Timestamp) -> (count: PromiseCount, change: Timestamp?) {
    var count = PromiseCount()
    var change: Timestamp?
    guard updates.entries.contains(where: { $0.value.next != nil }) else { return (count, nil) }
    let reopened = reopenings.entries.map(\.stamp)
    var start = Stamp(effective: .distantPast, sequence: 0)
    for index in 0...reopened.count {
      let next = index < reopened.count ? reopened[index] : nil
      let own = updates.since(start).prefix { entry in next.map { entry.stamp < $0 } ?? true }
      let end =
        next.map { ends(start, $0) } ?? [time(of: .resolved), closing?.stamp.effective]
      let promises = promises(
        in: own, until: end.compactMap { $0 }.min(), at: next.map { min($0.effective, now) } ?? now)
      for promise in promises {
        switch promise.result {
        case .kept: count.kept += 1
        case .broken: count.broken += 1
        case .running:
          count.running += 1
          change = min(change ?? .distantFuture, promise.due)
        case .ended: break
        }
      }
      if let next { start = next }
    }
    return (count, change)
  }

  /// What came of the promises that updates made, in their order; `end` is when nothing was owed any more.
  ///
  /// Only an update to those whom it was made to keeps a promise.
  func promises(
    in updates: ArraySlice<History<Update>.Entry>, until end: Timestamp?, at instant: Timestamp
  ) -> [Conduct.Promise] {
    // Backwards, with the earliest later update to each audience at hand, by its name.
    var next: [String?: Timestamp] = [:]
    var same: [[String?]: Bool] = [:]
    var promises: [Conduct.Promise] = []
    for update in updates.reversed() {
      let audience = update.value.audience
      defer { next[audience] = update.stamp.effective }
      guard let due = update.value.next else { continue }
      let answers = next.filter { other, _ in
        if let known = same[[audience, other]] { return known }
        let isSame = sameAudience(audience, other)
        same[[audience, other]] = isSame
        return isSame
      }
      let answer = answers.values.min()
      var promise = Conduct.Promise(
        sequence: update.stamp.sequence, audience: audience, by: update.actor,
        made: update.stamp.effective, due: due, answered: answer, result: .running)
      if let answer, answer <= due {
        promise.result = .kept
      } else if let end, end <= due {
        promise.result = .ended
      } else if instant >= due || answer != nil {
        promise.result = .broken
      }
      promises.append(promise)
    }
    return promises.reversed()
  }

  /// What ended an episode that was followed by another.
  func ends(_ start: Stamp, _ next: Stamp) -> [Timestamp?] {
    var resolved: Timestamp?
    for entry in statuses.since(start) where entry.stamp < next {
      resolved = entry.value.role == .resolved ? resolved ?? entry.stamp.effective : nil
    }
    let closed = closings.since(start).last { $0.stamp < next }?.stamp.effective
    return [resolved, closed, next.effective]
  }
}
