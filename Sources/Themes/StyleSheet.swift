package import Display

/// A theme made ready for one terminal: a style for every role.
package struct StyleSheet: Equatable, Sendable {
  package let tier: ColorTier
  private let styles: [StyleRole: Style]

  /// Roles that are missing look like plain text.
  package init(tier: ColorTier, styles: [StyleRole: Style]) {
    self.tier = tier
    self.styles = styles
  }

  package subscript(role: StyleRole) -> Style { styles[role] ?? styles[.text] ?? Style() }
}
