import Documents
import Engine
import EventLog

extension ReadingSession {
  /// What reports are made from; the session must have kept its events.
  var source: ReportSource {
    let head = log.reader.head
    return ReportSource(
      of: incident, events: log.events, at: clock.now, in: store.context(clock), zone: clock.zone,
      directory: store.directory(incident.procedure),
      head: head.sequence > 0 ? .init(sequence: head.sequence, hash: head.hash) : nil,
      damage: damage())
  }
}
