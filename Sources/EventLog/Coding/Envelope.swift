internal import Engine
internal import Glibc

/// What every reader needs of a line, read in place. Written for the machine: this is the replay path.
struct Envelope {
  private(set) var sequence = 0
  private var id = EventID(high: 0, low: 0)
  private var recorded = Timestamp(milliseconds: 0)
  private var occurred: Timestamp?
  private var kind = EventKind.unknown
  private var actorField: Range<Int32> = 0..<0
  private var sourceField: Range<Int32> = 0..<0
  private var kindField: Range<Int32> = 0..<0
  private var dataField: Range<Int32> = 0..<0

  @inline(__always)
  func event(line: ArraySlice<UInt8>) -> RecordedEvent {
    RecordedEvent(
      sequence: sequence, id: id, recorded: recorded, occurred: occurred, kind: kind, line: line,
      fields: RecordedEvent.Fields(
        actor: actorField, source: sourceField, kind: kindField, data: dataField))
  }

  /// Reads a line; false where it is not an event.
  mutating func read(_ base: UnsafePointer<UInt8>, _ count: Int) -> Bool {
    var cursor = Cursor(base: base, count: count)
    if readInOrder(&cursor) { return true }
    self = Self()
    return readAnyOrder(base, count)
  }

  /// The order in which this program writes.
  private mutating func readInOrder(_ cursor: inout Cursor) -> Bool {
    let span = UnsafeBufferPointer(start: cursor.base, count: cursor.count).span
    guard cursor.take(#"{"seq":"#), let sequence = cursor.number(),
      cursor.take(#","id":""#), let idRange = cursor.stringEnd(expecting: 36),
      let id = EventID(span, idRange),
      cursor.take(#","recorded":""#), let recordedRange = cursor.stringEnd(expecting: 24),
      let recorded = Timestamp(rfc3339: span, recordedRange)
    else { return false }
    self.sequence = sequence
    self.id = id
    self.recorded = recorded
    if cursor.take(#","occurred":""#) {
      guard let range = cursor.stringEnd(expecting: 24),
        let occurred = Timestamp(rfc3339: span, range)
      else {
        return false
      }
      self.occurred = occurred
    }
    guard cursor.take(#","actor":""#), let actor = cursor.stringEnd(),
      cursor.take(#","source":""#), let source = cursor.stringEnd(),
      cursor.take(#","kind":""#), let kind = cursor.stringEnd(),
      cursor.take(#","data":"#), let data = cursor.objectEnd(),
      cursor.isAtSeal || cursor.isAtEnd
    else { return false }
    actorField = Self.field(actor)
    sourceField = Self.field(source)
    kindField = Self.field(kind)
    dataField = Self.field(data)
    self.kind = KindTable.shared.kind(cursor.base + kind.lowerBound, count: kind.count)
    return true
  }

  private static func field(_ range: Range<Int>) -> Range<Int32> {
    Int32(truncatingIfNeeded: range.lowerBound)..<Int32(truncatingIfNeeded: range.upperBound)
  }

  private struct Found: OptionSet {
    let rawValue: Int
    static let sequence = Self(rawValue: 1)
    static let id = Self(rawValue: 2)
    static let recorded = Self(rawValue: 4)
    static let occurred = Self(rawValue: 8)
    static let actor = Self(rawValue: 16)
    static let source = Self(rawValue: 32)
    static let kind = Self(rawValue: 64)
    static let data = Self(rawValue: 128)
    static let needed: Self = [.sequence, .id, .recorded, .actor, .source, .kind, .data]
  }

  private mutating func readAnyOrder(_ base: UnsafePointer<UInt8>, _ count: Int) -> Bool {
    let bytes = UnsafeBufferPointer(start: base, count: count)
    var cursor = Cursor(base: base, count: count)
    var found: Found = []
    cursor.skipSpace()
    guard cursor.take("{") else { return false }
    cursor.skipSpace()
    if cursor.take("}") { return false }
    while true {
      cursor.skipSpace()
      guard cursor.take("\""), let key = cursor.stringEnd() else { return false }
      cursor.skipSpace()
      guard cursor.take(":") else { return false }
      cursor.skipSpace()
      guard let end = JSONSkip.value(bytes, cursor.index) else { return false }
      let value = cursor.index..<end
      guard take(key, value, bytes, &found) else { return false }
      cursor.index = end
      cursor.skipSpace()
      if cursor.take(",") { continue }
      guard cursor.take("}") else { return false }
      cursor.skipSpace()
      return cursor.index == count && found.isSuperset(of: .needed)
    }
  }

  /// Keeps the value of a key that matters; false where it is not of its type.
  private mutating func take(
    _ key: Range<Int>, _ value: Range<Int>, _ bytes: UnsafeBufferPointer<UInt8>,
    _ found: inout Found
  ) -> Bool {
    let name = Key(UnsafeBufferPointer(rebasing: bytes[key]))
    guard let name, !found.contains(name.found) else { return true }
    found.insert(name.found)
    let isString = bytes[value.lowerBound] == 34
    let text = isString ? value.lowerBound + 1..<value.upperBound - 1 : value
    switch name {
    case .sequence:
      guard let base = bytes.baseAddress else { return false }
      var cursor = Cursor(base: base, count: value.upperBound)
      cursor.index = value.lowerBound
      guard let number = cursor.number(), cursor.index == value.upperBound else { return false }
      sequence = number
    case .id:
      guard isString, let id = EventID(bytes.span, text) else { return false }
      self.id = id
    case .recorded, .occurred:
      guard isString, let time = Timestamp(rfc3339: bytes.span, text) else { return false }
      if name == .recorded { recorded = time } else { occurred = time }
    case .actor, .source, .kind:
      guard isString else { return false }
      switch name {
      case .actor: actorField = Self.field(text)
      case .source: sourceField = Self.field(text)
      default:
        kindField = Self.field(text)
        if let base = bytes.baseAddress {
          kind = KindTable.shared.kind(base + text.lowerBound, count: text.count)
        }
      }
    case .data:
      guard bytes[value.lowerBound] == 123 else { return false }
      dataField = Self.field(value)
    }
    return true
  }

  private enum Key {
    case sequence, id, recorded, occurred, actor, source, kind, data

    init?(_ bytes: UnsafeBufferPointer<UInt8>) {
      let names: [(StaticString, Self)] = [
        ("seq", .sequence), ("id", .id), ("recorded", .recorded), ("occurred", .occurred),
        ("actor", .actor), ("source", .source), ("kind", .kind), ("data", .data),
      ]
      let match = names.first { name, _ in
        name.utf8CodeUnitCount == bytes.count
          && (bytes.baseAddress.map { memcmp($0, name.utf8Start, bytes.count) == 0 } ?? false)
      }
      guard let match else { return nil }
      self = match.1
    }

    var found: Found {
      switch self {
      case .sequence: .sequence
      case .id: .id
      case .recorded: .recorded
      case .occurred: .occurred
      case .actor: .actor
      case .source: .source
      case .kind: .kind
      case .data: .data
      }
    }
  }
}
