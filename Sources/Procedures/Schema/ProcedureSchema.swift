package import Engine
package import YAML

/// The exact form of a procedure: the same parts as `procedure show --json`, in YAML.
///
/// Spans are written as people write them, or as seconds. A fact stands on the line of its entry unless a `line` key names
/// another, as in exported procedures, whose `source` names the document that those lines belong to.
package enum ProcedureSchema {
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
      node, "a procedure", keys: Procedure.Part.allCases.map(\.rawValue), context)
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
    let known = Procedure.Part.allCases.filter { $0 != .source }.map(\.rawValue)
    var own = node
    own.value = .mapping(entries.filter { known.contains($0.key) })
    for entry in entries where !known.contains(entry.key) {
      partial.unknownKeys.append(.init(key: entry.key, line: entry.line))
    }
    var reader = SchemaReader(context: context, source: source)
    let fields = try SchemaFields(own, "front matter", keys: known, context)
    try reader.read(fields)
    partial.procedure = reader.procedure
    partial.severities = reader.severities
    partial.stated = Set(Procedure.Part.allCases.filter { fields.states($0.rawValue) })
    return partial
  }

  /// The procedure as exact YAML; reading it gives the same procedure, with its lines and source.
  ///
  /// Ids must be unique and everything mentioned defined, as in any procedure that was read.
  package static func write(_ procedure: Procedure) -> String {
    var map = MapBuilder()
    for part in Procedure.Part.allCases {
      if let value = part.exact.yaml(of: procedure) { map.add(part.rawValue, value) }
    }
    return map.value.yaml
  }
}
