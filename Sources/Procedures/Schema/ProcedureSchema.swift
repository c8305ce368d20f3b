package import Engine
package import YAML

/// The exact form of a procedure: the same parts as `procedure show --json`, in YAML.
///
/// Spans are written as people write them, or as seconds. A fact stands on the line of its entry unless a `line` key names
/// another, as in exported procedures, whose `source` names the document that those lines belong to.
package enum ProcedureSchema {
  /// The parts of a procedure, as their keys.
  package enum Section: String, CaseIterable, Sendable {
    case name, source, calendar, severities, statuses, phases, checklist, escalation, cadence
    case watch, templates, runbooks, decisions, roles, contacts, oncall, postmortem, metrics
    case silence, remarks
  }

  /// Reads a whole procedure; `document` is the file's bytes, for excerpts.
  ///
  /// A missing name is the file's; severities there must be, if only `[]`. What is referred to must exist, and an id stands
  /// once.
  package static func read(
    _ node: YAMLNode, source: Procedure.Source, document: [UInt8] = []
  ) throws(ProcedureError) -> Procedure {
    let context = SchemaContext(path: source.path, document: document)
    var reader = SchemaReader(context: context, source: source)
    let fields = try SchemaFields(
      node, "a procedure", keys: Section.allCases.map(\.rawValue), context)
    try reader.read(fields)
    guard fields.states("severities") else { throw fields.missing("severities", "[]") }
    try reader.checkReferences()
    return reader.procedure
  }

  /// Reads front matter: any part may be missing, and keys of other tools are no errors.
  ///
  /// `node` must have been read with the line on which the front matter begins.
  package static func readPartial(
    _ node: YAMLNode, source: Procedure.Source, document: [UInt8] = []
  ) throws(ProcedureError) -> PartialProcedure {
    let context = SchemaContext(path: source.path, document: document)
    var partial = PartialProcedure(procedure: Procedure(name: "", source: source))
    if node.isNull { return partial }
    guard let entries = node.entries else {
      throw context.error(
        at: node, "front matter must be a mapping, and this is \(node.nameOfKind)",
        remedy: "write it as 'key: value'")
    }
    let known = Section.allCases.filter { $0 != .source }.map(\.rawValue)
    var own = node
    own.value = .mapping(entries.filter { known.contains($0.key) })
    for entry in entries where !known.contains(entry.key) {
      partial.unknownKeys.append(.init(key: entry.key, line: entry.line))
    }
    var reader = SchemaReader(context: context, source: source)
    let fields = try SchemaFields(own, "front matter", keys: known, context)
    try reader.read(fields)
    partial.procedure = reader.procedure
    partial.severities = reader.severities.map(\.partial)
    partial.stated = Set(Section.allCases.filter { fields.states($0.rawValue) })
    return partial
  }
}

/// Takes the parts of a procedure out of its mapping.
struct SchemaReader {
  let context: SchemaContext
  var procedure: Procedure
  /// What each severity states, and where, for references and for front matter.
  var severities: [StatedSeverity] = []
  /// Names that were mentioned, to be looked up when everything is known.
  var references: [Reference] = []

  struct StatedSeverity {
    var partial: PartialProcedure.PartialSeverity
    var node: YAMLNode
  }

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
    if fields.states("name") { procedure.name = try fields.required("name", "Payments") }
    procedure.source = try source(fields) ?? procedure.source
    procedure.calendar = try calendar(fields)
    try readSeverities(fields)
    procedure.statuses = try statuses(fields)
    procedure.phases = try phases(fields)
    procedure.checklist = try checklist(fields)
    procedure.escalation = try escalation(fields)
    try readCadence(fields)
    procedure.watch = try watch(fields)
    procedure.silence = try silence(fields)
    procedure.templates = try templates(fields)
    procedure.runbooks = try runbooks(fields)
    procedure.decisions = try decisions(fields)
    procedure.roles = try roles(fields)
    procedure.contacts = try contacts(fields)
    procedure.oncall = try oncall(fields)
    procedure.postmortem = try postmortem(fields)
    procedure.metrics = try metrics(fields)
    procedure.remarks += try remarks(fields)
  }

  private func source(_ fields: SchemaFields) throws(ProcedureError) -> Procedure.Source? {
    guard let node = try fields.value("source") else { return nil }
    let inner = try SchemaFields(node, "the source", keys: ["path", "sha256"], context)
    return Procedure.Source(
      path: try inner.text("path") ?? "", sha256: try inner.text("sha256") ?? "")
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

  /// The id that is stated, else one made of words; it must not be another's.
  func id(
    _ fields: SchemaFields, from words: String, _ ids: inout TakenIDs
  ) throws(ProcedureError) -> String {
    guard fields.states("id") else { return ids.make(words, line: fields.node.line) }
    let id = try fields.required("id", "check-logs")
    guard id.count <= 80, !id.contains(where: \.isNewline) else {
      throw context.error(
        at: fields.node, "an id is one line of at most 80 characters", remedy: "shorten it")
    }
    if let first = ids.take(id, line: fields.node.line) {
      throw context.error(
        at: try fields.value("id") ?? fields.node,
        "the id '\(id)' stands twice (first on line \(first))", remedy: "give each its own id")
    }
    return id
  }
}

/// The ids of one kind of fact, whatever their case, and the lines that they stand on.
struct TakenIDs {
  private var lines: [String: Int] = [:]
  private var numbers: [String: Int] = [:]

  /// Takes an id; answers the line of the one that has it already.
  mutating func take(_ id: String, line: Int) -> Int? {
    let key = id.lowercased()
    if let first = lines[key] { return first }
    lines[key] = line
    return nil
  }

  /// Takes the slug of the words, with `-2`, `-3` … where it is taken.
  mutating func make(_ words: String, line: Int) -> String {
    let slug = Slug.make(words)
    var id = slug
    var number = numbers[slug] ?? 1
    while take(id, line: line) != nil {
      number += 1
      id = "\(slug)-\(number)"
    }
    numbers[slug] = number
    return id
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
    func settled(_ name: String) -> String { ids[name.lowercased()] ?? name }
    for index in checklist.indices {
      checklist[index].severities = checklist[index].severities.map(settled)
      if let name = checklist[index].phase {
        checklist[index].phase = phaseIDs[name.lowercased()] ?? name
      }
    }
    for index in escalation.indices {
      escalation[index].severity = escalation[index].severity.map(settled)
    }
    for index in cadence.indices { cadence[index].severity = cadence[index].severity.map(settled) }
    for index in notices.indices { notices[index].severity = notices[index].severity.map(settled) }
    for index in templates.indices {
      templates[index].severities = templates[index].severities.map(settled)
    }
    for index in postmortem.indices {
      postmortem[index].severity = postmortem[index].severity.map(settled)
    }
  }
}
