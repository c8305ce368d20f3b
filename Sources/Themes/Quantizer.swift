import Glibc

func power(_ value: Double) -> Double { pow(value, 2.4) }

extension ColorTier {
  /// The palette number for a colour; `nil` is the terminal's own.
  func index(of color: Color) -> UInt8? {
    guard let rgb = color.rgb else { return nil }
    switch self {
    case .mono: return nil
    case .colors256:
      if case .indexed(let index) = color { return index }
      return Self.nearest256(rgb)
    case .colors16:
      if case .indexed(let index) = color, index < 16 { return index }
      return Self.nearest16(rgb)
    case .colors8:
      if case .indexed(let index) = color, index < 16 { return index & 7 }
      return Self.nearest16(rgb) & 7
    }
  }

  /// By hue, as nobody knows what the user's sixteen look like. Bright black is left out: many
  /// palettes make it invisible.
  private static func nearest16(_ rgb: RGB) -> UInt8 {
    let channels = [rgb.red, rgb.green, rgb.blue]
    let most = channels.max() ?? 0
    let least = channels.min() ?? 0
    guard (most - least) * 4 >= most, most > 64 else { return nearest(rgb, among: [0, 7, 15]) }
    var index: UInt8 = most >= 192 ? 8 : 0
    for (place, channel) in channels.enumerated() where channel * 10 >= most * 6 {
      index |= 1 << place
    }
    return index
  }

  private static func nearest(_ rgb: RGB, among indices: [UInt8]) -> UInt8 {
    indices.min {
      rgb.distance(to: RGB(paletteIndex: $0)) < rgb.distance(to: RGB(paletteIndex: $1))
    } ?? 7
  }

  /// The nearest of the cube and the greys; the first sixteen belong to the user.
  private static func nearest256(_ rgb: RGB) -> UInt8 {
    func level(_ value: Int) -> Int {
      RGB.levels.indices.min { abs(RGB.levels[$0] - value) < abs(RGB.levels[$1] - value) } ?? 0
    }
    let cube = UInt8(16 + 36 * level(rgb.red) + 6 * level(rgb.green) + level(rgb.blue))
    let mean = (rgb.red + rgb.green + rgb.blue) / 3
    let grey = UInt8(232 + min(23, max(0, (mean - 3) / 10)))
    return nearest(rgb, among: [cube, grey])
  }

  /// A style for a look at this tier.
  func style(for look: Look) -> Style {
    if self == .mono { return Style(attributes: look.mono) }
    if self == .colors256 { return indexed(look.full) }
    var style = indexed(look.sixteen ?? look.full)
    makeReadable(&style)
    var plain = indexed(look.plain)
    makeReadable(&plain)
    // A colour that got lost is replaced by what stands for it where there are none.
    if look.full != look.plain, style == plain { style.attributes.formUnion(look.mono) }
    return style
  }

  private func indexed(_ part: Look.Part) -> Style {
    var style = Style(
      foreground: index(of: part.foreground), background: index(of: part.background),
      attributes: part.attributes)
    // Terminals of eight colours show bold ones bright.
    if self == .colors8, case .indexed(let index) = part.foreground, (9..<16).contains(index) {
      style.attributes.insert(.bold)
    }
    return style
  }

  /// Few colours can bring text and ground too near to each other: then the text gives way.
  private func makeReadable(_ style: inout Style) {
    guard let background = style.background.map(RGB.init(paletteIndex:)),
      let foreground = style.foreground.map(RGB.init(paletteIndex:)),
      foreground.contrast(with: background) < 4.5
    else { return }
    let candidates: [UInt8] = self == .colors8 ? [0, 7] : [0, 7, 15]
    style.foreground = candidates.max {
      RGB(paletteIndex: $0).contrast(with: background)
        < RGB(paletteIndex: $1).contrast(with: background)
    }
  }

  /// A style with two thirds of the light; the terminal's own colours can only be asked to be dim.
  func dimmed(_ style: Style) -> Style {
    var style = style
    if let foreground = style.foreground, foreground >= 16, self == .colors256 {
      style.foreground = Self.darker(foreground)
      style.background = style.background.map(Self.darker)
    } else if style.background == nil || style.background == 0 {
      style.attributes.remove(.bold)
      style.attributes.insert(.dim)
    }
    return style
  }

  private static func darker(_ index: UInt8) -> UInt8 {
    let rgb = RGB(paletteIndex: index)
    return nearest256(RGB(rgb.red * 2 / 3, rgb.green * 2 / 3, rgb.blue * 2 / 3))
  }
}
