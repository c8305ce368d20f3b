import Engine
import EventLog
import Integrations
import Listener
import Procedures
import Runtime

/// Takes in what senders deliver, on a thread of its own: many bodies are written and synced together, and each is
/// answered once it is on the disk. The rules are applied after that.
struct AlertIntake {
  enum Job: Sendable {
    case delivery(InboundDelivery, Reply)
    /// A body that was too large to be taken.
    case oversized(String)
    /// The secrets by which senders sign, by their formats.
    case secrets([String: [UInt8]])
    case stop
  }

  private let ground: StoreAlerts
  private let desk: AlertDesk
  private let counters: InterfaceCounters
  private let journal: AgentJournal
  private let time = SystemTime()
  private let follower: LogFollower
  private var secrets: [String: [UInt8]] = [:]
  private var trouble: String?

  init(home: String, counters: InterfaceCounters, journal: AgentJournal) {
    let store = StoreAccess(StorePlace(home: home))
    ground = StoreAlerts(store)
    desk = AlertDesk(store.store, ground: ground, source: "agent", time: SystemTime())
    follower = LogFollower(path: store.store.logPath)
    (self.counters, self.journal) = (counters, journal)
  }

  /// Most bodies that are written at once.
  private static let batch = 64

  /// Works until it is told to stop; what came before that is written and answered.
  mutating func run(_ jobs: Mailbox<Job>) {
    applyRules()
    while true {
      var waiting = jobs.take()[...]
      let stops = waiting.contains { if case .stop = $0 { true } else { false } }
      while !waiting.isEmpty {
        take(Array(waiting.prefix(Self.batch)))
        waiting = waiting.dropFirst(Self.batch)
      }
      if stops { return }
      let ready = time.wait(
        for: [jobs.descriptor] + [follower.descriptor].compactMap { $0 }, until: desk.next)
      let isDue = desk.next.map { time.now >= $0 } ?? false
      if follower.changed() || isDue || ready.isEmpty { applyRules() }
    }
  }

  // MARK: - What was delivered

  private mutating func take(_ jobs: [Job]) {
    var arrivals: [AlertArrival] = []
    var replies: [(Reply, AlertReading)] = []
    for job in jobs {
      switch job {
      case .secrets(let secrets): self.secrets = secrets
      case .oversized(let format): arrivals.append(Self.oversized(format, at: time.now))
      case .delivery(let delivery, let reply):
        counters.update {
          $0.waiting -= 1
          $0.waitingBytes -= delivery.body.count
        }
        guard let reading = read(delivery, reply) else { continue }
        let sender = AlertSender.name(delivery.format)
        // First, so that replies and receipts have the same places.
        arrivals.insert(
          AlertArrival(
            reading, from: delivery.format, author: Author(actor: sender, source: sender)),
          at: replies.count)
        replies.append((reply, reading))
      case .stop: break
      }
    }
    guard !arrivals.isEmpty else { return }
    do throws(LogError) {
      let receipts = try desk.take(arrivals)
      counters.update { $0.failure = nil }
      for ((reply, reading), receipt) in zip(replies, receipts) {
        answer(reply, reading, receipt)
      }
    } catch {
      journal.line("ALERTS NOT RECORDED: \(error.description); the senders are told to try again")
      let words = error.description
      counters.update { $0.failure = words }
      for (reply, _) in replies { send(.overloaded, reply) }
    }
    applyRules()
  }

  /// What a delivery says; nil where it was answered already.
  private func read(_ delivery: InboundDelivery, _ reply: Reply) -> AlertReading? {
    if let secret = secrets[delivery.format],
      !Signature.holds(delivery, secret: secret, at: time.now)
    {
      journal.line("refused: \(delivery.format): the signature is missing or wrong")
      send(.error(401, "the signature is missing or wrong"), reply)
      return nil
    }
    do throws(DeliveryProblem) {
      return try AlertReader(mappings: ground.mappings()).read(delivery)
    } catch {
      journal.line("refused: \(AlertText.line(delivery.format, limit: 60)): \(error.description)")
      let status =
        switch error {
        case .unknownFormat: 404
        case .tooLarge: 413
        case .notJSON: 400
        }
      send(.error(status, error.description), reply)
      return nil
    }
  }

  private func answer(_ reply: Reply, _ reading: AlertReading, _ receipt: AlertReceipt) {
    counters.update {
      $0.deliveries += 1
      $0.recorded += receipt.recorded
      $0.repeated += receipt.repeated
      $0.unread += receipt.unread
    }
    for unread in reading.unread { journal.line("not read: \(unread.reason)") }
    send(
      .json(
        200,
        .object([
          "recorded": .whole(receipt.recorded), "known": .whole(receipt.repeated),
          "unread": .whole(receipt.unread), "ignored": .whole(reading.ignored),
        ])), reply)
  }

  private func send(_ response: Response, _ reply: Reply) {
    counters.note(response.status, of: Route.alerts("").label)
    reply.send(response)
  }

  /// The same within an hour: one that sends too much is told once.
  private static func oversized(_ format: String, at now: Timestamp) -> AlertArrival {
    let sender = AlertSender.name(format)
    let hour = now.milliseconds / 3_600_000 * 3_600_000
    let alert = Alert(
      sender: Alert.ownSender, fingerprint: "oversized/\(format)", status: .firing,
      start: Timestamp(milliseconds: hour),
      title: "\(sender) sent a body of over 16 MiB, which was refused",
      labels: ["alertname": "oversized", "format": format])
    return AlertArrival(alerts: [alert], author: Author(actor: "muster", source: "agent"))
  }

  // MARK: - Rules

  private mutating func applyRules() {
    desk.work()
    let failure = desk.failure?.text
    let trouble = failure ?? ground.problem
    if let trouble, trouble != self.trouble {
      journal.line(
        failure == nil
          ? "rules of before rule: \(trouble)" : "RULES NOT APPLIED: \(trouble)")
    }
    self.trouble = trouble
    let firing = desk.book.entries.values.filter(\.isFiring)
    let lying = firing.count { $0.incident == nil }
    counters.update {
      ($0.trouble, $0.firing, $0.lying) = (trouble, firing.count, lying)
    }
  }
}
