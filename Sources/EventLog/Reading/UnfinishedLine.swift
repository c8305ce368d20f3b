/// Reads a line as this program writes it, as far as it goes, to tell one that was cut off from one that was changed.
struct UnfinishedLine {
  private let bytes: [UInt8]
  private var index = 0
  private var hasEnded = false

  private init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Whether bytes are the beginning of the line of a number, cut off anywhere; zeros behind it come from a power cut.
  static func isBeginning(_ bytes: some Collection<UInt8>, of number: Int) -> Bool {
    var kept = Array(bytes)
    while kept.last == 0 { kept.removeLast() }
    var line = Self(kept)
    return !line.readsWhole(as: number) && line.hasEnded
  }

  private mutating func readsWhole(as number: Int) -> Bool {
    guard take(#"{"seq":\#(number),"id":""#), skip(36), take(#"","recorded":""#), skip(24),
      take("\"")
    else { return false }
    if !isNext(#","actor":""#) {
      guard !hasEnded, take(#","occurred":""#), skip(24), take("\"") else { return false }
    }
    return take(#","actor":""#) && takeString() && take(#","source":""#) && takeString()
      && take(#","kind":""#) && takeString() && take(#","data":"#) && takeObject()
      && take(#","hash":""#) && skip(64) && take("\"}")
  }

  /// Steps over a text; where the bytes end within it, they have ended as they may.
  private mutating func take(_ text: String) -> Bool {
    for byte in text.utf8 {
      guard let next else { return false }
      if next != byte { return false }
      index += 1
    }
    return true
  }

  /// Whether a text comes next, without stepping over it; where the bytes end within it, both ways are open.
  private mutating func isNext(_ text: String) -> Bool {
    let rest = bytes[index...]
    if rest.count < text.utf8.count, text.utf8.starts(with: rest) { hasEnded = true }
    return rest.starts(with: text.utf8)
  }

  private var next: UInt8? {
    mutating get {
      if index < bytes.count { return bytes[index] }
      hasEnded = true
      return nil
    }
  }

  private mutating func skip(_ count: Int) -> Bool {
    for _ in 0..<count {
      guard let next, next != 34, next >= 32 else { return false }
      index += 1
    }
    return true
  }

  /// From within a string, steps behind its closing quote.
  private mutating func takeString() -> Bool {
    while let byte = next, byte >= 32 {
      index += 1
      if byte == 34 { return true }
      if byte == 92 {
        guard next != nil else { return false }
        index += 1
      }
    }
    return false
  }

  private mutating func takeObject() -> Bool {
    guard take("{") else { return false }
    var depth = 1
    while depth > 0 {
      guard let byte = next else { return false }
      index += 1
      switch byte {
      case 34:
        guard takeString() else { return false }
      case 123, 91: depth += 1
      case 125, 93: depth -= 1
      default: break
      }
    }
    return true
  }
}
