import Engine
import EventLog
import Testing

@Suite struct `The document of a procedure` {
  @Test(arguments: [
    Array("# Outages\r\n\ttabs, \"quotes\" and 🚨\n".utf8), [0xEF, 0xBB, 0xBF] + Array("# a".utf8),
    [], [0], [0xFF, 0xFE, 0x41], Array("Gr\u{FC}\u{308}n \u{0} \u{7F} \u{2028}".utf8),
    Array(repeating: 0x1B, count: 1000), Array(0...255), Array("caf".utf8) + [0xE9, 0x0A],
  ])
  func `survives a log byte for byte`(_ bytes: [UInt8]) throws {
    let document = try #require(ProcedureDocument(bytes))
    let again = ProcedureDocument(json: try JSON(parsing: document.json.text))
    #expect(again?.bytes == bytes)
  }

  @Test func `is never much longer in a log than it is`() throws {
    let bytes = Array(repeating: UInt8(1), count: ProcedureDocument.limit)
    let document = try #require(ProcedureDocument(bytes))
    #expect(document.json.bytes.count < 180 * 1024)
  }

  @Test func `is kept up to a bound`() {
    #expect(ProcedureDocument(Array(repeating: 32, count: 128 * 1024)) != nil)
    #expect(ProcedureDocument(Array(repeating: 32, count: 128 * 1024 + 1)) == nil)
  }

  @Test func `base64 is that of RFC 4648`() throws {
    // Sections 9 and 10 of the RFC.
    for (text, encoded) in [
      ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
      ("foobar", "Zm9vYmFy"),
    ] {
      let document = ProcedureDocument(json: .object(["base64": .string(encoded)]))
      #expect(document?.bytes == Array(text.utf8))
    }
    for bad in ["Zg", "Zg=", "Z*==", "====="] {
      #expect(ProcedureDocument(json: .object(["base64": .string(bad)])) == nil, "\(bad)")
    }
  }

  @Test func `a declaration keeps it, and a procedure without one forgets it`() throws {
    var declaration = Declaration(id: "2026-11-21-x", title: "x", procedure: .twoSeverities)
    declaration.document = ProcedureDocument(Array("# Two\n".utf8))
    var log = MemoryLog()
    let now = Scenario.time("01:00")
    let declared = log.append(
      try Incident.declare(declaration, at: now), author: Author(actor: "mira", source: "test"),
      at: now)
    #expect(ProcedureDocument(keptIn: [declared])?.bytes == Array("# Two\n".utf8))
    var scenario = try Scenario(.twoSeverities)
    let reloaded = try scenario.at("01:05", .reloadProcedure(.twoSeverities, changes: []))
    #expect(ProcedureDocument(keptIn: [declared, reloaded]) == nil)
  }

  @Test func `a declaration that has no room for it goes without it`() throws {
    var procedure = Procedure.twoSeverities
    procedure.templates = [
      Template(id: "t", title: "t", body: String(repeating: "x", count: 900 * 1024), line: 1)
    ]
    var declaration = Declaration(id: "2026-11-21-x", title: "x", procedure: procedure)
    declaration.document = ProcedureDocument(Array(repeating: 65, count: 100 * 1024))
    let draft = try Incident.declare(declaration, at: Scenario.time("01:00"))
    #expect(draft.data.value("document") == nil)
    #expect(draft.data.value("procedure") != nil)
  }
}
