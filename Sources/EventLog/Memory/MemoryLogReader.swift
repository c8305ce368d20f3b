package import Engine

/// Reads a log that lives in memory.
package final class MemoryLogReader: LogReading {
  package let place: String
  package private(set) var head = Head(
    sequence: 0, hash: String(decoding: Digest.zero, as: UTF8.self))
  package private(set) var byteCount = 0
  package private(set) var eventCount = 0
  package private(set) var alarm: LogAlarm?
  package private(set) var format = EventCoding.format
  package var lineCount: Int { eventCount }
  package var expectedByteCount: Int { 0 }
  /// Nothing comes between a writer and these lines.
  package var damage: [Damage] { [] }
  package var damageCount: Int { 0 }
  package var acceptedDamage: [Damage] { [] }
  package var tornTail: TornTail? { nil }

  private let id: String
  private let store: MemoryStore
  /// The highest event ever seen here.
  private var highest: Head?

  init(of id: String, in store: MemoryStore, since: Head?) {
    self.id = id
    self.store = store
    place = store.place(of: id)
    highest = since
  }

  package func read(
    at now: Timestamp, _ body: (RecordedEvent) -> Void
  ) throws(LogError) -> LogProgress {
    guard let log = store.log(of: id) else {
      if eventCount == 0 { throw .notFound(path: place) }
      alarm = .missing
      return .read(0)
    }
    if alarm == .missing { alarm = nil }
    if eventCount > 0, !log.holds(head) {
      head = Head(sequence: 0, hash: String(decoding: Digest.zero, as: UTF8.self))
      (byteCount, eventCount) = (0, 0)
      return .replaced
    }
    let new = log.events[eventCount...]
    for event in new {
      if eventCount == 0, let declared = event.data.integer("format") { format = Int(declared) }
      eventCount += 1
      byteCount += event.line.count + 1
      head = Head(sequence: event.sequence, hash: event.hash ?? "")
      body(event)
    }
    noteHead(log)
    return .read(new.count)
  }

  private func noteHead(_ log: MemoryLog) {
    if let highest, !log.holds(highest) {
      alarm = .rolledBack(highest: highest, now: head)
      return
    }
    alarm = nil
    if head.sequence > 0 { highest = head }
  }
}

extension MemoryLog {
  /// Whether an event stands at its place with its seal.
  func holds(_ head: Head) -> Bool {
    events.indices.contains(head.sequence - 1) && events[head.sequence - 1].hash == head.hash
  }
}
