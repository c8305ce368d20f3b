import CLibCrypto
package import Engine
import YAML

/// Turns a document into a procedure, by the ending of its name: `.yaml` and `.yml` are exact, all else is Markdown.
package enum ProcedureLoader {
  /// Bytes of a document at most.
  package static let limit = ProcedureDocument.limit

  /// A procedure, and the document that it was read from.
  package struct Loaded: Sendable {
    package var procedure: Procedure
    package var document: ProcedureDocument?
    /// What its team has decided about it; nil: it was not read from a file.
    package var review: Review?

    package init(
      procedure: Procedure, document: ProcedureDocument?, review: Review? = nil
    ) {
      self.procedure = procedure
      self.document = document
      self.review = review
    }
  }

  /// Reads the file, those beside it that it points to, and what the team has decided about it.
  package static func load(_ path: String) throws(ProcedureError) -> Loaded {
    let bytes: [UInt8]
    do throws(FileProblem) {
      bytes = try BoundedFile.read(path, limit: limit)
    } catch {
      throw ProcedureError(error, path: path)
    }
    let read = try read(bytes, path: path) { name in
      do throws(FileProblem) {
        return try BoundedFile.read(name, beside: path, limit: limit)
      } catch {
        // The reader remarks on files that could not be read, whatever the reason.
        return nil
      }
    }
    let document = ProcedureDocument(bytes)
    let text = document.map(Self.text(of:)) ?? ""
    let review = Review(of: read, in: text, path: path, beside: decisions(about: path))
    return Loaded(procedure: review.procedure, document: document, review: review)
  }

  /// The bytes of a document, of those beside it that it points to and of what its team has decided about it, by their
  /// names as seen from its folder.
  package static func files(of path: String) throws(ProcedureError) -> [String: [UInt8]] {
    let bytes: [UInt8]
    do throws(FileProblem) { bytes = try BoundedFile.read(path, limit: limit) } catch {
      throw ProcedureError(error, path: path)
    }
    let name = path.split(separator: "/").last.map(String.init) ?? path
    var files = [name: bytes]
    _ = try read(bytes, path: path) { name in
      do throws(FileProblem) {
        let other = try BoundedFile.read(name, beside: path, limit: limit)
        if let plain = BoundedFile.plainName(name) { files[plain] = other }
        return other
      } catch { return nil }
    }
    if let decisions = try decisions(about: path).get() {
      files[ReviewFile.path(of: name)] = decisions
    }
    return files
  }

  /// The bytes of the decisions that lie beside a document; nil where there are none.
  private static func decisions(about path: String) -> Result<[UInt8]?, ProcedureError> {
    let own = ReviewFile.path(of: path)
    do throws(FileProblem) {
      return .success(try BoundedFile.read(own, limit: ReviewFile.limit))
    } catch .notThere {
      return .success(nil)
    } catch {
      return .failure(ProcedureError(error, path: own))
    }
  }

  /// A document as text; bytes that are not UTF-8 are taken for what older systems meant by them.
  package static func text(of document: ProcedureDocument) -> String {
    do throws(TextEncoding.Unreadable) {
      return try TextEncoding.decode(document.bytes).text
    } catch {
      return String(decoding: document.bytes, as: UTF8.self)
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
  package func read() throws(ProcedureError) -> Procedure { try load().procedure }

  package func load() throws(ProcedureError) -> ProcedureLoader.Loaded {
    let bytes = Array(text.utf8)
    return ProcedureLoader.Loaded(
      procedure: try ProcedureLoader.read(bytes, path: file), document: ProcedureDocument(bytes))
  }
}

extension ProcedureError {
  init(_ problem: FileProblem, path: String) {
    self.init(path: path, line: 0, column: 0, what: problem.what, remedy: problem.remedy)
  }
}
