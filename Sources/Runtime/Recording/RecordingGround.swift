package import Engine
package import EventLog

/// What recording needs of the program around it: a store with its settings, and words.
package protocol RecordingGround {
  var recorder: Recorder { get }
  /// Who records, and by what way; somebody `other` where that is said. Throws why nobody can.
  func author(_ other: String?) throws(Told) -> Author
  /// Opens an incident under the store's procedure, and answers its id and what is to be told.
  func declare(
    title: String, severity: String?, by author: Author
  ) throws(Told) -> (String, [Told])
  /// Offers again what could not be recorded before: what became of it.
  func offerKept() -> [Told]
  /// Told of every event that was decided here and is in the log.
  func didRecord(_ incident: Incident, _ event: RecordedEvent)
  /// What is not in a log for certain, in the words of a screen.
  func words(_ lost: Recorder.Recorded) -> String
}
