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
    problems += ZoneFiles.problems
    try Output.lines(lines)
    for problem in problems { Output.complain(problem) }
    guard problems.isEmpty else { throw ExitCode(Failure.Status.no.rawValue) }
    try Output.line("no problem found")
  }
}
