import Engine
import Glibc
import Testing

/// Zones of the system for tests.
enum Zones {
  static func read(_ name: String) throws -> TimeZoneRules {
    try TimeZoneRules(tzif: bytes(name), name: name)
  }

  static func bytes(_ name: String) throws -> [UInt8] {
    let file = try #require(fopen("/usr/share/zoneinfo/\(name)", "r"), "no zone \(name)")
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 64 * 1024)
    let count = fread(&bytes, 1, bytes.count, file)
    return Array(bytes.prefix(count))
  }
}

/// An instant from RFC 3339.
func at(_ text: String) throws -> Timestamp {
  try #require(Timestamp(rfc3339: text), "not RFC 3339: \(text)")
}

func day(_ text: String) throws -> CivilDate {
  try #require(CivilDate(text), "not a date: \(text)")
}

/// `HH:MM` in seconds after midnight.
func clock(_ text: String) -> Int {
  let parts = text.split(separator: ":").compactMap { Int($0) }
  return parts[0] * 3600 + parts[1] * 60
}
