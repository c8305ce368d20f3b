package import Themes

/// What the user or a test decides about a terminal; the rest is found out.
package struct TerminalOptions: Sendable {
  package var input: Int32
  package var output: Int32
  /// The terminal's type; from `TERM` when `nil`.
  package var type: String?
  /// At most so many colours; by the terminal and `NO_COLOR` when `nil`.
  package var tier: ColorTier?
  /// Plain symbols even where the locale has more.
  package var ascii: Bool
  package var mouse: Bool

  package init(
    input: Int32 = 0, output: Int32 = 1, type: String? = nil, tier: ColorTier? = nil,
    ascii: Bool = false, mouse: Bool = false
  ) {
    self.input = input
    self.output = output
    self.type = type
    self.tier = tier
    self.ascii = ascii
    self.mouse = mouse
  }
}

extension ColorTier {
  /// The tier for a terminal with so many colours: what was asked for as far as it goes, none
  /// where `NO_COLOR` has a value.
  package static func fitting(colors: Int, asked: ColorTier?, noColor: String?) -> ColorTier {
    let most: ColorTier =
      switch colors {
      case 256...: .colors256
      case 16...: .colors16
      case 8...: .colors8
      default: .mono
      }
    guard let asked else { return noColor?.isEmpty == false ? .mono : most }
    return asked.depth < most.depth ? asked : most
  }

  private var depth: Int {
    switch self {
    case .mono: 0
    case .colors8: 8
    case .colors16: 16
    case .colors256: 256
    }
  }
}
