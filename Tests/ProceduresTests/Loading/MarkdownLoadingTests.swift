import Engine
import Procedures
import Testing

@Suite struct `Markdown with front matter` {
  static let prose = """
    # When something breaks

    | Severity | Meaning | Response time |
    |---|---|---|
    | P1 | down | 15 minutes |
    | P2 | slow | 1 hour |

    """

  private func read(_ text: String) throws -> Procedure {
    try ProcedureLoader.read(Array(text.utf8), path: "docs/BREAKS.md")
  }

  @Test func `is prose where front matter says nothing`() throws {
    let procedure = try read(Self.prose)
    #expect(procedure.name == "BREAKS")
    #expect(procedure.source.path == "docs/BREAKS.md")
    #expect(procedure.severities.map(\.id) == ["P1", "P2"])
    let withOther = try read("---\ntitle: Breaks\nlayout: page\n---\n" + Self.prose)
    #expect(withOther.severities.map(\.targets.first?.within) == [.seconds(900), .seconds(3600)])
    #expect(withOther.severities.map(\.line) == procedure.severities.map { $0.line + 4 })
    #expect(withOther.remarks.map(\.text) == procedure.remarks.map(\.text))
  }

  @Test func `takes what is stated exactly before what prose says`() throws {
    let procedure = try read(
      "---\nname: Ours\nseverities:\n  - {id: p2, targets: {respond: 30m}}\nsilence: 10m\n---\n"
        + Self.prose)
    #expect(procedure.name == "Ours")
    #expect(procedure.silence == SilenceRule(seconds: 600, line: 5))
    #expect(procedure.severities.map(\.id) == ["P1", "P2"])
    #expect(
      procedure.severities.map(\.targets.first?.within) == [.seconds(900), .seconds(1800)])
    #expect(procedure.severities[1].targets.first?.line == 4)
  }

  @Test(arguments: [
    ("silence: -5m", "The front matter was not used: a time cannot be negative", 2),
    ("a: b\na: c", "The front matter was not used: the key 'a' appears twice", 3),
    ("just words", "The front matter was not used: front matter must be a mapping", 2),
    ("silense: 5m", "Unknown key 'silense' in the front matter; did you mean silence?", 2),
  ])
  func `remarks what it cannot use and reads the prose`(
    front: String, words: String, line: Int
  ) throws {
    let procedure = try read("---\n\(front)\n---\n" + Self.prose)
    #expect(procedure.severities.map(\.id) == ["P1", "P2"])
    let remark = try #require(procedure.remarks.first { $0.text.hasPrefix(words) })
    #expect(remark.line == line)
    #expect(remark.kind == .unread)
  }

  @Test func `is read in an old encoding too, and that is remarked`() throws {
    var bytes = Array(Self.prose.utf8)
    let place = try #require(bytes.firstRange(of: Array("down".utf8)))
    bytes.replaceSubrange(place, with: [0x63, 0x61, 0x66, 0xE9, 0x20, 0x80])
    let procedure = try ProcedureLoader.read(bytes, path: "x.md")
    #expect(procedure.severities.map(\.id) == ["P1", "P2"])
    #expect(procedure.source.sha256 == ProcedureLoader.sha256(bytes))
    #expect(
      procedure.remarks.first
        == Remark(
          line: 5, kind: .repaired,
          text: "Not UTF-8 throughout: invalid bytes were read as Windows-1252"))
  }

  @Test func `is refused where it is no text at all`() {
    #expect(throws: ProcedureError.self) {
      try ProcedureLoader.read([0x23, 0x20, 0, 0x0A], path: "x.md")
    }
    #expect(throws: ProcedureError.self) {
      try ProcedureLoader.read([UInt8](repeating: 0x20, count: 131_073), path: "x.md")
    }
  }
}
