import ArgumentParser
import Engine
import EventLog
import Procedures
import Themes

/// Words that shells offer, from the store and the incident that the line names. Whatever goes wrong, there is simply
/// nothing to offer.
enum ShellCompletions {
  /// Open incidents and drills; all of them once something is typed.
  static var incidents: CompletionKind {
    offer { line throws(Failure) in
      let store = try line.store()
      if line.isBegun { return try store.ids() + store.drills.ids() }
      return try store.openIDs() + store.drills.openIDs()
    }
  }

  static var pastIncidents: CompletionKind {
    offer { line throws(Failure) in
      let store = try line.store()
      return try store.ids() + store.drills.ids()
    }
  }

  static var severities: CompletionKind {
    offer { line throws(Failure) in try line.procedure().severities.map(\.id) }
  }

  static var statuses: CompletionKind { ofIncident { $0.knownStatuses.map(\.id) } }

  static var items: CompletionKind {
    ofIncident { $0.checklist.filter { $0.state == .open }.map(\.item.id) }
  }

  static var phases: CompletionKind { ofIncident { $0.procedure.phases.map(\.id) } }

  static var roles: CompletionKind { ofIncident(\.knownRoles) }

  static var steps: CompletionKind {
    ofIncident { $0.deadlines(at: WallClock.now).filter { $0.step != nil }.map(\.label) }
  }

  static var audiences: CompletionKind { ofIncident { $0.audiences.compactMap(\.self) } }

  static var templates: CompletionKind { ofIncident { $0.procedure.templates.map(\.id) } }

  /// What sends updates.
  static var deliveries: CompletionKind {
    offer { line throws(Failure) in try line.store().deliveryWays.map(\.name) }
  }

  /// How an agent reaches people.
  static var channels: CompletionKind {
    offer { _ throws(Failure) in
      guard let path = Settings.userPath, let bytes = Settings.bytes(path) else { return [] }
      return AgentConfiguration.read(bytes, path: path).channels.map(\.name)
    }
  }

  /// What a drill can be made from: scenarios and all incidents.
  static var drillSources: CompletionKind {
    offer { line throws(Failure) in
      BuiltInScenarios.all.map(\.name) + (try line.store().ids())
    }
  }

  static var themes: CompletionKind { offer { _ throws(Failure) in ThemeCommand.library().names } }

  private static func ofIncident(
    _ list: @escaping @Sendable (Incident) -> [String]
  ) -> CompletionKind {
    offer { line throws(Failure) in try line.incident().map(list) ?? [] }
  }

  private static func offer(
    _ list: @escaping @Sendable (TypedLine) throws(Failure) -> [String]
  ) -> CompletionKind {
    .custom { words, _, beginning in
      do throws(Failure) {
        return try list(TypedLine(words: words, isBegun: !beginning.isEmpty))
      } catch {
        return []
      }
    }
  }
}

/// A command line that is still being typed.
private struct TypedLine {
  var words: [String]
  /// Whether the word to complete has a first letter.
  var isBegun: Bool

  func store() throws(Failure) -> StoreAccess { try StoreAccess(home: value(of: ["--home"])) }

  /// The incident that is named, else the oldest open one.
  func incident() throws(Failure) -> Incident? {
    let store = try store()
    let choice = IncidentChoice(store: store, typed: value(of: ["-i", "--incident"]))
    guard let named = try choice.named() else { return try store.firstOpen() }
    let log = try named.unread()
    try log.refresh(at: WallClock.now)
    return log.incident
  }

  /// That of the incident, else the one for new incidents.
  func procedure() throws(Failure) -> Procedure {
    if let incident = try incident() { return incident.procedure }
    return try ProcedureChoice(store: store()).forReading(nil)
  }

  /// What follows an option, as a word of its own or behind an equals sign, which shells may split off.
  private func value(of names: [String]) -> String? {
    for (index, word) in words.enumerated() {
      if let name = names.first(where: { word.hasPrefix($0 + "=") }) {
        return String(word.dropFirst(name.count + 1))
      }
      guard names.contains(word) else { continue }
      return words[(index + 1)...].first { $0 != "=" }.flatMap { $0.isEmpty ? nil : $0 }
    }
    return nil
  }
}
