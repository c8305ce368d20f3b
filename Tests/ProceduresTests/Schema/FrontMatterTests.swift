import Engine
import Procedures
import TestSupport
import Testing
import YAML

@Suite struct `Front matter` {
  @Test func `lines count from where it begins in its file`() throws {
    let node = try YAMLNode.read("title: Outages\nsilence: 20m\n", firstLine: 2)
    let partial = try ProcedureSchema.readPartial(node, source: source)
    #expect(partial.stated == [.silence])
    #expect(partial.procedure.silence == SilenceRule(seconds: 1200, line: 3))
    #expect(partial.unknownKeys == [.init(key: "title", line: 2)])
    #expect(partial.unknownKeys[0].nearest == nil)
  }

  @Test func `what is nearly a part is told`() throws {
    let partial = try readFrontMatter("escalations: []\n")
    #expect(partial.unknownKeys.map(\.nearest) == ["escalation"])
  }

  @Test func `nothing stated changes nothing`() throws {
    let prose = fullProcedure()
    for text in ["", "title: x\n", "{}\n"] {
      #expect(ProcedureSchema.merge(frontMatter: try readFrontMatter(text), over: prose) == prose)
    }
  }

  @Test func `a stated part replaces that part alone`() throws {
    let prose = fullProcedure()
    let merged = ProcedureSchema.merge(
      frontMatter: try readFrontMatter(
        "cadence: [{severity: p2, every: 1h, text: t}]\nwatch: []\n"),
      over: prose)
    var expected = prose
    expected.cadence = [Cadence(severity: "P2", every: 3600, text: "t", line: 1)]
    expected.notices = []
    expected.watch = []
    #expect(merged == expected)
  }

  @Test func `severities keep what is not stated of them`() throws {
    let prose = fullProcedure()
    let merged = ProcedureSchema.merge(
      frontMatter: try readFrontMatter(
        """
        severities:
          - {id: p1, targets: {resolve: 1h}}
          - {id: P0, rank: 1, name: Zero}
          - {id: P2, name: Two}
        """), over: prose)
    #expect(merged.severities.map(\.id) == ["P1", "P0", "P2"])
    #expect(merged.severities[0].rules == prose.severities[0].rules)
    #expect(merged.severities[0].line == prose.severities[0].line)
    #expect(merged.severities[0].targets.map(\.within) == [.seconds(3600)])
    #expect(merged.severities[2].name == "Two")
    #expect(merged.severities[2].rank == 2)
  }

  @Test func `a severity that nobody defines is remarked`() throws {
    let merged = ProcedureSchema.merge(
      frontMatter: try readFrontMatter("cadence: [{severity: P7, every: 1h}]\n"),
      over: fullProcedure())
    #expect(
      merged.remarks.last
        == Remark(
          line: 1, kind: .unreachable,
          text: "unknown severity 'P7'; known: P1, P2; did you mean P1?"))
  }
}
