/// Writes fields into bytes.
package struct Packer: FieldCoder {
  package private(set) var bytes: [UInt8] = []
  /// The procedures that the bytes point to.
  package private(set) var procedures: [RecordedProcedure] = []
  private var names: [String: UInt64] = [:]

  package init() {}

  package mutating func number(_ value: inout UInt64) {
    var rest = value
    while rest > 127 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 128)
      rest >>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: rest))
  }

  package mutating func text(_ value: inout String) {
    var count = UInt64(value.utf8.count)
    number(&count)
    bytes.append(contentsOf: value.utf8)
  }

  package mutating func name(_ value: inout String) {
    if var known = names[value] { return number(&known) }
    var new: UInt64 = 0
    number(&new)
    names[value] = UInt64(names.count + 1)
    text(&value)
  }

  package mutating func array<Element>(
    _ value: inout [Element], blank: @autoclosure () -> Element,
    _ code: (inout Self, inout Element) -> Void
  ) {
    var count = UInt64(value.count)
    number(&count)
    for var element in value { code(&self, &element) }
  }

  package mutating func time(_ value: inout Timestamp) { signed(&value.milliseconds) }

  package mutating func bytes(_ value: inout [UInt8]) {
    var count = UInt64(value.count)
    number(&count)
    bytes.append(contentsOf: value)
  }

  package mutating func procedure(_ value: inout RecordedProcedure) {
    let place = procedures.count
    procedures.append(value)
    var number = UInt64(place)
    self.number(&number)
  }

  package mutating func fail() {}
}
