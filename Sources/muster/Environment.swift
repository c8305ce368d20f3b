import Engine
import Glibc

/// A variable of the environment that is set and not empty.
func environment(_ name: String) -> String? {
  guard let value = getenv(name) else { return nil }
  let text = PlatformText.read(value).text
  return text.isEmpty ? nil : text
}

/// The person at the keyboard, as the system knows them.
enum Login {
  /// The account's name, from its number: a variable of the environment cannot change it.
  static var name: String {
    var entry = passwd()
    var found: UnsafeMutablePointer<passwd>?
    var buffer = [CChar](repeating: 0, count: 4096)
    let error = getpwuid_r(getuid(), &entry, &buffer, buffer.count, &found)
    guard error == 0, found != nil, let name = entry.pw_name else { return "uid\(getuid())" }
    return String(cString: name)
  }

  static var host: String {
    var buffer = [CChar](repeating: 0, count: 256)
    guard gethostname(&buffer, buffer.count - 1) == 0 else { return "localhost" }
    return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// The source recorded for verbs: `cli/mira@ops1`, and through sudo `cli/root@ops1 (sudo: mira)`.
  static var source: String { "cli/\(name)@\(host)\(sudoer.map { " (sudo: \($0))" } ?? "")" }

  /// Default actor: the user who called sudo, else `$USER`, else the account.
  static var actor: String { sudoer ?? environment("USER") ?? name }

  /// Who became this account by sudo, as sudo itself tells.
  private static var sudoer: String? {
    environment("SUDO_USER").flatMap { $0 == name ? nil : $0 }
  }
}
