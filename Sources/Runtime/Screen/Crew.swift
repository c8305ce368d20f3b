package import Dashboard
package import Engine
package import Themes

/// Workers beside the loop, for everything that waits for a disk, a lock or a program.
package protocol Crew: Sendable {
  /// Takes a job without waiting for it; what comes of it is posted to the loop.
  func take(_ job: Job)
}

/// Work that the loop hands on.
package enum Job: Sendable {
  // To be recorded, one after the other.
  case append(Appending)
  case declare(title: String, severity: String?)

  // To be read.
  case open(String)
  case showNothing
  case list
  case listClosed
  case preview(String)
  case activity([String])
  case load(ClosedRange<Int>, in: String)

  // Each for itself.
  case report(Report, of: String?, from: Vantage?, width: Int)
  case document(of: String?, from: Vantage?, width: Int)
  case theme(String)
  case previewTheme(String?)
  case remember(String)
  case keepDraft(Draft?, of: String)
}

/// What the crew tells the loop.
package enum Answer: Sendable {
  case message(Message)
  /// Another theme, and what is to be told of it, where anything is.
  case theme(Theme, said: String?)
}

extension Mailbox where Item == Answer {
  /// Tells the loop; without ringing, it takes the message with whatever comes next, or with the next second.
  package func post(_ message: Message, rings: Bool = true) {
    post(.message(message), rings: rings)
  }
}
