import ArgumentParser
import Engine
import EventLog
import TeamStore
import Wording

struct StoreDoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor", abstract: "Say what is wrong with the team's store and what to do.",
    discussion: """
      Looks at every member of the cluster, and compares every entry that it has with the copies here.
      Exit status: 0 nothing is wrong, 1 something is.

      --seen takes note of what was told of forks and damage, so that the screens stop showing it.

      Example: muster store doctor
      """)

  @OptionGroup var options: StoreOptions
  @Flag(name: .long, help: "Take note of the alarms, so that they are shown no more.")
  var seen = false

  func run() throws {
    let access = try StoreAccess.local(home: options.home)
    let files = FileStore(home: access.place.home)
    guard let settings = TeamAccess.settings(in: files.home) else {
      let failure = Settings.readStore(in: files.home).failure
      throw Failure(
        .notNow, failure ?? "\(Settings.storePath(in: files.home)) has no usable 'team:'")
    }
    let team = access.team ?? Team(settings, of: files)
    var findings = team.status(within: .seconds(5), at: WallClock.now).findings
    if team.folder.joined == nil {
      findings.append("this home has not joined the team's store; 'muster store join' does it")
    } else if findings.allSatisfy({ !$0.hasPrefix("no majority") }) {
      findings += compare(team)
    }
    let clock = access.clock
    findings += team.condition.sentences {
      InstantText.second($0, in: clock.zone, near: clock.now)
    }
    if seen { team.folder.clearAlarms() }
    guard !findings.isEmpty else { return try Output.line("nothing is wrong") }
    try Output.lines(findings)
    throw ExitCode(1)
  }

  private func compare(_ team: Team) -> [String] {
    do throws(TeamTrouble) {
      return try team.differences()
    } catch {
      return [error.reason]
    }
  }
}
