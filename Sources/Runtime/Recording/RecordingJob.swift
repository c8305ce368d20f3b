package import Dashboard
package import Engine

/// What is to be recorded for a screen.
package enum RecordingJob: Sendable {
  case append(Appending)
  case firings([EventDraft], in: String, Pace)
  case declare(title: String, severity: String?)
  /// What could not be recorded before is offered again.
  case offer
  case stop
}
