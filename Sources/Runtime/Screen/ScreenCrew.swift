package import Dashboard
package import Engine
package import EventLog

/// What the crew of a screen needs of the program around it.
package protocol ScreenGround: Sendable {
  /// What is recorded in; opened on the thread that records.
  func recording() -> any RecordingGround
  /// The lines of a report; asked on a thread of its own.
  func lines(
    of report: Report, of incident: String?, from vantage: Vantage?, width: Int
  ) -> [String]
  /// The document that an incident is run by; asked on a thread of its own.
  func document(of incident: String?, from vantage: Vantage?, width: Int) -> DocumentPage
  /// Looks at what is wrong with the store, where an incident is shown with that one; made and asked on the thread that
  /// reads.
  func condition() -> (String?) -> StoreCondition
  /// What is to be told of an attempt to deliver; nil: nothing.
  func told(_ delivering: Delivering, _ outcome: DeliveryWorkers.Outcome) -> Told?
  /// Looks after small files until it is told to stop, on a thread of its own.
  func keep(_ errands: Mailbox<Errand?>, answers: Mailbox<Answer>)
}

/// Small files that a screen asks for or keeps.
package enum Errand: Sendable {
  case theme(String)
  /// Show another theme until one is chosen; nil: the one that is in use.
  case previewTheme(String?)
  case remember(String)
  /// Keep what is being written about an incident; nil: no more.
  case keepDraft(Draft?, of: String)
}

/// Those who work beside a screen, each on threads of their own: one records, one reads, one looks after small files;
/// reports and deliveries have their own.
package final class ScreenCrew: Crew {
  private let ground: any ScreenGround
  private let answers: Mailbox<Answer>
  private let time: any Timekeeper
  private let recording: Mailbox<RecordingJob>
  private let reading: Mailbox<ReadingJob?>
  private let errands: Mailbox<Errand?>
  private let deliveries: DeliveryWorkers
  private let login: String
  private let unconfirmed = Unconfirmed()

  package init(
    _ ground: any ScreenGround, deliverer: Deliverer, answers: Mailbox<Answer>,
    time: any Timekeeper
  ) throws(SystemTrouble) {
    (self.ground, self.answers, self.time) = (ground, answers, time)
    let reading = try Mailbox<ReadingJob?>()
    (recording, self.reading, errands) = (try Mailbox(), reading, try Mailbox())
    login = deliverer.login
    deliveries = try DeliveryWorkers(deliverer) { delivering, outcome in
      if let told = ground.told(delivering, outcome) { answers.post(told) }
      answers.post(.deliveryEnded(delivering))
      reading.post(.deliveryEnded(delivering))
    }
  }

  // MARK: - Beginning and ending

  /// Begins to read what a screen shows; what it sees to be due is recorded and delivered where `attends` says so.
  package func read(
    _ store: any Store, in context: TimeContext, attends: Bool
  ) throws(SystemTrouble) -> Worker {
    let (ground, answers, time) = (ground, answers, time)
    let (reading, unconfirmed) = (reading, unconfirmed)
    let (login, recording, deliveries) = (login, recording, deliveries)
    return try Worker {
      let hands = DutyHands(
        login: login, record: { recording.post(.firings($0, in: $1, $2)) },
        deliver: {
          answers.post(.delivering($0))
          deliveries.start($0)
        })
      var reader = StoreReader(
        store, context, answers: answers, time: time, unconfirmed: unconfirmed,
        condition: ground.condition(),
        hands: attends ? hands : nil)
      reader.run(reading)
    }
  }

  /// Begins to look after small files.
  package func keepFiles() throws(SystemTrouble) -> Worker {
    let (ground, errands, answers) = (ground, errands, answers)
    return try Worker { ground.keep(errands, answers: answers) }
  }

  /// Begins to record.
  package func record() throws(SystemTrouble) -> Worker {
    let (ground, answers, time) = (ground, answers, time)
    let (recording, reading, unconfirmed) = (recording, reading, unconfirmed)
    return try Worker {
      var thread = RecordingThread(ground.recording(), answers: answers, time: time) {
        unconfirmed.end()
        reading.post(.follow)
      }
      thread.run(recording)
    }
  }

  /// What was asked to be recorded before is recorded, and nothing else is read or kept.
  package func stop() {
    recording.post(.stop)
    reading.post(nil)
    errands.post(nil)
  }

  package var isDelivering: Bool { deliveries.isAnyRunning }

  /// Waits for deliveries under way, so that what came of them is recorded and nothing is sent twice.
  package func waitForDeliveries() { deliveries.wait() }

  // MARK: - Jobs

  package func take(_ job: Job) {
    switch job {
    case .append(let appending):
      unconfirmed.begin()
      recording.post(.append(appending))
    case .declare(let title, let severity):
      recording.post(.declare(title: title, severity: severity))
    case .open(let id): reading.post(.open(id))
    case .showNothing: reading.post(.showNothing)
    case .list: reading.post(.list)
    case .listClosed: reading.post(.listClosed)
    case .preview(let id): reading.post(.preview(id))
    case .activity(let ids): reading.post(.activity(ids))
    case .load(let range, let id): reading.post(.load(range, in: id))
    case .report(let report, let id, let vantage, let width):
      make { .report(report, of: id, $0.lines(of: report, of: id, from: vantage, width: width)) }
    case .document(let id, let vantage, let width):
      make { .document($0.document(of: id, from: vantage, width: width), of: id) }
    case .theme(let name): errands.post(.theme(name))
    case .previewTheme(let name): errands.post(.previewTheme(name))
    case .remember(let line): errands.post(.remember(line))
    case .keepDraft(let draft, let id): errands.post(.keepDraft(draft, of: id))
    }
  }

  /// Has a text made on a thread of its own: nothing that is to be recorded waits for it.
  private func make(_ text: @escaping @Sendable (any ScreenGround) -> Message) {
    let (ground, answers) = (ground, answers)
    do throws(SystemTrouble) {
      let worker = try Worker { answers.post(text(ground)) }
      worker.detach()
    } catch {
      answers.post(Told(error.description))
    }
  }
}

extension Mailbox where Item == Answer {
  package func post(_ told: Told) { post(.told(told.text, isError: told.isError)) }
}
