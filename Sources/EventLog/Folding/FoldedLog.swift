package import Engine

/// A log with the incident that it tells: folded as far as it goes, and kept up with it. Not for several threads at once.
package final class FoldedLog {
  /// Which events are kept besides being folded.
  package enum Keeping: Hashable, Sendable {
    case nothing
    case all
    /// Those in the last so many bytes of the log as it is when it is first read.
    case newest(bytes: Int)
  }

  package let id: String
  package private(set) var incident = Incident()
  /// What was kept, in the order of the log.
  package private(set) var events: [RecordedEvent] = []
  /// When the newest line was written, by the clock of its writer.
  package private(set) var lastRecorded: Timestamp?
  package let reader: any LogReading
  private let keeping: Keeping
  /// Which events count; all where it is nil.
  private let isIncluded: ((RecordedEvent) -> Bool)?
  /// Whether somebody else folds on.
  private var isHandedOver = false

  package init(
    _ reader: any LogReading, id: String, keeping: Keeping = .nothing,
    where isIncluded: ((RecordedEvent) -> Bool)? = nil
  ) {
    self.reader = reader
    self.id = id
    self.keeping = keeping
    self.isIncluded = isIncluded
  }

  /// What messages call the log.
  package var place: String { reader.place }

  /// Number of the newest line, on which a decision rests.
  package var sequence: Int { reader.head.sequence }

  /// The newest line as `sequence:hash`; nil before the first.
  package var head: String? { sequence > 0 ? reader.head.description : nil }

  /// Whether the log was there and is no more; what was read is kept.
  package var isMissing: Bool { reader.alarm == .missing }

  /// Takes in what is new.
  ///
  /// `progress` is told now and then what part of a long log has been read.
  package func readOn(
    at now: Timestamp, progress: (Double) -> Void = { _ in }
  ) throws(LogError) {
    for _ in 0..<Self.mostTries where try !fold(at: now, progress) {}
    if isOutOfStep { throw .keepsChanging(path: place) }
  }

  /// Folds in an event that this process has just appended behind what was read.
  package func apply(_ event: RecordedEvent) {
    incident.apply(event)
    lastRecorded = event.recorded
  }

  // MARK: - For who folds on

  /// What has come since the incident was handed over.
  package enum News {
    case nothing
    case events([RecordedEvent])
    /// The log is another one now: all of it, with what is kept of it.
    case anew(Incident, [RecordedEvent])
  }

  /// Gives away the incident and what was kept; from then on `news(at:)` tells what comes, and nothing is folded here.
  package func handOver() -> (incident: Incident, events: [RecordedEvent]) {
    defer { (incident, events, isHandedOver) = (Incident(), [], true) }
    return (incident, events)
  }

  /// Reads what is new after a handing over.
  package func news(at now: Timestamp) throws(LogError) -> News {
    precondition(isHandedOver, "news are for who folds on")
    var new: [RecordedEvent] = []
    let progress = try reader.read(at: now) { event in
      lastRecorded = event.recorded
      if isIncluded?(event) ?? true { new.append(event.compacted()) }
    }
    guard progress == .replaced else { return new.isEmpty ? .nothing : .events(new) }
    isHandedOver = false
    try readOn(at: now)
    let (incident, events) = handOver()
    return .anew(incident, events)
  }

  // MARK: - One pass

  private static let mostTries = 3
  /// Bytes between two tellings of how far the reading is; a shorter log is read before anybody could look.
  private static let stretch = 8 << 20
  /// Set while the log was replaced and nothing of the new one is folded.
  private var isOutOfStep = false

  /// Folds what is new; false where all has to be read again because the log is another one.
  private func fold(
    at now: Timestamp, _ tell: (Double) -> Void
  ) throws(LogError) -> Bool {
    // Taken out, so that neither is copied on the first change.
    var (incident, events) = (self.incident, self.events)
    (self.incident, self.events) = (Incident(), [])
    let size = reader.expectedByteCount
    var offset = reader.byteCount
    var told = offset - Self.stretch
    let progress = try reader.read(at: now) { event in
      lastRecorded = event.recorded
      offset += event.line.count + 1
      if offset - told > Self.stretch, size > Self.stretch {
        told = offset
        tell(Double(offset) / Double(size))
      }
      if let isIncluded, !isIncluded(event) { return }
      incident.apply(event)
      if keeps(size - offset) { events.append(event.compacted()) }
    }
    isOutOfStep = progress == .replaced
    if isOutOfStep { return false }
    (self.incident, self.events) = (incident, events)
    return true
  }

  /// Whether an event is kept that stands so many bytes before the end.
  private func keeps(_ distance: Int) -> Bool {
    switch keeping {
    case .nothing: false
    case .all: true
    case .newest(let most): distance < most
    }
  }
}
