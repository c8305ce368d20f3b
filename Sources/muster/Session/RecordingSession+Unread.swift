import Engine
import Wording
import EventLog
import Procedures
import Runtime

extension RecordingSession {
  /// Keeps what was to be recorded while the log cannot be read, and answers what to tell.
  ///
  /// It is decided as far as it can be without the log; what cannot be is kept as it was typed, as a note.
  func keepUnread(
    _ error: LogError, occurred: Timestamp?,
    _ make: (Incident, RecordingSession) throws(Failure) -> Command
  ) throws(Failure) -> Failure {
    let draft = try decideUnread(occurred, make) ?? typedNote(occurred)
    return Failure(
      store.recorder.keep(draft, in: id, author: author, at: WallClock.now, because: error))
  }

  private func decideUnread(
    _ occurred: Timestamp?, _ make: (Incident, RecordingSession) throws(Failure) -> Command
  ) throws(Failure) -> EventDraft? {
    // What was read before, as in a console, is as good as it gets.
    let isKnown = log.incident.declaration != nil
    let incident =
      isKnown
      ? log.incident
      : CommandRecorder.standIn(
        for: id, by: try ProcedureChoice(store: store).forDeclaring(nil).procedure,
        at: WallClock.now)
    do throws(Failure) {
      let command = try make(incident, self)
      do throws(Rejection) {
        return try incident.decide(command, occurred: occurred, at: WallClock.now)
      } catch {
        let message = error.message(on: Shell.surface, in: clock.zone, at: WallClock.now)
        throw Failure(error.isUsage ? .usage : .notNow, message)
      }
    } catch {
      if isKnown { throw error }
      return nil
    }
  }

  private func typedNote(_ occurred: Timestamp?) -> EventDraft {
    let typed = CommandLine.arguments.dropFirst().joined(separator: " ")
    let text = "entered while the log could not be read: muster \(typed)"
    let bounded = String(decoding: text.utf8.prefix(Incident.textLimit), as: UTF8.self)
    return EventDraft(.noteAdded, occurred: occurred, EventData(["text": .string(bounded)]))
  }
}
