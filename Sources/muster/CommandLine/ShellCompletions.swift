import Engine
import Glibc
import Procedures

/// Words that shells offer. Whatever goes wrong, there is simply nothing to offer.
enum ShellCompletions {
  static func incidents() -> [String] { words { store throws(Failure) in try store.openIDs() } }

  static func severities() -> [String] {
    words { store throws(Failure) in try procedure(store).severities.map(\.id) }
  }

  static func statuses() -> [String] {
    ofIncident { $0.knownStatuses.map(\.id) }
  }

  static func items() -> [String] {
    ofIncident { $0.checklist.filter { $0.state == .open }.map(\.item.id) }
  }

  static func phases() -> [String] { ofIncident { $0.procedure.phases.map(\.id) } }

  static func roles() -> [String] { ofIncident(\.knownRoles) }

  static func steps() -> [String] {
    ofIncident { $0.deadlines(at: WallClock.now).filter { $0.step != nil }.map(\.label) }
  }

  static func deliveries() -> [String] {
    words { store throws(Failure) in store.deliveryWays.map(\.name) }
  }

  static func templates() -> [String] { ofIncident { $0.procedure.templates.map(\.id) } }

  /// What a drill can be made from: scenarios and all incidents.
  static func drillSources() -> [String] {
    BuiltInScenarios.all.map(\.name) + words { store throws(Failure) in try store.ids() }
  }

  private static func ofIncident(_ list: (Incident) -> [String]) -> [String] {
    words { store throws(Failure) in try store.firstOpen().map(list) ?? [] }
  }

  private static func procedure(_ store: StoreAccess) throws(Failure) -> Procedure {
    if let open = try store.firstOpen() { return open.procedure }
    return try ProcedureChoice(store: store).forReading(nil)
  }

  private static func words(
    _ list: (StoreAccess) throws(Failure) -> [String]
  ) -> [String] {
    do throws(Failure) { return try list(try StoreAccess(home: nil)) } catch { return [] }
  }
}
