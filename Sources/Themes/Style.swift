/// How many colours a screen may use.
package enum ColorTier: String, CaseIterable, Sendable {
  /// The 256 of the usual palette: 16 of the terminal's own, a cube, and greys.
  case colors256 = "256"
  /// The terminal's own 16.
  case colors16 = "16"
  /// The first eight of those.
  case colors8 = "8"
  /// None: bold, underline and reverse alone.
  case mono = "none"
}

/// What cannot be told by colour alone.
package struct Attributes: OptionSet, Hashable, Sendable {
  package let rawValue: UInt8

  package init(rawValue: UInt8) { self.rawValue = rawValue }

  package static let bold = Attributes(rawValue: 1)
  package static let dim = Attributes(rawValue: 2)
  package static let underline = Attributes(rawValue: 4)
  package static let reverse = Attributes(rawValue: 8)
  package static let italic = Attributes(rawValue: 16)
}

/// The look of a role on a terminal: palette numbers, `nil` being the terminal's own colour.
package struct Style: Hashable, Sendable {
  package var foreground: UInt8?
  package var background: UInt8?
  package var attributes: Attributes

  package init(
    foreground: UInt8? = nil, background: UInt8? = nil, attributes: Attributes = []
  ) {
    self.foreground = foreground
    self.background = background
    self.attributes = attributes
  }
}
