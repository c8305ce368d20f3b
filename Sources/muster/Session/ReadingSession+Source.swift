import Documents
import Engine
import EventLog

extension ReadingSession {
  /// What reports are made from; the session must have kept its events.
  var source: ReportSource {
    let head = log.logReader.head
    return ReportSource(
      of: incident, events: log.events, at: clock.now, in: reportContext,
      head: head.sequence > 0 ? .init(sequence: head.sequence, hash: head.hash) : nil,
      damage: damage())
  }

  /// The team's calendar, and the zone that the person sees.
  private var reportContext: TimeContext {
    var context = store.context(clock)
    context.zone = clock.zone
    return context
  }
}
