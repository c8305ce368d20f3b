/// How a scalar of untrusted text is to be treated on its way to a screen.
enum ScalarClass: Equatable {
  /// Shown as it is, in so many columns (1 or 2).
  case spacing(Int)
  /// Belongs to the character before it.
  case mark
  case newline
  case tab
  /// Invisible and harmless: joiners, presentation selectors, skin tones, tags.
  case dropped
  /// A control character, shown in caret notation.
  case control
  /// Invisible and able to deceive, or meaningless elsewhere: shown by its number.
  case numbered
  /// One half of a flag, shown as its letter.
  case regional
  /// Not a character that terminals of today know.
  case unknown

  init(_ scalar: Unicode.Scalar) {
    let value = scalar.value
    if value < 0x7F {
      self =
        switch value {
        case 0x20...: .spacing(1)
        case 0x0A: .newline
        case 0x09: .tab
        default: .control
        }
    } else if value < 0x300 {
      self =
        switch value {
        case 0x7F: .control
        case 0x80..<0xA0: .numbered
        case 0xAD: .dropped
        default: .spacing(1)
        }
    } else {
      self = Self.special(value) ?? Self.general(scalar)
    }
  }

  /// Those few whose treatment does not follow from their category.
  private static func special(_ value: UInt32) -> ScalarClass? {
    switch value {
    case 0x2500...0x25FC: .spacing(1)
    case 0x034F, 0x200C, 0x200D, 0xFE00...0xFE0F, 0x180B...0x180D, 0x180F: .dropped
    case 0x1F3FB...0x1F3FF, 0xE0000...0xE0FFF: .dropped
    case 0x061C, 0x180E, 0x200B, 0x200E, 0x200F, 0x2028...0x202E, 0x2060...0x206F: .numbered
    case 0x115F, 0x1160, 0x3164, 0xFFA0, 0xFEFF, 0xFFF0...0xFFFB: .numbered
    case 0x1F1E6...0x1F1FF: .regional
    case 0xFFFC, 0xFFFD: .spacing(1)
    case 0x1160...0x11FF, 0xD7B0...0xD7C6, 0xD7CB...0xD7FB, 0x1171E: .mark
    default: nil
    }
  }

  private static func general(_ scalar: Unicode.Scalar) -> ScalarClass {
    let properties = scalar.properties
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark: return .mark
    case .control, .format, .privateUse, .surrogate, .lineSeparator, .paragraphSeparator:
      return .numbered
    case .unassigned: return .unknown
    default:
      // Newer characters have no agreed width yet.
      guard let age = properties.age, age.major <= 14 else { return .unknown }
      return .spacing(WideRanges.contains(scalar.value) ? 2 : 1)
    }
  }
}
