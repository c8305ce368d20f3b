/// One fact of a procedure: how a log keeps it, and what it refers to.
package protocol ProcedureFact: Hashable, Sendable {
  /// Nil for what this version cannot make sense of.
  init?(json: JSON)

  var json: JSON { get }

  /// 1-based line of the document; 0 where it was assumed.
  var line: Int { get }

  /// The severities that it is about, as it names them; none: all.
  var severityNames: [String] { get }

  mutating func renameSeverities(_ rename: (String) -> String)
}

extension ProcedureFact {
  package var severityNames: [String] { [] }

  package mutating func renameSeverities(_ rename: (String) -> String) {}
}

/// A fact that is about one severity, or about all.
package protocol FactOfSeverity: ProcedureFact {
  var severity: String? { get set }
}

extension FactOfSeverity {
  package var severityNames: [String] { severity.map { [$0] } ?? [] }

  package mutating func renameSeverities(_ rename: (String) -> String) {
    severity = severity.map(rename)
  }
}

/// A fact that is about some severities, or, where it lists none, about all.
package protocol FactOfSeverities: ProcedureFact {
  var severities: [String] { get set }
}

extension FactOfSeverities {
  package var severityNames: [String] { severities }

  package mutating func renameSeverities(_ rename: (String) -> String) {
    severities = severities.map(rename)
  }
}

extension JSON {
  static func whole(_ value: Int) -> JSON { .integer(Int64(value)) }
  static func maybe(_ value: String?) -> JSON { value.map { .string($0) } ?? .null }
  static func strings(_ values: [String]) -> JSON { .array(values.map { .string($0) }) }
  static func facts<Fact: ProcedureFact>(_ facts: [Fact]) -> JSON { .array(facts.map(\.json)) }

  func int(_ key: String) -> Int? { self[key]?.integer.map { Int($0) } }
  func texts(_ key: String) -> [String] { self[key]?.array?.compactMap(\.string) ?? [] }

  func word<Word: RawRepresentable<String>>(_ key: String) -> Word? {
    self[key]?.string.flatMap(Word.init(rawValue:))
  }

  func facts<Fact: ProcedureFact>(_ key: String) -> [Fact] {
    self[key]?.array?.compactMap(Fact.init(json:)) ?? []
  }
}
