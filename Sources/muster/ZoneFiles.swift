import Engine
import Glibc
import Procedures

/// Time zones of the system, from its own data.
enum ZoneFiles {
  private static let limit = 128 * 1024

  /// The zone of an IANA name; without one that of `$TZ`, else the system's; UTC where nothing can be read.
  static func zone(named name: String?) -> TimeZoneRules {
    if let name { return read(name) ?? .utc }
    if let variable = environment("TZ") {
      let name = variable.hasPrefix(":") ? String(variable.dropFirst()) : variable
      if name.isEmpty { return .utc }
      return read(name) ?? rule(name) ?? .utc
    }
    return read(path: "/etc/localtime", name: localName) ?? .utc
  }

  /// Whether the system knows a zone.
  static func exists(_ name: String) -> Bool { read(name) != nil }

  private static func read(_ name: String) -> TimeZoneRules? {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.allSatisfy({ !$0.isEmpty && $0 != ".." && $0 != "." }) else { return nil }
    return read(path: "\(environment("TZDIR") ?? "/usr/share/zoneinfo")/\(name)", name: name)
  }

  private static func read(path: String, name: String) -> TimeZoneRules? {
    do {
      return try TimeZoneRules(tzif: try BoundedFile.read(path, limit: limit), name: name)
    } catch {
      // A zone that cannot be read is none; what is shown then says UTC.
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
