package import Engine

/// What makes an incident one of a severity, for whoever has to choose one.
package enum SeverityGuide {
  /// The severity with its meaning and its examples, each with its line; nothing where the document says neither.
  package static func lines(_ severity: Severity) -> [String] {
    guard let first = (severity.definition + severity.examples).first else { return [] }
    let name = severity.name == severity.id ? severity.id : "\(severity.id) \(severity.name)"
    return ["\(name): \(words(severity))  :\(first.line)"]
  }

  /// Its meaning and its examples in one line, else the first of its rules; empty where the document says none.
  package static func words(_ severity: Severity) -> String {
    func text(_ passages: [Severity.Passage]) -> String {
      passages.map(\.text).joined(separator: "; ")
    }
    let examples = severity.examples.isEmpty ? "" : "such as: \(text(severity.examples))"
    let words = [text(severity.definition), examples].filter { !$0.isEmpty }
    guard words.isEmpty, let rule = severity.rules.first else {
      return words.joined(separator: "; ")
    }
    return "\(rule.label): \(rule.text)"
  }
}
