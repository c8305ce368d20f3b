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
    return skipString() ? start..<index - 1 : nil
  }

  /// From within a string, steps behind its closing quote; false where there is none.
  @inline(__always)
  private mutating func skipString() -> Bool {
    let each: UInt64 = 0x0101_0101_0101_0101
    while true {
      // Eight bytes at a time up to the one that is a quote or a back-slash.
      while index + 8 <= count {
        let word = UInt64(
          littleEndian: UnsafeRawPointer(base + index).loadUnaligned(as: UInt64.self))
        let quote = word ^ each &* 34
        let slash = word ^ each &* 92
        let found =
          ((quote &- each) & ~quote | (slash &- each) & ~slash) & 0x8080_8080_8080_8080
        if found != 0 {
          index += found.trailingZeroBitCount / 8
          break
        }
        index += 8
      }
      guard index < count else { return false }
      let byte = base[index]
      index += byte == 92 ? 2 : 1
      if byte == 34 { return true }
    }
  }

  /// The same for a string of known size whose characters the caller judges: a quote among them is not noticed here.
  @inline(__always)
  mutating func stringEnd(expecting size: Int) -> Range<Int>? {
    guard index + size < count, base[index + size] == 34 else { return stringEnd() }
    index += size + 1
    return index - size - 1..<index - 1
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
        guard skipString() else { return nil }
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

  static func stands(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
    line.baseAddress.map { stands($0, line.count) } ?? false
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
