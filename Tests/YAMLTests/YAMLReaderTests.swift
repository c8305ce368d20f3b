import Testing
import YAML

@Suite struct `Reading YAML` {
  @Test func `a tree keeps order, style, line and column of everything`() throws {
    let node = try YAMLNode.read("name: Tonight\nlist:\n  - a\n  - 'b'\n  - {k: 1}\nempty:\n")
    let entries = try #require(node.entries)
    #expect(entries.map(\.key) == ["name", "list", "empty"])
    #expect(entries.map(\.line) == [1, 2, 6])
    #expect(node["name"] == YAMLNode(.scalar("Tonight", .plain), line: 1, column: 7))
    let items = try #require(node["list"]?.items)
    #expect(items.map(\.line) == [3, 4, 5])
    #expect(items.map(\.column) == [5, 5, 5])
    #expect(items[1].value == .scalar("b", .quoted))
    #expect(items[2]["k"]?.integer == 1)
    #expect(node["empty"]?.isNull == true)
  }

  @Test(arguments: ["", "\n", "# only a comment\n", "---\n"])
  func `a document without a value is null`(text: String) throws {
    #expect(try YAMLNode.read(text).isNull)
  }

  @Test func `quotes turn values into texts`() throws {
    let node = try YAMLNode.read("a: 12\nb: '12'\nc: true\nd: \"true\"\ne: ~\nf: '~'\n")
    #expect(node["a"]?.integer == 12)
    #expect(node["b"]?.integer == nil)
    #expect(node["b"]?.text == "12")
    #expect(node["c"]?.boolean == true)
    #expect(node["d"]?.boolean == nil)
    #expect(node["e"]?.text == nil)
    #expect(node["f"]?.text == "~")
  }

  @Test func `lines count from where the document begins in its file`() throws {
    let node = try YAMLNode.read("a: b\nc: d\n", firstLine: 10)
    #expect(node["c"]?.line == 11)
  }

  @Test(arguments: [
    ("a: &x 1\n", YAMLError(.anchor("x"), line: 1, column: 4)),
    ("a: 1\nb: *x\n", YAMLError(.alias("x"), line: 2, column: 4)),
    ("a: !!str 1\n", YAMLError(.tag("tag:yaml.org,2002:str"), line: 1, column: 4)),
    ("- !run [a]\n", YAMLError(.tag("!run"), line: 1, column: 3)),
    ("a: 1\nb: 2\na: 3\n", YAMLError(.duplicateKey("a", firstLine: 1), line: 3, column: 1)),
    ("a: 1\n---\nb: 2\n", YAMLError(.severalDocuments, line: 2, column: 1)),
    ("? [a, b]\n: 1\n", YAMLError(.keyIsNotText, line: 1, column: 3)),
    ("a: \"\u{1}\"\n", YAMLError(.forbiddenCharacter(1), line: 1, column: 5)),
  ])
  func `what only confuses is refused where it stands`(text: String, expected: YAMLError) {
    #expect(throws: expected) { try YAMLNode.read(text) }
  }

  @Test func `an alias bomb is refused at its first anchor`() {
    let bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "b: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\n"
    #expect(throws: YAMLError(.anchor("a"), line: 1, column: 4)) { try YAMLNode.read(bomb) }
  }

  @Test func `bounds hold on size, depth and number`() throws {
    #expect(throws: YAMLError(.tooLarge(bytes: 131_073, limit: 131_072), line: 0, column: 0)) {
      try YAMLNode.read([UInt8](repeating: 35, count: 131_073))
    }
    let nested = { (depth: Int) in
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    _ = try YAMLNode.read(nested(32))
    #expect(throws: YAMLError(.tooDeep(limit: 32), line: 1, column: 33)) {
      try YAMLNode.read(nested(33))
    }
    #expect(throws: YAMLError(.tooDeep(limit: 32), line: 1, column: 33)) {
      try YAMLNode.read(nested(50_000))
    }
    var limits = YAMLNode.Limits()
    limits.values = 3
    #expect(throws: YAMLError(.tooManyValues(limit: 3), line: 1, column: 8)) {
      try YAMLNode.read("[a, b, c]", limits: limits)
    }
  }

  @Test func `bytes that are no UTF-8 and broken syntax are told with their line`() {
    #expect(throws: YAMLError(.notUTF8, line: 2, column: 4)) {
      try YAMLNode.read(Array("a: b\nc: ".utf8) + [0xFF, 0x0A])
    }
    do {
      _ = try YAMLNode.read("a: b\n  c: d\n")
      Issue.record("must not be read")
    } catch {
      guard case .syntax = error.problem else {
        Issue.record("not a syntax error: \(error)")
        return
      }
      #expect(error.line == 2)
    }
  }
}

@Suite struct `Excerpts` {
  @Test(arguments: [
    ("a: b\nseverity: P9\n", 2, 11, "2 | severity: P9\n  |           ^"),
    ("é: x\r\n", 1, 4, "1 | é: x\n  |    ^"),
    ("a:\t\u{1B}[2J\u{202E}\n", 1, 0, "1 | a: ?[2J?"),
    ("ab", 1, 9, "1 | ab\n  |   ^"),
  ])
  func `a sign stands under the place`(text: String, line: Int, column: Int, expected: String) {
    #expect(Excerpt(of: Array(text.utf8), line: line, column: column)?.description == expected)
  }

  @Test func `a long line is cut around the place`() throws {
    let text = String(repeating: "a", count: 500) + "X" + String(repeating: "b", count: 500)
    let excerpt = try #require(Excerpt(of: Array(text.utf8), line: 1, column: 501))
    #expect(excerpt.text.count == 76)
    let caret = try #require(excerpt.caret)
    #expect(Array(excerpt.text)[caret] == "X")
  }

  @Test(arguments: [0, 3, 99])
  func `a line that is not there gives none`(line: Int) {
    #expect(Excerpt(of: Array("a\nb".utf8), line: line, column: 1) == nil)
  }
}
