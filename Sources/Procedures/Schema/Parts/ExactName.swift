import Engine
import YAML

struct ExactName: ExactForm {
  func read(
    _ fields: SchemaFields, into reader: inout SchemaReader
  ) throws(ProcedureError) {
    if fields.states("name") { reader.procedure.name = try fields.required("name", "Payments") }
  }

  func yaml(of procedure: Procedure) -> YAMLValue? { .text(procedure.name) }

  func merge(_ frontMatter: PartialProcedure, over prose: inout Procedure) {
    merge(.name, frontMatter, over: &prose)
  }
}
