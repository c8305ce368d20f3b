import Engine
import YAML

extension Remark: ExactFact {
  static func read(
    _ node: YAMLNode, _ reader: inout SchemaReader
  ) throws(ProcedureError) -> [Self] {
    let fields = try SchemaFields(node, "a remark", keys: ["kind", "text"], reader.context)
    guard let kind: Kind = try fields.choice("kind") else {
      throw fields.missing("kind", "assumed")
    }
    return [Self(line: fields.line, kind: kind, text: try fields.text("text") ?? "")]
  }

  var yaml: YAMLValue {
    var map = MapBuilder()
    map.add("kind", kind.rawValue)
    map.add("text", text)
    return map.value(line: line)
  }
}

/// Remarks are kept from both, the prose and what is laid over it.
struct ExactRemarks: ExactForm {
  private let list = ExactList(.remarks, \.remarks)

  func read(
    _ fields: SchemaFields, into reader: inout SchemaReader
  ) throws(ProcedureError) {
    try list.read(fields, into: &reader)
  }

  func yaml(of procedure: Procedure) -> YAMLValue? { list.yaml(of: procedure) }

  func merge(_ frontMatter: PartialProcedure, over prose: inout Procedure) {
    prose.remarks += frontMatter.procedure.remarks
  }
}
