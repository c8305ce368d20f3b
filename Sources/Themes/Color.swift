/// A colour as a theme names it.
enum Color: Hashable {
  /// The terminal's own foreground or background.
  case terminal
  /// A place in the palette of 256.
  case indexed(UInt8)
  case rgb(RGB)

  /// The sixteen names, in the order of the palette.
  static let names = [
    "black", "red", "green", "yellow", "blue", "magenta", "cyan", "white", "bright-black",
    "bright-red", "bright-green", "bright-yellow", "bright-blue", "bright-magenta", "bright-cyan",
    "bright-white",
  ]

  /// Reads `default`, one of the sixteen names, a number up to 255 or six hexadecimal digits.
  init?(_ text: Substring) {
    if text == "default" {
      self = .terminal
    } else if let index = Self.names.firstIndex(of: String(text)) {
      self = .indexed(UInt8(index))
    } else if text.utf8.count <= 3, text.allSatisfy(\.isNumber), let index = UInt8(text) {
      self = .indexed(index)
    } else if let rgb = RGB(text) {
      self = .rgb(rgb)
    } else {
      return nil
    }
  }

  var rgb: RGB? {
    switch self {
    case .terminal: nil
    case .indexed(let index): RGB(paletteIndex: index)
    case .rgb(let rgb): rgb
    }
  }
}

/// Red, green and blue, 0 to 255 each.
package struct RGB: Hashable, Sendable {
  package var red, green, blue: Int

  package init(_ red: Int, _ green: Int, _ blue: Int) {
    self.red = red
    self.green = green
    self.blue = blue
  }

  init?(_ text: Substring) {
    let digits = text.hasPrefix("#") ? text.dropFirst() : text
    guard digits.utf8.count == 6, let value = Int(digits, radix: 16), value >= 0 else {
      return nil
    }
    self.init(value >> 16, value >> 8 & 255, value & 255)
  }

  /// What xterm shows for a place in the palette; users change the first sixteen.
  package init(paletteIndex: UInt8) {
    let index = Int(paletteIndex)
    switch index {
    case 0..<16: self = Self.first16[index]
    case 16..<232:
      let cube = index - 16
      self.init(
        Self.levels[cube / 36], Self.levels[cube / 6 % 6], Self.levels[cube % 6])
    default:
      let grey = 8 + 10 * (index - 232)
      self.init(grey, grey, grey)
    }
  }

  static let levels = [0, 95, 135, 175, 215, 255]

  private static let first16: [RGB] = [
    RGB(0, 0, 0), RGB(205, 0, 0), RGB(0, 205, 0), RGB(205, 205, 0), RGB(0, 0, 238),
    RGB(205, 0, 205), RGB(0, 205, 205), RGB(229, 229, 229), RGB(127, 127, 127), RGB(255, 0, 0),
    RGB(0, 255, 0), RGB(255, 255, 0), RGB(92, 92, 255), RGB(255, 0, 255), RGB(0, 255, 255),
    RGB(255, 255, 255),
  ]

  /// How far apart two colours look; only for comparing.
  func distance(to other: RGB) -> Int {
    let mean = (red + other.red) / 2
    let (dr, dg, db) = (red - other.red, green - other.green, blue - other.blue)
    return (512 + mean) * dr * dr / 256 + 4 * dg * dg + (767 - mean) * db * db / 256
  }

  /// The contrast of two colours by WCAG 2, 1 to 21.
  package func contrast(with other: RGB) -> Double {
    let mine = luminance
    let theirs = other.luminance
    return (max(mine, theirs) + 0.05) / (min(mine, theirs) + 0.05)
  }

  private var luminance: Double {
    0.2126 * Self.linear(red) + 0.7152 * Self.linear(green) + 0.0722 * Self.linear(blue)
  }

  private static func linear(_ value: Int) -> Double {
    let part = Double(value) / 255
    return part <= 0.03928 ? part / 12.92 : power((part + 0.055) / 1.055)
  }
}
