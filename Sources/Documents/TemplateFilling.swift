package import Engine

/// A template with every place filled in that the incident has an answer to; the others stay open and are listed.
package struct TemplateFilling: Sendable {
  package private(set) var text = ""
  /// The places that are still open, each once, in order.
  package private(set) var open: [String] = []
  /// Whether the text tells when the next update comes.
  package private(set) var promisesNext = false

  /// Fills in a text with places in brackets, `[commander]`, or braces, `{{commander}}`; answers that are given, by place
  /// in any case, hold against derived ones.
  package init(_ body: String, from facts: Facts, given: [String: String] = [:]) {
    let answers = given.reduce(into: [:]) { $0[Self.key($1.key)] = $1.value }
    var rest = body[...]
    while let (before, place, after) = Self.firstPlace(in: rest) {
      text += before
      let key = Self.key(place)
      if Self.next.contains(key) { promisesNext = true }
      if let answer = answers[key] ?? facts.answer(key) {
        text += answer
      } else {
        text += "[\(place)]"
        if !open.contains(place) { open.append(place) }
      }
      rest = after
    }
    text += rest
  }

  private static let next: Set<String> = ["next update", "next", "next update time"]

  private static func key(_ text: some StringProtocol) -> String {
    let words = text.lowercased().split { $0 == " " || $0 == "_" || $0 == "-" }
    return words.joined(separator: " ")
  }

  /// The first place of a text, with what stands before and behind it. A link (`[x](y)`) and a box (`[ ]`) are none.
  private static func firstPlace(
    in text: Substring
  ) -> (before: Substring, place: String, after: Substring)? {
    var index = text.startIndex
    while index < text.endIndex {
      let rest = text[index...]
      let (opening, closing) = rest.hasPrefix("{{") ? ("{{", "}}") : ("[", "]")
      if rest.hasPrefix(opening), let end = find(closing, in: rest.dropFirst(opening.count)) {
        let inner = rest[rest.index(rest.startIndex, offsetBy: opening.count)..<end]
        let after = text[text.index(end, offsetBy: closing.count)...]
        if isPlace(inner), !after.hasPrefix("(") {
          let name = inner.split(separator: " ").joined(separator: " ")
          return (text[..<index], name, after)
        }
      }
      index = text.index(after: index)
    }
    return nil
  }

  private static func find(_ word: String, in text: Substring) -> Substring.Index? {
    text.indices.first { text[$0...].hasPrefix(word) }
  }

  private static func isPlace(_ inner: Substring) -> Bool {
    (1...60).contains(inner.count) && inner.contains { $0.isLetter && $0 != "x" && $0 != "X" }
      && !inner.contains { $0 == "\n" || $0 == "[" || $0 == "{" }
  }

  /// What can be derived from an incident.
  package struct Facts: Sendable {
    private var answers: [String: String] = [:]

    package init(
      of incident: Incident, at now: Timestamp, zone: TimeZoneRules, next: Timestamp?
    ) {
      func time(_ instant: Timestamp?) -> String? {
        instant.map {
          "\(ClockText.minute($0, in: zone, at: now)) \(zone.localTime(at: $0).abbreviation)"
        }
      }
      let impact = incident.impact
      set(["severity", "sev", "severity level", "p"], incident.severityID)
      set(
        ["title", "incident title", "incident", "summary", "brief description"], incident.shownTitle
      )
      set(["status", "current status"], incident.statusName)
      set(["impact", "user impact", "customer impact", "description of impact"], impact.summary)
      set(["services", "affected services", "service", "affected systems"], impact.services)
      set(["users", "affected users"], impact.users)
      set(["revenue"], impact.revenue)
      set(
        ["started", "start time", "began", "start"],
        time(incident.time(of: .started) ?? incident.clockStart))
      set(["detected", "detection time"], time(incident.clockStart))
      set(["mitigated", "mitigation time"], time(incident.time(of: .mitigated)))
      set(["resolved", "resolution time", "end time"], time(incident.time(of: .resolved)))
      set(["time", "now", "current time"], time(now))
      set(["date"], zone.localTime(at: now).date.description)
      set(["commander", "incident commander", "ic", "ic name"], incident.commander?.name)
      set(["id", "incident id", "incident number"], incident.id)
      set(["next update", "next", "next update time"], time(next))
      set(["number", "n", "update number"], String(incident.updates.entries.count + 1))
      if let start = incident.time(of: .started) ?? incident.clockStart {
        let end = incident.time(of: .resolved) ?? now
        set(["duration", "elapsed"], ClockText.span(end - start))
      }
      for holder in incident.assignments { set([holder.role.lowercased()], holder.name) }
    }

    private mutating func set(_ keys: [String], _ value: String?) {
      guard let value, !value.isEmpty else { return }
      for key in keys where answers[key] == nil { answers[key] = value }
    }

    func answer(_ key: String) -> String? { answers[key] }
  }
}
