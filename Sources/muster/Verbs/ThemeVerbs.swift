import ArgumentParser
import Documents
import Display
import Engine
import Glibc
import Procedures
import Terminal
import Themes

struct ThemeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "theme", abstract: "List themes, or show one.",
    discussion: "Example: muster theme show color-blind",
    subcommands: [ThemeListCommand.self, ThemeShowCommand.self])

  /// Where the user's own themes lie.
  static var folder: String? {
    Settings.userPath.map { String($0.dropLast("/config.yaml".count)) + "/themes" }
  }

  static func library() -> ThemeLibrary { ThemeLibrary(folder: folder) }
}

struct ThemeListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the themes; your own are in the folder 'themes' beside your config.yaml.",
    discussion: "Example: muster theme list")

  @Flag(name: .long, help: "Print JSON.") var json = false

  func run() throws {
    let library = ThemeCommand.library()
    let used = Settings.user().theme ?? "default"
    if json {
      return try Output.json(
        .object(["used": .string(used), "themes": .array(library.names.map { .string($0) })]))
    }
    var lines: [String] = []
    for name in library.names {
      let mark = name == used ? "*" : " "
      let gap = String(repeating: " ", count: max(1, 15 - name.count))
      do throws(ThemeError) {
        lines.append("\(mark) \(name)\(gap)\(try library.load(name).about)")
      } catch {
        lines.append("! \(name)\(gap)\(error.description)")
      }
    }
    try Output.lines(lines)
  }
}

struct ThemeShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show every style of a theme.",
    discussion: "Example: muster theme show high-contrast --colors 16")

  @Argument(
    help: ArgumentHelp("The theme; default: the one in use.", valueName: "name"),
    completion: ShellCompletions.themes)
  var name: String?
  @Option(help: "256, 16, 8 or none; default: as many as the terminal has.")
  var colors: String?

  func run() throws {
    let library = ThemeCommand.library()
    let wanted = name ?? Settings.user().theme ?? "default"
    let theme: Theme
    do throws(ThemeError) { theme = try library.load(wanted) } catch {
      throw Failure(library.names.contains(wanted) ? .no : .usage, error.description)
    }
    for remark in theme.remarks { Output.complain(remark.description) }
    let sheet = theme.sheet(for: try tier())
    let frame = ThemeSample.frame()
    try Output.lines(["\(theme.name): \(theme.about)"])
    for row in 0..<frame.size.height { try Output.write(Self.painted(frame, row, sheet), to: 1) }
  }

  private func tier() throws(Failure) -> ColorTier {
    guard let colors else {
      if isatty(STDOUT_FILENO) == 0 { return .mono }
      let type = environment("TERM") ?? ""
      let isRich = type.contains("256") || environment("COLORTERM") != nil
      return .fitting(colors: isRich ? 256 : 8, asked: nil, noColor: environment("NO_COLOR"))
    }
    guard let tier = ColorTier(rawValue: colors) else {
      throw Failure.unknown("number of colours", colors, known: ColorTier.allCases.map(\.rawValue))
    }
    return tier
  }

  private static func painted(_ frame: Frame, _ row: Int, _ sheet: StyleSheet) -> [UInt8] {
    var text = ""
    var role: StyleRole?
    for cell in frame.row(row) where cell.width > 0 {
      if cell.role != role {
        role = cell.role
        text += sequence(sheet[cell.role])
      }
      var scalars = String.UnicodeScalarView()
      frame.glyph(of: cell).append(to: &scalars)
      text += String(scalars)
    }
    return Array((text + "\u{1B}[0m\n").utf8)
  }

  private static func sequence(_ style: Style) -> String {
    var codes = ["0"]
    for (attribute, code) in [
      (Attributes.bold, "1"), (.dim, "2"), (.italic, "3"), (.underline, "4"), (.reverse, "7"),
    ] where style.attributes.contains(attribute) { codes.append(code) }
    if let color = style.foreground { codes.append(Self.color(Int(color), base: 30)) }
    if let color = style.background { codes.append(Self.color(Int(color), base: 40)) }
    return "\u{1B}[\(codes.joined(separator: ";"))m"
  }

  private static func color(_ number: Int, base: Int) -> String {
    number < 8
      ? "\(base + number)"
      : number < 16 ? "\(base + 60 + number - 8)" : "\(base + 8);5;\(number)"
  }
}
