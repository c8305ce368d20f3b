import ArgumentParser
import Procedures

/// What was typed, made ready for the parser.
enum Arguments {
  /// Stands before a word that begins with a hyphen and is no option: `-12m`, `- a list`. Nobody can type it.
  private static let mark: Character = "\u{1}"

  /// Options that may also stand before the verb, with whether a value follows.
  private static let leading: [String: Bool] = [
    "--home": true, "-i": true, "--incident": true, "--as": true, "--at": true, "--known": false,
    "--json": false, "--yes": false,
  ]

  /// Brings options that stand before the verb behind it, and keeps times like `-12m` from being taken for options.
  static func prepared(_ arguments: [String]) throws(Failure) -> [String] {
    var rest = arguments[...]
    var moved: [String] = []
    while let first = rest.first, first.hasPrefix("-") {
      let name = String(first.prefix { $0 != "=" })
      guard let takesValue = leading[name] else { return arguments }
      moved.append(rest.removeFirst())
      if takesValue, name == first, let value = rest.popFirst() { moved.append(value) }
    }
    guard let verb = rest.popFirst() else {
      return [Muster.startVerb] + moved
    }
    try requireVerb(verb)
    let end = rest.firstIndex(of: "--") ?? rest.endIndex
    return [verb] + rest[..<end].map(marked) + moved.map(marked) + rest[end...]
  }

  private static func requireVerb(_ verb: String) throws(Failure) {
    let known = Muster.verbNames
    guard !known.contains(verb), verb != "help" else { return }
    let guess = NearestMatch.find(verb, among: known)
    throw Failure(
      .usage,
      "'\(verb)' is not a verb of muster; \(guess.map { "did you mean '\($0)'? " } ?? "")"
        + "'muster --help' lists them")
  }

  private static func marked(_ argument: String) -> String {
    guard argument.utf8.first == 45, argument.utf8.count > 1 else { return argument }
    let second = argument.utf8.dropFirst().first ?? 0
    let isTime = second >= 48 && second <= 57
    let isProse = argument.contains(" ") && !argument.hasPrefix("--")
    return isTime || isProse ? String(mark) + argument : argument
  }

  /// A message of the parser's, with the words as they were typed.
  static func unmarked(message: String) -> String { String(message.filter { $0 != mark }) }

  static func unmarked(_ argument: String) -> String {
    argument.first == mark ? String(argument.dropFirst()) : argument
  }
}

/// A word as it was typed.
struct Typed: ExpressibleByArgument {
  var text: String

  init(argument: String) {
    text = Arguments.unmarked(argument)
  }

  init(_ text: String) {
    self.text = text
  }
}

extension [Typed] {
  /// Several words as the one text that they are without quotes.
  var joined: String { map(\.text).joined(separator: " ") }
}
