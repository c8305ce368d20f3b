import Display
import Testing
import Themes

@Suite struct BuiltInThemeTests {
  private static let names = [
    "default", "color-blind", "dark", "high-contrast", "light", "mono", "quiet", "wall",
  ]

  @Test func `the program brings its themes, the default first`() {
    #expect(ThemeLibrary().names == Self.names)
  }

  @Test(arguments: names, ColorTier.allCases)
  func `every role can be read at every tier`(name: String, tier: ColorTier) throws {
    let theme = try ThemeLibrary().load(name)
    #expect(theme.remarks.isEmpty && !theme.about.isEmpty)
    let sheet = theme.sheet(for: tier)
    #expect(sheet.tier == tier)
    let least = tier == .colors256 && ["wall", "high-contrast"].contains(name) ? 7.0 : 4.5
    for role in StyleRole.allCases {
      let style = sheet[role]
      if tier == .mono || name == "mono" {
        #expect(style.foreground == nil && style.background == nil, "\(role.rawValue)")
      }
      if tier == .colors8 { #expect((style.foreground ?? 0) < 8 && (style.background ?? 0) < 8) }
      if tier == .colors16 { #expect((style.foreground ?? 0) < 16 && (style.background ?? 0) < 16) }
      // A ground of a theme's own under text of the terminal's could be anything.
      if style.background != nil { #expect(style.foreground != nil, "\(role.rawValue)") }
      guard let foreground = style.foreground, let background = style.background else { continue }
      let contrast = RGB(paletteIndex: foreground).contrast(with: RGB(paletteIndex: background))
      #expect(contrast >= least, "\(role.rawValue): \(foreground) on \(background)")
    }
  }

  /// Pairs of roles that must not be mixed up.
  private static let pairs: [(StyleRole, StyleRole)] = [
    (.countdownPending, .countdownSoon), (.countdownSoon, .countdownBreached),
    (.countdownPending, .countdownBreached), (.countdownMet, .countdownLate),
    (.countdownPending, .countdownSnoozed), (.severity1, .severity2), (.severity2, .severity3),
    (.severity3, .severity4), (.severity4, .severity5), (.severity1, .severityUnknown),
    (.severity2, .severityUnknown), (.text, .selection), (.selection, .selectionUnfocused),
    (.text, .selectionUnfocused), (.text, .match), (.match, .matchCurrent), (.text, .badgeDrill),
    (.badgeReadOnly, .badgeDrill), (.badgeReadOnly, .badgeDamage), (.badgeDrill, .badgeDamage),
    (.ageFresh, .ageOld), (.ageOld, .ageStale), (.toastInfo, .toastWarn), (.toastWarn, .toastError),
    (.dialog, .dialogDanger), (.input, .inputCursor), (.wallDigit, .wallDigitSoon),
    (.wallDigitSoon, .wallDigitBreach), (.wallLabel, .wallStale), (.checkPending, .checkActive),
    (.checkActive, .checkDone), (.checkDone, .checkSkipped), (.border, .borderFocused),
    (.stateOpen, .stateMitigated), (.stateMitigated, .stateResolved),
    (.progressFill, .progressRest),
    (.timelineNote, .timelineUnread), (.timelineNote, .timelineRetracted),
    (.timelineNote, .timelineLate),
  ]

  @Test(arguments: names, ColorTier.allCases)
  func `what matters is told apart`(name: String, tier: ColorTier) throws {
    let sheet = try ThemeLibrary().load(name).sheet(for: tier)
    for (one, other) in Self.pairs {
      #expect(sheet[one] != sheet[other], "\(one.rawValue) and \(other.rawValue)")
    }
  }

  @Test(arguments: names)
  func `without colours attributes alone tell it apart`(name: String) throws {
    let sheet = try ThemeLibrary().load(name).sheet(for: .mono)
    // Large digits are full cells: reverse video would erase them.
    for role in [StyleRole.wallDigit, .wallDigitSoon, .wallDigitBreach, .progressFill] {
      #expect(!sheet[role].attributes.contains(.reverse))
    }
    for role in [StyleRole.severity1, .countdownBreached, .ageStale, .toastError, .badgeDamage] {
      #expect(sheet[role].attributes.isSuperset(of: [.reverse, .bold]))
    }
  }

  @Test(arguments: names, ColorTier.allCases)
  func `a dimmed screen can still be read`(name: String, tier: ColorTier) throws {
    let theme = try ThemeLibrary().load(name)
    let sheet = theme.dimmedSheet(for: tier)
    if tier == .colors256 || name != "light" { #expect(sheet != theme.sheet(for: tier)) }
    for role in StyleRole.allCases {
      guard let foreground = sheet[role].foreground, let background = sheet[role].background else {
        continue
      }
      let contrast = RGB(paletteIndex: foreground).contrast(with: RGB(paletteIndex: background))
      #expect(contrast >= 2.8, "\(role.rawValue): \(foreground) on \(background)")
    }
  }

  @Test func `the sample names every role`() {
    let text = ThemeSample.frame().text
    for role in StyleRole.allCases { #expect(text.contains(role.rawValue)) }
    #expect(ThemeSample.frame(glyphs: .ascii).text.utf8.allSatisfy { $0 < 0x80 })
  }
}
