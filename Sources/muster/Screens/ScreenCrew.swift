import Dashboard
import Engine
import EventLog
import Runtime

/// Those who work beside a screen, each on threads of their own: one records, one reads, one keeps small files; reports and
/// deliveries have their own.
final class ScreenCrew: Crew {
  private let place: StorePlace
  private let answers: Mailbox<Answer>
  private let recording: Mailbox<RecordingJob>
  private let reading: Mailbox<ReadingJob?>
  private let errands: Mailbox<Errand>
  private let deliveries: DeliveryWorkers
  private let unconfirmed = Unconfirmed()

  init(place: StorePlace, answers: Mailbox<Answer>) throws(Failure) {
    self.place = place
    self.answers = answers
    do throws(SystemTrouble) {
      (recording, reading, errands) = (try Mailbox(), try Mailbox(), try Mailbox())
      deliveries = try DeliveryWorkers(home: place.home, answers: answers)
    } catch {
      throw Failure(error)
    }
  }

  /// Begins to read what a screen shows.
  func read(_ store: any Store, in context: TimeContext) throws(Failure) {
    let (answers, reading, unconfirmed) = (answers, reading, unconfirmed)
    try start {
      var reader = StoreReader(
        store, context, answers: answers, time: SystemTime(), unconfirmed: unconfirmed)
      reader.run(reading)
    }
  }

  /// Begins to keep small files: the theme as it changes, and for who is at the console, what was typed.
  func keep(_ theme: ScreenTheme, _ view: KeptView?) throws(Failure) {
    let (answers, errands) = (answers, errands)
    try start {
      var keeper = ErrandKeeper(theme: theme, view: view, answers: answers)
      keeper.run(errands)
    }
  }

  private func start(_ body: @escaping @Sendable () -> Void) throws(Failure) {
    do throws(SystemTrouble) { try Worker(body).detach() } catch { throw Failure(error) }
  }

  /// Begins to record; the thread is to be joined after ``stopRecording()``.
  func record(as actor: String?) throws(SystemTrouble) -> Worker {
    let (place, answers, recording) = (place, answers, recording)
    let (reading, unconfirmed) = (reading, unconfirmed)
    return try Worker {
      var recorder = RecordingThread(place: place, actor: actor, answers: answers) {
        unconfirmed.end()
        reading.post(.follow)
      }
      recorder.run(recording)
    }
  }

  /// What was asked to be recorded before is recorded.
  func stopRecording() { recording.post(.stop) }

  /// Waits for deliveries under way.
  func waitForDeliveries() { deliveries.wait() }

  func take(_ job: Job) {
    switch job {
    case .append(let appending):
      unconfirmed.begin()
      recording.post(.append(appending))
    case .firings(let drafts, let id, let pace):
      recording.post(.firings(incident: id, drafts, pace))
    case .declare(let title, let severity):
      recording.post(.declare(title: title, severity: severity))
    case .open(let id): reading.post(.open(id))
    case .showNothing: reading.post(.showNothing)
    case .list: reading.post(.list)
    case .load(let range, let id): reading.post(.load(range, in: id))
    case .deliver(let due): deliveries.start(due)
    case .report(let report, let id, let vantage, let width):
      make(report, of: id, from: vantage, width: width)
    case .theme(let name): errands.post(.theme(name))
    case .remember(let line): errands.post(.remember(line))
    }
  }

  /// Has a report made on a thread of its own: nothing that is to be recorded waits for it.
  private func make(_ report: Report, of id: String?, from vantage: Vantage?, width: Int) {
    let maker = ReportMaker(place: place, incident: id, vantage: vantage, width: width)
    let answers = answers
    do throws(Failure) {
      try start { answers.post(.report(report, of: id, maker.lines(of: report))) }
    } catch {
      answers.post(.told(error.message, isError: true))
    }
  }
}

extension Failure {
  init(_ trouble: SystemTrouble) { self.init(.worldFailed, trouble.description) }
}
