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

  /// Writes or reads all of them.
  mutating func code<Coder: FieldCoder>(_ coder: inout Coder) {
    var bytes = EventID.bytes(of: ascending)
    coder.bytes(&bytes)
    ascending = EventID.ids(in: bytes)
    coder.array(&places, blank: 0) { $0.place(&$1) }
    if places.count != ascending.count { coder.fail() }
    others.code(&coder)
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

  mutating func code<Coder: FieldCoder>(_ coder: inout Coder) {
    let taken = slots.indices.filter { slots[$0] != Self.empty }
    var bytes = EventID.bytes(of: taken.map { slots[$0] })
    coder.bytes(&bytes)
    let ids = EventID.ids(in: bytes)
    var places = taken.map { self.places[$0] }
    coder.array(&places, blank: 0) { $0.place(&$1) }
    guard places.count == ids.count else { return coder.fail() }
    var placeOfEmpty = placeOfEmpty
    coder.optional(&placeOfEmpty, blank: 0) { $0.place(&$1) }
    self = Self()
    for (id, place) in zip(ids, places) where !insert(id, place) { coder.fail() }
    self.placeOfEmpty = placeOfEmpty
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

extension FieldCoder {
  fileprivate mutating func place(_ value: inout UInt32) {
    var number = UInt64(value)
    self.number(&number)
    value = UInt32(truncatingIfNeeded: number)
  }
}

extension EventID {
  /// Sixteen bytes for each.
  fileprivate static func bytes(of ids: [EventID]) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(ids.count * 16)
    for id in ids {
      withUnsafeBytes(of: id.high.bigEndian) { bytes.append(contentsOf: $0) }
      withUnsafeBytes(of: id.low.bigEndian) { bytes.append(contentsOf: $0) }
    }
    return bytes
  }

  fileprivate static func ids(in bytes: [UInt8]) -> [EventID] {
    bytes.withUnsafeBytes { bytes in
      stride(from: 0, to: bytes.count - bytes.count % 16, by: 16).map { offset in
        EventID(
          high: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)),
          low: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: offset + 8, as: UInt64.self)))
      }
    }
  }
}
