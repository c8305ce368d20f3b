import Engine
import YAML

/// How exact YAML has one part of a procedure: read, written, and laid over what prose says.
protocol ExactForm {
  func read(
    _ fields: SchemaFields, into reader: inout SchemaReader
  ) throws(ProcedureError)

  /// Nil: the key is left out.
  func yaml(of procedure: Procedure) -> YAMLValue?

  /// Puts what front matter states in the place of what prose says.
  func merge(_ frontMatter: PartialProcedure, over prose: inout Procedure)
}

extension Procedure.Part {
  /// How exact YAML has the part.
  var exact: any ExactForm {
    switch self {
    case .name: ExactName()
    case .source: ExactSource()
    case .calendar: ExactCalendar()
    case .severities: ExactSeverities()
    case .statuses: ExactList(self, \.statuses)
    case .phases: ExactList(self, \.phases)
    case .checklist: ExactList(self, \.checklist)
    case .escalation: ExactList(self, \.escalation)
    case .cadence: ExactUpdates()
    case .watch: ExactList(self, \.watch)
    case .templates: ExactList(self, \.templates)
    case .runbooks: ExactList(self, \.runbooks)
    case .decisions: ExactList(self, \.decisions)
    case .roles: ExactList(self, \.roles)
    case .contacts: ExactList(self, \.contacts)
    case .oncall: ExactList(self, \.oncall)
    case .postmortem: ExactList(self, \.postmortem)
    case .metrics: ExactList(self, \.metrics)
    case .silence: ExactSilence()
    case .remarks: ExactRemarks()
    }
  }
}

extension ExactForm {
  func merge(_ part: Procedure.Part, _ frontMatter: PartialProcedure, over prose: inout Procedure) {
    if frontMatter.stated.contains(part) { prose.take(part, from: frontMatter.procedure) }
  }
}

/// A fact that stands in a list of exact YAML.
protocol ExactFact: ProcedureFact {
  /// What one entry of the list says; one that names several severities says several facts.
  static func read(
    _ node: YAMLNode, _ reader: inout SchemaReader
  ) throws(ProcedureError) -> [Self]

  var yaml: YAMLValue { get }
}

struct ExactList<Fact: ExactFact>: ExactForm {
  let part: Procedure.Part
  let path: any ProcedurePath<[Fact]>

  init(_ part: Procedure.Part, _ path: any ProcedurePath<[Fact]>) {
    self.part = part
    self.path = path
  }

  func read(
    _ fields: SchemaFields, into reader: inout SchemaReader
  ) throws(ProcedureError) {
    for node in try fields.facts(part.rawValue, { [$0] }) {
      let facts = try Fact.read(node, &reader)
      reader.procedure[keyPath: path] += facts
    }
  }

  func yaml(of procedure: Procedure) -> YAMLValue? {
    let facts = procedure[keyPath: path]
    return facts.isEmpty ? nil : .list(facts.map(\.yaml))
  }

  func merge(_ frontMatter: PartialProcedure, over prose: inout Procedure) {
    merge(part, frontMatter, over: &prose)
  }
}
