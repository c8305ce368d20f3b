/// Reads fields from bytes; what is not as it was written leaves it unsound, and never traps.
package struct Unpacker: FieldCoder {
  private let bytes: ArraySlice<UInt8>
  private var index: Int
  private let procedures: [RecordedProcedure]
  private var names: [String] = []
  /// Whether everything so far was as it was written.
  package private(set) var isSound = true

  /// `procedures` are those that the bytes point to.
  package init(_ bytes: ArraySlice<UInt8>, procedures: [RecordedProcedure] = []) {
    self.bytes = bytes
    index = bytes.startIndex
    self.procedures = procedures
  }

  /// Whether nothing is left.
  package var isAtEnd: Bool { index == bytes.endIndex }

  /// The place of the next byte.
  package var place: Int { index }

  package mutating func number(_ value: inout UInt64) {
    value = 0
    var shift: UInt64 = 0
    while index < bytes.endIndex, shift < 64 {
      let byte = bytes[index]
      index += 1
      value |= UInt64(byte & 127) << shift
      if byte < 128 { return }
      shift += 7
    }
    fail()
  }

  package mutating func text(_ value: inout String) {
    let range = takeRange()
    value = String(decoding: bytes[range], as: UTF8.self)
  }

  package mutating func name(_ value: inout String) {
    var known: UInt64 = 0
    number(&known)
    if known == 0 {
      text(&value)
      names.append(value)
    } else if known <= UInt64(names.count) {
      value = names[Int(known) - 1]
    } else {
      fail()
    }
  }

  package mutating func array<Element>(
    _ value: inout [Element], blank: @autoclosure () -> Element,
    _ code: (inout Self, inout Element) -> Void
  ) {
    var count: UInt64 = 0
    number(&count)
    value = []
    // Every element takes a byte at least, or all of them none.
    guard count <= UInt64(bytes.endIndex - index) else { return fail() }
    value.reserveCapacity(Int(count))
    for _ in 0..<count where isSound {
      var element = blank()
      code(&self, &element)
      value.append(element)
    }
  }

  package mutating func time(_ value: inout Timestamp) {
    signed(&value.milliseconds)
    // What no log can say could not be reckoned with either.
    if value < .distantPast || value > .distantFuture {
      value = .distantPast
      fail()
    }
  }

  package mutating func bytes(_ value: inout [UInt8]) { value = Array(bytes[takeRange()]) }

  package mutating func procedure(_ value: inout RecordedProcedure) {
    var place: UInt64 = 0
    number(&place)
    guard place < UInt64(procedures.count) else { return fail() }
    value = procedures[Int(place)]
  }

  package mutating func fail() {
    isSound = false
    index = bytes.endIndex
  }

  /// Steps over bytes that come with their count, and answers where they lie.
  package mutating func takeRange() -> Range<Int> {
    var count: UInt64 = 0
    number(&count)
    guard count <= UInt64(bytes.endIndex - index) else {
      fail()
      return index..<index
    }
    defer { index += Int(count) }
    return index..<index + Int(count)
  }
}
