/// Duties that this process has started, so that none is started twice at once, and those without
/// effect are started again.
///
/// Whatever it forgets is only begun once more: the log decides what was done.
package struct DutyBook: Sendable {
  /// Facts that were handed out to be recorded, with when.
  private var recording: [EventDraft.Identity: Timestamp] = [:]
  private var delivering: Set<Delivering> = []
  /// When an attempt ended that the log may know nothing of.
  private var ended: [Delivering: Timestamp] = [:]

  /// How long a fact that was handed out is waited for before it is handed out again.
  private static let patience: Duration = .seconds(15)

  /// How long an attempt that changed nothing is left alone: another process may be at it.
  private static let pause: Duration = .seconds(3)

  package init() {}

  /// The facts that are to be recorded now and are not being recorded already; `present` is the true time.
  package mutating func take(_ recordings: [EventDraft], at present: Timestamp) -> [EventDraft] {
    let fresh = recordings.filter { draft in
      recording[draft.identity].map { !Self.isWithin(Self.patience, $0, present) } ?? true
    }
    guard !fresh.isEmpty else { return [] }
    recording = recording.filter { Self.isWithin(Self.patience, $0.value, present) }
    for draft in fresh { recording[draft.identity] = present }
    return fresh
  }

  /// The deliveries that are to be tried now and are not being tried already.
  package mutating func take(_ due: [Delivering], at present: Timestamp) -> [Delivering] {
    let fresh = due.filter { one in
      !delivering.contains(one)
        && ended[one].map { !Self.isWithin(Self.pause, $0, present) } ?? true
    }
    delivering.formUnion(fresh)
    return fresh
  }

  /// An attempt is over; what came of it, the log tells.
  package mutating func end(_ one: Delivering, at present: Timestamp) {
    delivering.remove(one)
    ended = ended.filter { Self.isWithin(Self.pause, $0.value, present) }
    ended[one] = present
  }

  package func isTrying(_ one: Delivering) -> Bool { delivering.contains(one) }

  /// Whether an instant lies less than a span back; one that lies ahead does not count, as the clock was set back.
  private static func isWithin(
    _ span: Duration, _ instant: Timestamp, _ present: Timestamp
  ) -> Bool {
    present >= instant && present - instant < span
  }
}
