/// An update on its way to one target, as the log tells it.
package struct Dispatch: Hashable, Sendable {
  /// Sequence of the update's entry.
  package var update: Int
  package var audience: String?
  package var target: String
  /// Whose configuration names the command, as `login@host`; nil for what is tried only once.
  package var from: String?
  /// How often it was tried in vain.
  package var failures: Int
  /// Why the last attempt failed.
  package var error: String?
  package var state: State

  package init(
    update: Int, audience: String? = nil, target: String, from: String? = nil, failures: Int,
    error: String? = nil, state: State
  ) {
    self.update = update
    self.audience = audience
    self.target = target
    self.from = from
    self.failures = failures
    self.error = error
    self.state = state
  }

  package enum State: Hashable, Sendable {
    /// To be tried from then on.
    case due(Timestamp)
    case delivered(Timestamp)
    /// Tried as often as it is tried by itself, or too old to go out unasked, since then.
    case givenUp(Timestamp)
    /// A later update to the same audience got there first; this one would only be old news.
    case superseded(by: Int)
    /// What it says no longer holds: it does not go out, asked for or not.
    case withheld(Contradiction)
    /// A file or the clipboard, which nobody tries again.
    case failed(Timestamp)
  }

  /// Automatic attempts before an update is given up, about half an hour after the first.
  package static let mostAttempts = 10

  /// An update that is older than this goes out only when a person says so: it may no longer be true.
  package static let longestWait: Duration = .hours(2)

  /// How long after the `n`-th failure the next attempt is due: 5 s, 10 s, 20 s … at most 10 min.
  package static func wait(afterFailure n: Int) -> Duration {
    .seconds(min(600, 5 << Int64(min(max(n, 1) - 1, 10))))
  }

  /// Number of the next attempt, 1 for the first.
  package var attempt: Int { failures + 1 }

  /// When it is to be tried next; nil where it is tried no more by itself.
  package var due: Timestamp? { if case .due(let time) = state { time } else { nil } }

  /// Whether it is to be tried by itself, now.
  package func isDue(at now: Timestamp) -> Bool { due.map { $0 <= now } ?? false }

  /// Whether its audience still waits for it: not there yet, or given up.
  package var isMissing: Bool {
    switch state {
    case .due, .givenUp: true
    case .delivered, .superseded, .withheld, .failed: false
    }
  }

  /// Whether it was held back because what it says no longer holds.
  package var isWithheld: Bool { if case .withheld = state { true } else { false } }

  /// Whether its audience has not been told, and nothing newer has told them.
  package var isUntold: Bool { isMissing || isWithheld }
}

extension Incident {
  /// Every update that was sent by a way, with what has come of it, in the order of sending.
  ///
  /// A function of the log: the same for every process that looks. A retracted update is not there any more.
  package func dispatches(at now: Timestamp) -> [Dispatch] {
    let tries = attempts()
    let isIdle = tries.isEmpty && !updates.entries.contains { !$0.value.via.isEmpty }
    guard !isIdle else { return [] }
    var all: [Dispatch] = []
    for update in updates.entries {
      let number = update.stamp.sequence
      // What other machines have not got yet is sent when they have: it has no number to be known by.
      if RecordedEvent.unsharedPlaces.contains(number) { continue }
      let known = tries[number] ?? [:]
      for target in update.value.via {
        var dispatch = Dispatch(
          update: number, audience: update.value.audience, target: target,
          from: DeliveryWay.server(of: target) ?? update.value.from, failures: 0,
          state: .due(min(update.recorded, now)))
        dispatch.settle(known[target], sent: update.recorded, at: now)
        if dispatch.isMissing, let contradiction = contradiction(of: update) {
          dispatch.state = .withheld(contradiction)
        }
        all.append(dispatch)
      }
      for (target, attempts) in known.sorted(by: { $0.key < $1.key })
      where !update.value.via.contains(target) {
        var dispatch = Dispatch(
          update: number, audience: update.value.audience, target: target,
          failures: attempts.failures, error: attempts.error, state: .failed(attempts.last))
        if let at = attempts.delivered { dispatch.state = .delivered(at) }
        all.append(dispatch)
      }
    }
    supersede(&all)
    return all
  }

  /// Sequences of failed and begun attempts behind which a later one at the same delivery is recorded.
  ///
  /// In a list the newest attempt stands for all of them.
  package var overtakenAttempts: Set<Int> {
    guard !deliveries.isEmpty else { return [] }
    var newest: [String: Int] = [:]
    var overtaken: Set<Int> = []
    var succeeded: Set<Int> = []
    func take(_ subject: String, _ target: String, _ sequence: Int) {
      let delivery = "\(subject)\n\(target)"
      if let known = newest[delivery] { overtaken.insert(min(known, sequence)) }
      newest[delivery] = max(newest[delivery] ?? 0, sequence)
    }
    for entry in deliveryStarts.entries {
      take(entry.value.subject, entry.value.target, entry.stamp.sequence)
    }
    for entry in deliveries.entries {
      if entry.value.isSuccess { succeeded.insert(entry.stamp.sequence) }
      take(entry.value.subject, entry.value.target, entry.stamp.sequence)
    }
    return overtaken.subtracting(succeeded)
  }

  /// What the log says of the attempts at one update and target.
  fileprivate struct Attempts {
    var failures = 0
    var last = Timestamp.distantPast
    var error: String?
    var delivered: Timestamp?
    /// Whether another attempt is of no use, or is not wanted before an instant.
    var isFinal = false
    var notBefore: Timestamp?
  }

  private func attempts() -> [Int: [String: Attempts]] {
    var tries: [Int: [String: Attempts]] = [:]
    for entry in deliveries.entries {
      let delivery = entry.value
      guard delivery.subject.hasPrefix("update:"),
        case .update(let number) = DeliverySubject(delivery.subject)
      else { continue }
      var known = tries[number]?[delivery.target] ?? Attempts()
      if delivery.isSuccess {
        known.delivered = known.delivered ?? entry.stamp.effective
      } else if delivery.attempt >= known.failures {
        known.failures = delivery.attempt
        known.last = entry.stamp.effective
        known.error = delivery.error
        (known.isFinal, known.notBefore) = (delivery.isFinal, delivery.notBefore)
      }
      tries[number, default: [:]][delivery.target] = known
    }
    return tries
  }

  /// What is not there yet is superseded where a later update to the same audience already is.
  private func supersede(_ all: inout [Dispatch]) {
    var newest: [String: Int] = [:]
    for index in all.indices.reversed() {
      let dispatch = all[index]
      let place = "\(dispatch.target)\n\(EscalationPlan.key(dispatch.audience ?? ""))"
      if dispatch.isUntold, let later = newest[place] {
        all[index].state = .superseded(by: later)
      } else if case .delivered = dispatch.state, newest[place] == nil {
        newest[place] = dispatch.update
      }
    }
  }
}

extension Dispatch {
  fileprivate mutating func settle(
    _ attempts: Incident.Attempts?, sent: Timestamp, at now: Timestamp
  ) {
    failures = attempts?.failures ?? 0
    error = attempts?.error
    let last = attempts?.last ?? sent
    if let at = attempts?.delivered {
      state = .delivered(at)
    } else if failures >= Self.mostAttempts || attempts?.isFinal == true {
      state = .givenUp(last)
    } else if now - sent > Self.longestWait {
      state = .givenUp(sent + Self.longestWait)
    } else if failures > 0 {
      // A clock that was set back must not put an attempt off for longer than it is to wait.
      let due = min(last, now) + Self.wait(afterFailure: failures)
      state = .due(max(due, attempts?.notBefore ?? due))
    }
  }
}
