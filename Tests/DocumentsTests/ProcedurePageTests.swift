import Documents
import Engine
import TestSupport
import Testing

@Suite struct `The page of a procedure` {
  @Test(arguments: Procedure.Part.allCases)
  func `shows every part`(_ part: Procedure.Part) {
    let full = fullProcedure()
    var without = full
    without.take(part, from: Procedure(name: "", source: .init(path: "", sha256: "")))
    let gone = Set(ProcedurePage(full).lines).subtracting(ProcedurePage(without).lines)
    #expect(!gone.isEmpty, "nothing of \(part.rawValue) is shown")
  }

  @Test func `shows single updates, the silence rule, hours and what a severity means`() {
    let lines = ProcedurePage(fullProcedure()).lines
    #expect(lines.contains("  P2: once within 2 business days to all  :25"))
    #expect(lines.contains("  reminder after 20 min without any entry  :40"))
    #expect(lines.contains("  mon sat 08:30-24:00 Asia/Jakarta  :3"))
    #expect(lines.contains("    means: Nobody can pay  :10"))
    #expect(lines.contains("    such as: data is lost  :12"))
  }

  @Test(arguments: [
    ("if business impact", "by hand if business impact"),
    ("severe impact", "by hand if severe impact"),
  ])
  func `says a condition once`(_ condition: String, _ words: String) {
    var procedure = Procedure(name: "p", source: .init(path: "p.md", sha256: ""))
    procedure.escalation = [
      EscalationStep(level: 3, to: "CTO", after: nil, condition: condition, line: 7)
    ]
    #expect(ProcedurePage(procedure).lines.contains("  all L3: CTO, \(words)  :7"))
  }
}
