package import Engine

/// Which incidents a survey hands over.
package enum SurveyScope: Hashable, Sendable {
  /// Open incidents, and those whose logs cannot be read, which must stay visible.
  case open
  /// The same without one of which the caller knows that it is open.
  case openExcept(String)
  /// The newest closed ones, as many at most.
  case closed(newest: Int)
  case all

  func takes(_ isOpen: Bool) -> Bool {
    switch self {
    case .open, .openExcept: isOpen
    case .closed: !isOpen
    case .all: true
    }
  }

  /// Whether an incident is passed over, open as it is.
  func passesOver(_ id: String) -> Bool { self == .openExcept(id) }

  var isOfOpen: Bool {
    switch self {
    case .open, .openExcept: true
    case .closed, .all: false
    }
  }
}

/// What a survey of a store found out about one incident.
package struct SurveyedIncident {
  package var id: String
  /// The incident, as a rule without its timeline; nil where the log cannot be read.
  package var incident: Incident?
  /// Why the log cannot be read.
  package var failure: LogError?
  /// The incident as it was known last, where its log cannot be read now.
  package var lastKnown: Incident?
  /// Whether it is to be listed among the open ones.
  package var isOpen = true
  /// The log, where it had to be folded for this.
  package var log: FoldedLog?

  init(_ id: String, _ incident: Incident, isOpen: Bool) {
    (self.id, self.incident, self.isOpen) = (id, incident, isOpen)
  }

  init(_ id: String, unread failure: LogError) {
    (self.id, self.failure) = (id, failure)
  }

  /// Whether nothing is left of the log, so that nothing can be recorded in it.
  package var isGone: Bool {
    switch failure {
    case .notFound, .emptied: true
    default: false
    }
  }

  /// What keeps an incident from being shown by its log; nil where nothing does.
  package var unread: UnreadLog? {
    switch failure {
    case .notFound: .missing
    case .emptied: .emptied
    case .some: .notReadable
    case nil: incident?.declaration == nil ? .undeclared : nil
    }
  }

  /// The same as a sentence.
  package var whyUnread: String? {
    if let failure { return failure.description }
    guard unread != nil else { return nil }
    return "the log of \(id) has no declaration; 'muster verify' tells what is wrong"
  }

  /// Folds the log of an incident.
  init(folding id: String, of store: any Store, at now: Timestamp) {
    self.id = id
    do throws(LogError) {
      let log = try FoldedLog(of: id, in: store)
      try log.readOn(at: now)
      self.log = log
      incident = log.incident
      isOpen = log.isOpen
    } catch {
      failure = error
    }
  }
}

extension FoldedLog {
  /// Whether the incident is to be listed among the open ones.
  ///
  /// A log without a declaration counts as open unless it has no whole line: somebody has to look at it.
  var isOpen: Bool {
    if incident.declaration != nil { return incident.isOpen }
    return reader.lineCount > 0
  }
}
