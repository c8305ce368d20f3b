internal import Glibc

/// A place in the bytes of a line.
struct Cursor {
  let base: UnsafePointer<UInt8>
  let count: Int
  var index = 0

  init(base: UnsafePointer<UInt8>, count: Int) {
    self.base = base
    self.count = count
  }

  /// Steps over exactly these bytes, or stays.
  @inline(__always)
  mutating func take(_ text: StaticString) -> Bool {
    let length = text.utf8CodeUnitCount
    guard count - index >= length, memcmp(base + index, text.utf8Start, length) == 0 else {
      return false
    }
    index += length
    return true
  }

  /// Reads a whole number of at most 18 digits without a sign.
  @inline(__always)
  mutating func number() -> Int? {
    let start = index
    var value = 0
    while index < count, case let digit = base[index] &- 48, digit < 10 {
      value = value &* 10 &+ Int(digit)
      index += 1
    }
    return index > start && index - start <= 18 ? value : nil
  }

  /// From within a string, steps behind its closing quote, and answers what stands before it.
  @inline(__always)
  mutating func stringEnd() -> Range<Int>? {
    let start = index
    while index < count {
      let byte = base[index]
      if byte == 34 {
        index += 1
        return start..<index - 1
      }
      index += byte == 92 ? 2 : 1
    }
    return nil
  }

  /// Steps behind the object that begins here.
  @inline(__always)
  mutating func objectEnd() -> Range<Int>? {
    let start = index
    guard index < count, base[index] == 123 else { return nil }
    var depth = 0
    while index < count {
      let byte = base[index]
      index += 1
      switch byte {
      case 34:
        while true {
          guard index < count else { return nil }
          let inner = base[index]
          index += inner == 92 ? 2 : 1
          if inner == 34 { break }
        }
      case 123, 91: depth += 1
      case 125, 93:
        depth -= 1
        if depth == 0 { return start..<index }
      default: break
      }
    }
    return nil
  }

  var isAtEnd: Bool { count - index == 1 && base[index] == 125 }

  /// Whether exactly a seal is left; its characters are judged with the chain.
  @inline(__always)
  var isAtSeal: Bool {
    count - index == EventCoding.sealCount && Seal.isFramed(base, count)
  }

  mutating func skipSpace() {
    while index < count, base[index] == 32 || base[index] == 9 || base[index] == 13 { index += 1 }
  }
}

/// The end of a line: `,"hash":"`, 64 characters, `"}`.
enum Seal {
  /// Whether the frame of a seal stands at the end of a line, whatever the 64 characters are.
  @inline(__always)
  static func isFramed(_ base: UnsafePointer<UInt8>, _ count: Int) -> Bool {
    guard count > EventCoding.sealCount else { return false }
    let opening: StaticString = #","hash":""#
    return base[count - 1] == 125 && base[count - 2] == 34
      && memcmp(base + count - EventCoding.sealCount, opening.utf8Start, 9) == 0
  }

  /// Whether a line ends in a seal, right or wrong.
  static func stands(_ base: UnsafePointer<UInt8>, _ count: Int) -> Bool {
    guard isFramed(base, count) else { return false }
    for index in count - 66..<count - 2 {
      let byte = base[index]
      guard byte >= 48 && byte <= 57 || byte >= 97 && byte <= 102 else { return false }
    }
    return true
  }
}
