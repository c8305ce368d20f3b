package import Engine

/// A log with the incident that it tells: folded as far as it goes, and kept up with it. Not for several threads at once.
///
/// Where its store remembers an earlier fold, only what came since is read.
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
  package private(set) var reader: any LogReading
  /// Until when nothing falls due that must be recorded; nil if unknown.
  package private(set) var quietUntil: Timestamp?
  /// Whether the incident is known with its timeline.
  package private(set) var hasTimeline = true
  /// Bytes of the log that an earlier fold accounts for.
  package private(set) var rememberedBytes = 0

  private let store: (any Store)?
  private let extent: Incident.Extent
  private let keeping: Keeping
  /// Which events count; all where it is nil.
  private let isIncluded: ((RecordedEvent) -> Bool)?
  private var hasBegun = false
  /// Set while the log was replaced and nothing of the new one is folded.
  private var isOutOfStep = false
  /// Whether the incident was handed over and is folded elsewhere.
  private var isHandedOver = false

  /// Reads every line, whatever a store remembers.
  package init(
    _ reader: any LogReading, id: String, keeping: Keeping = .nothing,
    where isIncluded: ((RecordedEvent) -> Bool)? = nil
  ) {
    store = nil
    extent = .whole
    self.reader = reader
    self.id = id
    self.keeping = keeping
    self.isIncluded = isIncluded
  }

  /// Goes on from what the store remembers of the log; with an outline, only what rules and clocks need is there at first.
  package init(
    of id: String, in store: any Store, _ extent: Incident.Extent = .whole,
    keeping: Keeping = .nothing
  ) throws(LogError) {
    self.store = store
    self.extent = keeping == .nothing ? extent : .whole
    reader = try store.reader(of: id)
    self.id = id
    self.keeping = keeping
    isIncluded = nil
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
    if !hasBegun { try begin(extent, at: now) }
    if !hasTimeline {
      if try foldOwn(at: now) { return }
      try begin(.whole, at: now)
    }
    for _ in 0..<Self.mostTries {
      if try fold(at: now, progress) { return }
    }
    throw .keepsChanging(path: place)
  }

  /// Sees to it that the timeline is there.
  package func readTimeline(at now: Timestamp) throws(LogError) {
    guard !hasTimeline else { return }
    try begin(.whole, at: now)
    try readOn(at: now)
  }

  /// Folds in an event that this process has just appended behind what was read.
  package func apply(_ event: RecordedEvent) {
    incident.apply(event)
    lastRecorded = event.recorded
    if !event.kind.isInert { quietUntil = nil }
  }

  // MARK: - What is remembered

  /// Takes up an earlier fold, or begins with nothing.
  private func begin(_ extent: Incident.Extent, at now: Timestamp) throws(LogError) {
    hasBegun = true
    (incident, events, hasTimeline) = (Incident(), [], true)
    (quietUntil, rememberedBytes) = (nil, 0)
    guard let store else { return }
    if let known = try remembered(extent, in: store) {
      (incident, reader) = (known.incident, known.reader)
      (lastRecorded, quietUntil) = (known.lastRecorded, known.quietUntil)
      hasTimeline = known.extent == .whole
      rememberedBytes = reader.byteCount
    } else {
      reader = try store.reader(of: id)
    }
    if case .newest = keeping, rememberedBytes > 0 {
      events = try store.newestEvents(of: id, upTo: sequence)
    }
  }

  private func remembered(
    _ extent: Incident.Extent, in store: any Store
  ) throws(LogError) -> RememberedLog? {
    if keeping == .all { return nil }
    if extent == .outline, let known = try store.remembered(id, .outline) { return known }
    return try store.remembered(id, .whole)
  }

  /// Reads on behind an outline; false where somebody else has written, which takes all of the log to fold.
  private func foldOwn(at now: Timestamp) throws(LogError) -> Bool {
    var isOwn = true
    let progress = try reader.read(at: now) { event in
      if !incident.knows(event.id) { isOwn = false }
    }
    return isOwn && progress != .replaced
  }

  // MARK: - Handing over

  /// What has come since the incident was handed over.
  package enum News {
    case nothing
    case events([RecordedEvent])
    /// The log was replaced: its whole incident, with the events kept.
    case anew(Incident, [RecordedEvent])
  }

  /// Hands over the incident and the kept events; then `news(at:)` returns new events and nothing is folded here.
  package func handOver() -> (incident: Incident, events: [RecordedEvent]) {
    defer { (incident, events, isHandedOver) = (Incident(), [], true) }
    return (incident, events)
  }

  /// Reads what is new after a handing over.
  package func news(at now: Timestamp) throws(LogError) -> News {
    precondition(isHandedOver, "news(at:) is for a log that was handed over")
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

  /// Folds what is new; false where all has to be read again because the log is another one.
  private func fold(
    at now: Timestamp, _ tell: (Double) -> Void
  ) throws(LogError) -> Bool {
    // Taken out, so that neither is copied on the first change.
    var (incident, events) = (self.incident, self.events)
    (self.incident, self.events) = (Incident(), [])
    // What was read stays when the reading fails.
    defer { if !isOutOfStep { (self.incident, self.events) = (incident, events) } }
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
      if quietUntil != nil, !event.kind.isInert { quietUntil = nil }
      incident.apply(event)
      if keeps(size - offset) { events.append(event.compacted()) }
    }
    isOutOfStep = progress == .replaced
    if isOutOfStep { rememberedBytes = 0 }
    return !isOutOfStep
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
