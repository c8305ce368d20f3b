/// The identities that a fold has seen, with the sequence of each: exact, and 20 to 40 bytes an event.
///
/// Fresh identities begin with their time and nearly always come in ascending order, so most are appended to a sorted
/// list and need no look-up. Named ones have no order, and they and the few latecomers go to a table.
struct EventIDIndex: Sendable {
  private var ascending: [EventID] = []
  /// The sequences of those.
  private var places: [UInt32] = []
  private var others = EventIDTable()

  /// Notes an identity; false where it was there already.
  mutating func insert(_ id: EventID, at sequence: Int) -> Bool {
    let place = UInt32(clamping: sequence)
    guard id.high >> 12 & 15 == 7 else { return others.insert(id, place) }
    guard let last = ascending.last, id.high <= last.high else {
      ascending.append(id)
      places.append(place)
      return true
    }
    return index(of: id) == nil && others.insert(id, place)
  }

  /// The sequence of the event of an identity.
  func sequence(of id: EventID) -> Int? {
    if let index = index(of: id) { return Int(places[index]) }
    return others.place(of: id).map { Int($0) }
  }

  /// The identity of the event of a sequence; looks at all of them.
  func id(at sequence: Int) -> EventID? {
    let place = UInt32(clamping: sequence)
    if let index = places.firstIndex(of: place) { return ascending[index] }
    return others.id(at: place)
  }

  private func index(of id: EventID) -> Int? {
    var index = ascending.partitioningIndex { $0.high >= id.high }
    while index < ascending.count, ascending[index].high == id.high {
      if ascending[index] == id { return index }
      index += 1
    }
    return nil
  }
}

/// A hash table of identities and nothing else: half the memory and a fraction of the time of a general one.
private struct EventIDTable: Sendable {
  private static let empty = EventID(high: 0, low: 0)
  /// Differs from run to run, so that nobody can write a log whose identities all collide.
  private static let seed = UInt64(truncatingIfNeeded: Hasher().finalize())

  private var slots: [EventID] = []
  /// The sequences of those.
  private var places: [UInt32] = []
  private var count = 0
  /// The sequence of the identity that stands for an empty slot.
  private var placeOfEmpty: UInt32?

  mutating func insert(_ id: EventID, _ place: UInt32) -> Bool {
    guard id != Self.empty else {
      defer { placeOfEmpty = placeOfEmpty ?? place }
      return placeOfEmpty == nil
    }
    if count * 4 >= slots.count * 3 { grow() }
    let slot = slot(of: id)
    guard slots[slot] == Self.empty else { return false }
    slots[slot] = id
    places[slot] = place
    count += 1
    return true
  }

  func place(of id: EventID) -> UInt32? {
    if id == Self.empty { return placeOfEmpty }
    guard count > 0 else { return nil }
    let slot = slot(of: id)
    return slots[slot] == Self.empty ? nil : places[slot]
  }

  func id(at place: UInt32) -> EventID? {
    if place == placeOfEmpty { return Self.empty }
    return slots.indices.first { slots[$0] != Self.empty && places[$0] == place }.map { slots[$0] }
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
    let (old, oldPlaces) = (slots, places)
    slots = Array(repeating: Self.empty, count: max(64, old.count * 2))
    places = Array(repeating: 0, count: slots.count)
    for (id, place) in zip(old, oldPlaces) where id != Self.empty {
      let slot = slot(of: id)
      slots[slot] = id
      places[slot] = place
    }
  }
}
