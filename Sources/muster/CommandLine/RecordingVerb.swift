import ArgumentParser
import Engine

/// A verb that becomes one event.
protocol RecordingVerb: ParsableCommand {
  var recording: RecordingOptions { get }

  /// What is to be recorded, from what was typed and from the incident as it stands.
  func command(for incident: Incident, in session: RecordingSession) throws(Failure) -> Command

  /// When it happened, where the words themselves say so.
  func occurred(in session: RecordingSession) throws(Failure) -> Timestamp?
}

extension RecordingVerb {
  func occurred(in session: RecordingSession) throws(Failure) -> Timestamp? {
    session.occurred
  }

  func run() throws {
    var session = try RecordingSession(recording)
    let receipt = try session.record(
      occurred: try occurred(in: session)
    ) { incident, session throws(Failure) in
      try command(for: incident, in: session)
    }
    try receipt.print(asJSON: recording.json)
  }
}
