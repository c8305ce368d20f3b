/// The payload of an event: the bytes of one JSON object, read a field at a time.
///
/// What this version does not know stays in the bytes. A field that occurs twice counts as it stands first.
package struct EventData: Hashable, Sendable {
  package let bytes: ArraySlice<UInt8>

  /// Takes bytes that are known to be a JSON object on one line.
  package init(bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
  }

  package init(_ members: KeyValuePairs<String, JSON?>) {
    self.init(bytes: JSON.object(members).bytes[...])
  }

  /// The whole payload as a value; an empty object where the bytes are not one.
  package var json: JSON {
    do { return try JSON(parsing: bytes) } catch { return .object([JSON.Member]()) }
  }

  /// The value of a field; nil where it is absent or not well formed.
  package func value(_ field: StaticString) -> JSON? {
    guard let range = range(of: field) else { return nil }
    do { return try JSON(parsing: bytes[range]) } catch { return nil }
  }

  /// The bytes of a field that is an object, not read yet.
  package func object(_ field: StaticString) -> ArraySlice<UInt8>? {
    guard let range = range(of: field), bytes[range.lowerBound] == 123 else { return nil }
    return bytes[range]
  }

  package func string(_ field: StaticString) -> String? {
    guard let range = range(of: field), range.count >= 2, bytes[range.lowerBound] == 34 else {
      return nil
    }
    return JSONString.decode(bytes[range.lowerBound + 1..<range.upperBound - 1])
  }

  package func integer(_ field: StaticString) -> Int64? { value(field)?.integer }

  package func bool(_ field: StaticString) -> Bool? { value(field)?.bool }

  package func timestamp(_ field: StaticString) -> Timestamp? {
    string(field).flatMap { Timestamp(rfc3339: $0) }
  }

  package func eventID(_ field: StaticString) -> EventID? {
    string(field).flatMap { EventID($0) }
  }

  /// A span that the log keeps in whole seconds.
  package func seconds(_ field: StaticString) -> Duration? {
    integer(field).map { .seconds($0) }
  }

  /// Where the bytes of a field's value lie. Reads no further than the field, and builds nothing.
  private func range(of field: StaticString) -> Range<Int>? {
    let base = bytes.startIndex
    return bytes.withUnsafeBufferPointer { buffer -> Range<Int>? in
      let key = UnsafeBufferPointer(start: field.utf8Start, count: field.utf8CodeUnitCount)
      var index = 1
      while index < buffer.count {
        while index < buffer.count, buffer[index] <= 32 || buffer[index] == 44 { index += 1 }
        guard index < buffer.count, buffer[index] == 34,
          let keyEnd = JSONSkip.string(buffer, index)
        else { return nil }
        let matches =
          keyEnd - index - 2 == key.count
          && (0..<key.count).allSatisfy { buffer[index + 1 + $0] == key[$0] }
        index = keyEnd
        while index < buffer.count, buffer[index] <= 32 || buffer[index] == 58 { index += 1 }
        guard let valueEnd = JSONSkip.value(buffer, index) else { return nil }
        if matches { return base + index..<base + valueEnd }
        index = valueEnd
      }
      return nil
    }
  }
}

/// Steps over JSON without reading it.
package enum JSONSkip {
  /// The offset after the string that begins at `start`, or nil where it does not end.
  package static func string(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int? {
    var index = start + 1
    while index < bytes.count {
      if bytes[index] == 34 { return index + 1 }
      index += bytes[index] == 92 ? 2 : 1
    }
    return nil
  }

  /// The offset after the value that begins at `start`, or nil where it does not end.
  package static func value(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int? {
    guard start < bytes.count else { return nil }
    switch bytes[start] {
    case 34: return string(bytes, start)
    case 123, 91:
      var depth = 0
      var index = start
      while index < bytes.count {
        switch bytes[index] {
        case 34:
          guard let end = string(bytes, index) else { return nil }
          index = end
          continue
        case 123, 91: depth += 1
        case 125, 93: depth -= 1
        default: break
        }
        index += 1
        if depth == 0 { return index }
      }
      return nil
    default:
      var index = start
      while index < bytes.count, bytes[index] != 44, bytes[index] != 125, bytes[index] != 93,
        bytes[index] > 32
      {
        index += 1
      }
      return index > start ? index : nil
    }
  }
}

extension JSON? {
  /// A string, or nothing to be written.
  package static func text(_ value: String?) -> Self { value.map(JSON.string) }
  /// A whole number, or nothing to be written.
  package static func whole(_ value: Int?) -> Self { value.map { JSON.integer(Int64($0)) } }
  /// An instant as the log writes it, or nothing.
  package static func time(_ value: Timestamp?) -> Self { value.map { JSON.string($0.rfc3339) } }
  /// A span in whole seconds, or nothing.
  package static func span(_ value: Duration?) -> Self {
    value.map { JSON.integer($0.components.seconds) }
  }
}
