import Engine
import Procedures
import Testing

@Suite struct ProcedureCheckTests {
  private func procedure(_ change: (inout Procedure) -> Void) -> Procedure {
    var procedure = Procedure(name: "x", source: .init(path: "x.md", sha256: ""))
    var first = Severity(id: "P1", name: "Bad", rank: 1, line: 1)
    first.targets = [.init(kind: .acknowledge, within: .seconds(300), text: "", line: 1)]
    var second = Severity(id: "P2", name: "Mild", rank: 2, line: 2)
    second.targets = [.init(kind: .acknowledge, within: .seconds(900), text: "", line: 2)]
    procedure.severities = [first, second]
    change(&procedure)
    return procedure
  }

  private func kinds(_ change: (inout Procedure) -> Void) -> [ProcedureCheck.Finding] {
    ProcedureCheck.findings(in: procedure(change))
  }

  @Test func `a sound procedure gives no findings`() {
    let findings = kinds { procedure in
      procedure.escalation = [
        .init(level: 1, to: "A", after: 0, line: 5), .init(level: 2, to: "B", after: 600, line: 6),
      ]
      procedure.oncall = [
        .init(days: Weekday.allCases, primary: "Mira", secondary: nil, line: 7)
      ]
      procedure.cadence = [.init(every: 900, line: 8)]
      procedure.phases = [
        .init(id: "ack", title: "Acknowledgment", window: .init(start: 0, end: 900), line: 9)
      ]
    }
    #expect(findings == [])
  }

  @Test func `a call long before a response is owed in business time is remarked`() {
    let findings = kinds { procedure in
      procedure.severities[1].targets = [
        .init(kind: .respond, within: .businessDays(1), text: "next business day", line: 2)
      ]
      procedure.escalation = [
        .init(level: 1, to: "On-call", after: 0, line: 5),
        .init(level: 2, to: "Team lead", after: 1800, line: 6),
      ]
    }
    #expect(findings.map(\.kind) == [.callBeforeResponse])
    #expect(findings.first?.line == 6)
    #expect(findings.first?.text.contains("P2: Team lead") == true)
  }

  @Test func `a severity that is defined twice is an error`() {
    let findings = kinds { $0.severities[1].id = "p1" }
    #expect(findings.map(\.kind) == [.duplicateID])
    #expect(findings.first?.isError == true)
  }

  @Test func `a rule for a severity that nobody defines is an error`() {
    let findings = kinds {
      $0.cadence = [.init(severity: "P7", every: 900, line: 4)]
      $0.postmortem = [.init(severity: "P8", what: .draft, within: .seconds(60), line: 5)]
    }
    #expect(findings.map(\.kind) == [.unknownSeverity, .unknownSeverity])
    #expect(findings.map(\.line) == [4, 5])
  }

  @Test func `a level that is called before the one below it is an error`() {
    let findings = kinds {
      $0.escalation = [
        .init(level: 1, to: "A", after: 1800, line: 5),
        .init(level: 2, to: "B", after: 600, line: 6),
      ]
    }
    #expect(findings.map(\.kind) == [.unreachableStep])
    #expect(findings.map(\.line) == [6])
    let previous = kinds {
      $0.escalation = [
        .init(level: 1, to: "A", after: 1800, line: 5),
        .init(level: 2, to: "B", after: 600, since: .previous, line: 6),
      ]
    }
    #expect(previous == [])
  }

  @Test func `a step that waits for a time that nobody states is an error`() {
    let findings = kinds {
      $0.escalation = [.init(level: 2, to: "B", after: nil, relativeTo: .mitigate, line: 6)]
    }
    #expect(findings.map(\.kind) == [.unreachableStep])
    #expect(
      kinds {
        $0.escalation = [.init(level: 2, to: "B", after: nil, relativeTo: .acknowledge, line: 6)]
      } == [])
  }

  @Test(arguments: [("P1", 2, false), ("P2", 1, true)])
  func `a severity without a path is an error for the worst one only`(
    has: String, line: Int, isError: Bool
  ) {
    let findings = kinds {
      $0.escalation = [.init(severity: has, level: 1, to: "A", after: 60, line: 5)]
    }
    #expect(findings.map(\.kind) == [.severityWithoutPath])
    #expect(findings.first?.line == line)
    #expect(findings.first?.isError == isError)
  }

  @Test func `a severity without times is told where others have some`() {
    let findings = kinds { $0.severities[1].targets = [] }
    #expect(findings.map(\.kind) == [.severityWithoutTargets])
    #expect(findings.first?.isError == false)
  }

  @Test func `resolving before acknowledging is an error`() {
    let findings = kinds {
      $0.severities[0].targets.append(
        .init(kind: .resolve, within: .seconds(120), text: "", line: 3))
    }
    #expect(findings.map(\.kind) == [.targetOrder])
    #expect(findings.first?.isError == true)
  }

  @Test func `more time for what is worse is told`() {
    let findings = kinds { $0.severities[0].targets[0].within = .businessDays(1) }
    #expect(findings.map(\.kind) == [.severityOrder])
    #expect(findings.first?.isError == false)
  }

  @Test func `a target that ends after its phase is an error for the worst severity`() {
    let findings = kinds {
      $0.phases = [
        .init(id: "a", title: "Acknowledge", window: .init(start: 0, end: 240), line: 9)
      ]
    }
    #expect(findings.map(\.kind) == [.targetBeyondPhase, .targetBeyondPhase])
    #expect(findings.map(\.isError) == [true, false])
  }

  @Test func `a window that ends before it begins is an error`() {
    let findings = kinds {
      $0.phases = [.init(id: "a", title: "Look", window: .init(start: 60, end: 60), line: 9)]
    }
    #expect(findings.map(\.kind) == [.emptyWindow])
  }

  @Test func `a day without anybody on call is an error, and a name left blank is told`() {
    let findings = kinds {
      $0.oncall = [
        .init(days: [.monday, .tuesday], primary: "[Name]", secondary: nil, line: 4),
        .init(days: [.wednesday, .thursday, .friday], primary: "Mira", secondary: nil, line: 5),
      ]
    }
    #expect(findings.map(\.kind) == [.rotaGap, .rotaGap])
    #expect(findings.first?.text == "Nobody is on call on sat, sun")
    #expect(findings.map(\.isError) == [true, false])
  }

  @Test func `an update that is due after the end never comes`() {
    let findings = kinds {
      $0.severities[0].targets.append(
        .init(kind: .resolve, within: .seconds(1800), text: "", line: 3))
      $0.cadence = [.init(severity: "P1", every: 3600, line: 8)]
    }
    #expect(findings.map(\.kind) == [.neverFires])
    #expect(findings.first?.isError == true)
  }

  @Test func `a step after the time to resolve and a runbook without steps are told`() {
    let findings = kinds {
      $0.severities[0].targets.append(
        .init(kind: .resolve, within: .seconds(1800), text: "", line: 3))
      $0.severities[1].targets.append(
        .init(kind: .resolve, within: .seconds(9000), text: "", line: 3))
      $0.escalation = [
        .init(severity: "P1", level: 1, to: "A", after: 3600, line: 5),
        .init(severity: "P2", level: 1, to: "A", after: 3600, line: 6),
      ]
      $0.runbooks = [.init(id: "r", title: "Nothing", line: 11)]
    }
    #expect(findings.map(\.kind) == [.neverFires, .emptyRunbook])
    #expect(findings.allSatisfy { !$0.isError })
  }
}
