import ArgumentParser
import Engine
import EventLog
import Procedures

/// Looks at everything that an agent works by, and starts nothing.
struct AgentCheck {
  let store: StoreAccess
  let settings: AgentSettings

  func run() throws {
    var problems = settings.problems
    var lines = ["store      \(store.home)", "settings   \(Settings.userPath ?? "none")"]
    let channels = settings.agent.channels.map { "\($0.name) (\($0.kind.rawValue))" }
    lines.append(
      "channels   \(channels.isEmpty ? "none: notifies nobody" : channels.joined(separator: ", "))")
    for route in settings.agent.audiences {
      lines.append("updates    to \(route.audience) by \(route.channels.joined(separator: ", "))")
    }
    lines += InterfaceService.words(settings.agent, &problems)
    if !settings.store.delivers {
      lines.append("           store.yaml says 'deliver: false': no update is delivered")
    }
    for digest in settings.store.digests {
      let names = settings.agent.channels(for: digest.audience)
      lines.append(
        "digest     \(digest.name) to \(digest.audience)"
          + (names.isEmpty ? "" : " by \(names.joined(separator: ", "))"))
      if names.isEmpty {
        problems.append(
          "store.yaml:\(digest.line): the digest '\(digest.name)' is for '\(digest.audience)', and no "
            + "channel carries updates to them; add them under 'audiences:' in config.yaml")
      }
    }
    problems += settings.channels.problems + settings.lostWays
    for person in settings.store.people {
      let ways = person.reach.map { "\($0.channel), \(InstantText.span($0.wait)) later" }
      lines.append(
        "person     \(person.name): \(ways.isEmpty ? "no way" : ways.joined(separator: " "))")
      if let zone = person.zone { _ = ZoneFiles.rules(named: zone, from: "store.yaml") }
    }
    problems += ZoneFiles.problems
    try Output.lines(lines)
    for problem in problems { Output.complain(problem) }
    guard problems.isEmpty else { throw ExitCode(Failure.Status.no.rawValue) }
    try Output.line("no problem found")
  }
}
