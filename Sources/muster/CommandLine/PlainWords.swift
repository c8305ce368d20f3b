import ArgumentParser

/// The verbs that take a text, where nothing but the text was typed: with no option there is nothing to be parsed, and a
/// note is written in half the time.
enum PlainWords {
  /// The command that a line is; nil where the parser has to say.
  static func command(_ arguments: [String]) -> (any ParsableCommand)? {
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

extension RecordingOptions {
  /// As where none was typed.
  fileprivate static var none: Self {
    var store = StoreOptions()
    store.home = nil
    var target = IncidentOptions()
    (target.store, target.incident) = (store, nil)
    var options = Self()
    (options.target, options.actor, options.at) = (target, nil, nil)
    (options.json, options.yes) = (false, false)
    return options
  }
}
