import Glibc
import Themes

/// The theme of a screen, and whether the user's file of it has changed since it was read.
struct ScreenTheme {
  private(set) var theme: Theme
  /// Counts how often another one was taken.
  private(set) var version = 0
  private var name: String
  private var seen: Signature?
  private let library = ThemeCommand.library()

  /// Identifies the version of the file, to notice when it is written or replaced.
  private struct Signature: Equatable {
    var inode: UInt
    var size: Int
    var seconds: Int
    var nanoseconds: Int
  }

  /// The name that lets the terminal's answer choose between light and dark.
  static let automatic = "auto"

  /// The themes of which the terminal's background chooses one; nil where one was named.
  private(set) var choices: (light: Theme, dark: Theme)?

  init(_ name: String) throws(ThemeError) {
    let isAutomatic = name == Self.automatic
    self.name = isAutomatic ? "default" : name
    seen = Self.signature(of: self.name)
    theme = try library.load(self.name)
    if isAutomatic { choices = (try library.load("light"), try library.load("dark")) }
  }

  var names: [String] { library.names }

  /// Takes another theme; the one before stays where that cannot be read.
  mutating func choose(_ name: String) throws(ThemeError) {
    let signature = Self.signature(of: name)
    theme = try library.load(name)
    (self.name, seen) = (name, signature)
    version += 1
  }

  /// Another theme as it would look; nil where it cannot be read.
  func preview(_ name: String) -> Theme? {
    do throws(ThemeError) { return try library.load(name) } catch { return nil }
  }

  /// Reads the theme again where its file is another one now; true: it was. A broken one is told once.
  mutating func lookAgain() throws(ThemeError) -> Bool {
    let signature = Self.signature(of: name)
    guard signature != seen else { return false }
    seen = signature
    theme = try library.load(name)
    version += 1
    return true
  }

  private static func signature(of name: String) -> Signature? {
    var status = stat()
    guard let folder = ThemeCommand.folder, !name.contains("/"),
      stat("\(folder)/\(name).yaml", &status) == 0
    else { return nil }
    return Signature(
      inode: UInt(status.st_ino), size: Int(status.st_size), seconds: status.st_mtim.tv_sec,
      nanoseconds: status.st_mtim.tv_nsec)
  }
}
