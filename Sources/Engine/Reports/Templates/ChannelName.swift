/// The name of the channel in which an incident is talked about.
package enum ChannelName {
  /// What is used where the procedure states no pattern.
  package static let assumedPattern = "#inc-YYYY-MM-DD-brief-description"

  /// The pattern that a procedure's words contain: `#inc-YYYY-MM-DD-brief-description`; nil where there is none.
  package static func pattern(in procedure: Procedure) -> String? {
    var texts = procedure.checklist.map(\.text)
    texts += procedure.severities.flatMap { $0.rules.map(\.text) }
    texts += procedure.runbooks.flatMap { $0.steps.map(\.text) }
    texts += procedure.templates.map(\.body)
    texts += procedure.remarks.map(\.text)
    for text in texts {
      for word in text.split(whereSeparator: { " \n\t`\"'(),;".contains($0) })
      where word.hasPrefix("#inc") && word.contains("-") {
        let isPattern =
          String(word).containsText("YYYY") || word.contains { "[{<".contains($0) }
          || word.hasSuffix("-description") || word.hasSuffix("-name")
        if isPattern { return String(word) }
      }
    }
    return nil
  }

  /// The name of an incident's channel, at most 80 characters of `[a-z0-9-_]` behind the `#`.
  package static func name(
    of incident: Incident, pattern: String? = nil, in zone: TimeZoneRules = .utc
  ) -> String {
    let pattern = pattern ?? Self.pattern(in: incident.procedure) ?? assumedPattern
    let day = incident.clockStart ?? .distantPast
    let date = InstantText.date(day, in: zone)
    var rest = Substring(pattern.hasPrefix("#") ? String(pattern.dropFirst()) : pattern)
    var name = ""
    while !rest.isEmpty {
      if let (placeholder, value) = places(date: date, incident: incident)
        .first(where: { rest.lowercased().hasPrefix($0.0) })
      {
        name += value
        rest = rest.dropFirst(placeholder.count)
      } else {
        name.append(rest.removeFirst())
      }
    }
    let plain = slug(name)
    return "#" + (plain.count > 80 ? trimmed(String(plain.prefix(80))) : plain)
  }

  private static func places(date: String, incident: Incident) -> [(String, String)] {
    let parts = date.split(separator: "-").map(String.init)
    let title = slug(incident.isTitleWithheld ? "" : incident.title)
    let words = [
      "brief-description", "short-description", "brief-desc", "short-desc", "description",
      "incident-name", "brief-title", "short-name", "title", "slug", "name", "topic",
    ]
    let severity = slug(incident.severityLabel)
    return [
      ("yyyy-mm-dd", date), ("yyyymmdd", parts.joined()), ("yyyy", parts[0]),
      ("[date]", date), ("<date>", date), ("{date}", date), ("[severity]", severity),
      ("<severity>", severity), ("mm", parts[1]), ("dd", parts[2]),
    ] + words.map { ($0, title) }
  }

  /// Lower-case letters, digits, hyphens and underscores, nothing doubled.
  private static func slug(_ text: String) -> String {
    var slug = ""
    for scalar in text.lowercased().unicodeScalars {
      let isPlain =
        (97...122).contains(scalar.value) || (48...57).contains(scalar.value) || scalar == "_"
      if isPlain { slug.unicodeScalars.append(scalar) } else if !slug.hasSuffix("-") { slug += "-" }
    }
    return trimmed(slug)
  }

  private static func trimmed(_ text: String) -> String {
    let start = text.drop { $0 == "-" }
    return String(start.reversed().drop { $0 == "-" }.reversed())
  }
}
