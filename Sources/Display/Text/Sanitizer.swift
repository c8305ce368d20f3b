/// Makes untrusted text harmless for terminals and plain output.
///
/// Control characters appear in caret notation (`^[`), whatever is invisible and could deceive
/// (other direction, zero width, private use) by its number (`<U+202E>`). Joiners, presentation
/// selectors, skin tones and tags disappear, flags become letters, characters of unknown width U+FFFD:
/// terminals disagree about the columns these take.
package enum Sanitizer {
  /// Whether line feeds divide lines or are shown.
  package enum Mode: Sendable {
    /// Line ends become ` ↵ `, tabs a blank.
    case oneLine
    /// Line feeds stay (CR LF becomes one), tabs become four blanks.
    case multiLine
  }

  package static func clean(_ text: String, _ mode: Mode = .oneLine) -> String {
    if isPlain(text) || isHarmless(text) { return text }
    var scalars = String.UnicodeScalarView()
    forEachGlyph(of: text, mode) { glyph in
      glyph.append(to: &scalars)
      return true
    }
    return String(scalars)
  }

  /// True for printable ASCII alone, which needs no treatment.
  package static func isPlain(_ text: String) -> Bool {
    text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
  }

  /// True where every character stands for itself, with a width that is known and no mark upon it.
  private static func isHarmless(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy { scalar in
      if scalar.value < 0x7F { return scalar.value >= 0x20 }
      if case .spacing = ScalarClass(scalar) { return true }
      return false
    }
  }

  /// Calls `body` with each glyph of the harmless text in order, until it answers false.
  ///
  /// In multi-line mode a line feed is a glyph with the base U+000A and width 0.
  package static func forEachGlyph(
    of text: String, _ mode: Mode = .oneLine, _ body: (Glyph) -> Bool
  ) {
    var pending: Glyph?
    var afterReturn = false
    for scalar in text.unicodeScalars {
      let kind = ScalarClass(scalar)
      if afterReturn {
        afterReturn = false
        if kind != .newline, !emitText("^M", body) { return }
      }
      if kind == .mark {
        if pending == nil { pending = Glyph(" ") }
        pending?.add(scalar)
        continue
      }
      if kind == .dropped { continue }
      if let glyph = pending {
        if !body(glyph) { return }
        pending = nil
      }
      if case .spacing(let width) = kind {
        pending = Glyph(scalar, width: width)
      } else if scalar == "\r" {
        afterReturn = true
      } else if !emit(scalar, kind, mode, body) {
        return
      }
    }
    if let pending, !body(pending) { return }
    if afterReturn { _ = emitText("^M", body) }
  }

  private static func emit(
    _ scalar: Unicode.Scalar, _ kind: ScalarClass, _ mode: Mode, _ body: (Glyph) -> Bool
  ) -> Bool {
    switch kind {
    case .newline: mode == .oneLine ? emitText(" ↵ ", body) : body(Glyph("\n", width: 0))
    case .tab: emitText(mode == .oneLine ? " " : "    ", body)
    case .control: emitText("^" + String(Character(caret(scalar))), body)
    case .numbered: emitText(number(scalar), body)
    case .regional: emitText(letter(scalar), body)
    case .unknown: body(Glyph("\u{FFFD}"))
    case .spacing, .mark, .dropped: true
    }
  }

  private static func emitText(_ text: String, _ body: (Glyph) -> Bool) -> Bool {
    for scalar in text.unicodeScalars where !body(Glyph(scalar)) { return false }
    return true
  }

  private static func caret(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    Unicode.Scalar(UInt8(truncatingIfNeeded: scalar.value ^ 0x40))
  }

  private static func number(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "<U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits + ">"
  }

  private static func letter(_ scalar: Unicode.Scalar) -> String {
    String(Character(Unicode.Scalar(UInt8(truncatingIfNeeded: scalar.value - 0x1F1E6 + 0x41))))
  }
}
