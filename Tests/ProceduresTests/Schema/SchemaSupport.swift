import Engine
import Procedures
import Testing
import YAML

/// Reads exact YAML in tests.
func readSchema(_ text: String) throws -> Procedure {
  let document = Array(text.utf8)
  return try ProcedureSchema.read(
    try YAMLNode.read(document), source: source, document: document)
}

func readFrontMatter(_ text: String) throws -> PartialProcedure {
  try ProcedureSchema.readPartial(try YAMLNode.read(text), source: source)
}

let source = Procedure.Source(path: "team.yaml", sha256: String(repeating: "0", count: 64))

/// The one-line message of the error that reading a text ends with; nil where it is read.
func schemaError(_ text: String) throws -> ProcedureError? {
  do {
    _ = try readSchema(text)
    return nil
  } catch let error as ProcedureError {
    return error
  }
}
