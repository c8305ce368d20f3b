import Engine

/// Why a command ends without having done what was asked: one line for a person, a status for a script.
struct Failure: Error {
  var status: Status
  var message: String
  /// The words are in the spool and will be offered again; typing them once more would record them twice.
  var isKept = false
  /// What the engine refused, for surfaces with words of their own.
  var rejection: Rejection?

  init(_ status: Status, _ message: String) {
    self.status = status
    self.message = message
  }

  /// The exit statuses that other people's scripts rely on.
  enum Status: Int32 {
    /// The answer is no: damage, a failed check.
    case no = 1
    case usage = 2
    /// Not possible now: no such incident, or its state forbids it.
    case notNow = 3
    /// Not recorded, or the world failed.
    case worldFailed = 4
    /// Recorded, but not confirmed.
    case unconfirmed = 5
  }
}
