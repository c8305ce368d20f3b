/// Writes or reads the fields of a value, in one order for both: what stands once cannot differ.
package protocol FieldCoder {
  /// A whole number of 64 bits, small ones in few bytes.
  mutating func number(_ value: inout UInt64)
  /// Text that hardly ever occurs twice.
  mutating func text(_ value: inout String)
  /// Text that often occurs again, as names do.
  mutating func name(_ value: inout String)
  /// Elements of an array; `blank` is what a read begins with.
  mutating func array<Element>(
    _ value: inout [Element], blank: @autoclosure () -> Element,
    _ code: (inout Self, inout Element) -> Void)
  mutating func time(_ value: inout Timestamp)
  /// Bytes as they are.
  mutating func bytes(_ value: inout [UInt8])
  /// A place in the list of procedures that goes beside the bytes.
  mutating func procedure(_ value: inout RecordedProcedure)
  /// Notes that what was read is not what was written.
  mutating func fail()
}

extension FieldCoder {
  package mutating func signed(_ value: inout Int64) {
    var folded = UInt64(bitPattern: value << 1 ^ value >> 63)
    number(&folded)
    value = Int64(bitPattern: folded >> 1) ^ -Int64(bitPattern: folded & 1)
  }

  package mutating func whole(_ value: inout Int) {
    var number = Int64(value)
    signed(&number)
    value = Int(number)
  }

  package mutating func flag(_ value: inout Bool) {
    var bit: UInt64 = value ? 1 : 0
    number(&bit)
    if bit > 1 { fail() }
    value = bit == 1
  }

  package mutating func span(_ value: inout Duration) {
    var milliseconds = value.wholeMilliseconds
    signed(&milliseconds)
    value = .milliseconds(milliseconds)
  }

  mutating func stamp(_ value: inout Stamp) {
    time(&value.effective)
    whole(&value.sequence)
    var ahead = value.standing - value.effective
    span(&ahead)
    value.standing = value.effective + ahead
  }

  /// One of the words of an enumeration.
  package mutating func word<Word: RawRepresentable<String>>(_ value: inout Word) {
    var text = value.rawValue
    name(&text)
    if let word = Word(rawValue: text) { value = word } else { fail() }
  }

  package mutating func optional<Value>(
    _ value: inout Value?, blank: @autoclosure () -> Value,
    _ code: (inout Self, inout Value) -> Void
  ) {
    var isThere = value != nil
    flag(&isThere)
    guard isThere else {
      value = nil
      return
    }
    var inner = value ?? blank()
    code(&self, &inner)
    value = inner
  }

  package mutating func optionalText(_ value: inout String?) {
    optional(&value, blank: "") { $0.text(&$1) }
  }

  package mutating func optionalName(_ value: inout String?) {
    optional(&value, blank: "") { $0.name(&$1) }
  }

  package mutating func optionalTime(_ value: inout Timestamp?) {
    optional(&value, blank: .distantPast) { $0.time(&$1) }
  }

  package mutating func texts(_ value: inout [String]) {
    array(&value, blank: "") { $0.text(&$1) }
  }

  /// A dictionary, in the order of its keys.
  package mutating func dictionary<Key: Hashable & Comparable, Value>(
    _ value: inout [Key: Value], blank: @autoclosure () -> (Key, Value),
    _ key: (inout Self, inout Key) -> Void, _ code: (inout Self, inout Value) -> Void
  ) {
    var pairs = value.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    array(&pairs, blank: blank()) { coder, pair in
      key(&coder, &pair.0)
      code(&coder, &pair.1)
    }
    value = Dictionary(pairs, uniquingKeysWith: { first, _ in first })
  }

  mutating func history<Value>(
    _ value: inout History<Value>, blank: @autoclosure () -> Value,
    _ code: (inout Self, inout Value) -> Void
  ) {
    var entries = value.entries
    let nobody = Stamp(effective: Timestamp(milliseconds: 0), sequence: 0)
    array(
      &entries,
      blank: History.Entry(
        stamp: nobody, recorded: nobody.effective, actor: "", value: blank())
    ) { coder, entry in
      coder.stamp(&entry.stamp)
      coder.time(&entry.recorded)
      coder.name(&entry.actor)
      code(&coder, &entry.value)
    }
    value = History(entries: entries)
  }
}
