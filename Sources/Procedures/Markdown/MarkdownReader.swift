package import Engine

/// Gives the bytes of a document that lies beside the one being read, by the name it is called by.
package typealias ReadBeside = (String) -> [UInt8]?

/// Why a document was not read at all.
package enum MarkdownError: Error, Hashable, Sendable {
  case tooLarge(bytes: Int, most: Int)
  /// More signs that open something than any text needs; reading them would take too long.
  case tooTangled(line: Int)
  case notText(line: Int)
}

/// Reads a team's own Markdown document as a procedure.
package enum MarkdownReader {
  package static let largest = 131_072

  /// Reads the document.
  ///
  /// Pure: nothing is opened but what `beside` gives. Whatever the text says, a procedure comes back, with a
  /// remark for every doubt; errors are for what is too large or no text. `stated` are the severities of its front
  /// matter, which the text may speak of without defining them.
  package static func read(
    _ bytes: [UInt8], name: String, path: String, sha256: String,
    stated: [PartialProcedure.PartialSeverity] = [], beside: ReadBeside = { _ in nil }
  ) throws(MarkdownError) -> Procedure {
    try checkBounds(bytes)
    let lexicon = Lexicon(for: String(decoding: bytes, as: UTF8.self))
    return Lexicon.$current.withValue(lexicon) {
      let document = PreparedDocument(bytes)
      var procedure = Procedure(
        name: name, source: Procedure.Source(path: path, sha256: sha256))
      procedure.remarks = document.remarks
      var reading = Reading(
        outline: document.outline, lines: document.lines, procedure: procedure)
      reading.readAll(stated: stated, beside: beside)
      return reading.procedure
    }
  }

  package static func read(
    _ text: String, name: String, path: String, sha256: String,
    beside: ReadBeside = { _ in nil }
  ) throws(MarkdownError) -> Procedure {
    try read(Array(text.utf8), name: name, path: path, sha256: sha256, beside: beside)
  }

  /// The outline of a document that another points to; nil where it is too large or no text.
  static func prepare(_ bytes: [UInt8]) -> PreparedDocument? {
    do {
      try checkBounds(bytes)
    } catch {
      return nil
    }
    return PreparedDocument(bytes)
  }

  private static func checkBounds(_ bytes: [UInt8]) throws(MarkdownError) {
    guard bytes.count <= largest else {
      throw .tooLarge(bytes: bytes.count, most: largest)
    }
    var line = 1
    var brackets = 0
    for byte in bytes {
      if byte == 0 { throw .notText(line: line) }
      if byte == 10 { line += 1 }
      if byte == 91 { brackets += 1 }
      // The library takes quadratic time on nested images; no document needs a tenth of this.
      if brackets > 8000 { throw .tooTangled(line: line) }
    }
  }
}

/// A document mended, without its front matter, cut into sections.
struct PreparedDocument {
  let outline: Outline
  /// The first line at index 1.
  let lines: [String]
  private(set) var remarks: [Remark] = []

  init(_ bytes: [UInt8]) {
    let mended = EncodingRepair.mend(bytes)
    let text = FrontMatter.blanked(mended.bytes)
    lines =
      [""]
      + String(decoding: text, as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    var parser = MarkdownParser()
    outline = Outline(parser.parse(text), lineCount: lines.count - 1)
    if let line = mended.firstLine {
      remarks.append(
        Remark(
          line: line, kind: .repaired,
          text:
            "\(mended.count) damaged characters repaired: UTF-8 that was once read as \(mended.encoding)"
        ))
    }
    if parser.isCutOff {
      remarks.append(
        Remark(
          line: 1, kind: .unread,
          text: "Parts nested more than \(MarkdownParser.deepest) levels deep are not read"))
    }
  }
}

extension Reading {
  mutating func readAll(stated: [PartialProcedure.PartialSeverity], beside: ReadBeside) {
    readSeverities(stated: stated, beside: beside)
    sentences = findSentences()
    readTargets()
    readTemplates()
    readPhases()
    readRunbooks()
    readCadences()
    readEscalations()
    readPostmortems()
    readChecklist()
    readWatches()
    readDecisions()
    readPhaseDetails()
    readPeople()
    readStatuses()
    sweep()
  }
}
