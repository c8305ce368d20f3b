import ArgumentParser

/// The command line: `muster` alone opens the console, everything else is a verb.
@main struct Muster: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "muster", abstract: "Incident command in the terminal.")
}
