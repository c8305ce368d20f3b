/// The identities that a fold has seen: exact, and 16 to 32 bytes an event.
///
/// Fresh identities begin with their time and nearly always come in ascending order, so most are appended to a sorted
/// list and need no look-up. Named ones have no order, and they and the few latecomers go to a table.
struct EventIDSet: Sendable {
  private var ascending: [EventID] = []
  private var others = EventIDTable()

  /// Notes an identity; false where it was there already.
  mutating func insert(_ id: EventID) -> Bool {
    guard id.high >> 12 & 15 == 7 else { return others.insert(id) }
    guard let last = ascending.last, id.high <= last.high else {
      ascending.append(id)
      return true
    }
    var index = ascending.partitioningIndex { $0.high >= id.high }
    while index < ascending.count, ascending[index].high == id.high {
      if ascending[index] == id { return false }
      index += 1
    }
    return others.insert(id)
  }
}

/// A hash table of identities and nothing else: half the memory and a fraction of the time of a general set.
private struct EventIDTable: Sendable {
  private static let empty = EventID(high: 0, low: 0)
  /// Differs from run to run, so that nobody can write a log whose identities all collide.
  private static let seed = UInt64(truncatingIfNeeded: Hasher().finalize())

  private var slots: [EventID] = []
  private var count = 0
  private var hasEmpty = false

  mutating func insert(_ id: EventID) -> Bool {
    guard id != Self.empty else {
      defer { hasEmpty = true }
      return !hasEmpty
    }
    if count * 4 >= slots.count * 3 { grow() }
    let slot = slot(of: id)
    guard slots[slot] == Self.empty else { return false }
    slots[slot] = id
    count += 1
    return true
  }

  /// Where an identity stands, or else is to be put.
  private func slot(of id: EventID) -> Int {
    let mask = slots.count - 1
    let product = (id.high ^ Self.seed).multipliedFullWidth(by: id.low ^ 0x9E37_79B9_7F4A_7C15)
    var slot = Int(truncatingIfNeeded: product.high ^ product.low) & mask
    while slots[slot] != Self.empty, slots[slot] != id { slot = (slot + 1) & mask }
    return slot
  }

  private mutating func grow() {
    let old = slots
    slots = Array(repeating: Self.empty, count: max(64, old.count * 2))
    for id in old where id != Self.empty { slots[slot(of: id)] = id }
  }
}
