import Display
import Engine
import Glibc
import Runtime
import Terminal
import Themes

/// The terminal as the surface of a screen.
final class TerminalSurface: Surface {
  private var terminal: TerminalHandle
  private let notificationWay: NotificationWay
  private var sheets: Sheets
  /// The themes for light and dark terminals until it is known which one this is.
  private var choices: (light: Theme, dark: Theme)?

  /// The styles of a theme for this terminal.
  private struct Sheets {
    let full: StyleSheet
    let dim: StyleSheet

    init(_ theme: Theme, _ tier: ColorTier) {
      full = theme.sheet(for: tier)
      dim = theme.dimmedSheet(for: tier)
    }
  }

  init(_ options: TerminalOptions, _ theme: ScreenTheme, _ way: NotificationWay) throws(Failure) {
    do throws(TerminalError) { terminal = try TerminalHandle(options) } catch {
      throw Failure(.usage, "\(error); --dump 80x24 prints one frame as text")
    }
    notificationWay = way
    sheets = Sheets(theme.theme, terminal.tier)
    choices = theme.choices
    if choices != nil { terminal.askForBackground() }
  }

  var size: Size { terminal.size }
  var isGone: Bool { terminal.isGone }
  var glyphs: Glyphs { terminal.glyphs }

  /// Why nothing will be seen of notifications; nil: they are sent.
  var obstacleToNotifications: String? { terminal.obstacle(to: notificationWay) }

  /// Gives the terminal back.
  func leave() { terminal.leave() }

  func wait(for descriptors: [Int32], timeout: Duration) -> [SurfaceEvent] {
    terminal.wait(for: descriptors, timeout: timeout).map { wakeUp in
      switch wakeUp {
      case .input: .keys(readKeys())
      case .descriptor(let descriptor): .descriptor(descriptor)
      case .resized(let size): .resized(size)
      case .continued: .continued
      case .signal(.stop): .stop
      case .signal(.terminate), .signal(.interrupt), .signal(.hangUp), .gone: .left
      }
    }
  }

  private func readKeys() -> [Key] {
    let keys = terminal.readKeys()
    if let choices, let background = terminal.background {
      use(background.isLight ? choices.light : choices.dark)
      terminal.repaint()
    }
    return keys
  }

  func present(_ frame: Frame, isDim: Bool) {
    terminal.present(frame, isDim ? sheets.dim : sheets.full)
  }

  func use(_ theme: Theme) {
    choices = nil
    sheets = Sheets(theme, terminal.tier)
  }

  func repaint() { terminal.repaint() }
  func ring() { terminal.bell() }
  func notify(_ text: String) { terminal.notify(text, by: notificationWay) }
  func name(window title: String) { terminal.setTitle(title) }
  func copy(_ text: String) -> String { terminal.copy(text).sentence }
  func suspend() { terminal.suspend() }

  func showPlainly(_ text: String) -> String? {
    terminal.leave()
    defer { terminal.enter() }
    do throws(Failure) {
      try Output.write(Array((text + "\n-- press Enter to return to the console --\n").utf8), to: 1)
    } catch {
      return error.message
    }
    var byte: UInt8 = 0
    while read(0, &byte, 1) == 1, byte != 10 {}
    return nil
  }

  func edit(_ text: String) -> Edited {
    let editor = environment("VISUAL") ?? environment("EDITOR") ?? "vi"
    var path = Array("\(environment("TMPDIR") ?? "/tmp")/muster-words-XXXXXX".utf8CString)
    let file = mkstemp(&path)
    guard file >= 0 else {
      return .failed("cannot create a file for the editor: \(Output.systemMessage(errno))")
    }
    let name = String(decoding: path.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    defer { unlink(name) }
    let isWritten = Output.writeAll(Array((text + "\n").utf8), to: file) == 0
    close(file)
    let command = editor.split(separator: " ").map(String.init) + [name]
    guard isWritten, terminal.run(command) == 0, var bytes = Settings.bytes(name) else {
      return .failed("\(editor) failed; the text is unchanged")
    }
    while bytes.last == 10 || bytes.last == 13 { bytes.removeLast() }
    return .text(String(decoding: bytes, as: UTF8.self))
  }
}
