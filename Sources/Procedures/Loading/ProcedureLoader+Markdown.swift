import Engine
import YAML

extension ProcedureLoader {
  /// Reads a team's own document: the prose, and over it what its front matter states exactly.
  ///
  /// Front matter that cannot be used is remarked and costs nothing else: it may be another tool's.
  static func markdown(
    _ bytes: [UInt8], source: Procedure.Source, beside: (String) -> [UInt8]?
  ) throws(ProcedureError) -> Procedure {
    let decoded = try decoded(bytes, path: source.path)
    let (text, firstForeign) = (decoded.bytes, decoded.firstForeignLine)
    let front = Result { () throws(ProcedureError) in
      try frontMatter(text, source: source)
    }
    var procedure: Procedure
    do throws(MarkdownError) {
      procedure = try MarkdownReader.read(
        text, name: stem(source.path), path: source.path, sha256: source.sha256,
        stated: front.stated, beside: beside)
    } catch {
      throw ProcedureError(error, path: source.path)
    }
    if let firstForeign {
      procedure.remarks.insert(
        Remark(
          line: firstForeign, kind: .repaired,
          text: "Not UTF-8 throughout: invalid bytes were read as Windows-1252"), at: 0)
    }
    switch front {
    case .success(nil): break
    case .success(let partial?):
      procedure = ProcedureSchema.merge(frontMatter: partial, over: procedure)
      for unknown in partial.unknownKeys {
        guard let nearest = unknown.nearest else { continue }
        procedure.remarks.append(
          Remark(
            line: unknown.line, kind: .unread,
            text: "Unknown key '\(unknown.key)' in the front matter; did you mean \(nearest)?"))
      }
    case .failure(let error):
      procedure.remarks.append(
        Remark(
          line: max(error.line, 1), kind: .unread,
          text: "The front matter was not used: \(error.what)"
            + (error.remedy.isEmpty ? "" : "; \(error.remedy)")))
    }
    return procedure
  }

  static func decoded(
    _ bytes: [UInt8], path: String
  ) throws(ProcedureError) -> TextEncoding.Decoded {
    do throws(TextEncoding.Unreadable) {
      return try TextEncoding.decode(bytes)
    } catch {
      throw ProcedureError(
        path: path, line: error.line, column: 0, what: error.what, remedy: error.remedy)
    }
  }

  private static func frontMatter(
    _ text: [UInt8], source: Procedure.Source
  ) throws(ProcedureError) -> PartialProcedure? {
    guard let front = FrontMatter.text(text) else { return nil }
    return try ProcedureSchema.readPartial(
      try node(front, path: source.path, firstLine: 2), source: source, document: text)
  }

  /// `OUTAGE` of `docs/OUTAGE.md`.
  private static func stem(_ path: String) -> String {
    let file = path.split(separator: "/").last ?? "procedure"
    guard let dot = file.lastIndex(of: "."), dot > file.startIndex else { return String(file) }
    return String(file[..<dot])
  }
}

extension Result where Success == PartialProcedure? {
  fileprivate var stated: [PartialProcedure.PartialSeverity] {
    if case .success(let partial?) = self { partial.severities } else { [] }
  }
}

extension ProcedureError {
  fileprivate init(_ error: MarkdownError, path: String) {
    switch error {
    case .tooLarge(_, let most):
      self.init(.tooLarge(limit: most), path: path)
    case .tooTangled(let line):
      self.init(
        path: path, line: line, column: 0, what: "too many nested brackets",
        remedy: "make the document shorter")
    case .notText(let line):
      self.init(
        path: path, line: line, column: 0, what: "not text", remedy: "save the document as UTF-8")
    }
  }
}
