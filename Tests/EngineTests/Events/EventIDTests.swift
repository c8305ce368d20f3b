import Testing

@testable import Engine

struct EventIDTests {
  private static let text = "0190a1b2-c3d4-7e5f-8091-a2b3c4d5e6f7"

  @Test func `an identity is written as it was read, in lower case`() {
    #expect(EventID(Self.text)?.description == Self.text)
    #expect(EventID(Self.text.uppercased())?.description == Self.text)
    #expect(EventID(Self.text)?.high == 0x0190_A1B2_C3D4_7E5F)
    #expect(EventID(Self.text)?.low == 0x8091_A2B3_C4D5_E6F7)
  }

  @Test func `any byte at any place is judged as a hexadecimal digit or a hyphen`() {
    let original = Array(Self.text.utf8)
    for place in original.indices {
      for byte in UInt8.min...UInt8.max {
        var bytes = original
        bytes[place] = byte
        let isHyphen = [8, 13, 18, 23].contains(place)
        let digit = isHyphen ? nil : Character(Unicode.Scalar(byte)).asciiHexDigitValue
        let id = EventID(bytes.span, 0..<36)
        let expected = isHyphen ? byte == 45 : digit != nil
        #expect((id != nil) == expected, "byte \(byte) at \(place)")
        if let id, let digit {
          let digits = id.description.filter { $0 != "-" }
          let index = place - [8, 13, 18, 23].count { $0 < place }
          #expect(Array(digits)[index].hexDigitValue == digit, "byte \(byte) at \(place)")
        }
      }
    }
  }

  @Test(arguments: [0..<35, 1..<37])
  func `a stretch of another length is no identity`(range: Range<Int>) {
    #expect(EventID(Array("\(Self.text)0".utf8).span, range) == nil)
  }

  @Test func `an identity is noticed again however identities are mixed`() {
    var seen = EventIDIndex()
    var ids: [EventID] = [EventID(high: 0, low: 0), EventID(high: 0, low: 1)]
    for number in 0..<2000 as Range<UInt64> {
      let instant = Timestamp(milliseconds: Int64(1_000_000 + number / 3 - number % 7))
      ids.append(EventID(version7At: instant, random: (number, number)))
      ids.append(EventID(high: number << 40 | 0x8000, low: number))
      ids.append(EventID(high: ~number & ~0xF000 | 0x8000, low: number))
    }
    let first = ids.enumerated().filter { !seen.insert($1, at: $0) }
    #expect(first.isEmpty)
    let again = ids.filter { seen.insert($0, at: 1) }
    #expect(again.isEmpty)
    let lost = ids.enumerated().filter { seen.sequence(of: $1) != $0 || seen.id(at: $0) != $1 }
    #expect(lost.isEmpty)
    #expect(seen.sequence(of: EventID(high: 1, low: 1)) == nil)
    #expect(seen.id(at: ids.count) == nil)
  }
}

extension Character {
  fileprivate var asciiHexDigitValue: Int? { isASCII ? hexDigitValue : nil }
}
