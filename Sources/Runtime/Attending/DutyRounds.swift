package import Engine

/// Finds what is to be done now about incidents, hands each of it out once, and knows when to look again.
package struct DutyRounds {
  /// Whose deliveries are tried, as `login@host`; nil: nobody's.
  private let login: String?
  private var context: TimeContext
  private var book = DutyBook()
  private var looks: [String: Look] = [:]

  /// What was found out about one incident.
  private struct Look {
    var mark: DutyMark
    var at: Timestamp
    /// When something changes by itself, by the true clock; nil: nothing does.
    var next: Timestamp?
  }

  package init(login: String?, in context: TimeContext) {
    (self.login, self.context) = (login, context)
  }

  /// When to look again, by the true clock, should no log change before.
  package var next: Timestamp? { looks.values.compactMap(\.next).min() }

  /// Interval after which work that was handed out without effect is looked for again.
  private static let pause = Duration.seconds(3)

  /// Looks at an incident, unless nothing can have changed since the last time.
  package mutating func look(
    at incident: Incident, _ present: Timestamp, record: ([EventDraft]) -> Void,
    deliver: ([Delivering]) -> Void
  ) {
    if let last = looks[incident.id], last.mark == incident.dutyMark, last.at <= present,
      last.next.map({ present < $0 }) ?? true
    {
      return
    }
    let now = incident.pace.time(at: present)
    let duties = incident.duties(at: now, in: context)
    let own = login.map { duties.deliveries(of: $0) } ?? []
    // A clock of another speed is rounded to true milliseconds: better one later than too early.
    let rest = incident.pace.percent == 100 ? Duration.zero : .milliseconds(1)
    var next = duties.changes.map { present + incident.pace.real($0 - now) + rest }
    if !duties.recordings.isEmpty || !own.isEmpty {
      next = min(next ?? .distantFuture, present + Self.pause)
    }
    looks[incident.id] = Look(mark: incident.dutyMark, at: present, next: next)
    let drafts = book.take(duties.recordings, at: present)
    if !drafts.isEmpty { record(drafts) }
    let fresh = book.take(own, at: present)
    if !fresh.isEmpty { deliver(fresh) }
  }

  /// Looks again at everything, by other hours and zones.
  package mutating func use(_ context: TimeContext) {
    self.context = context
    looks = [:]
  }

  /// Lets go of what was found out about incidents that are not to be attended to any more.
  package mutating func keep(_ ids: Set<String>) { looks = looks.filter { ids.contains($0.key) } }

  /// Notes that a delivery attempt has ended; its outcome is in the log.
  package mutating func end(_ delivering: Delivering, at present: Timestamp) {
    book.end(delivering, at: present)
    looks[delivering.incident] = nil
  }
}
