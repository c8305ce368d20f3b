extension Timestamp {
  /// Reads an RFC 3339 instant with any offset; fractions beyond the millisecond are dropped.
  ///
  /// Stricter than most: no such date as 30 February, no 24:00, no text after the zone. A leap second counts as the second before it.
  package init?(rfc3339 text: some StringProtocol) {
    var text = String(text)
    let parsed = text.withUTF8 { bytes in Self(rfc3339: bytes.span, 0..<bytes.count) }
    guard let parsed else { return nil }
    self = parsed
  }

  /// Reads an RFC 3339 instant from a stretch of bytes. Written for the replay path.
  package init?(rfc3339 bytes: Span<UInt8>, _ range: Range<Int>) {
    let start = range.lowerBound
    guard range.count >= 20, range.upperBound <= bytes.count else { return nil }
    var wellFormed = true
    func two(_ offset: Int) -> Int {
      let high = Int(bytes[unchecked: start + offset]) - 48
      let low = Int(bytes[unchecked: start + offset + 1]) - 48
      if high < 0 || high > 9 || low < 0 || low > 9 { wellFormed = false }
      return high * 10 + low
    }
    func at(_ offset: Int) -> UInt8 { bytes[unchecked: start + offset] }
    let year = two(0) * 100 + two(2)
    let (month, day) = (two(5), two(8))
    let (hour, minute, second) = (two(11), two(14), two(17))
    guard wellFormed, at(4) == 45, at(7) == 45, at(10) == 84 || at(10) == 116 || at(10) == 32,
      at(13) == 58, at(16) == 58, (1...12).contains(month), hour < 24, minute < 60, second <= 60,
      day >= 1, day <= CivilDate.daysIn(month: month, of: year)
    else { return nil }
    var index = 19
    var fraction = 0
    if at(index) == 46 {
      index += 1
      var scale = 100
      let first = index
      while index < range.count, case let digit = Int(at(index)) - 48, digit >= 0, digit <= 9 {
        fraction += digit * scale
        scale /= 10
        index += 1
      }
      guard index > first else { return nil }
    }
    guard index < range.count else { return nil }
    var offset = 0
    switch at(index) {
    case 90, 122:
      guard index + 1 == range.count else { return nil }
    case 43, 45:
      guard range.count == index + 6, at(index + 3) == 58 else { return nil }
      let hours = two(index + 1)
      let minutes = two(index + 4)
      guard wellFormed, hours < 24, minutes < 60 else { return nil }
      offset = (hours * 60 + minutes) * (at(index) == 45 ? -1 : 1)
    default:
      return nil
    }
    let days = CivilDate(year: year, month: month, day: day).daysSince1970
    let minutes = (days * 24 + hour) * 60 + minute - offset
    self.init(milliseconds: Int64(minutes * 60 + min(second, 59)) * 1000 + Int64(fraction))
  }

  /// The instant as it stands in a log: UTC with milliseconds, `2026-11-21T01:30:00.123Z`.
  package var rfc3339: String {
    String(decoding: rfc3339Bytes, as: UTF8.self)
  }

  /// The 24 bytes of `rfc3339`. Years outside 0…9999 are held at the nearest instant that can be written.
  package var rfc3339Bytes: [UInt8] {
    let held = min(max(self, .distantPast), .distantFuture).milliseconds
    let (seconds, fraction) = held.quotientAndRemainderRoundedDown(by: 1000)
    let (days, rest) = seconds.quotientAndRemainderRoundedDown(by: 86_400)
    let date = CivilDate(daysSince1970: Int(days))
    var bytes = [UInt8]()
    bytes.reserveCapacity(24)
    func two(_ value: Int) {
      bytes.append(UInt8(48 + value / 10))
      bytes.append(UInt8(48 + value % 10))
    }
    two(date.year / 100)
    two(date.year % 100)
    bytes.append(45)
    two(date.month)
    bytes.append(45)
    two(date.day)
    bytes.append(84)
    two(Int(rest) / 3600)
    bytes.append(58)
    two(Int(rest) / 60 % 60)
    bytes.append(58)
    two(Int(rest) % 60)
    bytes.append(46)
    bytes.append(UInt8(48 + fraction / 100))
    two(Int(fraction) % 100)
    bytes.append(90)
    return bytes
  }
}

extension Int64 {
  /// Division whose remainder is never negative.
  package func quotientAndRemainderRoundedDown(by divisor: Int64) -> (Int64, Int64) {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }
}
