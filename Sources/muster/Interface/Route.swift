import Engine
import EventLog

/// What can be asked of an agent.
enum Route: Hashable, Sendable {
  case health, ready, metrics, openAPI
  /// The brief for a browser: of an incident, or of the one that is open.
  case page(incident: String?)
  case incidents(all: Bool)
  case incident(String)
  case log(String, last: Int?)
  case brief(String)
  /// Alerts that fire: those of no incident, or all.
  case firing(all: Bool)
  /// What is recorded from now on, of one incident or of all that are open.
  case events(incident: String?)
  /// By the format of the sender.
  case alerts(String)
  case declare
  case verb(String, incident: String)

  /// The scope that it needs; nil: none.
  var scope: AccessToken.Scope? {
    switch self {
    case .health: nil
    case .alerts: .alert
    case .declare, .verb: .write
    case .ready, .metrics, .openAPI, .page, .incidents, .incident, .log, .brief, .events,
      .firing:
      .read
    }
  }

  var isPost: Bool { scope == .alert || scope == .write }

  /// Bytes that its body may have.
  var bodyLimit: Int {
    switch self {
    case .alerts: 16 << 20
    case .declare, .verb: 1 << 20
    default: 0
    }
  }

  /// For the journal and for metrics: no id, no token.
  var label: String {
    switch self {
    case .health: "healthz"
    case .ready: "readyz"
    case .metrics: "metrics"
    case .openAPI: "openapi"
    case .page: "page"
    case .incidents, .incident, .log, .brief, .firing: "read"
    case .events: "events"
    case .alerts: "alerts"
    case .declare, .verb: "record"
    }
  }
}

/// A target taken apart.
struct Target {
  /// Decoded once; none is empty, `.` or `..`, or holds a slash.
  var segments: [String]
  var query: [String: String]
  /// A token that stands in the path, as `/t/TOKEN/v1/alerts/…`.
  var token: String?

  /// Nil for what is no plain path.
  init?(_ target: String) {
    let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts[0].hasPrefix("/") else { return nil }
    segments = []
    query = [:]
    if parts[0] != "/" {
      for part in parts[0].dropFirst().split(separator: "/", omittingEmptySubsequences: false) {
        guard let segment = Self.decoded(part, plusIsSpace: false), !segment.isEmpty,
          segment != ".",
          segment != "..", !segment.contains("/")
        else { return nil }
        segments.append(segment)
      }
    }
    for pair in (parts.count > 1 ? parts[1] : "").split(separator: "&").prefix(16) {
      let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard let name = Self.decoded(sides[0], plusIsSpace: true),
        let value = Self.decoded(sides.count > 1 ? sides[1] : "", plusIsSpace: true)
      else { return nil }
      if query[name] == nil { query[name] = value }
    }
    if segments.count > 2, segments[0] == "t" {
      token = segments[1]
      segments.removeFirst(2)
    }
  }

  /// Percent-decoded once; nil where an escape is none, or the result no text without control characters.
  private static func decoded(_ text: Substring, plusIsSpace: Bool) -> String? {
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    var index = 0
    while index < bytes.count {
      switch bytes[index] {
      case 37:
        guard index + 2 < bytes.count, let high = digit(bytes[index + 1]),
          let low = digit(bytes[index + 2])
        else { return nil }
        result.append(high << 4 | low)
        index += 3
      case 43 where plusIsSpace:
        result.append(32)
        index += 1
      default:
        result.append(bytes[index])
        index += 1
      }
    }
    guard result.allSatisfy({ $0 >= 32 && $0 != 127 }) else { return nil }
    return String(validating: result, as: UTF8.self)
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 48...57: byte - 48
    case 65...70: byte - 55
    case 97...102: byte - 87
    default: nil
    }
  }

  /// What it leads to; nil for nothing that there is.
  var route: Route? {
    switch segments.count {
    case 0: return .page(incident: query["incident"])
    case 1:
      switch segments[0] {
      case "healthz": return .health
      case "readyz": return .ready
      case "metrics": return .metrics
      case "openapi.json": return .openAPI
      default: return nil
      }
    default: break
    }
    guard segments[0] == "v1" else { return nil }
    let rest = Array(segments.dropFirst(2))
    switch segments[1] {
    case "events": return rest.isEmpty ? .events(incident: query["incident"]) : nil
    case "alerts" where rest.isEmpty: return .firing(all: asksForAll)
    case "alerts": return (1...2).contains(rest.count) ? .alerts(rest.joined(separator: "/")) : nil
    case "incidents": return incidents(rest)
    default: return nil
    }
  }

  /// Why the question behind the path cannot be meant; nil where it can.
  var problem: String? {
    if let all = query["all"], !["0", "1", "true", "false"].contains(all) {
      return "'all' is 1 or 0"
    }
    if let last = query["last"], Int(last).map({ !(1...10_000).contains($0) }) ?? true {
      return "'last' is a number from 1 to 10000"
    }
    if let incident = query["incident"], !IncidentName.isValid(incident) {
      return "'incident' is no id of an incident"
    }
    return nil
  }

  private var asksForAll: Bool { query["all"] == "1" || query["all"] == "true" }

  private func incidents(_ rest: [String]) -> Route? {
    guard let id = rest.first else {
      return .incidents(all: asksForAll)
    }
    guard IncidentName.isValid(id) else { return nil }
    guard rest.count == 2 else { return rest.count == 1 ? .incident(id) : nil }
    switch rest[1] {
    case "log": return .log(id, last: query["last"].flatMap { Int($0) })
    case "brief": return .brief(id)
    default: return .verb(rest[1], incident: id)
    }
  }

  /// The same for a POST: the list of incidents takes a new one.
  var posted: Route? {
    if segments == ["v1", "incidents"] { return .declare }
    return route
  }

  /// With what methods it can be asked.
  var methods: [String] {
    (route.map { $0.isPost ? [] : ["GET"] } ?? [])
      + (posted.map { $0.isPost ? ["POST"] : [] } ?? [])
  }
}
