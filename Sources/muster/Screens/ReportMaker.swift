import Dashboard
import Documents
import Engine
import EventLog

/// Makes the texts that the console shows over its panes: read from the logs, nothing written.
struct ReportMaker {
  let place: StorePlace
  let incident: String?
  /// From where a past incident is looked at; nil: from now.
  let vantage: Vantage?
  let width: Int

  /// The lines of a report, or why there are none.
  func lines(of report: Report) -> [String] {
    do throws(Failure) {
      switch report {
      case .brief: return try brief()
      case .statistics: return try statistics()
      case .debrief: return try debrief()
      case .verification: return try verification()
      }
    } catch {
      return [error.message]
    }
  }

  private func brief() throws(Failure) -> [String] {
    guard let incident else { return ["No incident is open."] }
    let session = try ReadingSession(StoreAccess(place), incident, from: vantage)
    let situation = try session.report()
    return BriefReport(of: session.source, situation: situation).lines(width: width)
  }

  private func debrief() throws(Failure) -> [String] {
    guard let incident else { return ["No drill is open."] }
    let session = try ReadingSession(StoreAccess(place), incident, from: vantage)
    return session.debriefDocument().lines(width: width)
  }

  private func verification() throws(Failure) -> [String] {
    guard let incident else { return ["No incident is open."] }
    let log = try StoreAccess(place).wholeLog(of: incident)
    try log.refresh(at: WallClock.now)
    return VerifyCommand.lines(of: Verification(of: log.reader, since: nil), log.reader.alarm)
  }

  private func statistics() throws(Failure) -> [String] {
    let survey = try StoreSurvey(home: place.home)
    let (summaries, unread) = try survey.summaries()
    guard !summaries.isEmpty else { return ["The store has no incident to count yet."] }
    let zone = survey.clock.zone
    let lines = Statistics(of: summaries, includingDrills: false, zone: zone)
      .lines(at: survey.clock.now, in: zone, width: width)
    return unread == 0
      ? lines : lines + ["", "\(unread) logs could not be read and are not counted"]
  }
}
