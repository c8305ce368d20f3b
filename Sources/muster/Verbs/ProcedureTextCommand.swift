import ArgumentParser
import Documents
import Engine
import EventLog
import Procedures

struct ProcedureTextCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "text", abstract: "Print the procedure document as written.",
    discussion: """
      The text comes from the incident's log, so it is available even when the file is gone; \
      with no incident open, from the store's procedure. With a word, only sections that contain it are \
      printed, and the exit status is 1 if there are none. 'muster procedure export --document' prints \
      the file byte for byte.

      Example: muster procedure text rollback
      Example: muster procedure text --line 120
      """)

  @OptionGroup var target: IncidentOptions
  @Argument(help: ArgumentHelp("Show the sections that contain this.", valueName: "word"))
  var word: [Typed] = []
  @Option(
    help: ArgumentHelp("A file or a built-in name, instead of the incident's.", valueName: "name"),
    completion: .file())
  var procedure: String?
  @Option(help: ArgumentHelp("Show the section that this line is in.", valueName: "number"))
  var line: Int?
  @Flag(name: .long, help: "Print JSON: every line with its number.") var json = false

  func run() throws {
    let store = try StoreAccess(home: target.store.home)
    let kept = try store.keptDocument(procedure, target)
    let text = ProcedureLoader.text(of: kept.document)
    let path = kept.procedure.source.path
    let isMarkdown = DocumentText.isMarkdown(path: path)
    let probe = DocumentText(text, isMarkdown: isMarkdown, width: 80)
    let gutter = String(probe.lines.count).count + 2
    let document = DocumentText(text, isMarkdown: isMarkdown, width: Output.width - gutter)
    let words = word.joined
    let shown = try sections(of: document, words)
    if json { return try Output.json(value(of: document, shown, words, kept)) }
    try Output.lines(rows(of: document, shown, gutter))
  }

  /// The stretches of lines that are asked for; the whole document where nothing is.
  private func sections(
    of document: DocumentText, _ words: String
  ) throws(Failure) -> [ClosedRange<Int>] {
    let whole = 1...max(1, document.lines.count)
    if let line {
      guard whole.contains(line) else {
        throw Failure(.no, "there is no line \(line); the document has \(document.lines.count)")
      }
      return [document.section(ofLine: line)]
    }
    if words.isEmpty { return [whole] }
    let sections = document.lines(containing: words).map(document.section)
      .reduce(into: [ClosedRange<Int>]()) { if $0.last != $1 { $0.append($1) } }
    guard !sections.isEmpty else {
      throw Failure(.no, "'\(words)' does not occur in the document")
    }
    return sections
  }

  private func rows(
    of document: DocumentText, _ sections: [ClosedRange<Int>], _ gutter: Int
  ) -> [String] {
    var lines: [String] = []
    for section in sections {
      if !lines.isEmpty { lines.append("") }
      var last = 0
      for row in document.rows where section.contains(row.line) {
        let number = row.line == last ? "" : String(row.line)
        last = row.line
        let margin = String(repeating: " ", count: gutter - 2 - number.count)
        lines.append(row.text.isEmpty ? margin + number : "\(margin)\(number)  \(row.text)")
      }
    }
    return lines
  }

  private func value(
    of document: DocumentText, _ sections: [ClosedRange<Int>], _ words: String,
    _ kept: StoreAccess.KeptDocument
  ) -> JSON {
    let found = Set(document.lines(containing: words))
    let lines = sections.flatMap(Array.init).filter { $0 <= document.lines.count }.map { line in
      JSON.object([
        "line": .integer(Int64(line)), "text": .string(document.lines[line - 1]),
        "found": .bool(found.contains(line)),
      ])
    }
    return .object([
      "name": .string(kept.procedure.name), "path": .string(kept.procedure.source.path),
      "sha256": .string(kept.procedure.source.sha256), "incident": .orNull(kept.incident),
      "lines": .array(lines),
    ])
  }
}

extension StoreAccess {
  /// A document at hand, and the incident that keeps it, where one does.
  struct KeptDocument {
    var procedure: Procedure
    var document: ProcedureDocument
    var incident: String?
  }

  /// The document that was named, else the open incident's from its log, else the store's.
  func keptDocument(
    _ named: String?, _ options: IncidentOptions
  ) throws(Failure) -> KeptDocument {
    let isMeant = options.incident != nil || environment("MUSTER_INCIDENT") != nil
    let isOpen = try !openIDs().isEmpty
    guard named == nil, isMeant || isOpen else {
      let loaded = try ProcedureChoice(store: self).loadedForReading(named)
      guard let document = loaded.document else {
        throw Failure(.no, "\(loaded.procedure.source.path): the document is too long to show")
      }
      return KeptDocument(procedure: loaded.procedure, document: document)
    }
    let choice = try IncidentChoice(store: self, typed: options.incident).forReading()
    let log = try choice.store.log(of: choice.id, keeping: .all)
    try log.refresh(at: WallClock.now)
    let procedure = log.incident.procedure
    if let document = ProcedureDocument(keptIn: log.events) {
      return KeptDocument(procedure: procedure, document: document, incident: choice.id)
    }
    throw Failure(
      .no,
      "the log of \(choice.id) contains no document; "
        + "print the file with --procedure \(procedure.source.path)")
  }
}
