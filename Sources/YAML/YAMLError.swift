/// Why a document was not read, and where.
package struct YAMLError: Error, Hashable, Sendable {
  package var problem: Problem
  /// 1-based; 0 where the document as a whole is meant.
  package var line: Int
  /// 1-based, in Unicode scalars; 0 where the line as a whole is meant.
  package var column: Int

  package init(_ problem: Problem, line: Int, column: Int) {
    self.problem = problem
    self.line = line
    self.column = column
  }

  package enum Problem: Hashable, Sendable {
    case tooLarge(bytes: Int, limit: Int)
    case notUTF8
    /// Named by its code point; such characters may be written as an escape in double quotes.
    case forbiddenCharacter(UInt32)
    case tooDeep(limit: Int)
    case tooManyValues(limit: Int)
    case alias(String)
    case anchor(String)
    case tag(String)
    case duplicateKey(String, firstLine: Int)
    /// A list or a mapping stands where a key is expected.
    case keyIsNotText
    case severalDocuments
    /// In the words of the parser.
    case syntax(String)
    case outOfMemory
  }

  /// What is wrong and what to do, without the place.
  package var what: String {
    switch problem {
    case .tooLarge(let bytes, let limit):
      "the file has \(bytes) bytes; the limit is \(limit)"
    case .notUTF8: "not UTF-8 text; save the file as UTF-8"
    case .forbiddenCharacter(let code):
      "the character U+\(String(code, radix: 16, uppercase: true).leftPadded(to: 4)) is not "
        + "allowed here; remove it"
    case .tooDeep(let limit): "nested more than \(limit) levels deep; make it flatter"
    case .tooManyValues(let limit): "more than \(limit) values; make the file shorter"
    case .alias(let name): "the alias '*\(name)' is not allowed; write the value out"
    case .anchor(let name): "the anchor '&\(name)' is not allowed; write the value out"
    case .tag(let name): "the tag '\(name)' is not allowed; remove it"
    case .duplicateKey(let key, let firstLine):
      "the key '\(key)' appears twice (first on line \(firstLine)); remove one"
    case .keyIsNotText: "a key must be text; write it on one line, as 'key: value'"
    case .severalDocuments: "a second document begins here; keep one document per file"
    case .syntax(let words): "not valid YAML: \(words)"
    case .outOfMemory: "not enough memory to read the file"
    }
  }
}

extension String {
  fileprivate func leftPadded(to width: Int) -> String {
    String(repeating: "0", count: max(0, width - count)) + self
  }
}
