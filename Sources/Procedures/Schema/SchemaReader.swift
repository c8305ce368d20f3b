import Engine
import YAML

/// Takes the parts of a procedure out of its mapping.
struct SchemaReader {
  let context: SchemaContext
  var procedure: Procedure
  /// What each severity states, for front matter.
  var severities: [PartialProcedure.PartialSeverity] = []
  /// Names that were mentioned, to be looked up when everything is known.
  var references: [Reference] = []
  /// The highest level so far of each severity's path, by its lower-case name.
  var levels: [String: Int] = [:]
  private var ids: [Procedure.Part: TakenIDs] = [:]

  struct Reference {
    var kind: Kind
    var name: String
    var node: YAMLNode

    enum Kind: String {
      case severity, phase
    }
  }

  init(context: SchemaContext, source: Procedure.Source) {
    self.context = context
    let file = source.path.split(separator: "/").last ?? "procedure"
    let stem = file.hasSuffix(".yaml") ? file.dropLast(5) : file
    procedure = Procedure(name: String(stem), source: source)
  }

  mutating func read(_ fields: SchemaFields) throws(ProcedureError) {
    for part in Procedure.Part.allCases { try part.exact.read(fields, into: &self) }
  }

  // MARK: What is referred to

  /// Looks every mentioned severity and phase up, and writes it as it is defined.
  mutating func checkReferences() throws(ProcedureError) {
    let severities = procedure.severities.map(\.id)
    let phases = procedure.phases.map(\.id)
    let known: [Reference.Kind: Set<String>] = [
      .severity: Set(severities.map { $0.lowercased() }),
      .phase: Set((phases + procedure.phases.map(\.title)).map { $0.lowercased() }),
    ]
    for reference in references {
      // Where nothing is defined, names stand for themselves.
      guard let names = known[reference.kind], !names.isEmpty,
        !names.contains(reference.name.lowercased())
      else { continue }
      throw context.error(
        at: reference.node, "unknown \(reference.kind.rawValue) '\(reference.node.shown)'",
        remedy: NearestMatch.remedy(
          reference.name, among: reference.kind == .severity ? severities : phases))
    }
    procedure.settleNames()
  }

  /// The id that is stated, else one made of words; it must not be another's in the same part.
  mutating func id(
    _ fields: SchemaFields, from words: String, in part: Procedure.Part
  ) throws(ProcedureError) -> String {
    guard fields.states("id") else {
      return ids[part, default: TakenIDs()].make(words, line: fields.node.line)
    }
    let id = try fields.required("id", "check-logs")
    guard id.count <= 80, !id.contains(where: \.isNewline) else {
      throw context.error(
        at: fields.node, "an id is one line of at most 80 characters", remedy: "shorten it")
    }
    if let first = ids[part, default: TakenIDs()].take(id, line: fields.node.line) {
      throw context.error(
        at: try fields.value("id") ?? fields.node,
        "the id '\(id)' appears twice (first on line \(first))", remedy: "give each its own id")
    }
    return id
  }

  // MARK: Mentions

  /// Far more than any team has; each fact may name all of them.
  static let mostSeverities = 64

  /// The severity or severities that a fact is about, remembered for `checkReferences`; nil alone: all.
  mutating func severity(_ fields: SchemaFields) throws(ProcedureError) -> [String?] {
    guard let value = try fields.value("severity") else { return [nil] }
    var names: [String?] = []
    for node in value.items ?? [value] {
      let name = try fields.text(of: node, "severity")
      if names.contains(name) { continue }
      guard names.count < Self.mostSeverities else {
        throw context.error(
          at: node, "more than \(Self.mostSeverities) severities", remedy: "leave some out")
      }
      references.append(Reference(kind: .severity, name: name, node: node))
      names.append(name)
    }
    return names.isEmpty ? [nil] : names
  }

  mutating func severityList(_ fields: SchemaFields) throws(ProcedureError) -> [String] {
    guard let value = try fields.value("severities") else { return [] }
    for node in value.items ?? [value] {
      let name = try fields.text(of: node, "severities")
      references.append(Reference(kind: .severity, name: name, node: node))
    }
    return try fields.texts("severities")
  }
}

func isSameName(_ one: String, _ other: String) -> Bool {
  one == other || one.lowercased() == other.lowercased()
}

extension Procedure {
  /// Writes mentioned severities and phases as they are defined, whatever their case or, for phases, by title.
  mutating func settleNames() {
    let ids = Dictionary(severities.map { ($0.id.lowercased(), $0.id) }) { first, _ in first }
    // An id counts before a title.
    let phaseIDs = Dictionary(
      phases.map { ($0.id.lowercased(), $0.id) } + phases.map { ($0.title.lowercased(), $0.id) }
    ) { first, _ in first }
    renameSeverities { ids[$0.lowercased()] ?? $0 }
    for index in checklist.indices {
      if let name = checklist[index].phase {
        checklist[index].phase = phaseIDs[name.lowercased()] ?? name
      }
    }
  }
}
