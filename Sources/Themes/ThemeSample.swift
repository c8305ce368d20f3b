package import Display

/// A picture of every role, for choosing and for writing themes.
package enum ThemeSample {
  /// One row a role: its name in the role itself, and a few words as they appear on screens.
  package static func frame(glyphs: Glyphs = .utf8) -> Frame {
    let roles = StyleRole.allCases
    let rows = (roles.count + 1) / 2
    var frame = Frame(Size(width: 76, height: rows), glyphs: glyphs)
    for (index, role) in roles.enumerated() {
      let point = Point(x: index < rows ? 0 : 38, y: index % rows)
      frame.write(role.rawValue, at: point, width: 20)
      let text = TextWidth.fit(" " + words(role, glyphs) + " ", to: 16, ellipsis: glyphs.ellipsis)
      frame.write(text, at: Point(x: point.x + 20, y: point.y), role: role)
    }
    return frame
  }

  private static func words(_ role: StyleRole, _ glyphs: Glyphs) -> String {
    switch role {
    case .severity1, .severity2, .severity3, .severity4, .severity5:
      let rank = Int(role.rawValue.suffix(1))
      return "P\(role.rawValue.suffix(1)) \(glyphs.severity(rank)) Checkout"
    case .severityUnknown: return "P? \(glyphs.severity(nil)) Checkout"
    case .progressFill, .wallDigit, .wallDigitSoon, .wallDigitBreach:
      return String(repeating: glyphs.full, count: 12)
    case .progressRest: return String(repeating: glyphs.rest, count: 12)
    case .border, .borderFocused:
      return String(repeating: glyphs.single.horizontal.description, count: 12)
    case .checkPending: return glyphs.checkPending + " step"
    case .checkActive: return glyphs.checkActive + " step"
    case .checkDone: return glyphs.checkDone + " step"
    case .checkSkipped: return glyphs.checkSkipped + " step"
    case .countdownPending: return "in 17:43"
    case .countdownSoon: return "in 02:17"
    case .countdownBreached: return "OVER 12:17"
    case .countdownMet: return "met 01:41"
    case .countdownLate: return "met late 02:02"
    case .countdownSnoozed: return "snoozed 10 m"
    default: return "the quick fox"
    }
  }
}
