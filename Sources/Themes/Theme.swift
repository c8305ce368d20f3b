import Display

/// How every role looks, for any number of colours.
package struct Theme: Equatable, Sendable {
  package let name: String
  /// One sentence about it.
  package let about: String
  /// What its files say that means nothing.
  package let remarks: [ThemeRemark]
  private let looks: [StyleRole: Look]

  /// Builds a theme from its file and those it inherits from, the nearest first.
  init(name: String, chain: [ThemeFile]) throws(ThemeError) {
    self.name = name
    about = chain.first?.about ?? ""
    remarks = chain.flatMap(\.remarks)
    var palette: [String: Color] = [:]
    var roles: [StyleRole: (ThemeFile.Role, file: String)] = [:]
    for file in chain.reversed() {
      palette.merge(file.palette) { $1 }
      for (role, style) in file.roles {
        var style = style
        style.mono = style.mono ?? roles[role]?.0.mono ?? Self.withoutColors(style.style, role)
        roles[role] = (style, file.file)
      }
    }
    let finder = Finder(palette: palette, roles: roles)
    let plain = try finder.part(of: .text, under: nil)
    var looks: [StyleRole: Look] = [:]
    for role in StyleRole.allCases { looks[role] = try finder.look(of: role, plain: plain) }
    self.looks = looks
  }

  /// Where no theme of the chain says how a role looks without colours: its attributes, a ground of
  /// its own as reverse video.
  private static func withoutColors(_ style: StyleText, _ role: StyleRole) -> Attributes {
    let hasGround = role != .text && style.background != nil && style.background != "default"
    return hasGround ? style.attributes.union(.reverse) : style.attributes
  }

  /// The styles for a terminal with so many colours.
  package func sheet(for tier: ColorTier) -> StyleSheet {
    StyleSheet(tier: tier, styles: looks.mapValues(tier.style(for:)))
  }

  /// The same with two thirds of the light, for a screen in a dark room; few colours on light paper
  /// stay as they are.
  package func dimmedSheet(for tier: ColorTier) -> StyleSheet {
    StyleSheet(tier: tier, styles: looks.mapValues { tier.dimmed(tier.style(for: $0)) })
  }
}

/// Looks up names while a theme is built.
private struct Finder {
  let palette: [String: Color]
  let roles: [StyleRole: (ThemeFile.Role, file: String)]

  /// What was written for a role or for the nearest of its parents.
  private func entry(of role: StyleRole) -> (ThemeFile.Role, file: String)? {
    var role: StyleRole? = role
    while let current = role {
      if let entry = roles[current] { return entry }
      role = current.parent
    }
    return nil
  }

  func look(of role: StyleRole, plain: Look.Part) throws(ThemeError) -> Look {
    guard let (written, file) = entry(of: role) else {
      return Look(full: plain, mono: [], plain: plain)
    }
    let full = try part(written.style, under: plain, file, written.line)
    var look = Look(full: full, mono: written.mono ?? [], plain: plain)
    if let sixteen = written.sixteen {
      look.sixteen = try part(sixteen, under: plain, file, written.line)
    }
    return look
  }

  func part(of role: StyleRole, under plain: Look.Part?) throws(ThemeError) -> Look.Part {
    guard let (written, file) = entry(of: role) else {
      return Look.Part(foreground: .terminal, background: .terminal, attributes: [])
    }
    return try part(written.style, under: plain, file, written.line)
  }

  private func part(
    _ style: StyleText, under plain: Look.Part?, _ file: String, _ line: Int
  ) throws(ThemeError) -> Look.Part {
    Look.Part(
      foreground: try color(style.foreground, file, line) ?? plain?.foreground ?? .terminal,
      background: try color(style.background, file, line) ?? plain?.background ?? .terminal,
      attributes: style.attributes)
  }

  private func color(
    _ name: String?, _ file: String, _ line: Int
  ) throws(ThemeError) -> Color? {
    guard let name else { return nil }
    if let color = palette[name] ?? Color(name[...]) { return color }
    throw ThemeError(problem: .unknownColor(name), file: file, line: line)
  }
}
