internal import Display
internal import Engine
internal import EventLog
internal import Procedures

/// What reads bytes that anybody may have written, and what it promises.
enum Reader: CaseIterable {
  case markdown, yaml, scenario, decisions, line, json, text

  func read(_ bytes: [UInt8]) {
    switch self {
    case .markdown: Self.readProcedure(bytes, path: "fuzz.md")
    case .yaml: Self.readProcedure(bytes, path: "fuzz.yaml")
    case .scenario: Self.readScenario(bytes)
    case .decisions: Self.readDecisions(bytes)
    case .line: Self.readLine(bytes)
    case .json: Self.readJSON(bytes)
    case .text: Self.readText(bytes)
    }
  }

  private static func readProcedure(_ bytes: [UInt8], path: String) {
    do {
      let procedure = try ProcedureLoader.read(bytes, path: path) { _ in nil }
      precondition(Procedure(json: procedure.json) == procedure, "a snapshot is as it was read")
      if let document = ProcedureDocument(bytes) { review(procedure, document) }
      _ = Incident(replaying: declared(under: procedure)).deadlines(
        at: Timestamp(milliseconds: 1_795_000_000_000))
    } catch {
      precondition(!error.description.isEmpty, "an error says what is wrong")
    }
  }

  private static func review(_ procedure: Procedure, _ document: ProcedureDocument) {
    let text = ProcedureLoader.text(of: document)
    let first = Review(of: procedure, in: text, decisions: [])
    let confirmed = first.draft.map { decision in
      var decision = decision
      decision.verdict = .confirmed
      return decision
    }
    let again = Review(of: procedure, in: text, decisions: confirmed)
    precondition(again.isComplete, "everything can be confirmed")
    precondition(again.decisions == confirmed, "what was decided holds")
  }

  private static func readDecisions(_ bytes: [UInt8]) {
    func unplaced(_ decisions: [ReviewDecision]) -> [ReviewDecision] {
      decisions.map { decision in
        var decision = decision
        decision.place = 0
        return decision
      }
    }
    do {
      let decisions = try ReviewFile.read(bytes, path: "fuzz.yaml")
      let written = Array(ReviewFile.write(decisions, of: "fuzz.md").utf8)
      let again = try ReviewFile.read(written, path: "again.yaml")
      precondition(unplaced(again) == unplaced(decisions), "what was written reads back")
      let document = Procedure(name: "", source: .init(path: "fuzz.md", sha256: ""))
      _ = Review(of: document, in: "# One\n\nTwo\n", decisions: decisions).decisions
    } catch {
      precondition(!error.description.isEmpty, "an error says what is wrong")
      let isTooLong = bytes.count > 32_000
      precondition(
        error.path != "again.yaml" || isTooLong, "it can be read: \(error.description)")
    }
  }

  private static func declared(under procedure: Procedure) -> [RecordedEvent] {
    var log = MemoryLog()
    let now = Timestamp(milliseconds: 1_794_999_000_000)
    let declaration = Declaration(id: "2026-11-18-fuzz", title: "Fuzz", procedure: procedure)
    do {
      log.append(try Incident.declare(declaration, at: now), at: now)
    } catch {
      preconditionFailure("declaring needs no more than a title: \(error)")
    }
    return log.events
  }

  private static func readScenario(_ bytes: [UInt8]) {
    do {
      let scenario = try ScenarioSchema.read(bytes, path: "fuzz.yaml")
      let again = try ScenarioSchema.read(
        Array(ScenarioSchema.write(scenario).utf8), path: "again.yaml")
      precondition(scenario == again, "what was written reads back")
    } catch {
      precondition(!error.description.isEmpty, "an error says what is wrong")
      precondition(error.path != "again.yaml", "what was written can be read: \(error.description)")
    }
  }

  private static func readLine(_ bytes: [UInt8]) {
    for line in bytes.split(separator: 10) {
      guard let event = EventCoding.event(in: line) else { continue }
      var incident = Incident()
      incident.apply(event)
      let now = incident.pace.time(at: Timestamp(milliseconds: 1_795_000_000_000))
      _ = (incident.deadlines(at: event.recorded), incident.unrecordedFirings(at: now))
      _ = Debrief(of: incident, events: [event], at: now)
      _ = (event.actor, event.source, event.kindName, event.data.json)
    }
  }

  private static func readJSON(_ bytes: [UInt8]) {
    do {
      let json = try JSON(parsing: bytes[...])
      let again = try JSON(parsing: json.bytes[...])
      precondition(json == again, "what was written reads back")
    } catch {
      precondition(error.offset <= bytes.count, "an error lies within what was read")
    }
  }

  private static func readText(_ bytes: [UInt8]) {
    let text = Sanitizer.clean(String(decoding: bytes.prefix(4096), as: UTF8.self))
    precondition(text.utf8.allSatisfy { $0 >= 32 && $0 != 127 }, "no control character is left")
  }
}
