package import Engine

/// What makes an incident one of a severity, for whoever has to choose one.
package enum SeverityGuide {
  /// The severity with its meaning and its examples, each with its line; nothing where the document says neither.
  package static func lines(_ severity: Severity) -> [String] {
    func text(_ passages: [Severity.Passage], _ separator: String) -> String {
      passages.map(\.text).joined(separator: separator)
    }
    guard let first = (severity.definition + severity.examples).first else { return [] }
    let name = severity.name == severity.id ? severity.id : "\(severity.id) \(severity.name)"
    let meaning = text(severity.definition, "; ")
    let examples = severity.examples.isEmpty ? "" : "such as: \(text(severity.examples, "; "))"
    let words = [meaning, examples].filter { !$0.isEmpty }.joined(separator: "; ")
    return ["\(name): \(words)  :\(first.line)"]
  }
}
