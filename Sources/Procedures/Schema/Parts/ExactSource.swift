import Engine
import YAML

/// The document that an exported procedure was read from, to which its lines belong.
struct ExactSource: ExactForm {
  func read(
    _ fields: SchemaFields, into reader: inout SchemaReader
  ) throws(ProcedureError) {
    guard let node = try fields.value("source") else { return }
    let inner = try SchemaFields(node, "the source", keys: ["path", "sha256"], reader.context)
    reader.procedure.source = Procedure.Source(
      path: try inner.text("path") ?? "", sha256: try inner.text("sha256") ?? "")
  }

  func yaml(of procedure: Procedure) -> YAMLValue? {
    .map([
      .init("path", .text(procedure.source.path)),
      .init("sha256", .text(procedure.source.sha256)),
    ])
  }

  func merge(_ frontMatter: PartialProcedure, over prose: inout Procedure) {
    // A document with front matter is its own source.
  }
}
