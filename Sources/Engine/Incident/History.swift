/// What was said about one thing over time, in the order in which it happened.
///
/// The entry with the greatest (effective time, sequence) holds; late entries find their place in between.
package struct History<Value: Sendable>: Sendable {
  package struct Entry: Sendable {
    package var stamp: Stamp
    package var recorded: Timestamp
    package var actor: String
    package var value: Value
  }

  package private(set) var entries: [Entry] = []

  package init() {}

  /// Takes entries that are in order.
  init(entries: [Entry]) {
    self.entries = entries
  }

  package var isEmpty: Bool { entries.isEmpty }
  package var first: Entry? { entries.first }
  /// What holds.
  package var last: Entry? { entries.last }

  package mutating func insert(_ value: Value, from event: borrowing RecordedEvent) {
    insert(
      Entry(stamp: event.stamp, recorded: event.recorded, actor: event.actor, value: value))
  }

  package mutating func insert(_ entry: Entry) {
    guard let last = entries.last, entry.stamp < last.stamp else {
      entries.append(entry)
      return
    }
    entries.insert(entry, at: entries.partitioningIndex { $0.stamp > entry.stamp })
  }

  /// Takes back what an event said.
  package mutating func remove(sequence: Int) {
    entries.removeAll { $0.stamp.sequence == sequence }
  }

  /// The entries of an episode, or of any other stretch from an instant on.
  package func since(_ stamp: Stamp) -> ArraySlice<Entry> {
    entries[entries.partitioningIndex { $0.stamp >= stamp }...]
  }
}

extension RandomAccessCollection where Index == Int {
  /// The first index whose element satisfies the predicate, in a collection where all that do stand at the end.
  package func partitioningIndex(where belongsInSecondPart: (Element) -> Bool) -> Int {
    var low = startIndex
    var high = endIndex
    while low < high {
      let middle = low + (high - low) / 2
      if belongsInSecondPart(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
