import CNcurses
package import Display
import Glibc
package import Themes

/// The terminal while the program owns it: one at a time, on one thread, given back when it ends.
///
/// A crash gives it back too, and ends the process at once.
package struct TerminalHandle: ~Copyable {
  package private(set) var size: Size
  /// The symbols this terminal can show.
  package let glyphs: Glyphs
  package let tier: ColorTier
  /// Whether the other end has closed; nothing can be shown or read any more.
  package internal(set) var isGone = false
  /// Whether the program has the screen, which it gives up for an editor.
  package private(set) var isActive = false

  let input: Int32
  let output: Int32
  let signals: Int32
  /// Whether it understands the sequences of xterm: titles, pastes, the clipboard.
  let isXtermLike: Bool
  let usesUTF8: Bool
  var decoder = KeyDecoder()
  var shown: Frame?
  var sheet: StyleSheet?
  var line: [cn_cell] = []
  var title: String?
  var mouse: Bool
  var continuesExpected = 0
  /// Signals read while another program had the terminal, still to be told.
  var pendingSignals: [UInt8] = []
  private var errors: KeptErrors

  package init(_ options: TerminalOptions = TerminalOptions()) throws(TerminalError) {
    self.init(options, try Opened(options))
  }

  private init(_ options: TerminalOptions, _ opened: Opened) {
    usesUTF8 = opened.usesUTF8
    input = options.input
    output = options.output
    mouse = options.mouse
    glyphs = options.ascii || !opened.usesUTF8 ? .ascii : .utf8
    isXtermLike = opened.isXtermLike
    signals = opened.signals
    errors = opened.errors
    tier = .fitting(
      colors: Int(cn_colors()), asked: options.tier, noColor: environment("NO_COLOR"))
    size = Self.measure(output) ?? Size(width: 80, height: 24)
    isActive = true
    errors.divert()
    switchOn()
  }

  deinit {
    // The name is pushed and popped, so this only undoes what was done.
    if isActive {
      Self.switchOff(isXtermLike: isXtermLike, hadTitle: title != nil)
      cn_leave()
    }
    cn_guard_terminal(-1, -1, -1, -1)
    cn_close()
    cn_remove_signals()
    var errors = errors
    errors.restore()
  }

  private static func measure(_ output: Int32) -> Size? {
    var columns: Int32 = 0
    var rows: Int32 = 0
    guard cn_terminal_size(output, &columns, &rows) != 0 else { return nil }
    return Size(width: Int(columns), height: Int(rows))
  }

  // MARK: Giving the screen up and taking it again

  /// Gives the terminal back, for an editor or a view without a screen; `enter` takes it again.
  package mutating func leave() {
    guard isActive else { return }
    isActive = false
    Self.switchOff(isXtermLike: isXtermLike, hadTitle: title != nil)
    title = nil
    cn_leave()
    cn_guard_terminal(-1, -1, -1, -1)
    errors.restore()
  }

  /// Takes the terminal again; what was typed meanwhile is thrown away, Ctrl-C too.
  package mutating func enter() {
    guard !isActive else { return }
    isActive = true
    errors.prepare()
    cn_guard_terminal(input, output, errors.real, errors.kept)
    errors.divert()
    tcflush(input, TCIFLUSH)
    dropInterrupts()
    decoder = KeyDecoder()
    cn_enter()
    switchOn()
    shown = nil
    _ = updateSize()
  }

  /// Stops the process as Ctrl-Z does elsewhere; returns when it is in the foreground again.
  package mutating func suspend() {
    leave()
    continuesExpected += 1
    cn_stop(input)
    enter()
  }

  /// The next frame is sent as a whole, for a screen that something else has written to.
  package mutating func repaint() {
    shown = nil
    cn_repaint()
  }

  /// Asks the driver for the size; true when it is another one.
  mutating func updateSize() -> Bool {
    guard let now = Self.measure(output), now != size else { return false }
    size = now
    shown = nil
    cn_resize(Int32(now.width), Int32(now.height))
    return true
  }

  mutating func takeAgain() {
    guard isActive else { return }
    cn_leave()
    cn_enter()
    switchOn()
    shown = nil
    _ = updateSize()
  }

  func switchOn() {
    guard isXtermLike else { return }
    // The set of characters is never changed: the usual one is asked for once.
    Self.send("\u{1B}(B\u{1B}[?2004h")
    if mouse { Self.send("\u{1B}[?1000h\u{1B}[?1006h") }
  }

  private static func switchOff(isXtermLike: Bool, hadTitle: Bool) {
    guard isXtermLike else { return }
    send("\u{1B}[?1000l\u{1B}[?1006l\u{1B}[?2004l")
    if hadTitle { send("\u{1B}[23;0t") }
  }

  @discardableResult
  static func send(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) { chars in
        chars.baseAddress.map { cn_write($0, chars.count) != 0 } ?? true
      }
    }
  }
}

/// A variable of the environment.
func environment(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
