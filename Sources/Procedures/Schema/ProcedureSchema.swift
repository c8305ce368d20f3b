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
    procedure.cadence = try cadence(fields)
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
    for reference in references {
      let ids: [String]
      var titles: [String] = []
      switch reference.kind {
      case .severity: ids = procedure.severities.map(\.id)
      case .phase:
        ids = procedure.phases.map(\.id)
        titles = procedure.phases.map(\.title)
      }
      // Where nothing is defined, names stand for themselves.
      guard !ids.isEmpty, !(ids + titles).contains(where: { isSameName($0, reference.name) })
      else { continue }
      throw context.error(
        at: reference.node, "unknown \(reference.kind.rawValue) '\(reference.node.shown)'",
        remedy: NearestMatch.remedy(reference.name, among: ids))
    }
    procedure.settleNames()
  }

  /// Refuses an id that an earlier fact has.
  func checkUnique(
    _ id: String, among earlier: [String: Int], _ fields: SchemaFields
  ) throws(ProcedureError) {
    guard let first = earlier[id.lowercased()] else { return }
    let place = try fields.value("id") ?? fields.node
    throw context.error(
      at: place, "the id '\(id)' stands twice (first on line \(first))",
      remedy: "give each its own id")
  }

  /// The id that is stated, else one made of words; earlier ones by their lines.
  func id(
    _ fields: SchemaFields, from words: String, _ earlier: inout [String: Int]
  ) throws(ProcedureError) -> String {
    let id: String
    if fields.states("id") {
      id = try fields.required("id", "check-logs")
      guard id.count <= 80, !id.contains(where: \.isNewline) else {
        throw context.error(
          at: fields.node, "an id is one line of at most 80 characters", remedy: "shorten it")
      }
      try checkUnique(id, among: earlier, fields)
    } else {
      id = Slug.unique(Slug.make(words), among: { earlier[$0] != nil })
    }
    earlier[id.lowercased()] = fields.node.line
    return id
  }
}

func isSameName(_ one: String, _ other: String) -> Bool {
  one == other || one.lowercased() == other.lowercased()
}

extension Procedure {
  /// Writes mentioned severities and phases as they are defined, whatever their case or, for phases, by title.
  mutating func settleNames() {
    let ids = severities.map(\.id)
    func settled(_ name: String) -> String { ids.first { isSameName($0, name) } ?? name }
    for index in checklist.indices {
      checklist[index].severities = checklist[index].severities.map(settled)
      if let name = checklist[index].phase,
        let phase = phases.first(where: { isSameName($0.id, name) })
          ?? phases.first(where: { isSameName($0.title, name) })
      {
        checklist[index].phase = phase.id
      }
    }
    for index in escalation.indices {
      escalation[index].severity = escalation[index].severity.map(settled)
    }
    for index in cadence.indices { cadence[index].severity = cadence[index].severity.map(settled) }
    for index in templates.indices {
      templates[index].severities = templates[index].severities.map(settled)
    }
    for index in postmortem.indices {
      postmortem[index].severity = postmortem[index].severity.map(settled)
    }
  }
}
