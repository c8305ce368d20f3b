package import Engine

/// Which incidents a survey hands over.
package enum SurveyScope: Hashable, Sendable {
  /// The open ones, and those whose logs cannot be read: they must not go out of sight.
  case open
  case all
}

/// What a survey of a store found out about one incident.
package struct SurveyedIncident {
  package var id: String
  /// The incident without its timeline; nil where the log cannot be read.
  package var incident: Incident?
  /// Why the log cannot be read.
  package var failure: LogError?
  /// The log, where the survey had to fold it.
  package var log: FoldedLog?

  /// Whether it is to be listed among the open ones.
  ///
  /// A log without a declaration counts as open unless it is empty: somebody has to look at it.
  var isOpen: Bool {
    guard let incident else { return true }
    if incident.declaration != nil { return incident.isOpen }
    return log.map { $0.reader.lineCount > 0 || $0.reader.tornTail != nil } ?? true
  }

  /// Folds the log of an incident.
  init(folding id: String, of store: any Store, at now: Timestamp) {
    self.id = id
    do throws(LogError) {
      let log = FoldedLog(try store.reader(of: id), id: id)
      try log.readOn(at: now)
      incident = log.incident
      self.log = log
    } catch {
      failure = error
    }
  }
}
