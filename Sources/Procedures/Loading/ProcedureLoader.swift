import CLibCrypto
package import Engine
import YAML

/// Turns a document into a procedure, by the ending of its name: `.yaml` and `.yml` are exact, all else is Markdown.
package enum ProcedureLoader {
  /// Bytes of a document at most.
  package static let limit = 128 * 1024

  /// Reads the file and those beside it that it points to.
  package static func load(_ path: String) throws(ProcedureError) -> Procedure {
    let bytes: [UInt8]
    do throws(FileProblem) {
      bytes = try BoundedFile.read(path, limit: limit)
    } catch {
      throw ProcedureError(error, path: path)
    }
    return try read(bytes, path: path) { name in
      do throws(FileProblem) {
        return try BoundedFile.read(name, beside: path, limit: limit)
      } catch {
        // What is not had is remarked by the reader, whatever the reason.
        return nil
      }
    }
  }

  /// Reads bytes that came from `path`; `beside` gives those of a document that it points to.
  package static func read(
    _ bytes: [UInt8], path: String, beside: (String) -> [UInt8]? = { _ in nil }
  ) throws(ProcedureError) -> Procedure {
    guard bytes.count <= limit else {
      throw ProcedureError(.tooLarge(limit: limit), path: path)
    }
    let source = Procedure.Source(path: path, sha256: sha256(bytes))
    if path.hasSuffix(".yaml") || path.hasSuffix(".yml") {
      return try ProcedureSchema.read(
        try node(bytes, path: path, firstLine: 1), source: source, document: bytes)
    }
    return try markdown(bytes, source: source, beside: beside)
  }

  /// 64 lower-case hexadecimal characters.
  package static func sha256(_ bytes: [UInt8]) -> String {
    String(unsafeUninitializedCapacity: 64) { output in
      guard let address = output.baseAddress else { return 0 }
      muster_sha256_hex(bytes, bytes.count, nil, 0, address)
      return 64
    }
  }

  static func node(
    _ bytes: [UInt8], path: String, firstLine: Int
  ) throws(ProcedureError) -> YAMLNode {
    do throws(YAMLError) {
      return try YAMLNode.read(bytes, firstLine: firstLine)
    } catch {
      throw ProcedureError(error, path: path, document: bytes)
    }
  }
}

extension BuiltInProcedures.Entry {
  package func read() throws(ProcedureError) -> Procedure {
    try ProcedureLoader.read(Array(text.utf8), path: file)
  }
}

extension ProcedureError {
  init(_ problem: FileProblem, path: String) {
    self.init(path: path, line: 0, column: 0, what: problem.what, remedy: problem.remedy)
  }
}
