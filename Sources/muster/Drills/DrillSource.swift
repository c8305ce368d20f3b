import Engine
import EventLog
import Glibc
import Procedures

/// What a drill is made from, found by what was typed.
struct DrillSource {
  /// Name of the source in the debrief.
  var name: String
  var scenario: DrillScenario
  /// The rules of the original.
  var procedure: Procedure?
  var document: ProcedureDocument?
  /// The head of the original's log.
  var head: String?
  /// The file of the scenario.
  private var file: String?

  static func find(_ text: String, in store: StoreAccess) throws(Failure) -> Self {
    let lower = text.lowercased()
    if lower.hasSuffix(".yaml") || lower.hasSuffix(".yml") || text == BoundedFile.standardInput {
      return Self(name: text, scenario: try load(text), file: text)
    } else if lower.hasSuffix(".jsonl") || text.contains("/") {
      return try Self(of: FoldedLog(LogReader(path: text), id: "", keeping: .all), named: text)
    } else if let entry = BuiltInScenarios.named(text) {
      do throws(ProcedureError) {
        return Self(name: entry.name, scenario: try entry.read())
      } catch {
        throw Failure(.worldFailed, "the built-in scenario cannot be read: \(error.description)")
      }
    } else if let place = try place(of: text, in: store) {
      return try Self(of: try place.log(of: text, keeping: .all), named: text)
    } else {
      let known = BuiltInScenarios.all.map(\.name)
      let all = known + (try store.ids()) + (try store.drills.ids())
      let guess = NearestMatch.find(text, among: all).map { "did you mean '\($0)'? " } ?? ""
      throw Failure(
        .notNow,
        "'\(text)' is neither an incident in \(store.home) nor a scenario; \(guess)"
          + "scenarios: \(known.joined(separator: ", ")); \(Shell.verb("list --all")) shows incidents"
      )
    }
  }

  private init(name: String, scenario: DrillScenario, file: String? = nil) {
    (self.name, self.scenario, self.file) = (name, scenario, file)
  }

  private init(of log: FoldedLog, named name: String) throws(Failure) {
    try log.refresh(at: WallClock.now)
    guard let scenario = DrillScenario(of: log.incident, events: log.events) else {
      throw Failure(.notNow, "\(log.place) has no declaration; a drill cannot be made from it")
    }
    self.init(name: name, scenario: scenario)
    procedure = log.incident.procedure
    document = ProcedureDocument(keptIn: log.events)
    head = log.head
  }

  /// The store that has an incident of that id: its own, else that of the drills.
  private static func place(
    of id: String, in store: StoreAccess
  ) throws(Failure) -> StoreAccess? {
    guard IncidentName.isValid(id) else { return nil }
    if try store.contains(id) { return store }
    return try store.drills.contains(id) ? store.drills : nil
  }

  static func load(_ path: String, needsTitle: Bool = true) throws(Failure) -> DrillScenario {
    do throws(ProcedureError) {
      return try ScenarioSchema.load(path, needsTitle: needsTitle)
    } catch {
      throw Failure(.no, error.description)
    }
  }

  /// A procedure that a scenario file names, relative to that file; a built-in name stays one.
  func path(beside procedure: String) -> String {
    guard let file, let slash = file.lastIndex(of: "/"), !procedure.hasPrefix("/"),
      BuiltInProcedures.named(procedure) == nil
    else { return procedure }
    return file[...slash] + procedure
  }
}
