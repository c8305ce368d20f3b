import Engine
import EventLog
import Wording

extension Failure {
  /// A refusal, in the words of the command line; `rejection` keeps the fact for other surfaces.
  init(_ rejection: Rejection, in zone: TimeZoneRules, at now: Timestamp) {
    self.init(
      rejection.isUsage ? .usage : .notNow,
      rejection.message(on: Shell.surface, in: zone, at: now))
    self.rejection = rejection
  }

  /// A word that is none of those known, with the nearest of them.
  static func unknown(_ subject: String, _ word: String, known: [String]) -> Self {
    Self(.usage, Choices.unknown(subject, word, known: known, on: Shell.surface))
  }

  /// An error of the log for a person: its own line, with the status that scripts rely on.
  init(_ error: LogError) {
    switch error {
    case .invalidID: self.init(.usage, error.description)
    case .notFound, .exists, .newerFormat: self.init(.notNow, error.description)
    case .isLink, .isNoFile, .cannotOpen, .cannotRead, .cannotWrite, .locked, .keepsChanging,
      .emptied, .tooLong, .numbersExhausted, .otherIncident, .notAnEvent, .cannotSpool, .cannotSync,
      .noRandomness, .notShared:
      self.init(.worldFailed, error.description)
    }
  }
}

extension Rejection {
  /// Whether trying again with other words could help, rather than another state of the incident.
  var isUsage: Bool {
    switch self {
    case .unknown, .ambiguous, .inTheFuture, .empty, .tooLong: true
    case .statesFact, .closed, .notClosed, .notResolved, .alreadyAcknowledged, .alreadyTriaged,
      .alreadyInStatus, .severityAlready, .roleAlready, .itemAlready, .alreadyRetracted,
      .noHandoverOffered, .handoverIsFor, .lacking, .declarationStays, .cannotBeUndone,
      .tooLateToUndo,
      .newerFormat, .notDeclared:
      false
    }
  }
}
