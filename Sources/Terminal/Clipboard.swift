import CNcurses
import Glibc

/// Result of a copy; a terminal cannot be asked whether it accepted it.
package enum CopyResult: Equatable, Sendable {
  /// tmux has it in a buffer, and was asked to tell its terminal.
  case inTmux
  /// The terminal was told; whether it took it cannot be known.
  case sent
  /// Longer than terminals take, in bytes.
  case tooLong(limit: Int)
  /// The terminal has no way to copy.
  case impossible

  /// One line for the user that promises no more than is known.
  package var sentence: String {
    switch self {
    case .inTmux: "copied to the tmux buffer"
    case .sent: "sent to the terminal's clipboard"
    case .tooLong(let limit): "too long to copy (at most \(limit) bytes)"
    case .impossible: "this terminal cannot copy"
    }
  }
}

extension TerminalHandle {
  /// Whether a terminal of that type takes the sequences that xterm brought up.
  static func isXtermLike(_ type: String) -> Bool {
    !["linux", "vt", "ansi", "cons", "sun", "wy"].contains { type.hasPrefix($0) }
  }

  /// The longest text most terminals take in one sequence.
  package static var copyLimit: Int { 74_994 / 4 * 3 }

  /// Copies text: into a tmux buffer inside of tmux, else by OSC 52.
  package func copy(_ text: String) -> CopyResult {
    guard text.utf8.count <= Self.copyLimit else { return .tooLong(limit: Self.copyLimit) }
    if environment("TMUX")?.isEmpty == false, Self.loadTmuxBuffer(text) { return .inTmux }
    guard isXtermLike, isActive, !isGone else { return .impossible }
    return Self.send("\u{1B}]52;c;\(base64(Array(text.utf8)))\u{07}") ? .sent : .impossible
  }

  static func loadTmuxBuffer(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) { chars in
        withArguments(["tmux", "load-buffer", "-w", "-"]) {
          cn_feed($0, chars.baseAddress, chars.count, 2000) == 0
        }
      }
    }
  }
}

func base64(_ bytes: [UInt8]) -> String {
  let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  var encoded: [UInt8] = []
  encoded.reserveCapacity((bytes.count + 2) / 3 * 4)
  for start in stride(from: 0, to: bytes.count, by: 3) {
    let group = bytes[start..<min(start + 3, bytes.count)]
    let value = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
    for place in 0..<4 {
      let isPadding = place > group.count
      encoded.append(
        isPadding ? UInt8(ascii: "=") : letters[value >> (6 * (3 - place)) & 63])
    }
  }
  return String(decoding: encoded, as: UTF8.self)
}
