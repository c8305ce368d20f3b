package import Engine

/// Templates of the procedure with what is known put in the places left open.
package enum UpdateText {
  /// Fills `{name}` and `[name]`; a place that nobody knows stays as it is, to be typed over.
  package static func filled(
    _ body: String, incident: Incident, now: Timestamp, clock: Clock
  ) -> String {
    var result = ""
    var rest = body[...]
    while let open = rest.firstIndex(where: { $0 == "{" || $0 == "[" }) {
      result += rest[..<open]
      let closer: Character = rest[open] == "{" ? "}" : "]"
      guard let close = rest[open...].firstIndex(of: closer) else { break }
      let name = rest[rest.index(after: open)..<close]
      let known = value(of: name.lowercased(), incident, now, clock)
      result += known ?? String(rest[open...close])
      rest = rest[rest.index(after: close)...]
    }
    return (result + rest).split(separator: "\n", omittingEmptySubsequences: true)
      .joined(separator: " ")
  }

  private static func value(
    of name: String, _ incident: Incident, _ now: Timestamp, _ clock: Clock
  ) -> String? {
    let name = name.filter { $0 != "{" && $0 != "}" }.replacingSeparators
    return switch name {
    case "title", "incident", "incident title", "summary": incident.title
    case "id", "incident id": incident.id
    case "severity", "sev": incident.severityLabel
    case "status", "current status": incident.statusName
    case "impact", "customer impact": incident.impact.summary
    case "services", "affected services", "service": incident.impact.services
    case "commander", "ic", "incident commander": incident.commander?.name
    case "time", "now": "\(clock.minute(now)) \(clock.abbreviation(now))"
    case "start", "start time", "started":
      (incident.time(of: .started) ?? incident.clockStart).map {
        "\(clock.minute($0)) \(clock.abbreviation(now))"
      }
    default: nil
    }
  }
}

extension String {
  fileprivate var replacingSeparators: String {
    String(map { $0 == "_" || $0 == "-" ? " " : $0 })
  }
}
