/// Where a part lies in a procedure, and how JSON has it.
///
/// Functions, and no type of its own for each kind of facts: at run time such a type is made by looking its conformance up
/// among all of the program's.
package struct ProcedurePlace: Sendable {
  private let written: @Sendable (Procedure) -> JSON?
  private let taken: @Sendable (JSON, inout Procedure) -> Void
  private let copied: @Sendable (Procedure, inout Procedure) -> Void
  private let listed: @Sendable (Procedure) -> [any ProcedureFact]
  private let renamed: @Sendable (inout Procedure, (String) -> String) -> Void

  private init(
    written: @escaping @Sendable (Procedure) -> JSON?,
    taken: @escaping @Sendable (JSON, inout Procedure) -> Void,
    copied: @escaping @Sendable (Procedure, inout Procedure) -> Void,
    listed: @escaping @Sendable (Procedure) -> [any ProcedureFact] = { _ in [] },
    renamed: @escaping @Sendable (inout Procedure, (String) -> String) -> Void = { _, _ in }
  ) {
    (self.written, self.taken, self.copied) = (written, taken, copied)
    (self.listed, self.renamed) = (listed, renamed)
  }

  /// Nil: the key is left out.
  package func json(in procedure: Procedure) -> JSON? { written(procedure) }

  package func read(_ json: JSON, into procedure: inout Procedure) { taken(json, &procedure) }

  package func copy(from other: Procedure, to procedure: inout Procedure) {
    copied(other, &procedure)
  }

  package func facts(in procedure: Procedure) -> [any ProcedureFact] { listed(procedure) }

  package func renameSeverities(in procedure: inout Procedure, _ rename: (String) -> String) {
    renamed(&procedure, rename)
  }
}

package typealias ProcedurePath<Value> = WritableKeyPath<Procedure, Value> & Sendable

extension ProcedurePlace {
  /// A list of facts.
  static func facts<Fact: ProcedureFact>(_ path: any ProcedurePath<[Fact]>) -> Self {
    Self(
      written: { .facts($0[keyPath: path]) },
      taken: { $1[keyPath: path] = $0.array?.compactMap(Fact.init(json:)) ?? [] },
      copied: { $1[keyPath: path] = $0[keyPath: path] },
      listed: { $0[keyPath: path] },
      renamed: { procedure, rename in
        for index in procedure[keyPath: path].indices {
          procedure[keyPath: path][index].renameSeverities(rename)
        }
      })
  }

  /// Two kinds of facts in one list, told apart by their fields.
  static func pair<One: ProcedureFact, Other: ProcedureFact>(
    _ one: any ProcedurePath<[One]>, _ other: any ProcedurePath<[Other]>
  ) -> Self {
    let (first, second) = (facts(one), facts(other))
    return Self(
      written: { .array($0[keyPath: one].map(\.json) + $0[keyPath: other].map(\.json)) },
      taken: {
        first.read($0, into: &$1)
        second.read($0, into: &$1)
      },
      copied: {
        first.copy(from: $0, to: &$1)
        second.copy(from: $0, to: &$1)
      },
      listed: { first.facts(in: $0) + second.facts(in: $0) },
      renamed: {
        first.renameSeverities(in: &$0, $1)
        second.renameSeverities(in: &$0, $1)
      })
  }

  /// A fact that is there once or not at all; `absent` is what JSON has where there is none, nil: no key.
  static func fact<Fact: ProcedureFact>(
    _ path: any ProcedurePath<Fact?>, absent: JSON?
  ) -> Self {
    Self(
      written: { $0[keyPath: path]?.json ?? absent },
      taken: { $1[keyPath: path] = Fact(json: $0) },
      copied: { $1[keyPath: path] = $0[keyPath: path] },
      listed: { $0[keyPath: path].map { [$0] } ?? [] },
      renamed: { $0[keyPath: path]?.renameSeverities($1) })
  }

  static var name: Self {
    Self(
      written: { .string($0.name) }, taken: { $1.name = $0.string ?? "" },
      copied: { $1.name = $0.name })
  }

  static var source: Self {
    Self(
      written: {
        .object(["path": .string($0.source.path), "sha256": .string($0.source.sha256)])
      },
      taken: {
        $1.source = Procedure.Source(
          path: $0["path"]?.string ?? "", sha256: $0["sha256"]?.string ?? "")
      },
      copied: { $1.source = $0.source })
  }
}
