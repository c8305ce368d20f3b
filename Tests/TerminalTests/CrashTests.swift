import CNcurses
import Display
import Glibc
import Terminal
import Testing
import Themes

extension TerminalHandleTests {
  private static let variable = "MUSTER_TEST_TERMINAL"

  /// Opens the screen named in the environment, in a process of its own.
  private static func openScreen() throws -> TerminalHandle {
    setenv("LC_ALL", "C.UTF-8", 1)
    unsetenv("SWIFT_BACKTRACE")
    let slave = open(String(cString: getenv(variable)), O_RDWR | O_NOCTTY)
    dup2(slave, 2)
    var handle = try TerminalHandle(
      TerminalOptions(input: slave, output: slave, type: "xterm-256color"))
    var frame = Frame(handle.size)
    frame.write("on screen", at: .zero)
    handle.present(frame, StyleSheet(tier: .mono, styles: [:]))
    return handle
  }

  private func expectRestored(_ terminal: borrowing PseudoTerminal, _ lflag: UInt32) {
    let output = String(decoding: terminal.output(), as: UTF8.self)
    #expect(output.contains("on screen"))
    let reset = String(cString: cn_reset_text())
    #expect(output.contains(reset))
    #expect(terminal.modes.c_lflag == lflag)
  }

  @Test func `a bad access gives the terminal back and ends the process`() async {
    let terminal = PseudoTerminal(Size(width: 80, height: 24))
    let modes = terminal.modes.c_lflag
    setenv(Self.variable, terminal.path, 1)
    await #expect(processExitsWith: .signal(SIGSEGV)) {
      let handle = try TerminalHandleTests.openScreen()
      raise(SIGSEGV)
      _ = handle.size
    }
    expectRestored(terminal, modes)
  }

  @Test func `a trap gives the terminal back and then says why`() async {
    let terminal = PseudoTerminal(Size(width: 80, height: 24))
    let modes = terminal.modes.c_lflag
    setenv(Self.variable, terminal.path, 1)
    await #expect(processExitsWith: .failure) {
      let handle = try TerminalHandleTests.openScreen()
      precondition(handle.size.width < 0, "the width has to be negative here")
    }
    let output = String(decoding: terminal.output(), as: UTF8.self)
    let parts = output.split(separator: String(cString: cn_reset_text()))
    #expect(parts.first?.contains("on screen") == true)
    #expect(parts.first?.contains("has to be negative") == false)
    #expect(parts.last?.contains("has to be negative") == true)
    #expect(terminal.modes.c_lflag == modes)
  }

  @Test func `an exit in the middle gives the terminal back`() async {
    let terminal = PseudoTerminal(Size(width: 80, height: 24))
    let modes = terminal.modes.c_lflag
    setenv(Self.variable, terminal.path, 1)
    await #expect(processExitsWith: .exitCode(3)) {
      let handle = try TerminalHandleTests.openScreen()
      exit(handle.size.isEmpty ? 0 : 3)
    }
    expectRestored(terminal, modes)
  }
}
