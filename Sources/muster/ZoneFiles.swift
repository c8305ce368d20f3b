import Engine
import Glibc
import Procedures
import Synchronization

/// Time zones of the system, from its own data.
enum ZoneFiles {
  private static let limit = 128 * 1024

  /// The zone of an IANA name, which `source` names; without one that of `$TZ`, else the system's.
  ///
  /// One that cannot be loaded is told once and has a stand-in, which marks every time that it shows.
  static func zone(named name: String?, from source: String) -> TimeZoneRules {
    if let name { return rules(named: name, from: source) ?? .standIn(for: name) }
    if let variable = environment("TZ") {
      let name = variable.hasPrefix(":") ? String(variable.dropFirst()) : variable
      if name.isEmpty { return .utc }
      return known(name) ?? rule(name) ?? missing(name, "$TZ")
    }
    // Without any system setting, the zone is UTC.
    guard isThere("/etc/localtime") else { return .utc }
    let name = localName
    return loaded.withLock { $0[name] } ?? kept(read(path: "/etc/localtime", name: name), name)
      ?? known(name) ?? missing(name, "/etc/localtime")
  }

  /// The rules of a zone, or nil where it cannot be loaded, which is told once.
  static func rules(named name: String, from source: String) -> TimeZoneRules? {
    if let rules = known(name) { return rules }
    _ = missing(name, source)
    return nil
  }

  /// The rules of a zone that the system knows.
  static func known(_ name: String) -> TimeZoneRules? {
    if ["UTC", "Etc/UTC", "GMT", "Etc/GMT", "Zulu"].contains(name) { return .utc }
    return loaded.withLock { $0[name] } ?? kept(read(name), name)
  }

  /// What could not be loaded so far, in words.
  static var problems: [String] { told.withLock { $0 } }

  private static let loaded = Mutex<[String: TimeZoneRules]>([:])
  private static let told = Mutex<[String]>([])

  private static func kept(_ rules: TimeZoneRules?, _ name: String) -> TimeZoneRules? {
    if let rules { loaded.withLock { $0[name] = rules } }
    return rules
  }

  /// Tells that a zone cannot be loaded, and answers what stands in for it.
  private static func missing(_ name: String, _ source: String) -> TimeZoneRules {
    let why =
      isThere(folder)
      ? "this machine does not know this zone"
      : "no time zone data in \(folder); install tzdata or set $TZDIR"
    let problem = "ZONE NOT LOADED: '\(name)' (\(source)): \(why); times are in UTC and marked UTC!"
    let isNew = told.withLock { known in
      if known.contains(problem) { return false }
      known.append(problem)
      return true
    }
    if isNew { Output.complain(problem) }
    return .standIn(for: name)
  }

  private static var folder: String { environment("TZDIR") ?? "/usr/share/zoneinfo" }

  /// Whether a name is there, be it a link that leads nowhere.
  private static func isThere(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0
  }

  private static func read(_ name: String) -> TimeZoneRules? {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.allSatisfy({ !$0.isEmpty && $0 != ".." && $0 != "." }) else { return nil }
    return read(path: "\(folder)/\(name)", name: name)
  }

  private static func read(path: String, name: String) -> TimeZoneRules? {
    do {
      return try TimeZoneRules(tzif: try BoundedFile.read(path, limit: limit), name: name)
    } catch {
      // Returns nil for a zone that cannot be read; the caller reports it.
      return nil
    }
  }

  /// `CET-1CEST,M3.5.0,M10.5.0/3`.
  private static func rule(_ text: String) -> TimeZoneRules? {
    RecurringRule(text).map { TimeZoneRules(name: text, initial: $0.standard, rule: $0) }
  }

  /// `Asia/Jakarta`, from where the system's setting leads.
  private static var localName: String {
    var buffer = [CChar](repeating: 0, count: 512)
    let count = readlink("/etc/localtime", &buffer, buffer.count - 1)
    guard count > 0 else { return "local" }
    let target = String(decoding: buffer.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let parts = target.split(separator: "/")
    guard let index = parts.lastIndex(of: "zoneinfo") else { return "local" }
    return parts[(index + 1)...].joined(separator: "/")
  }
}
