/// The identities that a fold has seen: exact, and 16 bytes an event.
///
/// Fresh identities begin with their time and nearly always come in ascending order, so most are appended to a sorted
/// list and need no look-up; the few others go to a set.
struct EventIDSet: Sendable {
  private var ascending: [EventID] = []
  private var others: Set<EventID> = []

  /// Notes an identity; false where it was there already.
  mutating func insert(_ id: EventID) -> Bool {
    guard let last = ascending.last, !(id.high > last.high) else {
      ascending.append(id)
      return true
    }
    var index = ascending.partitioningIndex { $0.high >= id.high }
    while index < ascending.count, ascending[index].high == id.high {
      if ascending[index] == id { return false }
      index += 1
    }
    return others.insert(id).inserted
  }
}
