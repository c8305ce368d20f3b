/// What a team wants done about alerts that match: an entry of `alerts:` in the store's settings.
package struct AlertRule: Hashable, Sendable {
  /// By what the log remembers it; unlike that of every other rule.
  package var name: String
  /// All of them must hold; none: it matches every alert.
  package var match: [Matcher]
  package var severity: SeverityChoice?
  package var declare: Declare
  /// The title of the incident, with labels in braces: `{alertname} on {instance}`; nil: the alert's own.
  package var title: String?
  /// The procedure of the incident, as the rule has it: never out of a label.
  package var procedure: String?
  /// The labels that alerts of one incident have in common; nil: the name of the alert.
  package var groupBy: [String]?
  /// Whether its incident is resolved when all of its alerts are.
  package var resolves: Bool
  /// How often a matching alert has to come; its absence is an alert.
  package var expected: Duration?
  /// The 1-based line of the settings.
  package var line: Int

  package init(
    name: String, match: [Matcher] = [], severity: SeverityChoice? = nil,
    declare: Declare = .always, title: String? = nil, procedure: String? = nil,
    groupBy: [String]? = nil, resolves: Bool = false, expected: Duration? = nil, line: Int = 0
  ) {
    (self.name, self.match, self.severity) = (name, match, severity)
    (self.declare, self.title, self.procedure) = (declare, title, procedure)
    (self.groupBy, self.resolves, self.expected) = (groupBy, resolves, expected)
    self.line = line
  }

  package enum Declare: Hashable, Sendable {
    case always, never
    /// Once it has fired for so long.
    case after(Duration)
  }

  package struct Matcher: Hashable, Sendable {
    package var label: String
    /// One of them must fit; `*` stands for any signs, the empty text for a label that is not there.
    package var values: [String]

    package init(_ label: String, _ values: [String]) {
      (self.label, self.values) = (label, values)
    }
  }

  package enum SeverityChoice: Hashable, Sendable {
    case always(String)
    /// By what a label says; the value itself where the map does not have it and nothing else is said.
    case label(String, map: [String: String], otherwise: String?)
  }
}

extension AlertRule {
  package func matches(_ alert: Alert) -> Bool {
    match.allSatisfy { matcher in
      let value = alert.value(of: matcher.label) ?? ""
      return matcher.values.contains { Self.fits(Array($0.utf8), Array(value.utf8)) }
    }
  }

  /// Whether a text fits a pattern of signs and stars, in time that grows with the product of their lengths at most.
  private static func fits(_ pattern: [UInt8], _ text: [UInt8]) -> Bool {
    var (place, index) = (0, 0)
    var star: (place: Int, index: Int)?
    while index < text.count {
      if place < pattern.count, pattern[place] == 42 {
        star = (place, index)
        place += 1
      } else if place < pattern.count, pattern[place] == text[index] {
        place += 1
        index += 1
      } else if let last = star {
        star = (last.place, last.index + 1)
        (place, index) = (last.place + 1, last.index + 1)
      } else {
        return false
      }
    }
    return pattern[place...].allSatisfy { $0 == 42 }
  }

  /// The severity of an incident that an alert opens, as a word that the procedure may know.
  package func severity(for alert: Alert) -> String? {
    switch severity {
    case nil: nil
    case .always(let word): word
    case .label(let label, let map, let otherwise):
      alert.value(of: label).flatMap { value in
        map[value] ?? map[value.lowercased()] ?? (otherwise == nil ? value : nil)
      } ?? otherwise
    }
  }

  /// What alerts have in common that belong to one incident: values, in the order of their labels.
  package func group(of alert: Alert) -> [String] {
    guard let groupBy else {
      return [alert.labels["alertname"] ?? alert.title]
    }
    return groupBy.map { alert.value(of: $0) ?? "" }
  }

  /// The title of an incident that an alert opens: labels are put in once, as text, whatever they contain.
  package func title(for alert: Alert) -> String {
    let text = title.map { Self.expanded($0, alert) } ?? alert.title
    let line = AlertText.line(text, limit: AlertText.titleLimit)
    return line.isEmpty ? "Alert" : line
  }

  private static func expanded(_ template: String, _ alert: Alert) -> String {
    var result = ""
    var rest = template[...]
    while let open = rest.firstIndex(of: "{") {
      result += rest[..<open]
      let behind = rest[rest.index(after: open)...]
      guard let close = behind.firstIndex(of: "}") else {
        rest = rest[open...]
        break
      }
      let name = behind[..<close]
      result += alert.value(of: String(name)) ?? ""
      rest = behind[behind.index(after: close)...]
    }
    return result + rest
  }
}

/// Words of senders, made fit for one line.
package enum AlertText {
  package static let titleLimit = 300

  /// One line without control characters, cut at so many bytes between two characters.
  package static func line(_ text: String, limit: Int) -> String {
    var line = ""
    var count = 0
    var isBehindSpace = true
    for character in text {
      let isSpace = character.isWhitespace || character.unicodeScalars.allSatisfy { $0.value < 32 }
      if isSpace, isBehindSpace { continue }
      count += isSpace ? 1 : character.utf8.count
      if count > limit { break }
      isBehindSpace = isSpace
      line.append(isSpace ? " " : character)
    }
    if line.last == " " { line.removeLast() }
    return line
  }

  /// At most so many bytes, cut between two characters.
  package static func cut(_ text: String, limit: Int) -> String {
    guard text.utf8.count > limit else { return text }
    var count = 0
    return String(
      text.prefix { character in
        count += character.utf8.count
        return count <= limit
      })
  }
}
