import Engine
import Procedures
import Testing
import YAML

@Suite struct `Built-in procedures` {
  @Test(arguments: ["standard", "marketplace"])
  func `can be read, and written and read again`(name: String) throws {
    let entry = try #require(BuiltInProcedures.named(name))
    let procedure = try entry.read()
    #expect(procedure.source.path == entry.file)
    #expect(try readSchema(ProcedureSchema.write(procedure)) == procedure)
    #expect(procedure.severities.map(\.rank) == Array(1...procedure.severities.count))
    #expect(procedure.statuses.contains { $0.role == .resolved })
  }

  @Test func `standard comes first and leaves nothing to guess`() throws {
    #expect(BuiltInProcedures.all.first?.name == "standard")
    let standard = try readSchema(try #require(BuiltInProcedures.named("Standard")).text)
    #expect(standard.severities.map(\.id) == ["SEV-1", "SEV-2", "SEV-3", "SEV-4"])
    #expect(standard.silence?.seconds == 1200)
    #expect(standard.remarks == [])
    for status in standard.statuses {
      #expect(standard.templates.contains { $0.id == "status-\(status.id)" })
    }
    #expect(standard.severities.allSatisfy { !$0.targets.isEmpty })
  }

  @Test func `marketplace states its clocks and remarks what it leaves open`() throws {
    let entry = try #require(BuiltInProcedures.named("marketplace"))
    let procedure = try readSchema(entry.text)
    #expect(
      procedure.severities.flatMap(\.targets).map(\.within)
        == [.seconds(900), .seconds(3600), .seconds(14_400), .seconds(86_400)])
    #expect(procedure.escalation.map(\.severity) == ["P1", "P1", "P2", "P3"])
    #expect(procedure.escalation.map(\.after) == [900, 1800, 3600, 14_400])
    #expect(procedure.cadence == [])
    #expect(
      procedure.remarks.filter { $0.kind == .ambiguous }.map(\.line) == [
        procedure.escalation[1].line
      ])
    #expect(procedure.remarks.count { $0.kind == .assumed } == 4)
  }
}
