import ArgumentParser

/// The verbs that take a text, where nothing but the text was typed, and the line of a prompt, which is asked for every few
/// seconds: with no option there is nothing to be parsed, and either is done in half the time.
enum PlainWords {
  /// Does what a line says; false where the parser has to say what that is.
  static func run(_ arguments: [String]) throws -> Bool {
    switch arguments {
    case ["status-line"]: try StatusLine().print()
    case ["--version"]: try Output.line(Muster.version)
    default:
      guard var command = command(arguments) else { return false }
      try command.run()
    }
    return true
  }

  private static func command(_ arguments: [String]) -> (any ParsableCommand)? {
    let words = arguments.dropFirst()
    guard let verb = arguments.first, !words.isEmpty,
      words.allSatisfy({ $0.utf8.first != UInt8(ascii: "-") })
    else { return nil }
    let text = words.map(Typed.init(argument:))
    switch verb {
    case "note":
      var command = NoteCommand()
      (command.recording, command.words) = (.none, text)
      return command
    case "finding":
      var command = FindingCommand()
      (command.recording, command.words) = (.none, text)
      return command
    case "hypothesis":
      var command = HypothesisCommand()
      (command.recording, command.words) = (.none, text)
      return command
    default: return nil
    }
  }
}

extension IncidentOptions {
  /// As where none was typed.
  fileprivate static var none: Self {
    var store = StoreOptions()
    store.home = nil
    var options = Self()
    (options.store, options.incident) = (store, nil)
    return options
  }
}

extension RecordingOptions {
  /// As where none was typed.
  fileprivate static var none: Self {
    var options = Self()
    (options.target, options.actor, options.at) = (.none, nil, nil)
    (options.json, options.yes) = (false, false)
    return options
  }
}
