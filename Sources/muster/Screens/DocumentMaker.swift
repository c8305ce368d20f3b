package import Dashboard
import Documents
package import Engine
import EventLog
import Procedures

/// Lays the document that an incident is run by out for the console, from what its log keeps.
struct DocumentMaker {
  let place: StorePlace
  let incident: String?
  /// From where a past incident is looked at; nil: from now.
  let vantage: Vantage?
  let width: Int

  var page: DocumentPage {
    guard let incident else {
      return DocumentPage(name: "Document", obstacle: "No incident is open.")
    }
    do throws(Failure) {
      let session = try ReadingSession(StoreAccess(place), incident, from: vantage)
      let source = session.incident.procedure.source
      guard let kept = ProcedureDocument(keptIn: session.log.events) else {
        return DocumentPage(
          name: Self.name(source.path),
          obstacle: "The log of \(incident) does not contain the document's text. "
            + "'muster procedure text --procedure \(source.path)' shows the file, if it exists."
        )
      }
      return DocumentPage(kept, path: source.path, width: width)
    } catch {
      return DocumentPage(name: "Document", obstacle: error.message)
    }
  }

  static func name(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? "Document"
  }
}

extension DocumentPage {
  /// Lays out a document in so many columns, those for the numbers of lines included.
  package init(_ document: ProcedureDocument, path: String, width: Int) {
    let text = ProcedureLoader.text(of: document)
    let gutter = Self.gutter(ofLines: text.count(where: \.isNewline) + 1)
    self.init(
      DocumentText(
        text, isMarkdown: DocumentText.isMarkdown(path: path), width: width - gutter),
      name: DocumentMaker.name(path))
  }

  private init(_ text: DocumentText, name: String) {
    let rows = text.rows.map { row in
      Row(line: row.line, pieces: row.runs.map { Piece($0.text, Look($0.look, row.kind)) })
    }
    self.init(name: name, rows: rows, lines: text.lines, commands: text.commands)
  }
}

extension DocumentPage.Look {
  fileprivate init(_ look: DocumentText.Look, _ kind: DocumentText.Kind) {
    if case .heading = kind {
      self = .heading
      return
    }
    switch look {
    case .plain: self = .plain
    case .strong: self = .strong
    case .emphasis: self = .emphasis
    case .code: self = .code
    case .link: self = .link
    case .frame: self = .frame
    }
  }
}
