import Dashboard
import Engine
import EventLog

/// Records what a screen asks for, one after the other on a thread of its own, and answers in messages.
package struct RecordingThread {
  private let ground: any RecordingGround
  private let answers: Mailbox<Answer>
  private let time: any Timekeeper
  /// Called when an append has reached the disk or has failed.
  private let appended: () -> Void
  /// By incident and by who acts in it.
  private var commands: [[String]: CommandRecorder] = [:]
  /// What could still not be recorded is told once, not every few seconds.
  private var toldErrors: Set<String> = []

  package init(
    _ ground: any RecordingGround, answers: Mailbox<Answer>, time: any Timekeeper,
    appended: @escaping () -> Void
  ) {
    (self.ground, self.answers, self.time) = (ground, answers, time)
    self.appended = appended
  }

  /// How often what could not be recorded is offered again.
  private static let pause = Duration.seconds(5)

  /// Works until it is told to stop; what was asked before that is done.
  package mutating func run(_ jobs: Mailbox<RecordingJob>) {
    var next = time.now + Self.pause
    while true {
      for job in jobs.take() {
        if case .stop = job { return }
        perform(job)
      }
      if time.now >= next || next - time.now > Self.pause {
        offer()
        next = time.now + Self.pause
      }
      _ = time.wait(for: [jobs.descriptor], until: next)
    }
  }

  package mutating func perform(_ job: RecordingJob) {
    switch job {
    case .append(let appending):
      append(appending)
      appended()
    case .firings(let drafts, let id, let pace): record(drafts, in: id, pace)
    case .declare(let title, let severity): declare(title, severity)
    case .offer: offer()
    case .stop: break
    }
  }

  private func tell(_ told: Told) { answers.post(.told(told.text, isError: told.isError)) }

  /// Offers again what could not be recorded before, and tells what became of it.
  private mutating func offer() {
    let all = ground.offerKept()
    for told in all where !told.isError || toldErrors.insert(told.text).inserted { tell(told) }
    if all.isEmpty { toldErrors = [] }
  }

  // MARK: - Appending

  private mutating func append(_ appending: Appending) {
    do throws(Told) {
      let commands = try commands(for: appending.incident, by: appending.actor)
      var outcome = commands.record(occurred: appending.occurred) { _ in appending.command }
      if case .unreadable(let error) = outcome, error.isOfReading {
        outcome = commands.keepUnread(
          appending.command, occurred: appending.occurred, because: error)
      }
      switch outcome {
      case .recorded(let event, _), .present(let event):
        answers.post(.appended(appending.ticket, sequence: event.sequence))
      case .rejected(let rejection, _):
        answers.post(.notRecorded(appending.ticket, .rejected(rejection)))
      case .unreadable(let error):
        answers.post(.notRecorded(appending.ticket, .failed("NOT RECORDED: \(error.description)")))
      case .contended:
        answers.post(
          .notRecorded(appending.ticket, .failed("NOT RECORDED: the log kept changing; try again")))
      case .lost(let recorded):
        answers.post(.notRecorded(appending.ticket, reason(recorded)))
      }
    } catch {
      answers.post(.notRecorded(appending.ticket, .refused(error.text)))
    }
  }

  private func reason(_ lost: Recorder.Recorded) -> NotRecorded {
    let words = ground.words(lost)
    if case .unconfirmed = lost.appended { return .unknown(words) }
    if case .kept = lost.appended { return .kept(words) }
    return lost.spooled != nil ? .kept(words) : .failed(words)
  }

  private mutating func commands(
    for id: String, by other: String?
  ) throws(Told) -> CommandRecorder {
    let key = [id, other ?? ""]
    if let commands = commands[key] { return commands }
    let author = try ground.author(other)
    let ground = ground
    do throws(LogError) {
      let log = try FoldedLog(of: id, in: ground.recorder.store)
      let new = CommandRecorder(
        log, by: author, recorder: ground.recorder, time: time, didRecord: ground.didRecord)
      commands[key] = new
      return new
    } catch {
      throw Told(error.description)
    }
  }

  private func record(_ drafts: [EventDraft], in id: String, _ pace: Pace) {
    do throws(Told) {
      let source = try ground.author(nil).source
      do throws(LogError) {
        try ground.recorder.record(drafts, in: id, by: source, pace, time: time)
      } catch {
        throw Told("a due step is NOT RECORDED: \(error.description)")
      }
    } catch { tell(error) }
  }

  private func declare(_ title: String, _ severity: String?) {
    do throws(Told) {
      let (id, told) = try ground.declare(
        title: title, severity: severity, by: try ground.author(nil))
      answers.post(.declared(id))
      told.forEach(tell)
    } catch { tell(error) }
  }
}
