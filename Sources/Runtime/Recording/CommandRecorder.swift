package import Engine
package import EventLog

/// Turns commands into events of one incident: decided on the newest state of its log, and again where somebody else was
/// faster.
///
/// All recording goes through here: verbs, screens, deliveries. What a screen decides beforehand is a preview. Not for
/// several threads at once.
package final class CommandRecorder {
  package let log: FoldedLog
  package let author: Author
  /// False where the past is written down: nobody is to be called for it now.
  package var recordsFirings = true
  let recorder: Recorder
  private let time: any Timekeeper
  private let didRecord: (Incident, RecordedEvent) -> Void

  /// `didRecord` is told of every event that was decided here and is in the log.
  package init(
    _ log: FoldedLog, by author: Author, recorder: Recorder, time: any Timekeeper,
    didRecord: @escaping (Incident, RecordedEvent) -> Void = { _, _ in }
  ) {
    (self.log, self.author) = (log, author)
    (self.recorder, self.time) = (recorder, time)
    self.didRecord = didRecord
  }

  /// What became of a command.
  package enum Outcome: Sendable {
    case recorded(RecordedEvent, mended: Mended?)
    /// The same fact was in the log already.
    case present(RecordedEvent)
    /// The state of the incident does not allow it, decided at an instant of the incident's clock.
    case rejected(Rejection, at: Timestamp)
    /// The log cannot be read, so that nothing could be decided.
    case unreadable(LogError)
    /// It is not in the log for certain.
    case lost(Recorder.Recorded)
    /// The log grew faster than a decision could be made.
    case contended
  }

  package var id: String { log.id }
  package var incident: Incident { log.incident }

  /// What the clock of the incident reads now.
  package var now: Timestamp { log.incident.pace.time(at: time.now) }

  private static let mostTries = 100

  /// Decides on the newest state and appends.
  package func record<E: Error>(
    occurred: Timestamp? = nil, _ make: (Incident) throws(E) -> Command
  ) throws(E) -> Outcome {
    for _ in 0..<Self.mostTries {
      do throws(LogError) {
        try log.readOn(at: time.now)
        // What it said is not known any more, and what comes now would be taken for its beginning.
        if log.incident.declaration == nil, log.reader.lineCount == 0 {
          return .unreadable(.emptied(path: log.place))
        }
        if try recordClockStep() { continue }
      } catch { return .unreadable(error) }
      let command = try make(log.incident)
      if command.needsTimeline, !log.hasTimeline {
        do throws(LogError) { try log.readTimeline(at: time.now) } catch {
          return .unreadable(error)
        }
        continue
      }
      let now = now
      let draft: EventDraft
      do throws(Rejection) {
        draft = try log.incident.decide(command, occurred: occurred, at: now)
      } catch { return .rejected(error, at: now) }
      let recorded: Recorder.Recorded
      do throws(LogError) { recorded = try append(draft, expecting: log.sequence) } catch {
        return .unreadable(error)
      }
      if case .conflict = recorded.appended { continue }
      return outcome(of: recorded)
    }
    return .contended
  }

  /// Records a fact that is already decided.
  package func record(_ draft: EventDraft) -> Outcome {
    do throws(LogError) { return outcome(of: try append(draft, expecting: nil)) } catch {
      return .unreadable(error)
    }
  }

  /// Records once that the clock is a second or more behind the newest line; returns whether it did.
  private func recordClockStep() throws(LogError) -> Bool {
    guard log.incident.declaration != nil, let last = log.lastRecorded else { return false }
    let now = now
    let step = now - last
    guard step <= .seconds(-1) else { return false }
    let draft: EventDraft
    do throws(Rejection) {
      draft = try log.incident.decide(.stepClock(step), at: now)
    } catch { return false }
    return try append(draft, expecting: log.sequence).appended.event != nil
  }

  private func append(
    _ draft: EventDraft, expecting sequence: Int?
  ) throws(LogError) -> Recorder.Recorded {
    let (pace, time) = (log.incident.pace, time)
    return try recorder.record(
      draft, in: id, author: author, expecting: sequence, now: { pace.time(at: time.now) })
  }

  private func outcome(of recorded: Recorder.Recorded) -> Outcome {
    switch recorded.appended {
    case .recorded(let event):
      log.apply(event)
      didRecord(log.incident, event)
      recordFirings()
      remember()
      return .recorded(event, mended: recorded.mended)
    case .present(let event): return .present(event)
    case .unconfirmed, .kept, .notRecorded, .conflict: return .lost(recorded)
    }
  }

  /// Reads back what was appended, and has the store remember where the incident stands now.
  private func remember() {
    do throws(LogError) { try log.readOn(at: time.now) } catch {
      // The event is recorded; failing to read it back only costs the next reader time.
      return
    }
    recorder.store.remember(log, at: time.now)
  }

  // MARK: - What falls due

  /// Writes down the steps that fell due while nobody was looking. What was just recorded comes first: told late, it may
  /// have stopped them. What cannot be written now is found again by whoever comes next.
  private func recordFirings() {
    guard recordsFirings, log.quietUntil.map({ now >= $0 }) ?? true else { return }
    let drafts = log.incident.unrecordedFirings(at: now)
    do throws(LogError) {
      try recorder.record(drafts, in: id, by: author.source, log.incident.pace, time: time)
    } catch { return }
  }
}

extension Recorder {
  /// Appends what fell due, each once whoever else notices it, by its own author or else by the program itself.
  package func record(
    _ drafts: [EventDraft], in id: String, by source: String, _ pace: Pace, time: any Timekeeper
  ) throws(LogError) {
    guard !drafts.isEmpty else { return }
    let writer = try writer(of: id)
    let automatic = Author(actor: "muster", source: source)
    for draft in drafts {
      let outcome = writer.append(
        draft, author: draft.author ?? automatic, now: { pace.time(at: time.now) })
      if case .notRecorded(_, _, let error) = outcome { throw error }
    }
  }
}
