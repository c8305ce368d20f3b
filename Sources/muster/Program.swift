import ArgumentParser
import Glibc

/// Reads what was typed, runs the verb, and leaves with the status that scripts rely on.
@main enum Program {
  static func main() {
    // A reader that goes away, as `head` does, ends the verb without a word.
    signal(SIGPIPE, SIG_DFL)
    // A full file system is told by the write that fails, in words.
    signal(SIGXFSZ, SIG_IGN)
    do {
      let typed = try PlatformText.arguments()
      if try PlainWords.run(typed) { return }
      var command = try parse(Arguments.readings(Arguments.prepared(typed))[...])
      try command.run()
    } catch let failure as Failure {
      Output.complain(failure.message)
      exit(failure.status.rawValue)
    } catch {
      leave(error)
    }
  }

  /// The first reading that is a whole command; why the last one is none.
  private static func parse(_ readings: ArraySlice<[String]>) throws -> any ParsableCommand {
    for reading in readings.dropLast() {
      do { return try Muster.parseAsRoot(reading) } catch { continue }
    }
    return try Muster.parseAsRoot(readings.last ?? [])
  }

  /// Ends as the parser says: help and versions are no errors, anything else it says is one of usage.
  private static func leave(_ error: any Error) -> Never {
    if let code = error as? ExitCode { exit(code.rawValue) }
    guard Muster.exitCode(for: error) != .success else {
      do throws(Failure) {
        try Output.write(Array((Muster.fullMessage(for: error) + "\n").utf8), to: STDOUT_FILENO)
      } catch {
        exit(Failure.Status.worldFailed.rawValue)
      }
      exit(0)
    }
    let verb = Muster.verb(in: Array(CommandLine.arguments.dropFirst()))
    let message = Arguments.unmarked(message: Muster.message(for: error))
    let end = message.hasSuffix(".") ? String(message.dropLast()) : message
    Output.complain("\(end); see 'muster \(verb.map { "\($0) " } ?? "")--help'")
    exit(Failure.Status.usage.rawValue)
  }
}
