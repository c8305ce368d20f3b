import Dashboard
import Engine
import EventLog

/// Work with files that the screen does not wait for: appending above all.
enum Job: Sendable {
  case append(Appending)
  case firings(incident: String, [EventDraft], Pace)
  case load(incident: String, ClosedRange<Int>)
  case declare(title: String, severity: String?)
  case stop
}

/// Does jobs one after the other on a thread of its own and answers in messages.
struct Recorder {
  private let store: StoreAccess
  private let actor: String?
  private let answers: Mailbox<Message>
  /// Incidents that were declared here, to be shown.
  private let declared: Mailbox<String>
  private var sessions: [String: RecordingSession] = [:]

  init(
    place: StorePlace, actor: String?, answers: Mailbox<Message>, declared: Mailbox<String>
  ) {
    store = StoreAccess(place)
    self.actor = actor
    self.answers = answers
    self.declared = declared
  }

  /// Works until it is told to stop; what was asked before that is done.
  mutating func run(_ jobs: Mailbox<Job>) {
    while true {
      for job in jobs.take() {
        switch job {
        case .append(let appending): append(appending)
        case .firings(let incident, let drafts, let pace): record(drafts, in: incident, pace)
        case .load(let incident, let range): load(incident, range)
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
      store: store, log: (id, FoldedLog(path: try store.path(of: id))), actor: actor, at: nil,
      source: Self.source)
  }

  static let source = "console"

  private func record(_ drafts: [EventDraft], in id: String, _ pace: Pace) {
    do throws(LogError) {
      try store.record(drafts, in: id, by: Self.source, pace)
    } catch {
      answers.post(.told("a due step is NOT RECORDED: \(error.description)", isError: true))
    }
  }

  // MARK: - Reading again

  private func load(_ id: String, _ range: ClosedRange<Int>) {
    var found: [RecordedEvent] = []
    do throws(LogError) {
      _ = try store.store.reader(of: id).read(at: WallClock.now) { event in
        if range.contains(event.sequence) { found.append(event.compacted()) }
      }
    } catch {
      answers.post(.told(error.description, isError: true))
    }
    answers.post(.loaded(found))
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
      declared.post(receipt.incident.id)
      answers.post(
        .told(
          "declared \(receipt.incident.id) · entry \(receipt.event.sequence)", isError: false))
    } catch {
      answers.post(.told(error.message, isError: true))
    }
  }
}
