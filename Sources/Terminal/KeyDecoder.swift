package import Display

/// Turns the bytes a terminal sends into keys.
///
/// Knows what xterm, tmux, screen, the Linux console and a VT100 send, in both forms of arrow keys;
/// answers of the terminal to questions are swallowed.
package struct KeyDecoder {
  /// More than this in one paste arrives in parts.
  static let pasteLimit = 1 << 20

  private var bytes: ArraySlice<UInt8> = []
  private var pasted: [UInt8]?
  /// What the terminal has answered last when it was asked for its background.
  package private(set) var background: BackgroundAnswer?

  package init() {}

  /// Whether bytes are left that may be the beginning of a key, or a key of their own.
  package var isWaiting: Bool { !bytes.isEmpty && pasted == nil }

  /// How long to wait for the rest, in milliseconds: longer once it cannot be a lone Escape.
  package var patience: Int32 { bytes.count > 1 ? 100 : 25 }

  package mutating func feed(_ more: some Sequence<UInt8>) { bytes.append(contentsOf: more) }

  /// All keys that are complete; with `isFinal` also a lone Escape and the like, since nothing
  /// more came in time.
  package mutating func keys(isFinal: Bool = false) -> [Key] {
    var keys: [Key] = []
    while !bytes.isEmpty {
      if pasted != nil {
        guard let key = takePaste() else { break }
        keys.append(key)
        continue
      }
      switch next() {
      case .key(let key, let length):
        bytes.removeFirst(length)
        keys.append(key)
      case .ignored(let length):
        keepAnswer(bytes.prefix(length))
        bytes.removeFirst(length)
      case .pasteBegins(let length):
        bytes.removeFirst(length)
        pasted = []
      case .incomplete:
        guard isFinal, let key = takeIncomplete() else {
          bytes = ArraySlice(Array(bytes))
          return keys
        }
        keys.append(key)
      }
    }
    return keys
  }

  private mutating func keepAnswer(_ answer: ArraySlice<UInt8>) {
    guard answer.starts(with: [0x1B, UInt8(ascii: "]")]) else { return }
    let body = answer.dropFirst(2).prefix { $0 >= 0x20 }
    background = BackgroundAnswer(body) ?? background
  }

  private enum Step {
    case key(Key, Int)
    case ignored(Int)
    case pasteBegins(Int)
    case incomplete

    var isIncomplete: Bool { if case .incomplete = self { true } else { false } }
  }

  private func next() -> Step {
    guard let first = bytes.first else { return .incomplete }
    if first == 0x1B { return escape() }
    if first < 0x20 || first == 0x7F { return .key(Self.control(first), 1) }
    return Self.character(bytes)
  }

  /// What was begun is taken as typed by hand: Escape, or Alt with a character. The rest of a
  /// longer sequence must not become commands.
  private mutating func takeIncomplete() -> Key? {
    guard let first = bytes.popFirst() else { return nil }
    guard first == 0x1B else { return .unknown("byte 0x" + String(first, radix: 16)) }
    guard let second = bytes.first, second < 0x7F else { return .escape }
    if bytes.count == 1 {
      bytes.removeFirst()
      return .alt(Character(Unicode.Scalar(second)))
    }
    bytes = []
    return .unknown("unfinished sequence")
  }

  private mutating func takePaste() -> Key? {
    let end: [UInt8] = Array("\u{1B}[201~".utf8)
    // Ctrl-C ends a paste whose end got lost; terminals let none through in a paste.
    while let byte = bytes.first {
      if byte == 0x1B {
        if bytes.starts(with: end) {
          bytes.removeFirst(end.count)
          return finishPaste()
        }
        if bytes.count < end.count, end.starts(with: bytes) { return nil }
      }
      bytes.removeFirst()
      if byte == 0x03 { return finishPaste() }
      pasted?.append(byte)
      if let count = pasted?.count, count >= Self.pasteLimit {
        let key = finishPaste()
        pasted = []
        return key
      }
    }
    return nil
  }

  private mutating func finishPaste() -> Key {
    var text = String.UnicodeScalarView()
    var afterReturn = false
    for scalar in String(decoding: pasted ?? [], as: UTF8.self).unicodeScalars {
      defer { afterReturn = scalar == "\r" }
      if scalar == "\n" && afterReturn { continue }
      text.append(scalar == "\r" ? "\n" : scalar)
    }
    pasted = nil
    return .paste(String(text))
  }

  // MARK: Plain bytes

  private static func control(_ byte: UInt8) -> Key {
    switch byte {
    // Enter sends a return; ^J, which makes a line in words, comes as itself.
    case 0x0D: .enter
    case 0x09: .tab
    case 0x08, 0x7F: .backspace
    case 0x00: .ctrl("@")
    case 0x01...0x1A: .ctrl(Character(Unicode.Scalar(byte + 0x60)))
    default: .ctrl(Character(Unicode.Scalar(byte + 0x40)))
    }
  }

  private static func character(_ bytes: ArraySlice<UInt8>) -> Step {
    guard let first = bytes.first else { return .incomplete }
    let length =
      switch first {
      case 0..<0x80: 1
      case 0xC2..<0xE0: 2
      case 0xE0..<0xF0: 3
      case 0xF0..<0xF5: 4
      default: 0
      }
    if length == 0 { return .key(.unknown("byte 0x" + String(first, radix: 16)), 1) }
    let part = bytes.prefix(length)
    let valid = part.dropFirst().allSatisfy { $0 & 0xC0 == 0x80 }
    if valid && part.count < length { return .incomplete }
    let text = String(decoding: part, as: UTF8.self)
    guard valid, text.unicodeScalars.count == 1, let scalar = text.unicodeScalars.first,
      scalar != "\u{FFFD}"
    else { return .key(.unknown("byte 0x" + String(first, radix: 16)), 1) }
    // C1 controls are not text.
    if scalar.value < 0xA0 && scalar.value >= 0x80 { return .ignored(length) }
    return .key(.character(Character(scalar)), length)
  }

  // MARK: Escape sequences

  private func escape() -> Step {
    let rest = bytes.dropFirst()
    guard let second = rest.first else { return .incomplete }
    switch second {
    case UInt8(ascii: "["): return controlSequence()
    case UInt8(ascii: "O"):
      guard let final = rest.dropFirst().first else { return .incomplete }
      return .key(Self.applicationKey(final), 3)
    case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "_"), UInt8(ascii: "^"):
      return answer()
    case 0x1B: return .key(.escape, 1)
    case 0x20..<0x7F: return .key(.alt(Character(Unicode.Scalar(second))), 2)
    case 0x80...:
      guard case .key(.character(let character), let length) = Self.character(rest) else {
        return Self.character(rest).isIncomplete ? .incomplete : .key(.escape, 1)
      }
      return .key(.alt(character), length + 1)
    default: return .key(.escape, 1)
    }
  }

  /// An answer of the terminal up to BEL or ST; one without an end is dropped when it gets long.
  private func answer() -> Step {
    var previous: UInt8 = 0
    for (index, byte) in bytes.enumerated().dropFirst(2) {
      if byte == 0x07 { return .ignored(index + 1) }
      if byte == 0x5C && previous == 0x1B { return .ignored(index + 1) }
      if index > 4096 { return .ignored(index + 1) }
      previous = byte
    }
    return .incomplete
  }

  private func controlSequence() -> Step {
    let body = bytes.dropFirst(2)
    // The Linux console's first function keys, and mouse reports in their oldest form.
    if body.first == UInt8(ascii: "[") {
      guard let letter = body.dropFirst().first else { return .incomplete }
      guard (0x41...0x45).contains(letter) else { return .ignored(4) }
      return .key(.function(Int(letter) - 0x40), 4)
    }
    if body.first == UInt8(ascii: "M") { return oldMouse(body.dropFirst()) }
    guard let end = body.firstIndex(where: { !(0x20..<0x40).contains($0) }) else {
      return bytes.count > 64 ? .ignored(bytes.count) : .incomplete
    }
    let length = end - bytes.startIndex + 1
    let final = body[end]
    guard (0x40..<0x7F).contains(final) else { return .ignored(length - 1) }
    let parameters = String(decoding: body[..<end], as: UTF8.self)
    if parameters == "200" && final == UInt8(ascii: "~") { return .pasteBegins(length) }
    guard let key = Self.sequenceKey(parameters, Character(Unicode.Scalar(final))) else {
      return .ignored(length)
    }
    return .key(key, length)
  }

  private func oldMouse(_ report: ArraySlice<UInt8>) -> Step {
    guard report.count >= 3 else { return .incomplete }
    let values = report.prefix(3).map { Int($0) - 32 }
    guard let event = Self.mouse(values[0], x: values[1], y: values[2], released: false) else {
      return .ignored(6)
    }
    return .key(.mouse(event), 6)
  }
}
