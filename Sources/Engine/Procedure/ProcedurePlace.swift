/// Where a part lies in a procedure, and how JSON has it.
package protocol ProcedurePlace: Sendable {
  /// Nil: the key is left out.
  func json(in procedure: Procedure) -> JSON?
  func read(_ json: JSON, into procedure: inout Procedure)
  func copy(from other: Procedure, to procedure: inout Procedure)
  func facts(in procedure: Procedure) -> [any ProcedureFact]
  func renameSeverities(in procedure: inout Procedure, _ rename: (String) -> String)
}

package typealias ProcedurePath<Value> = WritableKeyPath<Procedure, Value> & Sendable

/// A list of facts.
struct FactsPlace<Fact: ProcedureFact>: ProcedurePlace {
  let path: any ProcedurePath<[Fact]>

  init(_ path: any ProcedurePath<[Fact]>) { self.path = path }

  func json(in procedure: Procedure) -> JSON? { .facts(procedure[keyPath: path]) }

  func read(_ json: JSON, into procedure: inout Procedure) {
    procedure[keyPath: path] = json.array?.compactMap(Fact.init(json:)) ?? []
  }

  func copy(from other: Procedure, to procedure: inout Procedure) {
    procedure[keyPath: path] = other[keyPath: path]
  }

  func facts(in procedure: Procedure) -> [any ProcedureFact] { procedure[keyPath: path] }

  func renameSeverities(in procedure: inout Procedure, _ rename: (String) -> String) {
    for index in procedure[keyPath: path].indices {
      procedure[keyPath: path][index].renameSeverities(rename)
    }
  }
}

/// Two kinds of facts in one list, told apart by their fields.
struct PairPlace<One: ProcedureFact, Other: ProcedureFact>: ProcedurePlace {
  let one: FactsPlace<One>
  let other: FactsPlace<Other>

  init(_ one: any ProcedurePath<[One]>, _ other: any ProcedurePath<[Other]>) {
    self.one = FactsPlace(one)
    self.other = FactsPlace(other)
  }

  func json(in procedure: Procedure) -> JSON? {
    .array(procedure[keyPath: one.path].map(\.json) + procedure[keyPath: other.path].map(\.json))
  }

  func read(_ json: JSON, into procedure: inout Procedure) {
    one.read(json, into: &procedure)
    other.read(json, into: &procedure)
  }

  func copy(from source: Procedure, to procedure: inout Procedure) {
    one.copy(from: source, to: &procedure)
    other.copy(from: source, to: &procedure)
  }

  func facts(in procedure: Procedure) -> [any ProcedureFact] {
    one.facts(in: procedure) + other.facts(in: procedure)
  }

  func renameSeverities(in procedure: inout Procedure, _ rename: (String) -> String) {
    one.renameSeverities(in: &procedure, rename)
    other.renameSeverities(in: &procedure, rename)
  }
}

/// A fact that is there once or not at all.
struct FactPlace<Fact: ProcedureFact>: ProcedurePlace {
  let path: any ProcedurePath<Fact?>
  /// What JSON has where there is none; nil: no key.
  let absent: JSON?

  init(_ path: any ProcedurePath<Fact?>, absent: JSON?) {
    self.path = path
    self.absent = absent
  }

  func json(in procedure: Procedure) -> JSON? { procedure[keyPath: path]?.json ?? absent }

  func read(_ json: JSON, into procedure: inout Procedure) {
    procedure[keyPath: path] = Fact(json: json)
  }

  func copy(from other: Procedure, to procedure: inout Procedure) {
    procedure[keyPath: path] = other[keyPath: path]
  }

  func facts(in procedure: Procedure) -> [any ProcedureFact] {
    procedure[keyPath: path].map { [$0] } ?? []
  }

  func renameSeverities(in procedure: inout Procedure, _ rename: (String) -> String) {
    procedure[keyPath: path]?.renameSeverities(rename)
  }
}

struct NamePlace: ProcedurePlace {
  func json(in procedure: Procedure) -> JSON? { .string(procedure.name) }

  func read(_ json: JSON, into procedure: inout Procedure) { procedure.name = json.string ?? "" }

  func copy(from other: Procedure, to procedure: inout Procedure) { procedure.name = other.name }

  func facts(in procedure: Procedure) -> [any ProcedureFact] { [] }

  func renameSeverities(in procedure: inout Procedure, _ rename: (String) -> String) {}
}

struct SourcePlace: ProcedurePlace {
  func json(in procedure: Procedure) -> JSON? {
    .object([
      "path": .string(procedure.source.path), "sha256": .string(procedure.source.sha256),
    ])
  }

  func read(_ json: JSON, into procedure: inout Procedure) {
    procedure.source = Procedure.Source(
      path: json["path"]?.string ?? "", sha256: json["sha256"]?.string ?? "")
  }

  func copy(from other: Procedure, to procedure: inout Procedure) {
    procedure.source = other.source
  }

  func facts(in procedure: Procedure) -> [any ProcedureFact] { [] }

  func renameSeverities(in procedure: inout Procedure, _ rename: (String) -> String) {}
}
