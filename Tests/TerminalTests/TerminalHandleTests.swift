import CNcurses
import Display
import Glibc
import Terminal
import Testing
import Themes

/// One screen at a time is all the library can do.
@Suite(.serialized) struct TerminalHandleTests {
  private static let sheet = StyleSheet(
    tier: .colors256,
    styles: [
      .text: Style(),
      .severity1: Style(foreground: 15, background: 160, attributes: .bold),
      .border: Style(foreground: 244),
      .selection: Style(attributes: .reverse),
    ])

  init() {
    setenv("LC_ALL", "C.UTF-8", 1)
    unsetenv("NO_COLOR")
    unsetenv("TMUX")
  }

  @Test(arguments: [
    (false, "\u{1B}]9;muster: over: CEO\u{07}"),
    (true, "\u{1B}Ptmux;\u{1B}\u{1B}]9;muster: over: CEO\u{07}\u{1B}\\"),
  ])
  func `a notification is one sequence, wrapped for tmux only when asked`(
    throughTmux: Bool, bytes: String
  ) {
    #expect(TerminalHandle.notification("over: CEO", throughTmux: throughTmux) == bytes)
    let hostile = TerminalHandle.notification(
      "a\u{1B}\\b\u{07}\n" + String(repeating: "x", count: 500), throughTmux: throughTmux)
    let plain = TerminalHandle.notification("", throughTmux: throughTmux)
    let controls = { (text: String) in text.unicodeScalars.filter { $0.value < 32 }.count }
    #expect(controls(hostile) == controls(plain))
    #expect(hostile.count < 160)
  }

  private func options(
    _ terminal: borrowing PseudoTerminal, _ type: String = "xterm-256color"
  ) -> TerminalOptions {
    TerminalOptions(input: terminal.slave, output: terminal.slave, type: type)
  }

  private func sample(_ size: Size, clock: Int = 0, entries: Int = 0) -> Frame {
    var frame = Frame(size)
    let padded = String(clock + 100).dropFirst()
    let title = " P1 ■ Checkout 日本 e\u{301} "
    frame.write([(title, .severity1), ("  T+00:42:\(padded)", .border)], at: .zero)
    frame.box(Rect(x: 0, y: 1, width: size.width, height: 12), title: "2 Escalation")
    frame.box(
      Rect(x: 0, y: 13, width: size.width, height: size.height - 13), title: "4 Timeline")
    for row in 0..<max(0, size.height - 15) {
      frame.write(
        "02:\(row + entries) mira N entry number \(row + entries) of the timeline",
        at: Point(x: 2, y: 14 + row), width: size.width - 4)
    }
    return frame
  }

  /// A wait that goes on when a signal cut it short.
  private func wakeUps(of handle: inout TerminalHandle) -> [WakeUp] {
    for _ in 0..<50 {
      let wakeUps = handle.wait(timeout: .milliseconds(100))
      if !wakeUps.isEmpty { return wakeUps }
    }
    return []
  }

  private func drawn(_ x: Int, _ y: Int) -> (text: String, attributes: UInt32, fg: Int32, bg: Int32)
  {
    var cell = cn_cell()
    var attributes: UInt32 = 0
    var foreground: Int32 = 0
    var background: Int32 = 0
    #expect(cn_read_cell(Int32(y), Int32(x), &cell, &attributes, &foreground, &background) != 0)
    var text = String.UnicodeScalarView()
    for value in [cell.text.0, cell.text.1, cell.text.2, cell.text.3, cell.text.4] where value != 0
    {
      if let scalar = Unicode.Scalar(value) { text.append(scalar) }
    }
    return (String(text), attributes, foreground, background)
  }

  @Test(arguments: [
    "xterm-256color", "tmux-256color", "screen-256color", "xterm", "linux", "vt100",
  ])
  func `frames are drawn on every kind of terminal`(type: String) throws {
    let terminal = PseudoTerminal(Size(width: 80, height: 24))
    let before = terminal.modes
    var handle = try TerminalHandle(options(terminal, type))
    #expect(handle.size == Size(width: 80, height: 24))
    #expect(handle.glyphs == .utf8)
    let frame = sample(handle.size)
    handle.present(frame, Self.sheet)
    #expect(terminal.output().count > 100)
    #expect(drawn(4, 0).text == "■")
    #expect(drawn(15, 0).text == "日")
    #expect(drawn(20, 0).text == "e\u{301}")
    #expect(drawn(0, 1).text == "┌")
    #expect(drawn(0, 0).attributes == UInt32(Attributes.bold.rawValue))
    let tier: ColorTier =
      switch type {
      case "vt100": .mono
      case "linux", "xterm": .colors8
      default: .colors256
      }
    #expect(handle.tier == tier)
    if tier == .colors256 { #expect(drawn(0, 0).fg == 15 && drawn(0, 0).bg == 160) }
    if tier == .mono { #expect(drawn(0, 0).bg == -1) }

    handle.present(frame, Self.sheet)
    handle.present(sample(handle.size), Self.sheet)
    #expect(terminal.output().isEmpty)

    handle.leave()
    let end = String(decoding: terminal.output(), as: UTF8.self)
    #expect(type == "vt100" || type == "linux" || end.contains("\u{1B}[?1049l"))
    #expect(type == "vt100" || end.contains("\u{1B}[?25h") || end.contains("\u{1B}[34h\u{1B}[?25h"))
    #expect(terminal.modes.c_lflag == before.c_lflag && terminal.modes.c_iflag == before.c_iflag)
  }

  @Test(arguments: ["xterm-256color", "tmux-256color"])
  func `little changes cost few bytes`(type: String) throws {
    let terminal = PseudoTerminal(Size(width: 160, height: 45))
    var handle = try TerminalHandle(options(terminal, type))
    handle.present(sample(handle.size), Self.sheet)
    let first = terminal.output().count
    handle.present(sample(handle.size, clock: 1), Self.sheet)
    let tick = terminal.output().count
    #expect(tick > 0 && tick < 40)
    var frame = sample(handle.size, clock: 1, entries: 1)
    handle.present(frame, Self.sheet)
    let scroll = terminal.output().count
    #expect(scroll > 0 && scroll < 300)
    frame.cursor = Point(x: 3, y: 3)
    handle.present(frame, Self.sheet)
    #expect(terminal.output().count < 40)
    handle.present(frame, Self.sheet)
    #expect(terminal.output().isEmpty)
    handle.repaint()
    handle.present(frame, Self.sheet)
    #expect(terminal.output().count > first / 2)
  }

  @Test func `a whole screen is marked as one piece, a few cells are not`() throws {
    let terminal = PseudoTerminal(Size(width: 160, height: 45))
    var handle = try TerminalHandle(options(terminal))
    handle.present(sample(handle.size), Self.sheet)
    let screen = String(decoding: terminal.output(), as: UTF8.self)
    #expect(screen.components(of: "\u{1B}[?2026h") == 2)
    #expect(screen.hasSuffix("\u{1B}[?2026l"))
    handle.present(sample(handle.size, clock: 1, entries: 1), Self.sheet)
    let few = String(decoding: terminal.output(), as: UTF8.self)
    #expect(!few.isEmpty && !few.contains("2026"))
  }

  @Test func `another theme repaints and has its colours`() throws {
    let terminal = PseudoTerminal(Size(width: 60, height: 20))
    var handle = try TerminalHandle(options(terminal))
    let frame = sample(handle.size)
    handle.present(frame, Self.sheet)
    let other = StyleSheet(
      tier: .colors256, styles: [.severity1: Style(foreground: 16, background: 220)])
    handle.present(frame, other)
    #expect(drawn(0, 0).fg == 16 && drawn(0, 0).bg == 220 && drawn(0, 0).attributes == 0)
  }

  @Test func `keys arrive in the order they were typed`() throws {
    let terminal = PseudoTerminal(Size(width: 80, height: 24))
    var handle = try TerminalHandle(options(terminal))
    #expect(handle.readKeys().isEmpty)
    terminal.type("né\u{1B}[A\u{1B}OB\r\u{03}\u{1A}\u{13}")
    #expect(handle.wait(timeout: .seconds(5)) == [.input])
    #expect(
      handle.readKeys() == [
        .character("n"), .character("é"), .up, .down, .enter, .ctrl("c"), .ctrl("z"), .ctrl("s"),
      ])
    terminal.type("\u{1B}")
    #expect(handle.wait(timeout: .seconds(5)) == [.input])
    #expect(handle.readKeys() == [.escape])
  }

  @Test func `a paste is one key, also in pieces`() throws {
    let terminal = PseudoTerminal(Size(width: 80, height: 24))
    var handle = try TerminalHandle(options(terminal))
    #expect(String(decoding: terminal.output(), as: UTF8.self).contains("\u{1B}[?2004h"))
    terminal.type("\u{1B}[200~declare\rq\r")
    #expect(handle.wait(timeout: .seconds(5)) == [.input])
    #expect(handle.readKeys().isEmpty)
    terminal.type("yes\r\u{1B}[201~x")
    #expect(handle.wait(timeout: .seconds(5)) == [.input])
    #expect(handle.readKeys() == [.paste("declare\nq\nyes\n"), .character("x")])
  }

  @Test func `another size is told once and drawn`() throws {
    let terminal = PseudoTerminal(Size(width: 80, height: 24))
    var handle = try TerminalHandle(options(terminal))
    handle.present(sample(handle.size), Self.sheet)
    for size in [
      Size(width: 120, height: 30), Size(width: 3, height: 2), Size(width: 240, height: 67),
    ] {
      terminal.resize(size)
      kill(getpid(), SIGWINCH)
      let wakeUps = wakeUps(of: &handle)
      #expect(wakeUps == [.resized(size)])
      #expect(handle.size == size)
      var frame = Frame(size)
      // Nobody reads while a frame is written here, so it must fit what the driver holds.
      frame.fill(Rect(x: 0, y: size.height - 1, width: size.width, height: 1), with: "x")
      handle.present(frame, Self.sheet)
      #expect(terminal.output().count >= min(size.width, 20))
      #expect(drawn(size.width - 1, size.height - 1).text == "x")
    }
    kill(getpid(), SIGWINCH)
    #expect(handle.wait(timeout: .milliseconds(50)) == [])
  }

  @Test func `a storm of sizes leaves what was drawn last`() throws {
    let terminal = PseudoTerminal(Size(width: 80, height: 24))
    var handle = try TerminalHandle(options(terminal))
    var state: UInt64 = 42
    func random(_ limit: UInt64) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % limit)
    }
    for step in 0..<150 {
      let size = Size(width: 1 + random(200), height: 1 + random(50))
      let isNew = size != handle.size
      terminal.resize(size)
      kill(getpid(), SIGWINCH)
      let wakeUps = isNew ? wakeUps(of: &handle) : []
      #expect(wakeUps == (isNew ? [.resized(size)] : []))
      var frame = sample(size, entries: step)
      let middle = Point(x: size.width / 2, y: size.height / 2)
      frame.write("日本語👩‍💻e\u{301}\u{202E}", at: middle, overflow: .clip)
      handle.present(frame, Self.sheet)
      _ = terminal.output()
      for x in [0, middle.x, size.width - 1] {
        guard let cell = frame.cell(at: Point(x: x, y: middle.y)), cell.width > 0 else { continue }
        var expected = String.UnicodeScalarView()
        frame.glyph(of: cell).append(to: &expected)
        #expect(drawn(x, middle.y).text == String(expected))
      }
    }
  }

  @Test func `signals and descriptors end the waiting`() throws {
    let terminal = PseudoTerminal(Size(width: 80, height: 24))
    var handle = try TerminalHandle(options(terminal))
    for (number, signal) in [(SIGTERM, TerminalSignal.terminate), (SIGHUP, .hangUp)] {
      kill(getpid(), number)
      let wakeUps = wakeUps(of: &handle)
      #expect(wakeUps == [.signal(signal)])
    }
    let other = PseudoTerminal(Size(width: 80, height: 24))
    other.type("x\n")
    #expect(handle.wait(for: [other.slave], timeout: .seconds(5)) == [.descriptor(other.slave)])
    #expect(handle.wait(timeout: .zero) == [])
  }

  @Test func `a terminal that is gone is told and not asked again`() throws {
    var terminal = PseudoTerminal(Size(width: 80, height: 24))
    var handle = try TerminalHandle(options(terminal))
    terminal.hangUp()
    #expect(handle.wait(timeout: .seconds(5)).contains(.gone))
    let isGone = handle.isGone
    #expect(isGone)
    #expect(handle.readKeys().isEmpty)
    handle.present(sample(handle.size), Self.sheet)
    #expect(handle.wait(timeout: .milliseconds(20)) == [])
  }

  @Test func `the screen is given up and taken again`() throws {
    let terminal = PseudoTerminal(Size(width: 80, height: 24))
    var handle = try TerminalHandle(options(terminal))
    let frame = sample(handle.size)
    handle.setTitle("P1 checkout\u{1B}]0;x")
    handle.present(frame, Self.sheet)
    #expect(
      String(decoding: terminal.output(), as: UTF8.self).contains(
        "\u{1B}[22;0t\u{1B}]0;P1 checkout^[]0;x\u{07}"))
    handle.leave()
    let isActive = handle.isActive
    #expect(!isActive)
    #expect(terminal.modes.c_lflag & UInt32(ICANON | ECHO) == UInt32(ICANON | ECHO))
    let left = String(decoding: terminal.output(), as: UTF8.self)
    #expect(left.contains("\u{1B}[?2004l") && left.contains("\u{1B}[23;0t"))
    handle.present(frame, Self.sheet)
    #expect(terminal.output().isEmpty)
    terminal.resize(Size(width: 100, height: 30))
    handle.enter()
    #expect(handle.size == Size(width: 100, height: 30))
    #expect(terminal.modes.c_lflag & UInt32(ICANON | ECHO | ISIG) == 0)
    handle.present(sample(handle.size), Self.sheet)
    let back = String(decoding: terminal.output(), as: UTF8.self)
    #expect(back.contains("\u{1B}[?1049h") && back.contains("\u{1B}[?2004h"))
    #expect(back.contains("Timeline") && drawn(0, 1).text == "┌")
  }

  @Test func `another program has the terminal to itself`() throws {
    let terminal = PseudoTerminal(Size(width: 80, height: 24))
    var handle = try TerminalHandle(options(terminal))
    handle.present(sample(handle.size), Self.sheet)
    _ = terminal.output()
    kill(getpid(), SIGINT)
    let command = "test -t 0 && test -t 1 && echo editing; stty -a | grep -o ' echo '; exit 3"
    #expect(handle.run(["sh", "-c", command]) == 3)
    let output = String(decoding: terminal.output(), as: UTF8.self)
    let parts = output.split(separator: "editing\r\n echo \r\n")
    #expect(parts.count == 2)
    #expect(parts.first?.contains("\u{1B}[?1049l") == true)
    #expect(parts.last?.contains("\u{1B}[?1049h") == true)
    #expect(handle.wait(timeout: .milliseconds(20)) == [])
    #expect(handle.run(["/no/such/program"]) == nil)
  }

  @Test func `only ASCII goes to a locale without more`() throws {
    setenv("LC_ALL", "C", 1)
    defer { setenv("LC_ALL", "C.UTF-8", 1) }
    let terminal = PseudoTerminal(Size(width: 40, height: 5))
    var handle = try TerminalHandle(options(terminal))
    #expect(handle.glyphs == .ascii)
    var frame = Frame(handle.size)
    frame.write("│é日本…x", at: .zero)
    handle.present(frame, Self.sheet)
    let output = terminal.output()
    #expect(output.allSatisfy { $0 < 0x80 })
    #expect(String(decoding: output, as: UTF8.self).contains("|?????~x"))
  }

  @Test(arguments: [
    ("dumb", TerminalError.tooSimple("dumb")), ("no-such", .unknownType("no-such")),
    ("", .noTerminalType),
  ])
  func `a terminal that cannot be used says so`(type: String, expected: TerminalError) {
    let terminal = PseudoTerminal(Size(width: 80, height: 24))
    let options = options(terminal, type)
    #expect(throws: expected) { _ = try TerminalHandle(options) }
    #expect(terminal.output().isEmpty)
    #expect(!expected.description.contains("\n"))
  }

  @Test func `a file is no terminal`() {
    let file = open("/dev/null", O_RDWR)
    defer { close(file) }
    #expect(throws: TerminalError.notATerminal) {
      _ = try TerminalHandle(TerminalOptions(input: file, output: file, type: "xterm"))
    }
  }

  @Test func `what the terminal is told to copy is what was copied`() throws {
    let terminal = PseudoTerminal(Size(width: 80, height: 24))
    let handle = try TerminalHandle(options(terminal))
    _ = terminal.output()
    #expect(handle.copy("kubectl é") == .sent)
    #expect(
      String(decoding: terminal.output(), as: UTF8.self) == "\u{1B}]52;c;a3ViZWN0bCDDqQ==\u{07}")
    #expect(
      handle.copy(String(repeating: "x", count: TerminalHandle.copyLimit + 1))
        == .tooLong(limit: TerminalHandle.copyLimit))
  }

  @Test(
    arguments: [
      (256, nil, nil, ColorTier.colors256), (16, nil, nil, .colors16), (8, nil, nil, .colors8),
      (0, nil, nil, .mono), (256, nil, "1", .mono), (256, nil, "", .colors256),
      (256, .colors16, "1", .colors16), (8, .colors256, nil, .colors8), (256, .mono, nil, .mono),
    ] as [(Int, ColorTier?, String?, ColorTier)])
  func `colours are what terminal and user allow`(
    colors: Int, asked: ColorTier?, noColor: String?, tier: ColorTier
  ) {
    #expect(ColorTier.fitting(colors: colors, asked: asked, noColor: noColor) == tier)
  }

  @Test func `the screen takes the columns the library gives a character`() {
    setlocale(LC_ALL, "C.UTF-8")
    var differing: [UInt32] = []
    for value in UInt32(0xA0)...0x3FFFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let text = String(Character(scalar))
      guard Sanitizer.clean(text) == text else { continue }
      if cn_width(value) != Int32(TextWidth.columns(text)) { differing.append(value) }
    }
    #expect(differing.map { String($0, radix: 16) } == [])
  }
}

extension String {
  /// Into how many parts a text divides it.
  fileprivate func components(of separator: String) -> Int {
    split(separator: separator, omittingEmptySubsequences: false).count
  }
}
