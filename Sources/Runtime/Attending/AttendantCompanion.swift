package import Engine
package import EventLog

/// Work that runs beside an attendant: signals, settings, heartbeat.
package protocol AttendantCompanion {
  /// Readable when there is something to be done.
  var descriptors: [Int32] { get }

  /// When there is something to be done in any case; nil: at no known time.
  var next: Timestamp? { get }

  /// Called once each time the incidents were looked at; false ends it.
  mutating func turn(_ attendant: inout Attendant) -> Bool
}

/// Something that came about while a store was attended to.
package enum Attended: Sendable {
  /// Facts that fell due are in the log of an incident.
  case recorded([EventDraft], incident: String)
  case delivered(Delivering, DeliveryWorkers.Outcome)
  /// A message to somebody has come to its end.
  case told(Notifier.Ended)
  /// The store or a log of it cannot be looked at or written to.
  case failed(LogError)
  /// What failed before works again.
  case recovered
}

/// Ends when something lies in a box.
struct StopBox: AttendantCompanion {
  let box: Mailbox<Void>

  var descriptors: [Int32] { [box.descriptor] }
  var next: Timestamp? { nil }
  mutating func turn(_ attendant: inout Attendant) -> Bool { box.take().isEmpty }
}
