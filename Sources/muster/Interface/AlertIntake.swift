import Engine
import EventLog
import Integrations
import Listener
import Procedures
import Runtime

/// Takes in what senders deliver, on a thread of its own: many bodies are written and synced together, and each is
/// answered once it is on the disk. Rules are applied by another thread.
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
  private let rules: Mailbox<AlertRuling.Job>
  private let verbs: Mailbox<Interface.VerbJob>
  private let time = SystemTime()
  private var secrets: [String: [UInt8]] = [:]

  /// `rules` is told when there is something new to apply them to, `verbs` of what people answered elsewhere.
  init(
    home: String, counters: InterfaceCounters, journal: AgentJournal,
    rules: Mailbox<AlertRuling.Job>, verbs: Mailbox<Interface.VerbJob>
  ) {
    let store = StoreAccess(StorePlace(home: home))
    ground = StoreAlerts(store)
    desk = AlertDesk(store.store, ground: ground, source: "agent", time: SystemTime())
    (self.counters, self.journal, self.rules) = (counters, journal, rules)
    self.verbs = verbs
  }

  /// Most bodies that are written at once.
  private static let batch = 64

  /// Works until it is told to stop; what came before that is written and answered.
  mutating func run(_ jobs: Mailbox<Job>) {
    while true {
      var waiting = jobs.take()[...]
      let stops = waiting.contains { if case .stop = $0 { true } else { false } }
      while !waiting.isEmpty {
        take(Array(waiting.prefix(Self.batch)))
        waiting = waiting.dropFirst(Self.batch)
      }
      if stops { return }
      jobs.wait()
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
        guard let reading = read(delivery, reply), !passOn(reading, of: delivery, reply) else {
          continue
        }
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
    rules.post(.news)
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

  /// Hands over what people answered to whoever records words; false where a delivery holds no answer.
  private func passOn(
    _ reading: AlertReading, of delivery: InboundDelivery, _ reply: Reply
  ) -> Bool {
    guard !reading.answers.isEmpty else { return false }
    guard secrets[delivery.format] != nil else {
      journal.line("refused: \(delivery.format): an answer without a signature")
      send(.error(403, "an answer is taken only where its sender signs"), reply)
      return true
    }
    let answers = reading.answers.compactMap { answer in
      incident(answer.about).map { Interface.PassedAnswer(answer: answer, incident: $0) }
    }
    if answers.isEmpty {
      answer(reply, AlertReading(), AlertReceipt())
    } else {
      verbs.post(.answer(answers, by: delivery.format, reply))
    }
    return true
  }

  private func incident(_ subject: InboundAnswer.Subject) -> String? {
    switch subject {
    case .incident(let id): return id
    case .alert(let key):
      do throws(LogError) { try desk.readOn() } catch { return nil }
      return desk.book.entries[key]?.incident
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
}
