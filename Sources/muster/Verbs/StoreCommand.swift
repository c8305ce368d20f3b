import ArgumentParser
import Documents
import Engine
import EventLog
import Glibc
import TeamStore
import Wording

struct StoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "store",
    abstract: "Show where the store is; share it with a group or with other machines.",
    discussion: """
      Members of a group share a store on one machine: --group. Several machines share one by an etcd cluster, which \
      'team:' in store.yaml names: 'join' and 'leave', and 'push' for the settings that all of them go by.

      Example: muster store
      Example: muster store --group ops
      Example: muster store join
      """,
    subcommands: [
      StoreShowCommand.self, StoreJoinCommand.self, StoreLeaveCommand.self,
      StorePushCommand.self, StorePullCommand.self, StoreDoctorCommand.self,
    ],
    defaultSubcommand: StoreShowCommand.self)
}

struct StoreShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show where the store is (the default of 'muster store').",
    discussion: "Example: muster store\nExample: muster store --group ops")

  @OptionGroup var options: StoreOptions
  @Option(help: ArgumentHelp("Let the members of this group read and record.", valueName: "name"))
  var group: String?
  @Flag(name: .long, help: "Print JSON.") var json = false

  func run() throws {
    let access = try StoreAccess(home: options.home)
    if let group { try share(access.store, with: group) }
    let store = access.store
    let settings = Settings.storePath(in: store.home)
    let team = TeamReport(access)
    if json {
      return try Output.json(
        .object([
          "home": .string(store.home), "incidents": .string(store.incidentsDirectory),
          "drills": .string(store.drills.home), "settings": .string(settings),
          "configuration": .orNull(Settings.userPath), "shared": .bool(store.isShared),
          "network": .bool(store.isOnNetwork), "count": .whole(try access.ids().count),
          "drill_count": .whole(try access.drills.ids().count), "team": team?.json,
        ]))
    }
    var lines = [
      "store           \(store.home)",
      "incidents       \(store.incidentsDirectory) (\(try access.ids().count))",
      "drills          \(store.drills.home) (\(try access.drills.ids().count))",
      "team settings   \(settings)",
      "own settings    \(Settings.userPath ?? "none: $HOME is not set")",
      "shared          \(store.isShared ? "yes, with a group" : "no; 'muster store --group NAME' shares it")",
    ]
    lines.append("agent           \(agent(access))")
    lines += team?.lines ?? []
    if store.isOnNetwork {
      lines.append(
        "! The store is on a network file system: there, order of writes from several machines and survival of a confirmed line are not guaranteed."
      )
    }
    try Output.lines(lines)
  }

  /// Whether one is there and well.
  private func agent(_ access: StoreAccess) -> String {
    let clock = access.clock
    let watch = access.agentWatch
    if let sentence = watch.sentence({
      InstantText.second($0, in: clock.zone, near: clock.now)
    }) {
      return sentence
    }
    guard case .watching(let channels, _) = watch else { return "none" }
    return channels.isEmpty
      ? "watches; it has no channels and tells nobody"
      : "watches; tells people by \(channels.joined(separator: ", "))"
  }

  private func share(_ store: FileStore, with name: String) throws(Failure) {
    guard let entry = getgrnam(name) else {
      throw Failure(.usage, "no group '\(name)' on this machine; 'getent group' lists them")
    }
    do throws(LogError) { try store.makeGroup(entry.pointee.gr_gid) } catch {
      throw Failure(error)
    }
  }
}
