/// Why bytes do not describe a time zone.
package enum TZifError: Error, Hashable, Sendable {
  case notTZif
  case truncated
  /// In what part the numbers contradict each other.
  case inconsistent(String)
}

extension TimeZoneRules {
  /// Reads a file of the system's time-zone database (RFC 8536, any version).
  package init(tzif bytes: [UInt8], name: String) throws(TZifError) {
    var reader = TZifReader(bytes: bytes)
    var header = try reader.header()
    var timeSize = 4
    if header.version >= 2 {
      try reader.skip(header.bodySize(timeSize: 4))
      header = try reader.header()
      timeSize = 8
    }
    let body = try reader.body(header, timeSize: timeSize)
    var rule: RecurringRule?
    if timeSize == 8 {
      let footer = try reader.footer()
      if !footer.isEmpty {
        rule = RecurringRule(footer)
        if rule == nil { throw .inconsistent("footer") }
      }
    }
    self.init(name: name, initial: body.initial, changes: body.changes, rule: rule)
  }
}

private struct TZifReader {
  let bytes: [UInt8]
  private var position = 0

  init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  struct Header {
    var version: Int
    var utcFlags: Int
    var standardFlags: Int
    var leapSeconds: Int
    var times: Int
    var types: Int
    var characters: Int

    func bodySize(timeSize: Int) -> Int {
      times * (timeSize + 1) + types * 6 + characters + leapSeconds * (timeSize + 4)
        + standardFlags + utcFlags
    }
  }

  mutating func header() throws(TZifError) -> Header {
    guard bytes.count - position >= 44 else {
      throw position == 0 ? .notTZif : .truncated
    }
    guard bytes[position..<position + 4].elementsEqual("TZif".utf8) else { throw .notTZif }
    let version = bytes[position + 4]
    position += 20
    var counts: [Int] = []
    for _ in 0..<6 { counts.append(try unsigned(4)) }
    let header = Header(
      version: version == 0 ? 1 : Int(version) - 48, utcFlags: counts[0], standardFlags: counts[1],
      leapSeconds: counts[2], times: counts[3], types: counts[4], characters: counts[5])
    guard counts.allSatisfy({ $0 <= bytes.count }) else { throw .truncated }
    return header
  }

  mutating func skip(_ count: Int) throws(TZifError) {
    guard count <= bytes.count - position else { throw .truncated }
    position += count
  }

  mutating func body(
    _ header: Header, timeSize: Int
  ) throws(TZifError) -> (initial: TimeZoneRules.Period, changes: [TimeZoneRules.Change]) {
    guard header.bodySize(timeSize: timeSize) <= bytes.count - position else { throw .truncated }
    guard header.types >= 1, header.types <= 256 else { throw .inconsistent("number of types") }
    var times: [Int] = []
    for _ in 0..<header.times { times.append(try signed(timeSize)) }
    guard zip(times, times.dropFirst()).allSatisfy({ $0 < $1 }) else {
      throw .inconsistent("order of times")
    }
    var indices: [Int] = []
    for _ in 0..<header.times { indices.append(try unsigned(1)) }
    var types: [(offset: Int, isDaylightSaving: Bool, name: Int)] = []
    for _ in 0..<header.types {
      types.append((try signed(4), try unsigned(1) != 0, try unsigned(1)))
    }
    let names = bytes[position..<position + header.characters]
    try skip(header.characters + header.leapSeconds * (timeSize + 4))
    try skip(header.standardFlags + header.utcFlags)
    var periods: [TimeZoneRules.Period] = []
    for type in types {
      guard type.name < names.count, abs(type.offset) <= 26 * 3600 else {
        throw .inconsistent("type")
      }
      let name = names.dropFirst(type.name).prefix { $0 != 0 }
      periods.append(
        .init(
          offset: type.offset, abbreviation: String(decoding: name, as: UTF8.self),
          isDaylightSaving: type.isDaylightSaving))
    }
    guard indices.allSatisfy({ $0 < periods.count }) else { throw .inconsistent("type index") }
    let changes = zip(times, indices).map { TimeZoneRules.Change(at: $0, period: periods[$1]) }
    return (periods[0], changes)
  }

  /// The text between the two line breaks at the end.
  func footer() throws(TZifError) -> String {
    let rest = bytes[position...]
    guard rest.first == 10, let end = rest.dropFirst().firstIndex(of: 10) else { throw .truncated }
    return String(decoding: rest[(position + 1)..<end], as: UTF8.self)
  }

  private mutating func unsigned(_ size: Int) throws(TZifError) -> Int {
    guard size <= bytes.count - position else { throw .truncated }
    defer { position += size }
    return bytes[position..<position + size].reduce(0) { $0 << 8 | Int($1) }
  }

  private mutating func signed(_ size: Int) throws(TZifError) -> Int {
    guard size <= bytes.count - position else { throw .truncated }
    defer { position += size }
    let bits = bytes[position..<position + size].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    let shift = UInt64(64 - size * 8)
    let value = Int64(bitPattern: bits << shift) >> Int64(shift)
    // A file may say "since for ever"; arithmetic with offsets must stay possible.
    return Int(min(max(value, -(1 << 59)), 1 << 59))
  }
}
