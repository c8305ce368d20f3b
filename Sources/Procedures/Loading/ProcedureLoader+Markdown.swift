import Engine
import YAML

extension ProcedureLoader {
  /// Reads a team's own document: the prose, and over it what its front matter states exactly.
  ///
  /// Front matter that cannot be used is remarked and costs nothing else: it may be another tool's.
  static func markdown(
    _ bytes: [UInt8], source: Procedure.Source, beside: (String) -> [UInt8]?
  ) throws(ProcedureError) -> Procedure {
    let (text, firstForeign) = utf8(bytes)
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
          text: "Not UTF-8: single bytes were read as Windows-1252"), at: 0)
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

  /// The bytes as UTF-8, with the first line that was not.
  ///
  /// A document that somebody saved in an old encoding is still a document: each byte that fits nowhere is taken for
  /// what it was on the systems that did so.
  private static func utf8(_ bytes: [UInt8]) -> (text: [UInt8], firstForeignLine: Int?) {
    if String(validating: bytes, as: UTF8.self) != nil { return (bytes, nil) }
    var text: [UInt8] = []
    var firstForeign: Int?
    var line = 1
    var index = 0
    while index < bytes.count {
      let length = wellFormedLength(bytes[index...].prefix(4))
      if length > 0 {
        text += bytes[index..<index + length]
        if bytes[index] == 10 { line += 1 }
        index += length
      } else {
        text += Array(String(windows1252(bytes[index])).utf8)
        firstForeign = firstForeign ?? line
        index += 1
      }
    }
    return (text, firstForeign)
  }

  /// Bytes of the character at the beginning; 0 where there is none.
  private static func wellFormedLength(_ bytes: ArraySlice<UInt8>) -> Int {
    guard let first = bytes.first else { return 0 }
    let length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
    guard bytes.count >= length, String(validating: bytes.prefix(length), as: UTF8.self) != nil
    else { return 0 }
    return length
  }

  private static func windows1252(_ byte: UInt8) -> Unicode.Scalar {
    let punctuation = Array("€?‚ƒ„…†‡ˆ‰Š‹Œ?Ž??‘’“”•–—˜™š›œ?žŸ".unicodeScalars)
    return (0x80..<0xA0).contains(byte) ? punctuation[Int(byte) - 0x80] : Unicode.Scalar(byte)
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
        path: path, line: line, column: 0, what: "too many brackets to be a text",
        remedy: "make the document shorter")
    case .notText(let line):
      self.init(
        path: path, line: line, column: 0, what: "not a text", remedy: "save the document as UTF-8")
    }
  }
}
