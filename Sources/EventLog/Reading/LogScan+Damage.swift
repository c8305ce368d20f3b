internal import Engine

/// What becomes of lines that are not as they were written, and of the events that account for them.
extension LogScan {
  mutating func noteGap(found: Int, line: UnsafeBufferPointer<UInt8>, at now: Timestamp) {
    guard !chain.isUncertain else { return }
    add(
      .sequenceGap(expected: chain.sequence + 1, found: found), count: line.count,
      sha256: Digest.hex(line), at: now)
  }

  /// A line that is not as it was written; what can be read of it is handed over all the same.
  mutating func takeBad(
    _ block: [UInt8], _ start: Int, _ end: Int, sealHolds: Bool, at now: Timestamp,
    _ body: (RecordedEvent) -> Void
  ) {
    if var giant {
      let earlier = giant.count
      block.withUnsafeBufferPointer { giant.add(UnsafeBufferPointer(rebasing: $0[start..<end])) }
      self.giant = nil
      let remainder = remainder(of: giant)
      giant.end.withUnsafeBufferPointer { chain.passBad($0, readAs: nil) }
      add(.oversized, remainder, count: giant.count, sha256: giant.digest.finish(), at: now)
      offset += earlier
      return
    }
    // Millions of line feeds are no more than counted, where no more places are listed.
    if damage.count >= Self.maximumDamage, end - start < Self.leastEvent {
      damageCount += 1
      chain.isUncertain = true
      return
    }
    let event = EventCoding.event(in: block[start..<end])
    block.withUnsafeBufferPointer { bytes in
      let line = UnsafeBufferPointer(rebasing: bytes[start..<end])
      let isSealed = Seal.stands(line)
      let remainder = Remainder(
        startingWith: line, isSealed: isSealed, isEvent: event != nil,
        expecting: chain.sequence + 1)
      chain.passBad(line, readAs: event?.sequence)
      let what: Damage.What =
        line.count > EventCoding.maximumLineCount
        ? .oversized
        : event == nil && (sealHolds || !isSealed)
          ? .unreadable
          : isSealed ? .badSeal : .unsealed
      add(what, remainder, count: line.count, sha256: Digest.hex(line), at: now)
    }
    guard let event else { return }
    eventCount += 1
    body(event)
  }

  /// Bytes that an event has at least: those of its identity.
  private static let leastEvent = 36

  func remainder(of giant: Giant) -> Remainder? {
    Remainder(
      // No line is that long: only zeros can begin one.
      startingWith: giant.start.contains { $0 != 0 } ? [0xFF] : [],
      isSealed: giant.end.withUnsafeBufferPointer { Seal.stands($0) },
      isEvent: false, expecting: chain.sequence + 1)
  }

  private mutating func add(
    _ what: Damage.What, _ remainder: Remainder? = nil, count: Int, sha256: [UInt8],
    at now: Timestamp
  ) {
    damageCount += 1
    guard damage.count < Self.maximumDamage else { return }
    damage.append(
      Damage(
        what: what, line: lineCount, offset: offset, count: count,
        sha256: String(decoding: sha256, as: UTF8.self), noticed: now, remainder: remainder))
  }

  mutating func confirm() {
    for index in firstUnconfirmed..<damage.count { damage[index].isConfirmed = true }
    firstUnconfirmed = damage.count
  }

  mutating func takeSpecial(_ event: RecordedEvent, at now: Timestamp) {
    if lineCount == 1 { takeFirst(event, at: now) }
    switch event.kind {
    case .logRepaired:
      if !excuse(Repair(event.data)) { add(.wrongRepair, event, at: now) }
    case .damageAccepted:
      for entry in event.data.value("damage")?.array ?? [] { accept(entry) }
    default: break
    }
    // Last: whoever knows the seal of the watched event also knows what that event accepts.
    if event.sequence == watched?.sequence, event.hash == watched?.hash { watchedOffset = offset }
  }

  private mutating func takeFirst(_ event: RecordedEvent, at now: Timestamp) {
    if let declared = event.data.integer("format") { format = Int(declared) }
    if let incident, event.kind == .incidentDeclared, let id = event.data.string("id"),
      id != incident
    {
      add(.otherIncident(id), event, at: now)
    }
  }

  private mutating func add(_ what: Damage.What, _ event: RecordedEvent, at now: Timestamp) {
    add(what, count: event.line.count, sha256: Digest.hex(event.line), at: now)
  }

  /// Takes off the list what a repair accounts for: lines directly before it, the bytes that it saw, and only such as a
  /// stopped writer leaves. False where anything of that is not so.
  private mutating func excuse(_ repair: Repair?) -> Bool {
    guard let repair else { return false }
    var first = damage.count
    var end = offset
    for place in repair.newestFirst {
      guard first > 0, case let found = damage[first - 1], Repair.Place(found) == place,
        found.offset + found.count + 1 == end,
        place == repair.last ? found.remainder != nil : found.remainder == .beginning
      else { return false }
      first -= 1
      end = found.offset
    }
    drop { _, index in index >= first }
    return true
  }

  /// Puts the damage that an acceptance names among the accepted, if the bytes are the ones it saw.
  private mutating func accept(_ entry: JSON) {
    guard let place = Repair.Place(entry) else { return }
    let wanted = damage.filter {
      Repair.Place($0) == place && $0.what.name == entry["what"]?.string
    }
    accepted += wanted
    if let watchedOffset {
      acceptedSinceWatched += wanted.filter { $0.offset < watchedOffset }
    }
    drop { found, _ in wanted.contains(found) }
  }

  private mutating func drop(_ isWanted: (Damage, Int) -> Bool) {
    let before = damage.count
    damage = damage.enumerated().filter { !isWanted($0.element, $0.offset) }.map(\.element)
    damageCount -= before - damage.count
    firstUnconfirmed = min(firstUnconfirmed, damage.count)
  }
}
