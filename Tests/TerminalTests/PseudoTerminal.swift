import Display
import Glibc

/// A terminal without a window: what the program writes can be read, keys can be sent.
struct PseudoTerminal: ~Copyable {
  private(set) var master: Int32
  let slave: Int32
  let path: String

  init(_ size: Size) {
    master = Glibc.open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    // TIOCSPTLCK and TIOCGPTN, which are macros over shifts: unlock, and ask for the number.
    var lock: Int32 = 0
    var number: Int32 = 0
    _ = ioctl(master, 0x4004_5431, &lock)
    _ = ioctl(master, 0x8004_5430, &number)
    path = "/dev/pts/\(number)"
    slave = Glibc.open(path, O_RDWR | O_NOCTTY | O_CLOEXEC)
    resize(size)
  }

  deinit {
    if master >= 0 { close(master) }
    close(slave)
  }

  /// The window is closed.
  mutating func hangUp() {
    close(master)
    master = -1
  }

  func resize(_ size: Size) {
    var value = winsize(
      ws_row: UInt16(size.height), ws_col: UInt16(size.width), ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(master, UInt(TIOCSWINSZ), &value)
  }

  /// Everything written so far. A mark is sent after it, as bytes take their time to get here.
  func output() -> [UInt8] {
    let mark: [UInt8] = Array("\u{1B}_mark\u{1B}\\".utf8)
    _ = write(slave, mark, mark.count)
    var all: [UInt8] = []
    var entry = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
    while !all.suffix(mark.count).elementsEqual(mark), poll(&entry, 1, 10_000) > 0 {
      var bytes = [UInt8](repeating: 0, count: 65_536)
      let count = read(master, &bytes, bytes.count)
      if count <= 0 { break }
      all += bytes[..<count]
    }
    return Array(all.dropLast(mark.count))
  }

  func type(_ text: String) {
    var text = text
    text.withUTF8 { bytes in _ = write(master, bytes.baseAddress, bytes.count) }
  }

  var modes: termios {
    var modes = termios()
    tcgetattr(slave, &modes)
    return modes
  }
}
