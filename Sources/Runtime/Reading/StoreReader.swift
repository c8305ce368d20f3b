import Dashboard
package import Engine
package import EventLog

/// Reads for a screen: the incident that is shown as it goes on, what is open, and older entries.
///
/// It answers in messages, and no drawing thread waits for it. Duties of any open incident are handed
/// on for recording and delivery.
package struct StoreReader {
  private let store: any Store
  private let context: TimeContext
  private let answers: Mailbox<Answer>
  private let time: any Timekeeper
  /// Our appends that the disk has not confirmed yet; they are shown only afterwards.
  private let unconfirmed: Unconfirmed
  private var open: OpenIncidents
  private var shown: Shown?
  /// Nil for a screen that records and delivers nothing.
  private let hands: DutyHands?
  private var rounds: DutyRounds
  /// Asks what is wrong with the store, where an incident is shown with that one.
  private let condition: (String?) -> StoreCondition
  /// The condition reported last.
  private var told: StoreCondition?
  private var lookedAtCondition = Timestamp.distantPast
  /// The open incidents as they were told last; nil before the first time.
  private var listed: [OpenIncident]?

  private struct Shown {
    let log: FoldedLog
    let follower: any LogFollowing
    var incident: Incident
    /// What was told last.
    var damage: [String] = []
    var unfinished: String?
    var isReadOnly: Bool?
    var hasFailed = false
    /// Whether it is only what was known of the incident before its log could not be read.
    var isStandIn = false
  }

  package init(
    _ store: any Store, _ context: TimeContext, answers: Mailbox<Answer>, time: any Timekeeper,
    unconfirmed: Unconfirmed, condition: @escaping (String?) -> StoreCondition = { _ in .init() },
    hands: DutyHands? = nil
  ) {
    self.hands = hands
    rounds = DutyRounds(login: hands?.login, in: context)
    self.condition = condition
    (self.store, self.context, self.answers) = (store, context, answers)
    (self.time, self.unconfirmed) = (time, unconfirmed)
    open = OpenIncidents(store: store)
  }

  private func post(_ message: Message) { answers.post(message) }

  // MARK: - On a thread of its own

  /// So long before a second the log is looked at, for whoever draws that second.
  private static let lead = Duration.milliseconds(50)

  /// Reads until it is told to stop: what is asked for, what a notice tells, and once a second whatever came.
  package mutating func run(_ jobs: Mailbox<ReadingJob?>) {
    var ticker = Ticker(at: time.now, lead: Self.lead)
    var owesLook = false
    while true {
      for job in jobs.take() {
        guard let job else { return }
        perform(job)
      }
      let notices = shown?.follower.descriptor
      let ready = time.wait(
        for: [jobs.descriptor, notices].compactMap { $0 },
        until: min(ticker.next, rounds.next ?? .distantFuture))
      if let notices, ready.contains(notices), shown?.follower.changed() == true { owesLook = true }
      // The notice of our own line comes before its sync; it is shown after it.
      if owesLook, !unconfirmed.isAny {
        owesLook = false
        follow()
      }
      if ticker.passed(at: time.now) != nil {
        owesLook = false
        passSecond(ticker.count)
      } else if let next = rounds.next, time.now >= next {
        list()
      }
    }
  }

  package mutating func perform(_ job: ReadingJob) {
    switch job {
    case .open(let id): show(id)
    case .showNothing: shown = nil
    case .list: list()
    case .listClosed: listClosed()
    case .preview(let id): preview(id)
    case .activity(let ids): tellActivity(of: ids)
    case .load(let range, let id): load(range, in: id)
    case .follow: follow()
    case .deliveryEnded(let delivering): rounds.end(delivering, at: time.now)
    }
  }

  /// The log is looked at even where no notice came.
  private mutating func passSecond(_ count: Int) {
    if let shown {
      if shown.follower.changed() || shown.hasFailed
        || store.obstacle(toReading: shown.log.id) != nil
      {
        follow()
      } else {
        answers.post(.looked, rings: false)
        // Damage that was too recent to report may be old enough now.
        judge()
        attendToShown()
      }
    }
    if count % 3 == 0 || shown == nil || rounds.next.map({ time.now >= $0 }) ?? false {
      list(rings: false)
    }
    let rest = time.now - lookedAtCondition
    if rest >= Self.conditionPause || rest < .zero { tellCondition() }
  }

  /// How often it is looked whether something is wrong with the store.
  private static let conditionPause = Duration.seconds(2)

  /// Tells what is wrong with the store, where that is new.
  private mutating func tellCondition() {
    lookedAtCondition = time.now
    let now = condition(shown?.log.id)
    guard now != told else { return }
    told = now
    post(.trouble(unsynced: now.unsynced, kept: now.kept, settings: now.settings))
    post(.watched(now.agent))
    post(.shared(now.sharing))
  }

  // MARK: - One incident

  /// The words of the newest entries are kept, of so many bytes of the log; older ones are read again where they are wanted.
  private static let keptBytes = 24 << 20

  private mutating func show(_ id: String) {
    do throws(LogError) {
      try begin(id)
    } catch {
      guard error.isOfReading, standIn(for: id, because: error) else {
        return post(.openFailed(id, error.description))
      }
    }
    judge()
    told = nil
    tellCondition()
    if listed == nil { list() }
  }

  private mutating func begin(_ id: String) throws(LogError) {
    let log = try FoldedLog(of: id, in: store, keeping: .newest(bytes: Self.keptBytes))
    // Before the first reading, so that nothing comes between the two.
    let follower = try store.follower(of: id, usesNotices: true)
    try log.readOn(at: time.now) { post(.opening(id, part: $0)) }
    if log.incident.declaration == nil, log.reader.lineCount == 0 {
      throw .emptied(path: log.place)
    }
    store.remember(log, at: time.now)
    let (incident, newest) = log.handOver()
    shown = Shown(log: log, follower: follower, incident: incident)
    open.forgetShown()
    post(.opened(incident, newest))
  }

  /// Shows an incident whose log cannot be read as it was known last, so that words for it can be typed and are kept; false
  /// where it is none that is open.
  private mutating func standIn(for id: String, because error: LogError) -> Bool {
    if open.unread[id] == nil { list() }
    guard let known = open.unread[id] else { return false }
    do throws(LogError) {
      let log = try FoldedLog(of: id, in: store)
      let follower = try store.follower(of: id, usesNotices: false)
      let incident = known ?? CommandRecorder.standIn(for: id, at: time.now)
      shown = Shown(
        log: log, follower: follower, incident: incident, hasFailed: true, isStandIn: true)
      open.forgetShown()
      post(.opened(incident, []))
      post(.readFailed(error.description))
      return true
    } catch { return false }
  }

  /// Reads what is new in the log that is shown.
  private mutating func follow() {
    guard let log = shown?.log else { return }
    do throws(LogError) {
      if let error = store.obstacle(toReading: log.id) { throw error }
      if shown?.isStandIn == true {
        try begin(log.id)
        return judge()
      }
      switch try log.news(at: time.now) {
      case .nothing where log.isMissing: throw .notFound(path: log.place)
      case .nothing: post(.looked)
      case .events(let events):
        for event in events { shown?.incident.apply(event) }
        post(.recorded(events, in: log.id))
      case .anew(let incident, let newest):
        shown?.incident = incident
        open.forgetShown()
        post(.opened(incident, newest))
      }
      shown?.hasFailed = false
      attendToShown()
    } catch {
      shown?.hasFailed = true
      post(.readFailed(error.description))
    }
    judge()
  }

  /// Tells what is wrong with the log, where that is new.
  private mutating func judge() {
    guard let log = shown?.log else { return }
    let now = time.now
    let damage = log.damage(at: now)
    if damage != shown?.damage { post(.damage(damage)) }
    let unfinished = log.unfinished(at: now)
    if let unfinished, unfinished != shown?.unfinished { post(.told(unfinished, isError: false)) }
    // Words for a log that cannot be read are kept.
    let isReadOnly = shown?.hasFailed != true && !store.isWritable(log.id)
    if isReadOnly != shown?.isReadOnly { post(.readOnly(isReadOnly)) }
    shown?.damage = damage
    shown?.unfinished = unfinished
    shown?.isReadOnly = isReadOnly
  }

  private func load(_ range: ClosedRange<Int>, in id: String) {
    do throws(LogError) {
      let found = try store.events(Set(range), of: id).values
      post(.loaded(found.sorted { $0.sequence < $1.sequence }, in: id))
    } catch {
      post(.told(error.description, isError: true))
      post(.loaded([], in: id))
    }
  }

  // MARK: - All of them

  /// Tells what is open; what is open as before wakes nobody where it does not have to ring.
  private mutating func list(rings: Bool = true) {
    var seen: Set<String> = []
    if let incident = shown?.incident { attend(to: incident, &seen) }
    var others: [Incident] = []
    let summaries = open.look(besides: shown?.incident, at: time.now, in: context) {
      others.append($0)
    }
    for incident in others { attend(to: incident, &seen) }
    rounds.keep(seen)
    if let failure = open.failure {
      if shown == nil { post(.readFailed(failure)) }
      return
    }
    answers.post(.listed(summaries), rings: rings || summaries != listed)
    listed = summaries
    if told == nil { tellCondition() }
  }

  /// So many closed incidents are listed, the newest.
  private static let closedCount = 200

  private func listClosed() {
    do throws(LogError) {
      var closed: [OpenIncident] = []
      try store.survey(.closed(newest: Self.closedCount), at: time.now) { found in
        guard let incident = found.incident, incident.declaration != nil else { return }
        closed.append(OpenIncident(incident, at: time.now, in: context))
      }
      post(.listedClosed(closed.reversed()))
    } catch {
      post(.told(error.description, isError: true))
    }
  }

  private func preview(_ id: String) {
    do throws(LogError) {
      let log = try FoldedLog(of: id, in: store, keeping: .newest(bytes: 1 << 16))
      try log.readOn(at: time.now)
      let (incident, newest) = log.handOver()
      post(.previewed(IncidentPreview(of: incident, newest.suffix(8), in: context.zone)))
    } catch {
      post(.told(error.description, isError: true))
    }
  }

  /// So many entries of one incident are listed with those of the others.
  private static let activityCount = 40

  private func tellActivity(of ids: [String]) {
    var entries: [ActivityEntry] = []
    for id in ids {
      do throws(LogError) {
        let log = try FoldedLog(of: id, in: store, keeping: .newest(bytes: 1 << 16))
        try log.readOn(at: time.now)
        let (incident, newest) = log.handOver()
        entries += ActivityEntry.newest(
          of: incident, newest.suffix(Self.activityCount), in: context.zone)
      } catch {
        post(.told(error.description, isError: true))
      }
    }
    post(.activity(entries))
  }

  private mutating func attendToShown() {
    var seen: Set<String> = []
    if let incident = shown?.incident { attend(to: incident, &seen) }
  }

  /// Hands on what is to be done now about an incident.
  private mutating func attend(to incident: Incident, _ seen: inout Set<String>) {
    guard let hands, shown?.log.id != incident.id || shown?.hasFailed == false,
      incident.logFormat <= Incident.format, store.isWritable(incident.id)
    else { return }
    seen.insert(incident.id)
    rounds.look(
      at: incident, time.now, record: { hands.record($0, incident.id, incident.pace) },
      deliver: hands.deliver)
  }
}
