import Engine

extension ProcedureLoader.Loaded {
  /// Why what was read is no procedure, as where another file has taken its place; nil where it is one.
  ///
  /// An exact document is taken at its word, and so is a built-in one.
  package var whyNoProcedure: ProcedureError? {
    let path = procedure.source.path
    guard !path.hasSuffix(".yaml"), !path.hasSuffix(".yml"), let document else { return nil }
    if let other = DocumentLook(ProcedureLoader.text(of: document)) {
      return ProcedureError(
        path: path, line: other.line, column: 0, what: other.what, remedy: other.remedy)
    }
    // Whoever writes of a severity by its name writes of incidents, however little can be read.
    let words = ProcedureLoader.text(of: document).lowercased()
    guard procedure.statesNothing,
      !procedure.severities.contains(where: { words.contains($0.id.lowercased()) })
    else { return nil }
    return ProcedureError(
      path: path, line: 0, column: 0,
      what: document.bytes.isEmpty
        ? "it is empty" : "nothing in it can be read as a procedure",
      remedy: "put the document back")
  }
}

/// What a file is that stands where a document stood.
private struct DocumentLook {
  var line = 1
  var what: String
  var remedy: String

  /// Nil where it may be a document.
  init?(_ text: String) {
    let start = text.drop { $0.isWhitespace || $0 == "\u{FEFF}" }.prefix(64).lowercased()
    if start.hasPrefix("<!doctype html") || start.hasPrefix("<html") {
      (what, remedy) = ("it is a web page", "put the document itself there")
    } else if start.hasPrefix("version https://git-lfs.") {
      (what, remedy) = ("it is a pointer of Git LFS", "fetch the document with 'git lfs pull'")
    } else if let line = Self.conflict(in: text) {
      (what, remedy) = ("it holds a merge that was not finished", "finish the merge")
      self.line = line
    } else {
      return nil
    }
  }

  /// The line where Git put two versions beside each other, and not where a document shows how that looks.
  private static func conflict(in text: String) -> Int? {
    let marks = ["<<<<<<< ", "=======", ">>>>>>> "]
    var (place, first, isFenced) = (0, 0, false)
    for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false)
      .enumerated()
    {
      if line.hasPrefix("```") || line.hasPrefix("~~~") { isFenced.toggle() }
      guard !isFenced || place > 0, line.hasPrefix(marks[place]) else { continue }
      if place == 0 { first = number + 1 }
      place += 1
      if place == marks.count { return first }
    }
    return nil
  }
}
