import Dashboard
import Engine
import EventLog
import Runtime

/// What is to be recorded for a screen.
enum RecordingJob: Sendable {
  case append(Appending)
  case firings(incident: String, [EventDraft], Pace)
  case declare(title: String, severity: String?)
  case stop
}

/// Records what a screen asks for, one after the other on a thread of its own, and answers in messages.
struct RecordingThread {
  private let store: StoreAccess
  private let actor: String?
  private let answers: Mailbox<Answer>
  /// Told when what was asked to be appended is on the disk, or is not.
  private let appended: @Sendable () -> Void
  private var sessions: [String: RecordingSession] = [:]

  init(
    place: StorePlace, actor: String?, answers: Mailbox<Answer>,
    appended: @escaping @Sendable () -> Void
  ) {
    store = StoreAccess(place)
    self.actor = actor
    self.answers = answers
    self.appended = appended
  }

  /// Works until it is told to stop; what was asked before that is done.
  mutating func run(_ jobs: Mailbox<RecordingJob>) {
    while true {
      for job in jobs.take() {
        switch job {
        case .append(let appending):
          append(appending)
          appended()
        case .firings(let incident, let drafts, let pace): record(drafts, in: incident, pace)
        case .declare(let title, let severity): declare(title, severity)
        case .stop: return
        }
      }
      jobs.wait()
    }
  }

  // MARK: - Appending

  private mutating func append(_ appending: Appending) {
    do throws(Failure) {
      var session = try session(of: appending.incident)
      defer { sessions[appending.incident] = session }
      let receipt = try session.record(occurred: appending.occurred) { _, _ in appending.command }
      answers.post(.appended(appending.ticket, sequence: receipt.event.sequence))
    } catch {
      answers.post(.notRecorded(appending.ticket, reason(error)))
      if error.status == .unconfirmed { answers.post(.unsynced(since: WallClock.now)) }
    }
  }

  private func reason(_ failure: Failure) -> NotRecorded {
    switch failure.status {
    case .unconfirmed: .unknown(failure.message)
    case .worldFailed: failure.isKept ? .kept(failure.message) : .failed(failure.message)
    default: .refused(failure.message)
    }
  }

  private mutating func session(of id: String) throws(Failure) -> RecordingSession {
    if let session = sessions.removeValue(forKey: id) { return session }
    return try RecordingSession(
      store: store, log: try store.log(of: id), actor: actor, at: nil, source: Self.source)
  }

  static let source = "console"

  private func record(_ drafts: [EventDraft], in id: String, _ pace: Pace) {
    do throws(LogError) {
      try store.record(drafts, in: id, by: Self.source, pace)
    } catch {
      answers.post(.told("a due step is NOT RECORDED: \(error.description)", isError: true))
    }
  }

  // MARK: - Declaring

  private func declare(_ title: String, _ severity: String?) {
    do throws(Failure) {
      guard !store.place.isDrills else {
        throw Failure(
          .notNow,
          "this console shows a drill; 'muster declare TITLE' elsewhere opens a real incident")
      }
      let author = Author(actor: try store.author(actor: actor).actor, source: Self.source)
      let chosen = try ProcedureChoice(store: store).forDeclaring(nil)
      let severity = try severity.map { word throws(Failure) in
        try StoreAccess.severity(word, in: chosen.procedure)
      }
      let receipt = try store.declare(
        Declaration(
          id: "", title: title, severity: severity, procedure: chosen.procedure,
          procedureNotRead: chosen.notRead), author: author)
      answers.post(.declared(receipt.incident.id))
      answers.post(
        .told(
          "declared \(receipt.incident.id) · entry \(receipt.event.sequence)", isError: false))
    } catch {
      answers.post(.told(error.message, isError: true))
    }
  }
}
