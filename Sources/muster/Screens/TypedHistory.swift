import Glibc

/// Commands typed into the console, kept between runs for this person alone.
enum TypedHistory {
  private static let most = 500

  /// Where the console keeps what is to outlast a run.
  static var folder: String? {
    let folder =
      environment("XDG_STATE_HOME").flatMap { $0.hasPrefix("/") ? $0 : nil }
      ?? environment("HOME").map { $0 + "/.local/state" }
    return folder.map { $0 + "/muster" }
  }

  private static var path: String? { folder.map { $0 + "/console-history" } }

  /// The newest commands, the oldest of them first; none where there is no file.
  static func lines() -> [String] {
    guard let path, let bytes = Settings.bytes(path) else { return [] }
    return bytes.split(separator: 10).suffix(most).map { String(decoding: $0, as: UTF8.self) }
  }

  /// Keeps a command; one that cannot be kept is only forgotten.
  static func append(_ line: String) {
    guard let path, !line.contains(where: \.isNewline) else { return }
    let folder = path.prefix(upTo: path.lastIndex(of: "/") ?? path.endIndex)
    mkdir(String(folder), 0o700)
    let file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard file >= 0 else { return }
    var text = line + "\n"
    text.withUTF8 { _ = write(file, $0.baseAddress, $0.count) }
    close(file)
  }
}
