internal import Engine

extension LogScan {
  /// Bytes behind the last line feed, as the next writer finds them.
  struct Tail {
    var place: Repair.Place
    /// The event of a whole record that follows on and lacks only its line feed.
    var whole: RecordedEvent?
    /// How it takes its place in the chain once it is ended as a line.
    var chain: Chain
    /// Whether a stopped writer can have left it.
    var remainder: Remainder?
  }

  /// A scan that goes on behind a line that was found to hold.
  init(after chain: Chain, at offset: Int) {
    self.chain = chain
    self.offset = offset
    // Which line it is does not matter here, but that it is not the first.
    lineCount = offset > 0 ? 1 : 0
  }

  /// What stands behind the last line feed; nil where nothing does.
  var tail: Tail? {
    guard tailCount > 0 else { return nil }
    return buffer.withUnsafeBufferPointer { bytes in
      let rest = UnsafeBufferPointer(rebasing: bytes[..<carried])
      var chain = chain
      var digest = giant?.digest ?? RunningDigest()
      digest.add(rest)
      let place = Repair.Place(
        offset: offset, count: tailCount,
        sha256: String(decoding: digest.finish(), as: UTF8.self))
      if var giant {
        giant.add(rest)
        let remainder = remainder(of: giant)
        giant.end.withUnsafeBufferPointer { chain.passBad($0, readAs: nil) }
        return Tail(place: place, chain: chain, remainder: remainder)
      }
      let event = EventCoding.event(in: buffer[..<carried])
      if let event, LogEnd.holds(buffer[..<carried], after: chain.previous) {
        chain.pass(event)
        return Tail(place: place, whole: event.compacted(), chain: chain)
      }
      let remainder = Remainder(
        startingWith: rest, isSealed: Seal.stands(rest), isEvent: event != nil,
        expecting: chain.sequence + 1)
      chain.passBad(rest, readAs: event?.sequence)
      return Tail(place: place, chain: chain, remainder: remainder)
    }
  }

  /// Goes on behind lines that were just written here.
  mutating func skip(to offset: Int, _ chain: Chain) {
    self.chain = chain
    self.offset = offset
    carried = 0
    giant = nil
    damage = []
    damageCount = 0
    firstUnconfirmed = 0
    lineCount = max(lineCount, 1)
  }
}
