package import Engine

/// A clock that tests move by hand.
package final class HandClock {
  package var now: Timestamp

  package init(_ rfc3339: String = "2026-11-21T01:00:00.000Z") {
    guard let now = Timestamp(rfc3339: rfc3339) else {
      preconditionFailure("not RFC 3339: \(rfc3339)")
    }
    self.now = now
  }

  package func advance(by span: Duration) {
    now = now + span
  }
}
