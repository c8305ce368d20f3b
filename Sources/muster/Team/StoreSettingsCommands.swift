import ArgumentParser
import Engine
import EventLog
import Glibc
import Procedures
import TeamStore
import Wording

struct StorePushCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "push", abstract: "Have all machines of the team go by this machine's settings.",
    discussion: """
      Shares store.yaml without 'team:', and the documents that it names with their review files. What the team has is \
      only replaced where it was seen: where store.yaml was taken from it by 'pull' or last pushed, after a question, or \
      with --over and its number, which 'muster store' shows.

      Example: muster store push
      Example: muster store push --over 3
      """)

  @OptionGroup var options: StoreOptions
  @Option(help: ArgumentHelp("Replace the settings of this number.", valueName: "number"))
  var over: Int?
  @Flag(name: .long, help: "Answer yes.") var yes = false

  func run() throws {
    let access = try StoreAccess(home: options.home)
    let push = try SettingsPush(access)
    let ours = try SettingsToShare(of: access.home)
    ours.remarks.forEach(Output.remark)
    guard push.differ(ours) else {
      return try Output.line(
        "nothing to push: the team has these settings, as number \(push.number)")
    }
    push.tell(ours)
    if push.there != nil, over != push.number {
      let isBased = push.isBase && over == nil
      let isAsked = !yes && isatty(STDIN_FILENO) == 1
      if isAsked, !TerminalQuestion.ask("Replace them on all machines?") {
        throw Failure(.notNow, "nothing was changed")
      }
      guard isBased || isAsked else {
        throw Failure(
          .notNow,
          "this machine's settings were not made from number \(push.number), \(push.words); look at it and "
            + "add '--over \(push.number)', or take it over with 'muster store pull'")
      }
    }
    try Output.line("the team's settings are number \(try push.put(ours)) now")
  }
}

struct StorePullCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pull", abstract: "Take the team's settings into store.yaml, to be changed.",
    discussion: """
      Every machine goes by the team's settings without this; it writes them where 'muster store push' takes them from. \
      'team:' stays as it is. A file that differs is kept beside, its name ending in .before.

      Example: muster store pull
      """)

  @OptionGroup var options: StoreOptions

  func run() throws {
    let access = try StoreAccess(home: options.home)
    let push = try SettingsPush(access)
    guard let there = push.there else {
      throw Failure(.notNow, "the team has no settings; 'muster store push' shares those of here")
    }
    let files = FileStore(home: access.home)
    let path = Settings.storePath(in: access.home)
    let own = String(decoding: Settings.bytes(path) ?? [], as: UTF8.self)
    do throws(LogError) {
      for (name, bytes) in there.settings.files.sorted(by: { $0.key < $1.key }) {
        var bytes = bytes
        if name == SharedSettings.main {
          bytes = Array(text(of: bytes, with: own, in: access.home).utf8)
        }
        try write(bytes, as: name, in: files)
      }
      try push.team.folder.note(settingsBase: there.name)
    } catch {
      throw Failure(error)
    }
    try Output.line("\(path) has the team's settings number \(push.number), \(push.words)")
  }

  /// What becomes of `store.yaml`: its document is the one that is taken over with it.
  private func text(of shared: [UInt8], with own: String, in home: String) -> String {
    let text = StoreConfiguration.own(String(decoding: shared, as: UTF8.self), with: own)
    let procedure = StoreConfiguration.read(shared, path: SharedSettings.main).procedure
    guard let procedure, StoreConfiguration.isFile(procedure), !procedure.hasPrefix("/") else {
      return text
    }
    return StoreConfiguration.setting(procedure: "\(home)/\(procedure)", in: text)
  }

  private func write(
    _ bytes: [UInt8], as name: String, in files: FileStore
  ) throws(LogError) {
    let path = "\(files.home)/\(name)"
    let before = Settings.bytes(path)
    if before == bytes { return }
    if let before { try files.replace("\(name).before", with: before) }
    var folder = ""
    for part in name.split(separator: "/").dropLast() {
      folder += (folder.isEmpty ? "" : "/") + part
      try files.makeDirectory(inStore: folder)
    }
    try files.replace(name, with: bytes)
  }
}

/// Putting settings for all machines in the place of what was seen.
struct SettingsPush {
  let team: Team
  let there: Team.SettingsThere?
  private let author: Author
  private let clock: LocalClock

  init(_ access: StoreAccess) throws(Failure) {
    guard let team = access.team else {
      throw Failure(.notNow, "\(access.home) has joined no team's store")
    }
    (self.team, clock) = (team, access.clock)
    author = try access.author(actor: nil)
    do throws(TeamTrouble) { there = try team.lookAtSettings() } catch {
      throw Failure(team: error)
    }
  }

  var number: Int { there?.settings.number ?? 0 }

  /// Who put those that are there, and when.
  var words: String { there.map { Self.words($0.settings.author, $0.settings.at, clock) } ?? "" }

  static func words(_ author: Author, _ at: Timestamp, _ clock: LocalClock) -> String {
    "put by \(author.actor) (\(author.source)), "
      + InstantText.second(at, in: clock.zone, near: clock.now)
  }

  /// Whether this machine's own were made from those that are there.
  var isBase: Bool { there != nil && team.folder.settingsBase == there?.name }

  func differ(_ new: SettingsToShare) -> Bool { there?.settings.files != new.files }

  func tell(_ new: SettingsToShare) {
    guard let there else { return Output.remark("the team has no settings yet") }
    Output.remark("the team has settings number \(number), \(words)")
    SettingsToShare.differences(there.settings.files, new.files).forEach(Output.remark)
  }

  /// Puts them, and answers their number.
  func put(_ new: SettingsToShare) throws(Failure) -> Int {
    let settings = SharedSettings(
      number: number + 1, author: author, at: WallClock.now, files: new.files)
    let isPut: Bool
    do throws(TeamTrouble) { isPut = try team.push(settings, over: there) } catch {
      throw Failure(team: error)
    }
    guard isPut else {
      throw Failure(
        .notNow, "somebody else has changed the team's settings in the meantime; look again")
    }
    return settings.number
  }
}
