import Glibc

/// The system did not give what a program must have: a pipe, a thread.
package struct SystemTrouble: Error, Hashable, Sendable {
  package let what: String
  /// The system's number.
  package let error: Int32

  init(_ what: String, error: Int32) {
    (self.what, self.error) = (what, error)
  }

  package var description: String {
    "\(what): \(strerror(error).map { String(cString: $0) } ?? "error \(error)")"
  }
}
