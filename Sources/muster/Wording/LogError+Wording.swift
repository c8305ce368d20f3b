import EventLog

extension Failure {
  /// An error of the log for a person: its own line, with the status that scripts rely on.
  init(_ error: LogError) {
    switch error {
    case .invalidID: self.init(.usage, error.description)
    case .notFound, .exists, .newerFormat: self.init(.notNow, error.description)
    case .isLink, .isNoFile, .cannotOpen, .cannotRead, .cannotWrite, .locked, .keepsChanging,
      .tooLong, .cannotSpool, .noRandomness:
      self.init(.worldFailed, error.description)
    }
  }
}
