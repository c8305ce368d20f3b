package import Engine

/// The words of one incident's entries: the newest ones always, a stretch of older ones while somebody looks at it.
///
/// Another incident gets a cache of its own, and so does a log that was replaced: the same number has other words there.
/// It takes events on buffers of their own (``RecordedEvent/compacted()``): a slice would hold on to a whole block.
package struct EntryCache: Sendable {
  /// Bytes of lines that are kept.
  package let limit: Int
  private var events: [Int: RecordedEvent] = [:]
  private var bytes = 0
  /// The oldest sequence of those kept for being new.
  private var oldest = Int.max
  private var looked: [Int: RecordedEvent] = [:]
  private var lookedBytes = 0
  /// Every entry, in the order of the log, where they are held anyway.
  private var all: [RecordedEvent] = []

  package init(_ newest: some Sequence<RecordedEvent> = [], limit: Int = 32 << 20) {
    self.limit = limit
    keep(newest)
  }

  /// Answers from events that are held anyway, and keeps none itself.
  init(of all: [RecordedEvent]) {
    limit = 0
    self.all = all
  }

  package subscript(sequence: Int) -> RecordedEvent? {
    guard all.isEmpty else {
      let place = all.partitioningIndex { $0.sequence >= sequence }
      return place < all.count && all[place].sequence == sequence ? all[place] : nil
    }
    return events[sequence] ?? looked[sequence]
  }

  /// Keeps the words of new entries, and lets go of the oldest where there are too many.
  package mutating func keep(_ new: some Sequence<RecordedEvent>) {
    guard all.isEmpty else { return }
    for event in new {
      guard events[event.sequence] == nil else { continue }
      events[event.sequence] = event
      bytes += event.line.count + Self.overhead
      oldest = min(oldest, event.sequence)
    }
    while bytes > limit, events.count > 1 {
      if let gone = events.removeValue(forKey: oldest) { bytes -= gone.line.count + Self.overhead }
      oldest += 1
    }
  }

  /// Keeps older entries that were read again for being looked at, in place of the stretch before.
  package mutating func look(at old: some Sequence<RecordedEvent>) {
    if lookedBytes > limit / 4 {
      looked = [:]
      lookedBytes = 0
    }
    for event in old where looked[event.sequence] == nil {
      looked[event.sequence] = event
      lookedBytes += event.line.count + Self.overhead
    }
  }

  /// What an event takes beside its line.
  private static let overhead = 224
}
