package import YAML

/// Why a procedure was not read: what is wrong, where, and what to do.
package struct ProcedureError: Error, Hashable, Sendable {
  package var path: String
  /// 1-based; 0 where the file as a whole is meant.
  package var line: Int
  /// 1-based; 0 where the line as a whole is meant.
  package var column: Int
  package var what: String
  /// What to do about it.
  package var remedy: String
  package var excerpt: Excerpt?

  package init(
    path: String, line: Int, column: Int, what: String, remedy: String, excerpt: Excerpt? = nil
  ) {
    self.path = path
    self.line = line
    self.column = column
    self.what = what
    self.remedy = remedy
    self.excerpt = excerpt
  }

  /// From what the parser says about a document.
  package init(_ error: YAMLError, path: String, document: [UInt8]) {
    let parts = error.what.split(separator: ";", maxSplits: 1)
    self.init(
      path: path, line: error.line, column: error.column, what: String(parts.first ?? ""),
      remedy: parts.count > 1 ? String(parts[1].drop { $0 == " " }) : "",
      excerpt: Excerpt(of: document, line: error.line, column: error.column))
  }

  /// One line: `path:line:column: what; remedy`.
  package var description: String {
    var place = path
    if line > 0 { place += ":\(line)" }
    if line > 0, column > 0 { place += ":\(column)" }
    return "\(place): \(what)\(remedy.isEmpty ? "" : "; \(remedy)")"
  }
}
