import ArgumentParser
import Engine
import EventLog
import Glibc
import TeamStore
import Wording

struct StoreDoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor", abstract: "Say what is wrong with the team's store and what to do.",
    discussion: """
      Looks at every member of the cluster, and compares every entry that it has with the copies here.
      Exit status: 0 nothing is wrong, 1 something is.

      --seen takes note of what was told of forks and damage, so that the screens stop showing it. --set-aside frees \
      copies that stop before an entry that can be no line: it is kept in a file here. --accept-store goes on where the \
      team's store is gone (it is made again from what this machine has) or another one stands in its place.

      Example: muster store doctor --set-aside

      Example: muster store doctor
      """)

  @OptionGroup var options: StoreOptions
  @Flag(name: .long, help: "Take note of the alarms, so that they are shown no more.")
  var seen = false
  @Flag(name: .long, help: "Set entries aside that can be no line.") var setAside = false
  @Flag(name: .long, help: "Go on with the store that is there, or make a lost one again.")
  var acceptStore = false
  @Flag(name: .long, help: "Answer yes.") var yes = false

  func run() throws {
    let access = try StoreAccess.local(home: options.home)
    let files = FileStore(home: access.place.home)
    guard let settings = TeamAccess.settings(in: files.home) else {
      let failure = Settings.readStore(in: files.home).failure
      throw Failure(
        .notNow, failure ?? "\(Settings.storePath(in: files.home)) has no usable 'team:'")
    }
    var team = access.team ?? Team(settings, of: files)
    if acceptStore || setAside {
      do throws(TeamTrouble) {
        if acceptStore, try accept(team) { team = Team(settings, of: files) }
        if setAside { try setAside(team) }
      } catch { throw Failure(team: error) }
    }
    var findings = team.status(within: .seconds(5), now: { WallClock.now }).findings
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

  /// Whether the operator wants it after all that was told.
  private func wants(_ question: String) -> Bool {
    yes || (isatty(STDIN_FILENO) == 1 && TerminalQuestion.ask(question))
  }

  private func setAside(_ team: Team) throws(TeamTrouble) {
    for entry in try team.unusable() {
      let name = "entry \(entry.number) of \(entry.incident)"
      Output.remark("\(name) can be no line: \(entry.remedy.words)")
      guard wants("Set it aside?") else { continue }
      if let path = try team.setAside(entry) {
        Output.remark("\(name) is set aside as \(path)")
      } else {
        Output.complain("\(name) was changed in the meantime; look again")
      }
    }
    try team.freshen(until: .now + .seconds(10), now: { WallClock.now })
  }

  /// Whether this home goes on with another store from now on.
  private func accept(_ team: Team) throws(TeamTrouble) -> Bool {
    switch try team.lookAtStore() {
    case .ours:
      Output.remark("the store that this home has joined is there")
      return false
    case .missing:
      Output.remark(
        "the team's store is not there; it is made again, with all that this machine has"
      )
      guard wants("Make it again?"), try team.makeAgain() else { return false }
    case .other(let other):
      Output.remark(
        "another store stands in the place of the one that was joined; this home goes on with it, "
          + "and puts all incidents there that it lacks")
      guard wants("Go on with it?") else { return false }
      for id in try team.accept(other, at: WallClock.now) {
        Output.remark("\(id) stays on this machine alone: that store has another of its id")
      }
    }
    let settings = team.settings
    try Team(settings, of: team.files).freshen(until: .now + .seconds(30), now: { WallClock.now })
    return true
  }

  private func compare(_ team: Team) -> [String] {
    do throws(TeamTrouble) {
      return try team.differences()
    } catch {
      return [error.reason]
    }
  }
}
