import CLinux
import Engine
import EventLog
import Glibc
import Integrations
import Procedures

/// The right to ask an agent for something: of the token itself only a hash is kept.
struct AccessToken: Hashable, Sendable {
  var name: String
  var scope: Scope
  /// Who does what is recorded with it.
  var actor: String?
  /// SHA-256 of the token, in hexadecimal characters.
  var hash: String
  var created: Timestamp

  enum Scope: String, CaseIterable, Sendable {
    /// Everything that shows something.
    case read
    /// Delivering alerts, and nothing else.
    case alert
    /// Recording as one person, and reading.
    case write
  }

  /// What every token begins with, so that one that leaked is known for what it is.
  static let prefix = "muster_"

  /// A new token, with what is kept of it; the secret is told once.
  static func make(
    name: String, scope: Scope, actor: String?, at now: Timestamp
  ) throws(Failure) -> (token: Self, secret: String) {
    var bytes = [UInt8](repeating: 0, count: 32)
    let error = muster_random(&bytes, bytes.count)
    guard error == 0 else {
      throw Failure(.worldFailed, "no random numbers: \(Output.systemMessage(error))")
    }
    let text = Base64.encode(bytes).replacing("+", with: "-").replacing("/", with: "_")
    let secret = prefix + text.filter { $0 != "=" }
    let token = Self(
      name: name, scope: scope, actor: actor, hash: hash(of: secret), created: now)
    return (token, secret)
  }

  static func hash(of secret: String) -> String {
    String(decoding: Digest.hex(secret.utf8), as: UTF8.self)
  }

  func allows(_ need: Scope) -> Bool {
    scope == need || (scope == .write && need == .read)
  }

  var json: JSON {
    .object([
      "name": .text(name), "scope": .text(scope.rawValue), "actor": .text(actor),
      "sha256": .text(hash), "created": .time(created),
    ])
  }

  init(name: String, scope: Scope, actor: String?, hash: String, created: Timestamp) {
    (self.name, self.scope, self.actor) = (name, scope, actor)
    (self.hash, self.created) = (hash, created)
  }

  init?(json: JSON) {
    guard let name = json["name"]?.string,
      let scope = json["scope"]?.string.flatMap(Scope.init(rawValue:)),
      let hash = json["sha256"]?.string, hash.utf8.count == Digest.count
    else { return nil }
    let created = json["created"]?.string.flatMap { Timestamp(rfc3339: $0) }
    self.init(
      name: name, scope: scope, actor: json["actor"]?.string, hash: hash,
      created: created ?? Timestamp(milliseconds: 0))
  }
}

/// The tokens of an agent, in a file beside the settings of whoever runs it.
enum TokenFile {
  private static let limit = 1 << 20

  static var path: String? {
    Settings.userPath.map {
      String($0.prefix(upTo: $0.lastIndex(of: "/") ?? $0.endIndex)) + "/tokens.json"
    }
  }

  /// - Throws: why the file cannot be used; none where there is no file.
  static func read(_ path: String) throws(Failure) -> [AccessToken] {
    let bytes: [UInt8]
    do throws(FileProblem) { bytes = try BoundedFile.read(path, limit: limit) } catch .notThere {
      return []
    } catch { throw Failure(.worldFailed, "\(path): \(error.what); \(error.remedy)") }
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & 0o077 == 0 else {
      throw Failure(.worldFailed, "\(path) can be read by others; chmod 600 it")
    }
    do throws(JSONError) {
      let json = try JSON(parsing: bytes[...])
      return json["tokens"]?.array?.compactMap(AccessToken.init(json:)) ?? []
    } catch {
      throw Failure(
        .worldFailed, "\(path): no JSON at byte \(error.offset): expected \(error.expected)")
    }
  }

  static func write(_ tokens: [AccessToken], to path: String) throws(Failure) {
    let json = JSON.object(["tokens": .array(tokens.map(\.json))])
    try SmallFile.replace(path, with: Array((json.indentedText + "\n").utf8), mode: 0o600)
  }
}
