import Engine
import EventLog
import Procedures
import TeamStore

/// The settings that a machine has all others of its team go by: its own `store.yaml` without `team:`, and the documents that
/// it names, each by its name as seen from the settings.
struct SettingsToShare {
  private(set) var files: [String: [UInt8]] = [:]
  /// What is not shared, though the settings name it.
  private(set) var remarks: [String] = []

  /// Where the procedure's document lies among the settings.
  private static let folder = "procedures"

  /// Those of a home; settings that cannot be used are not shared.
  init(of home: String) throws(Failure) {
    let path = Settings.storePath(in: home)
    guard let bytes = Settings.bytes(path) else {
      throw Failure(.notNow, "there is no \(path) to be shared")
    }
    let own = Settings.read(path)
    if let problem = own.failure ?? own.configuration.problems.first?.description {
      throw Failure(.notNow, "\(problem); nothing was shared")
    }
    let text = StoreConfiguration.shared(String(decoding: bytes, as: UTF8.self))
    let shared = StoreConfiguration.read(Array(text.utf8), path: path)
    guard shared.team == nil, shared.problems.isEmpty else {
      throw Failure(
        .notNow, "\(path): 'team:' cannot be told from the rest; begin a line of its own with it")
    }
    files[SharedSettings.main] = Array(text.utf8)
    try addDocuments(of: own.configuration, in: home)
  }

  /// Settings that are shared already, with another procedure.
  init(_ shared: SharedSettings, using procedure: String) throws(Failure) {
    files = shared.files
    let old = StoreConfiguration.read(files[SharedSettings.main] ?? [], path: SharedSettings.main)
    let kept = Set(old.alerts.compactMap(\.procedure))
    for name in files.keys where name.hasPrefix(Self.folder + "/") && !kept.contains(name) {
      files[name] = nil
    }
    try use(procedure)
  }

  private mutating func addDocuments(
    of configuration: StoreConfiguration, in home: String
  ) throws(Failure) {
    for name in configuration.alerts.compactMap(\.procedure).filter(StoreConfiguration.isFile) {
      guard SharedSettings.isPlain(name) else {
        remarks.append(
          "an alert rule names \(name), which stays on this machine; name it as seen from the store"
        )
        continue
      }
      try add("\(home)/\(name)", as: name)
    }
    guard let procedure = configuration.procedure, StoreConfiguration.isFile(procedure) else {
      return
    }
    try use(procedure.hasPrefix("/") ? procedure : "\(home)/\(procedure)")
  }

  private mutating func use(_ procedure: String) throws(Failure) {
    var name = procedure
    if StoreConfiguration.isFile(procedure) {
      name = "\(Self.folder)/\(procedure.split(separator: "/").last ?? "procedure.md")"
      try add(procedure, as: name)
    }
    let text = String(decoding: files[SharedSettings.main] ?? [], as: UTF8.self)
    files[SharedSettings.main] = Array(
      StoreConfiguration.setting(procedure: name, in: text).utf8)
  }

  /// Adds a document, and those that it needs beside it.
  private mutating func add(_ path: String, as name: String) throws(Failure) {
    let beside = name.lastIndex(of: "/").map { String(name[...$0]) } ?? ""
    do throws(ProcedureError) {
      for (other, bytes) in try ProcedureLoader.files(of: path) { files[beside + other] = bytes }
    } catch {
      throw Failure(.no, "\(error.description); nothing was shared")
    }
  }

  /// What differs between settings that are shared and those that are to take their place, a line each.
  static func differences(_ old: [String: [UInt8]], _ new: [String: [UInt8]]) -> [String] {
    var lines: [String] = []
    for name in Set(old.keys).union(new.keys).sorted() where old[name] != new[name] {
      guard let after = new[name] else {
        lines.append("\(name) is taken away")
        continue
      }
      guard let before = old[name] else {
        lines.append("\(name) is new")
        continue
      }
      lines.append("\(name) changes:")
      let change = rows(after).difference(from: rows(before))
      lines += change.removals.map { "  - \(Self.words(of: $0))" }
      lines += change.insertions.map { "  + \(Self.words(of: $0))" }
    }
    let limit = 60
    guard lines.count > limit else { return lines }
    return lines.prefix(limit) + ["and \(lines.count - limit) lines more"]
  }

  private static func rows(_ bytes: [UInt8]) -> [Substring] {
    String(decoding: bytes, as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: false)
  }

  private static func words(of change: CollectionDifference<Substring>.Change) -> Substring {
    switch change {
    case .insert(_, let row, _), .remove(_, let row, _): row
    }
  }
}
