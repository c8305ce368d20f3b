import Documents
import Engine
import EventLog
import Integrations
import Listener
import Runtime
import Synchronization

/// Answers HTTP requests for an agent: what comes in is judged at once and done on threads of their own, so that a storm
/// of alerts holds up neither a person's words nor a question.
final class Interface: Responder {
  private let gate: Mutex<InterfaceGate>
  private let journal: AgentJournal
  /// Whether another machine's agent leads, which alerts are for.
  private let standsBy: Bool
  let counters = InterfaceCounters(since: WallClock.now)
  let intake: Mailbox<AlertIntake.Job>
  let rules: Mailbox<AlertRuling.Job>
  let verbs: Mailbox<VerbJob>
  let readings: Mailbox<ReadingJob>
  let feed: Mailbox<EventFeed.Job>
  private let told = Mutex(Told(since: WallClock.now))
  private let verbCount = Atomic(0)
  private let readingCount = Atomic(0)
  private let connections = Atomic(0)

  enum VerbJob: Sendable {
    case perform(VerbDesk.Job)
    /// What people answered in the system of a sender.
    case answer([PassedAnswer], by: String, Reply)
    case stop
  }

  struct PassedAnswer: Sendable {
    var answer: InboundAnswer
    var incident: String
  }

  enum ReadingJob: Sendable {
    case answer(Route, Reply)
    case stop
  }

  /// Work that may wait; more is to be tried again.
  private static let mostDeliveries = 512
  private static let mostDeliveryBytes = 64 << 20
  private static let mostVerbs = 256
  private static let mostReadings = 64

  init(
    _ gate: InterfaceGate, _ journal: AgentJournal, standsBy: Bool = false
  ) throws(SystemTrouble) {
    self.standsBy = standsBy
    self.gate = Mutex(gate)
    self.journal = journal
    intake = try Mailbox()
    rules = try Mailbox()
    verbs = try Mailbox()
    readings = try Mailbox()
    feed = try Mailbox()
  }

  /// Goes on under other names.
  func use(_ hosts: Set<String>) { gate.withLock { $0.hosts = hosts } }

  private func judge(_ head: RequestHead) -> InterfaceGate.Judgement {
    let (judgement, problem) = gate.withLock { gate in
      let problem = gate.readTokens()
      return (gate.judge(head, at: WallClock.now), problem)
    }
    if let problem { journal.line("NO TOKEN IS TAKEN: \(problem)") }
    return judgement
  }

  /// How many refusals the journal was told of in the present minute.
  private struct Told {
    var since: Timestamp
    var count = 0
  }

  private static let mostTold = 60

  /// Notes a refusal in the journal, unless so many were that somebody means to fill it.
  private func tell(_ refusal: String) {
    let now = WallClock.now
    let count = told.withLock { told in
      if now - told.since >= .minutes(1) || now < told.since { told = Told(since: now) }
      told.count += 1
      return told.count
    }
    if count <= Self.mostTold { journal.line(refusal) }
    if count == Self.mostTold { journal.line("refused: more in this minute are only counted") }
  }

  // MARK: - What is asked

  func admit(_ head: RequestHead) -> Admission {
    switch judge(head) {
    case .admitted(let admitted): return .read(limit: admitted.route.bodyLimit)
    case .refused(let response, let word):
      counters.note(response.status, of: "refused")
      tell("refused: \(head.peer): \(word)")
      return .refuse(response)
    }
  }

  func answer(_ request: Request, _ reply: Reply) {
    guard case .admitted(let admitted) = judge(request.head)
    else { return reply.send(.error(401, "a token is needed")) }
    switch admitted.route {
    case .health: reply.send(.text(200, "ok\n", "text/plain; charset=utf-8"))
    case .alerts(let format): take(request, as: format, reply)
    case .declare, .verb:
      guard let token = admitted.token else { return }
      record(VerbDesk.Job(route: admitted.route, token: token, body: request.body, reply: reply))
    case .events(let incident):
      let last = request.head.value("last-event-id")
      feed.post(.listen(reply, incident: incident, after: last))
    default: read(admitted.route, reply)
    }
  }

  func refused(_ head: RequestHead, over limit: Int) {
    counters.note(413, of: "refused")
    guard !standsBy, case .admitted(let admitted) = judge(head),
      case .alerts(let format) = admitted.route
    else { return }
    tell("refused: \(head.peer): a body of over \(limit) bytes")
    if AlertReader.formats.contains(format) || format.hasPrefix("generic/") {
      intake.post(.oversized(AlertText.line(format, limit: 60)))
    }
  }

  private func take(_ request: Request, as format: String, _ reply: Reply) {
    guard !standsBy else {
      counters.note(503, of: Route.alerts("").label)
      return reply.send(.standsBy)
    }
    let count = request.body.count
    let hasRoom = counters.update { numbers in
      guard numbers.waiting < Self.mostDeliveries,
        numbers.waitingBytes + count <= Self.mostDeliveryBytes
      else { return false }
      numbers.waiting += 1
      numbers.waitingBytes += count
      return true
    }
    guard hasRoom else {
      counters.note(503, of: Route.alerts("").label)
      return reply.send(.overloaded)
    }
    let headers = request.head.headers.map { (name: $0.name, value: $0.value) }
    intake.post(
      .delivery(InboundDelivery(format: format, headers: headers, body: request.body), reply))
  }

  private func record(_ job: VerbDesk.Job) {
    guard verbCount.add(1, ordering: .relaxed).newValue <= Self.mostVerbs else {
      verbCount.subtract(1, ordering: .relaxed)
      return job.reply.send(.overloaded)
    }
    verbs.post(.perform(job))
  }

  private func read(_ route: Route, _ reply: Reply) {
    guard readingCount.add(1, ordering: .relaxed).newValue <= Self.mostReadings else {
      readingCount.subtract(1, ordering: .relaxed)
      return reply.send(.overloaded)
    }
    readings.post(.answer(route, reply))
  }

  // MARK: - The threads

  /// Begins them; each posts to `ended` when it is at its end. How many there are.
  func begin(home: String, _ ended: Mailbox<Void>) throws(SystemTrouble) -> Int {
    let (counters, journal) = (counters, journal)
    try Worker { [intake, rules, verbs] in
      var work = AlertIntake(
        home: home, counters: counters, journal: journal, rules: rules, verbs: verbs)
      work.run(intake)
      // Not before the last of it is there.
      rules.post(.stop)
      ended.post(())
    }.detach()
    if !standsBy {
      try Worker { [rules] in
        var work = AlertRuling(home: home, counters: counters, journal: journal)
        work.run(rules)
        ended.post(())
      }.detach()
    }
    try Worker { [self] in
      var desk = VerbDesk(home: home)
      work(&desk, home: home)
      ended.post(())
    }.detach()
    try Worker { [self] in
      work(ReadingDesk(home: home, counters: counters))
      ended.post(())
    }.detach()
    try Worker { [feed] in
      var work = EventFeed(home: home)
      work.run(feed)
      ended.post(())
    }.detach()
    return standsBy ? 4 : 5
  }

  func stop() {
    intake.post(.stop)
    verbs.post(.stop)
    readings.post(.stop)
    feed.post(.stop)
  }

  private func work(_ desk: inout VerbDesk, home: String) {
    while true {
      for job in verbs.take() {
        switch job {
        case .stop: return
        case .answer(let answers, let sender, let reply): take(answers, by: sender, home, reply)
        case .perform(let asked):
          let response = desk.perform(asked)
          verbCount.subtract(1, ordering: .relaxed)
          counters.note(response.status, of: asked.route.label)
          asked.reply.send(response)
        }
      }
      verbs.wait()
    }
  }

  /// Records what people answered elsewhere; the sender is asked to try again only where no log could take it.
  private func take(
    _ answers: [PassedAnswer], by sender: String, _ home: String, _ reply: Reply
  ) {
    let answering = Answering(home: home, way: AlertSender.name(sender))
    var recorded = 0
    var isLost = false
    for one in answers {
      let said = answering.take(one.answer, in: one.incident)
      journal.line("\(one.incident): \(one.answer.person) by \(sender): \(said.text)")
      if said.isDone { recorded += 1 }
      isLost = isLost || said.isLost
    }
    let response = isLost ? .overloaded : Response.json(200, ["recorded": .whole(recorded)])
    counters.note(response.status, of: Route.alerts("").label)
    reply.send(response)
  }

  private func work(_ desk: ReadingDesk) {
    while true {
      for job in readings.take() {
        guard case .answer(let route, let reply) = job else { return }
        let response = desk.answer(route, connections: connections.load(ordering: .relaxed))
        readingCount.subtract(1, ordering: .relaxed)
        counters.note(response.status, of: route.label)
        reply.send(response)
      }
      readings.wait()
    }
  }

  func note(connections count: Int) { connections.store(count, ordering: .relaxed) }
}

extension Response {
  /// Alerts are for the agent that leads; whoever sends them is to try again, there or here.
  fileprivate static let standsBy = Self(
    503, headers: [Header("Retry-After", "15"), Header("Content-Type", "application/json")],
    body: Array(
      #"{"error":"this agent stands by, and another machine's leads; send alerts there"}"#.utf8))
}
