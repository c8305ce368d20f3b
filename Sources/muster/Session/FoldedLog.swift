import Engine
import EventLog

/// A log with the incident that it tells, read as far as it goes.
struct FoldedLog {
  let path: String
  private(set) var incident = Incident()
  /// What was read, in the order of the file, where `keeping` asks for it.
  private(set) var events: [RecordedEvent] = []
  /// When the newest line was written, by the clock of its writer.
  private(set) var lastRecorded: Timestamp?
  private let reader: LogReader
  private let keeping: Bool
  /// Which events count; all where it is nil.
  private let isIncluded: ((RecordedEvent) -> Bool)?

  init(
    path: String, keeping: Bool = false, since: Head? = nil,
    where isIncluded: ((RecordedEvent) -> Bool)? = nil
  ) {
    self.path = path
    self.keeping = keeping
    self.isIncluded = isIncluded
    reader = LogReader(path: path, since: since)
  }

  var logReader: LogReader { reader }

  /// Number of the newest line, on which a decision rests.
  var sequence: Int { reader.head.sequence }

  var head: String? { sequence > 0 ? reader.head.description : nil }

  /// Takes in what is new.
  mutating func refresh(at now: Timestamp) throws(Failure) {
    do throws(LogError) {
      for _ in 0..<3 {
        var incident = incident
        var events = events
        var lastRecorded = lastRecorded
        self.incident = Incident()
        self.events = []
        let progress = try reader.read(at: now) { event in
          lastRecorded = event.recorded
          if let isIncluded, !isIncluded(event) { return }
          incident.apply(event)
          if keeping { events.append(event) }
        }
        if progress == .replaced { continue }
        self.incident = incident
        self.events = events
        self.lastRecorded = lastRecorded
        return
      }
      throw .keepsChanging(path: path)
    } catch {
      throw Failure(error)
    }
  }

  /// Folds in an event that this process has just appended behind what was read.
  mutating func apply(_ event: RecordedEvent) {
    incident.apply(event)
    lastRecorded = event.recorded
  }
}
